"""An article's page: what search engines and readers are told, and what hostile words come to."""

import json
from urllib.parse import urlencode

import pytest

from chalicelib.actions import change_category, publish_article, update_search
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.domain.vote import Tally
from chalicelib.portal import article_page
from chalicelib.search import articles as index
from chalicelib.store import votes

EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e&amp;"
SITE = "https://help.ghusn.example"


@pytest.fixture
def care(cloud):
    names = {"en": {"name": "Caring for wood", "slug": "care"}, "ar": {"name": "العناية بالخشب", "slug": "inaya"}}
    return change_category.create(names, icon="leaf")


@pytest.fixture
def split(care):
    body = "Almost always.\n\n![A board](/media/m1/board.webp#1200x800)\n\n## Dry it\n\n## Main"
    texts = {
        "en": {"title": "My board has split", "body": body, "slug": "split-board"},
        "ar": {"title": "تشقّق اللوح", "body": "نعم.", "slug": "tashaqquq"},
    }
    return publish(care, texts)


def publish(category, texts, visibility="public"):
    made = publish_article.create(Draft(category.id, texts, visibility, publish=True), SYSTEM)
    update_search.index_article(made.id)
    index.forget()
    return made


def structured(browser):
    return json.loads(browser.page.select_one("script[type='application/ld+json']").string)


def link(browser, rel, **attributes):
    named = "".join(f"[{name}='{value}']" for name, value in attributes.items())
    return browser.page.select_one(f"link[rel={rel}]{named}")["href"]


def test_the_page_says_by_which_address_it_goes_and_where_it_is_in_the_other_language(browse, split):
    browser = browse().go("/en/articles/split-board")

    assert link(browser, "canonical") == f"{SITE}/en/articles/split-board"
    assert link(browser, "alternate", hreflang="ar") == f"{SITE}/ar/articles/tashaqquq"
    assert link(browser, "alternate", hreflang="en") == f"{SITE}/en/articles/split-board"
    assert link(browser, "alternate", hreflang="x-default") == f"{SITE}/en/articles/split-board"


def test_a_page_in_the_wrong_language_goes_by_the_address_of_the_right_one(browse, care):
    publish(care, {"ar": {"title": "الزيت", "body": "زيت معدنيّ.", "slug": "zayt"}})
    browser = browse().go("/en/articles/zayt")

    assert link(browser, "canonical") == f"{SITE}/ar/articles/zayt"
    assert not browser.page.select("link[rel=alternate][hreflang=en]")


def test_whoever_shows_a_link_to_it_is_told_what_it_is(browse, split):
    page = browse().go("/en/articles/split-board").page
    told = {one.get("property") or one.get("name"): one["content"] for one in page.select("meta[content]")}

    assert told["description"] == told["og:description"] == "Almost always."
    assert (told["og:type"], told["og:title"]) == ("article", "My board has split")
    assert told["og:image"] == f"{SITE}/media/m1/board.webp"


def test_machines_are_told_what_it_is_and_where_it_stands(browse, split):
    article, trail = structured(browse().go("/en/articles/split-board"))["@graph"]

    assert (article["@type"], article["headline"], article["inLanguage"]) == ("Article", "My board has split", "en")
    assert article["dateModified"] >= article["datePublished"]
    assert [one["item"] for one in trail["itemListElement"]] == [
        f"{SITE}/en/", f"{SITE}/en/categories/care", f"{SITE}/en/articles/split-board",
    ]  # fmt: skip


def test_no_heading_takes_an_id_that_the_page_has(browse, care):
    headings = "\n\n".join(f"## {one.replace('-', ' ')}" for one in article_page.IDS)
    publish(care, {"en": {"title": "Ids", "body": headings, "slug": "ids-of-page"}})
    ids = [one["id"] for one in browse().go("/en/articles/ids-of-page").page.select("[id]")]

    assert len(ids) == len(set(ids))
    assert {one for one in ids if one in article_page.IDS} >= {"main", "toc", "helpful", "why", "thanks", "words"}


@pytest.mark.parametrize("page", ["/en/articles/evil-words", "/en/categories/evil-wood", "/en/", "/en/search?q=alert"])
def test_what_an_author_types_is_shown_and_never_run(browse, page):
    made = change_category.create({"en": {"name": f"Wood {EVIL}", "slug": "evil-wood", "description": EVIL}})
    body = f"{EVIL}\n\n## {EVIL}\n\n![{EVIL}](/media/x)"
    publish(made, {"en": {"title": f"Title {EVIL}", "body": body, "slug": "evil-words"}})
    browser = browse().go(page)

    assert browser.status == 200
    assert not [one for one in browser.page.select("script:not([src])") if one["type"] != "application/ld+json"]
    assert not browser.page.select("img[onerror], img[src=x]")
    for one in browser.page.select("script[type='application/ld+json']"):
        assert EVIL in json.loads(one.string)["@graph"][0]["headline"]
    assert "alert(1)" in browser.page.get_text()


def test_words_that_turn_the_writing_turn_nothing_but_themselves(browse, care):
    publish(care, {"en": {"title": "Oil \u202eevil", "body": "x", "slug": "turning-words"}})
    page = browse().go("/en/articles/turning-words").page

    assert page.title.text == "\u2068Oil \u202eevil\u2069 – Ghusn"
    assert page.h1.bdi.text == "Oil \u202eevil"


class TestVoting:
    def test_a_yes_is_counted_and_thanked_for(self, browse, split):
        browser = browse().go("/en/articles/split-board")
        browser.send(f"/en/votes/{split.id}", button="yes")

        assert browser.address == "/en/articles/split-board"
        assert browser.header("location") == ""
        assert tally(split.id).helpful == 1

    def test_a_no_is_asked_why_and_may_say_it(self, browse, split):
        browser = browse().go("/en/articles/split-board")
        assert last_place(browser, split, helpful="no", locale="en") == "/en/articles/split-board#why"
        told = {"helpful": "no", "locale": "en", "told": "1", "reason": "missing", "words": "Which oil?"}
        assert last_place(browser, split, **told) == "/en/articles/split-board#thanks"

        found = tally(split.id)
        assert (found.unhelpful, found.reasons) == (1, {"missing": 1})
        assert votes.complaints(split.id, 10).votes[0].words == "Which oil?"

    def test_who_changes_his_mind_has_one_vote(self, browse, split):
        browser = browse().go("/en/articles/split-board")
        for button in ("no", "yes", "yes"):
            browser.send(f"/en/votes/{split.id}", button=button)

        assert (tally(split.id).helpful, tally(split.id).unhelpful) == (1, 0)

    def test_two_visitors_have_two(self, browse, split):
        for _ in range(2):
            browse().go("/en/articles/split-board").send(f"/en/votes/{split.id}", button="yes")

        assert tally(split.id).helpful == 2

    def test_the_language_that_was_read_gets_the_vote(self, browse, split):
        browse().go("/ar/articles/tashaqquq").send(f"/ar/votes/{split.id}", button="yes")

        assert (tally(split.id, "ar").helpful, tally(split.id, "en").votes) == (1, 0)

    def test_a_reason_that_is_none_is_left_out(self, browse, split):
        browse().post(f"/en/votes/{split.id}", helpful="no", told="1", reason="<script>", words=EVIL)

        assert tally(split.id).reasons == {}

    @pytest.mark.parametrize("said", [{}, {"helpful": "maybe"}, {"helpful": ""}], ids=["nothing", "neither", "empty"])
    def test_what_is_neither_yes_nor_no_is_no_vote(self, browse, split, said):
        assert browse().post(f"/en/votes/{split.id}", locale="en", told="1", **said).status == 403
        assert tally(split.id).votes == 0

    def test_nobody_votes_from_another_site(self, browse, split):
        browser = browse()
        browser._origin = "https://evil.example"

        assert browser.post(f"/en/votes/{split.id}", helpful="no").status == 403
        assert tally(split.id).votes == 0

    @pytest.mark.parametrize("article_id", ["art_none", "../x", "art_01JAAAAAAAAAAAAAAAAAAAAAAA"])
    def test_there_is_no_vote_on_what_is_not_there(self, browse, article_id):
        assert browse().post(f"/en/votes/{article_id}", helpful="yes").status == 404

    def test_what_is_for_customers_gets_their_votes_alone(self, browse, care):
        made = publish(care, {"en": {"title": "Wholesale", "body": "x", "slug": "wholesale"}}, "customers")

        assert browse().post(f"/en/votes/{made.id}", helpful="yes").status == 404
        alice = browse("alice@example.org").go("/en/account/articles/wholesale")
        assert alice.send(f"/en/votes/{made.id}", button="yes").address == "/en/account/articles/wholesale"


def last_place(browser, article, **fields):
    """Where a vote leads to, with what stands behind the hash."""
    body, form = urlencode(fields).encode(), "application/x-www-form-urlencoded"
    request = browser._request("POST", f"/en/votes/{article.id}", "", body, form)
    answer = browser._gateway.answer(request)
    browser._keep(answer)
    return browser.header("location")


def tally(article_id, locale="en"):
    return votes.tallies(article_id).get(locale, Tally(article_id, locale))
