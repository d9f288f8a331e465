"""The ticket form in a real browser: with the keyboard, with files, and the same road without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import follow
from tests.browser.eyes import Eyes, check

WORDS = {
    "en": ("My chopping board has split, can it be saved?", "It is four centimetres long."),
    "ar": ("تشقّق لوح التقطيع، فهل يمكن إنقاذه؟", "طول الشقّ أربعة سنتيمترات."),
}
PHOTO = {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" * 40_000}
SEND = "#form .btn.main"


def ticket_of(product, page: Page) -> dict:
    number = re.search(r"#(\d+)", page.inner_text(".lede"))[1]
    product.settle()
    return product.api("GET", f"/tickets/{number}").json()


def files_of(product, ticket: dict) -> list[str]:
    told = product.api("GET", f"/tickets/{ticket['id']}/messages").json()["data"]
    return [file["name"] for message in told for file in message["attachments"]]


def attach(page: Page, *files: dict) -> None:
    page.set_input_files("#file", list(files))
    expect(page.locator(".file-line progress")).to_have_count(0)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_whole_form_is_accessible_with_all_that_a_script_adds(open_page, picture, lang):
    eyes = Eyes(open_page(), picture)
    page = eyes.page
    page.goto(f"/{lang}/tickets/new")
    eyes.each(lambda: page.select_option("#field_topic", "care"))
    eyes.fill("#subject", WORDS[lang][0])
    expect(page.locator(".may-answer li").first).to_be_visible()
    attach(page, PHOTO, {**PHOTO, "name": "a" * 150 + ".exe"})
    eyes.look(f"portal-ticket-new-filled.{lang}")
    eyes.press(SEND)
    eyes.look(f"portal-ticket-new-kept.{lang}")
    assert page.locator("#files li bdi").inner_text() == "board.jpg"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_page_that_is_glad_is_accessible(open_page, picture, lang):
    page = open_page()
    page.goto(f"/{lang}/tickets/answered")
    check(page)
    picture(page, f"portal-ticket-answered.{lang}.1280")


def test_the_keyboard_alone_asks_and_finds_an_article(open_page, product):
    page = open_page()
    page.goto("/en/tickets/new")
    page.focus("#subject")
    page.keyboard.type(WORDS["en"][0])
    expect(page.locator(".may-answer li").first).to_be_visible()
    page.keyboard.press("Tab")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    assert "/en/articles/" in opened.value.url
    page.bring_to_front()
    expect(page.get_by_role("button", name="Yes, it’s answered")).to_be_visible()
    page.focus("#text")
    page.keyboard.type(WORDS["en"][1])
    page.focus("#email")
    page.keyboard.type("keys@example.org")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert ticket_of(product, page)["subject"] == WORDS["en"][0]


def test_only_the_fields_of_the_topic_show(open_page):
    page = open_page()
    page.goto("/en/tickets/new")
    assert not page.is_visible("#field_wood") and not page.is_visible("#field_order")
    page.select_option("#field_topic", "care")
    assert page.is_visible("#field_wood") and not page.is_visible("#field_order")
    page.select_option("#field_topic", "return")
    assert page.is_visible("#field_wood") and page.is_visible("#field_order")


def test_without_a_script_every_field_shows_and_says_what_it_is_for(open_page):
    page = open_page(scripts=False)
    page.goto("/en/tickets/new")

    assert page.is_visible("#field_wood") and page.is_visible("#field_order")
    assert page.inner_text("#field_wood-hint").startswith("Only for: ")
    assert not page.is_visible("#file")


def test_files_are_picked_pasted_and_dropped_taken_away_again_and_sent(open_page, product):
    page = open_page()
    page.goto("/en/tickets/new")
    attach(page, PHOTO, {**PHOTO, "name": "second.png"})
    for event, target in (("paste", "#text"), ("drop", ".attach")):
        page.evaluate(
            """([event, target]) => {
                const data = new DataTransfer();
                data.items.add(new File(["x"], event + ".png", { type: "image/png" }));
                const made = event === "paste"
                    ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
                    : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
                document.querySelector(target).dispatchEvent(made);
            }""",
            [event, target],
        )
    expect(page.locator(".file-line")).to_have_count(4)
    expect(page.locator(".file-line progress")).to_have_count(0)
    page.get_by_role("button", name="Remove second.png").click()
    for name, value in {"subject": "Photos", "text": "See them.", "email": "photos@example.org"}.items():
        page.fill(f"#{name}", value)
    follow(page, SEND)

    assert files_of(product, ticket_of(product, page)) == ["board.jpg", "paste.png", "drop.png"]


def test_a_file_that_is_under_way_keeps_the_form_here_until_it_is_there(open_page):
    page = open_page()
    page.goto("/en/tickets/new")
    page.route("**/uploads", lambda route: None)
    page.set_input_files("#file", PHOTO)
    page.fill("#subject", "Too early")
    page.click(SEND)

    assert "still going up" in page.inner_text(".attach [role=alert]")
    assert page.input_value("#subject") == "Too early"
    page.get_by_role("button", name="Remove board.jpg").click()
    expect(page.locator(".file-line")).to_have_count(0)


def test_the_words_survive_leaving_the_page_and_are_gone_once_sent(open_page):
    page = open_page()
    page.goto("/en/tickets/new")
    page.select_option("#field_topic", "other")
    for name, value in {"subject": "Kept", "text": "Every word.", "email": "kept@example.org"}.items():
        page.fill(f"#{name}", value)
    page.goto("/en/")
    page.goto("/en/tickets/new")
    assert [page.input_value(f"#{name}") for name in ("field_topic", "subject", "text", "email")] == [
        "other", "Kept", "Every word.", "kept@example.org",
    ]  # fmt: skip
    follow(page, SEND)
    page.goto("/en/tickets/new")
    assert page.input_value("#text") == ""


def test_without_a_script_words_survive_the_way_back(open_page):
    page = open_page(scripts=False)
    page.goto("/en/tickets/new")
    page.fill("#subject", "Back again")
    page.goto("/en/")
    page.go_back()

    assert page.input_value("#subject") == "Back again"


def test_without_a_script_a_file_is_added_after_sending_and_an_article_takes_the_ticket_back(open_page, product):
    page = open_page(scripts=False, width=390)
    page.goto("/ar/tickets/new")
    for name, value in zip(("subject", "text"), WORDS["ar"], strict=True):
        page.fill(f"#{name}", value)
    page.fill("#email", "plain@example.org")
    follow(page, SEND)
    page.set_input_files("#plain-file", {**PHOTO, "name": "لوح.jpg"})
    follow(page, "form[enctype] button")
    assert page.url.endswith("/ar/tickets/sent")
    assert "لوح.jpg" in page.locator("[role=status]").inner_text()
    ticket = ticket_of(product, page)
    assert files_of(product, ticket) == ["لوح.jpg"]

    follow(page, ".may-answer button")
    assert product.api("GET", f"/tickets/{ticket['id']}").json()["status"] == "solved"
