"""Every template in both languages: nothing undefined, nothing untranslated, nothing that the browser would refuse."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from chalicelib import render
from tests.portal import sample_mails, sample_pages, samples

LANGUAGES = ("en", "ar")
TEMPLATES = Path(render.__file__).parent / "templates"

PAGES = [
    pytest.param((lang, template, context), id=f"{template}:{name}:{lang}")
    for lang in LANGUAGES
    for pages in (sample_pages.portal_pages(lang), sample_pages.agent_pages(lang))
    for name, (template, context) in pages.items()
]
each_mail = pytest.mark.parametrize(
    ("lang", "name", "context"), [(lang, name, c) for lang in LANGUAGES for name, c in sample_mails.mails(lang).items()]
)


@pytest.fixture(scope="module", params=PAGES)
def shown(request):
    """A page and its language; drawn and read once for all that is asked of it."""
    lang, template, context = request.param
    return BeautifulSoup(render.page(template, lang, **context), "html.parser"), lang


@pytest.fixture
def page(shown):
    return shown[0]


def test_a_page_says_its_language_and_direction_and_has_one_heading(shown):
    page, lang = shown
    assert (page.html["lang"], page.html["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
    assert len(page.find_all("h1")) == 1
    assert page.title.text.strip()


def test_a_page_has_nothing_that_the_content_security_policy_forbids(page):
    assert not page.find_all(style=True)
    assert not page.find_all("style")
    # A block of data is not run, so no policy is asked for it: https://www.w3.org/TR/CSP3/ (4.2.3, "type").
    assert all(one.get("src") or one["type"] == "application/ld+json" for one in page.find_all("script"))
    assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


def test_every_form_that_changes_something_carries_a_token_and_every_field_a_label(page):
    for form in page.select('form[method=post]:not([enctype="multipart/form-data"])'):  # those go to S3
        by_origin = re.match(r"/\w\w/(theme|votes/)", form["action"])
        assert by_origin or form.find("input", attrs={"name": "csrf"}), form
    for field in page.select("input:not([type=hidden]):not([type=radio]), textarea, select"):
        assert page.find("label", attrs={"for": field["id"]}), field


def test_no_two_elements_share_an_id(page):
    ids = [tag["id"] for tag in page.find_all(id=True)]

    assert len(ids) == len(set(ids))


def test_every_page_template_is_rendered_by_these_tests():
    whole = {f"{folder}/{path.stem}" for folder in ("portal", "agent") for path in (TEMPLATES / folder).glob("*.html")}

    assert whole - {"portal/frame", "agent/frame", "agent/door"} == {one.values[0][1] for one in PAGES}


def test_what_a_customer_typed_is_text_and_never_markup():
    pages = sample_pages.portal_pages("en")
    template, context = pages["ticket"]
    evil = samples.ticket("en", subject="<script>alert(1)</script>")

    html = render.page(template, "en", **context | {"ticket": evil})

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_note_is_not_on_the_customers_page():
    template, context = sample_pages.portal_pages("en")["ticket"]

    assert "batch J-14" not in render.page(template, "en", **context)


@each_mail
def test_a_mail_has_a_subject_of_one_line_a_text_and_html_that_clients_can_show(lang, name, context):
    subject, text, html = render.email(name, lang, **context)
    page = BeautifulSoup(html, "html.parser")

    assert subject
    assert "\n" not in subject
    assert context["url"] in text
    assert page.find("a", href=context["url"])
    assert page.find("table", dir=page.html["dir"])
    assert not page.find_all("script")
    assert len(html.encode()) < 30_000


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["reply", "receipt", "notice"])
def test_a_mail_about_a_ticket_begins_with_the_line_to_answer_above(lang, name):
    subject, text, _ = render.email(name, lang, **sample_mails.mails(lang)[name])

    assert text.startswith({"en": "Write your reply above this line", "ar": "الردّ يُكتب فوق هذا السطر"}[lang])
    assert subject == f"{samples.ticket(lang).subject} [#2041]"
    assert "#2041" in text


def test_markup_in_a_reply_reaches_the_reader_as_typed():
    _, text, html = render.email(
        "reply", "en", **sample_mails.mails("en")["reply"] | {"text": "Use <b> & </b>, not <i>"}
    )

    assert "Use <b> & </b>, not <i>" in text
    assert "Use &lt;b&gt; &amp; &lt;/b&gt;, not &lt;i&gt;" in html


def test_an_english_receipt_by_sms_is_one_part_of_the_cheap_alphabet():
    text = render.sms("receipt", "en", shop=samples.SHOP, ticket_number=2041, reply_by=None)

    assert text == "Ghusn: got it, ticket #2041. Reply here to add anything."
    assert text.isascii()
    assert len(text) <= 160


def test_an_arabic_sms_keeps_the_number_in_one_piece():
    text = render.sms("receipt", "ar", shop=samples.SHOP, ticket_number=2041, reply_by=None)

    assert "\u2068#2041\u2069" in text


@pytest.mark.parametrize(("lang", "signs"), [("en", 160), ("ar", 70)])
def test_a_sign_in_code_is_one_short_sms(lang, signs):
    text = render.sms("sign_in", lang, shop=samples.SHOP, code="048213", minutes=15)

    assert "048213" in text
    assert len(text) <= signs


def test_a_missing_name_is_an_error_and_not_a_blank():
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        render.sms("receipt", "en", shop=samples.SHOP, reply_by=None)


def test_icons_come_unchanged_from_one_version():
    versions = {re.search(r"lucide-static v(\S+)", p.read_text())[1] for p in (TEMPLATES / "icons").glob("*.svg")}

    assert len(versions) == 1
    assert versions.pop() in (TEMPLATES / "icons" / "README.md").read_text()


def test_templates_compiled_for_the_package_render_the_same(tmp_path, monkeypatch):
    template, context = sample_pages.portal_pages("ar")["ticket"]
    plain = render.page(template, "ar", **context)
    render.compile_templates(TEMPLATES, tmp_path)
    monkeypatch.setattr(render, "_COMPILED", tmp_path)
    render.environment.cache_clear()

    assert render.page(template, "ar", **context) == plain
    render.environment.cache_clear()
