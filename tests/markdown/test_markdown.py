"""An article's Markdown: what it becomes on a page, in the index, and what never comes of it."""

import re

import pytest
from bs4 import BeautifulSoup

from chalicelib import markdown
from chalicelib.markdown import drawing, parsing, sections


def drawn(text, locale="en"):
    return BeautifulSoup(markdown.to_html(text, locale), "html.parser")


def test_a_heading_is_called_by_its_words_and_links_to_itself():
    heading = drawn("## Before you *start*!").h2

    assert heading["id"] == "before-you-start"
    assert heading.a["href"] == "#before-you-start"
    assert heading.get_text() == "Before you start!"


def test_arabic_stays_in_an_anchor_without_its_marks():
    assert drawn("## قبلَ البدءِ ــ أوّلًا").h2["id"] == "قبل-البدء-اولا"


def test_two_headings_of_the_same_words_have_anchors_of_their_own():
    assert [one["id"] for one in drawn("## Oil\n\n## Oil\n\n### Oil").select("h2, h3")] == ["oil", "oil-2", "oil-3"]


def test_no_heading_takes_an_id_of_the_page():
    made = markdown.draw("## Main\n\n## Toc", taken={"main", "toc"})

    assert [one.id for one in made.headings] == ["main-2", "toc-2"]


@pytest.mark.parametrize("words", ["🪵🪵", "!!!", "\u202e\u200f", "**"])
def test_a_heading_without_letters_has_an_anchor_too(words):
    assert drawn(f"## {words}").h2["id"] == "section"


def test_a_heading_that_leads_elsewhere_keeps_its_link():
    heading = drawn("## See [the oil](/en/articles/oil)").h2

    assert [one["href"] for one in heading.select("a")] == ["/en/articles/oil"]


def test_the_titles_of_the_page_and_of_the_article_do_not_compete():
    assert [one.name for one in drawn("# One\n\n## Two\n\n### Three\n\n##### Five").find_all(re.compile("h."))] == [
        "h2", "h2", "h3", "h4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "kind", "title"),
    [("NOTE", "note", "Good to know"), ("tip", "tip", "Tip"), ("IMPORTANT", "note", "Good to know"),
     ("WARNING", "warning", "Take care"), ("CAUTION", "warning", "Take care")],
)  # fmt: skip
def test_a_callout_says_in_words_what_it_is(mark, kind, title):
    callout = drawn(f"> [!{mark}]\n> Don’t use **olive** oil.\n>\n> It turns sour.").select_one(".callout")

    assert kind in callout["class"]
    assert [one.get_text() for one in callout.select("p")] == [title, "Don’t use olive oil.", "It turns sour."]


def test_a_callout_speaks_the_articles_language():
    assert drawn("> [!WARNING]\n> لا", "ar").select_one(".callout-title").text == "تنبيه"


@pytest.mark.parametrize("text", ["> Said Alice.", "> [!SHOUT]\n> x", "> see [!NOTE]", "> - [!NOTE]"])
def test_a_quotation_stays_one(text):
    assert drawn(text).blockquote
    assert not drawn(text).select(".callout")


def test_callouts_and_quotations_close_in_the_order_they_were_opened():
    page = drawn("> [!NOTE]\n> a\n>\n> > b\n>\n> c\n\nd")

    assert page.select_one(".callout blockquote").get_text().strip() == "b"
    assert page.find_all("p")[-1].parent.name == "[document]"


def test_an_image_leaves_room_for_itself_and_all_but_the_first_wait():
    first, second = drawn("![A split board](/media/m1/split.webp#1200x800)\n\n![Oil](/media/m2/oil.png)").select("img")

    assert (first["src"], first["width"], first["height"], first["alt"]) == (
        "/media/m1/split.webp", "1200", "800", "A split board",
    )  # fmt: skip
    assert (first.get("loading"), second["loading"]) == (None, "lazy")


def test_a_table_scrolls_by_itself_and_can_be_reached():
    page = drawn("| a | b | c |\n|---|--:|:-:|\n| 1 | 2 | 3 |")

    assert page.select_one(".wide[tabindex='0'][role=group][aria-label] > table")
    assert [one.get("class") for one in page.select("td")] == [None, ["end"], ["middle"]]
    assert not page.select("[style]")


HOSTILE = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    '![x" onerror="alert(1)](/media/x "y\\" onerror=\\"alert(1)")',
    '![x](/media/"onerror="alert(1))',
    '![x](/media/x#1x1"onload=alert(1))',
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<a href='javascript:alert(1)'>x</a>",
    "## <img src=x onerror=alert(1)>",
    '## x" onmouseover="alert(1)',
    "[[[[x](javascript:alert(1))](javascript:alert(1))]]",
    "[a](</x> 'onclick=alert(1)')",
    '```"><script>alert(1)</script>\n<script>\n```',
    "| <script> |\n|---|\n| <img onerror=x> |",
    "> [!NOTE]\n> <script>alert(1)</script>",
    '> [!NOTE" onclick="alert(1)]\n> x',
    "<!-- --><svg/onload=alert(1)>",
    "\u202e<script>\u202c",
    "[x]: javascript:alert(1)\n\n[x]",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_an_author_types_can_run(text):
    page = drawn(text)
    kept = {"http", "https", "mailto", "tel", ""}

    assert not page.select("script, svg, iframe, style, object, form, input")
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            before, colon, _ = tag.get(name, "").partition(":")
            assert (before.lower() if colon else "") in kept


@pytest.mark.parametrize("text", ["[" * 5000, "> " * 2000, "*" * 10_000, "![" * 3000, "| " * 5000 + "\n" + "|-" * 5000])
def test_no_text_takes_long(text):
    assert markdown.to_html(text) is not None


def test_the_index_reads_words_alone():
    text = "# Oil\n\n> [!WARNING]\n> Not **olive** oil.\n\n- [one](/x)\n- `two`\n\n![a jar](/m)\n\n| a |\n|---|\n| b |"

    assert markdown.to_text(text) == "Oil.\n\nNot olive oil.\n\none.\ntwo.\na jar\na.\nb."


def test_a_summary_is_the_first_paragraph_cut_after_a_word():
    assert markdown.to_summary("## Oil\n\nAlmost **always**.\n\nMore.") == "Almost always."
    assert markdown.to_summary("word " * 100, 20) == "word word word…"
    assert markdown.to_summary("> [!NOTE]\n> x\n\n- y") == ""


def test_headings_of_the_same_words_are_numbered_without_counting_from_the_beginning():
    asked = []

    class Taken(set):
        def __contains__(self, one):
            asked.append(one)
            return super().__contains__(one)

    sections.name(parsing.tokens("## Fixed\n\n" * 500), Taken())

    assert len(asked) <= 2 * 500


def test_a_number_that_a_heading_has_already_is_given_to_no_other():
    made = markdown.draw("## Oil 2\n\n## Oil\n\n## Oil\n\n## Oil 2\n\n## Oil")

    assert [one.id for one in made.headings] == ["oil-2", "oil", "oil-3", "oil-2-2", "oil-4"]


def test_a_callout_in_a_quotation_ends_as_what_it_began_as():
    page = drawn("> One.\n>\n> > [!TIP]\n> > Two.\n>\n> Three.\n\nFour.")

    assert "Two." in page.select_one("blockquote > .callout.tip").get_text()
    assert "Three." not in page.select_one(".callout").get_text()
    assert "Four." not in page.blockquote.get_text()


def test_the_end_of_a_quotation_looks_back_at_none_before_it():
    class Tokens(list):
        def __getitem__(self, place):
            assert not isinstance(place, slice), "what came before is copied for each quotation"
            return super().__getitem__(place)

    found = Tokens(parsing.tokens("> a\n\n" * 20))
    html = drawing._renderer().render(found, parsing.parser().options, {"locale": "en", "images": [], "quoted": []})

    assert html.count("</blockquote>") == 20
