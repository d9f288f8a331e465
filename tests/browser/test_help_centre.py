"""Reading in a real browser: suggestions by keyboard, the theme and the visitor on pages out of a cache, the vote."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow
from tests.browser.eyes import check
from tests.browser.test_every_page import WORDS, article_of

TYPED = {"en": "boa", "ar": "اللو"}
# Of the search field: whether the room for its words lies free of the button at one end and of the glass at the other.
FREE_AT_BOTH_ENDS = """() => {
  const field = document.querySelector(".search input");
  const style = getComputedStyle(field), box = field.getBoundingClientRect();
  const room = { left: box.left + parseFloat(style.paddingLeft), right: box.right - parseFloat(style.paddingRight) };
  return [".search > .btn", ".search > .i"].map((one) => {
    const part = document.querySelector(one).getBoundingClientRect();
    return part.right <= room.left || part.left >= room.right;
  });
}"""


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_suggestions_are_chosen_with_the_keyboard_and_never_by_themselves(open_page, picture, lang):
    page = open_page(width=390 if lang == "ar" else 1280)
    page.goto(f"/{lang}/")
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    box.press_sequentially(TYPED[lang])
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert not page.locator("[role=option][aria-selected=true]").count()
    assert page.locator(".search [role=status]").inner_text()

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    check(page)
    picture(page, f"portal-suggestions.{lang}")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert box.input_value() == TYPED[lang]

    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/articles/" in page.url


def test_enter_searches_for_what_was_typed_while_suggestions_show(open_page):
    page = open_page()
    page.goto("/en/")
    page.get_by_role("combobox").press_sequentially("board")
    expect(page.get_by_role("option").first).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url.endswith("/en/search?q=board")


def test_the_box_searches_without_a_script(open_page):
    page = open_page(scripts=False)
    page.goto("/ar/")
    page.fill("#q", WORDS["ar"]["q"])
    follow(page, ".search button")

    assert page.locator("ol h2 a").count()


def test_the_theme_chosen_once_is_there_before_the_next_page_is_seen(open_page):
    page = open_page()
    page.goto("/en/")
    page.get_by_role("button", name="Dark theme").first.click()
    assert page.evaluate("document.activeElement.value") == "light"

    for address in ("/ar/", "/en/search", "/en/"):
        page.goto(address, wait_until="commit")
        page.wait_for_selector("head link[rel=stylesheet]", state="attached")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_without_a_script_no_button_promises_a_theme(open_page):
    page = open_page(scripts=False)
    page.goto("/en/")

    assert not page.get_by_role("button", name="Dark theme").count()


def test_a_page_out_of_a_cache_knows_who_is_signed_in_by_his_browser(open_page, product):
    ticket = {
        "subject": "My bowl wobbles",
        "message": {"text": "On the table."},
        "customer": {"email": "cached@example.org"},
    }
    product.api("POST", "/tickets", ticket)
    product.settle()
    stranger, alice = open_page(), open_page(email="cached@example.org")
    stranger.goto("/en/")
    expect(stranger.locator("nav .signed-out")).to_be_visible()
    expect(stranger.locator(".signed-in >> visible=true")).to_have_count(0)

    alice.goto("/en/")
    expect(alice.locator("nav .signed-in")).to_be_visible()
    expect(alice.locator("nav .signed-out")).to_be_hidden()
    expect(alice.locator(".latest .subject")).to_have_text("My bowl wobbles")
    check(alice)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_reader_says_what_was_wrong_without_a_script(open_page, picture, lang):
    page = open_page(scripts=False, width=390)
    page.goto(article_of(page, lang))
    follow(page, "button[value=no]")
    assert page.url.endswith("#why")
    expect(page.locator(".ask")).to_be_hidden()
    picture(page, f"portal-article-why.{lang}")
    page.check("#reason-missing")
    page.fill("#words", WORDS[lang]["text"])
    follow(page, "#why button")

    assert page.url.endswith("#thanks")
    expect(page.locator("#thanks")).to_be_visible()
    expect(page.locator("#why")).to_be_hidden()


def test_the_step_after_a_no_is_accessible(open_page):
    page = open_page()
    page.goto(article_of(page, "en") + "#why")
    check(page)


def test_a_link_to_a_section_leads_there(open_page):
    page = open_page()
    page.goto(article_of(page, "ar"))
    page.locator("nav[aria-labelledby=toc] a").last.click()

    assert page.evaluate("document.querySelector(':target').tagName") == "H2"
    assert page.locator("h2 .anchor").last.is_visible()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_beside_an_article_lies_on_anything_else_however_far_one_reads(open_page, lang):
    page = open_page()
    page.goto(article_of(page, lang))
    assert page.locator("main aside > *").count() > 2

    for height in (0, 420, 1000, 5000):
        page.evaluate("height => scrollTo({top: height, behavior: 'instant'})", height)
        boxes = [one.bounding_box() for one in page.locator("main aside > *").all()]
        for above, below in pairwise(boxes):
            assert above["y"] + above["height"] <= below["y"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_words_of_either_direction_stay_clear_of_the_button_and_the_glass(open_page, lang, width):
    page = open_page(width=width)
    for words in ("board", "تشقق"):
        page.goto(f"/{lang}/search?q={words}")
        assert page.evaluate(FREE_AT_BOTH_ENDS) == [True, True]


def test_a_note_in_an_article_is_printed_and_does_not_look_like_an_internal_one(open_page, product):
    text = {"title": "Waxing a bowl", "slug": "waxing-a-bowl", "body": "Wax it.\n\n> [!NOTE]\n> Wait for a day."}
    category = product.api("GET", "/categories").json()["data"][0]["id"]
    product.api("POST", "/articles", {"category_id": category, "translations": {"en": text}, "publish": True})
    product.settle()
    page = open_page()
    page.goto("/en/articles/waxing-a-bowl")
    callout = page.locator(".callout")
    expect(callout).to_be_visible()
    expect(callout).to_have_css("border-block-start-style", "none")

    page.emulate_media(media="print", color_scheme="dark")
    expect(callout).to_be_visible()
    expect(callout.locator(".callout-title")).to_have_css("color", "rgb(39, 64, 139)")
