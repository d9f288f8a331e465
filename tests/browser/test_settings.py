"""The settings in Chromium: accessible by axe's rules in both languages and schemes, without a mouse or a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.eyes import LANGUAGES, Eyes, check

SETTINGS = "/agent/settings"
PAGES = [
    "", "/shop", "/branding", "/logos", "/logos/ar/dark", "/announcement", "/often-asked", "/hours", "/rules",
    "/sms", "/whatsapp", "/agents", "/new-agent", "/fields", "/new-field", "/channels", "/api-keys", "/new-api-key",
    "/webhooks", "/new-webhook", "/data",
]  # fmt: skip


@pytest.fixture(scope="module")
def furnished(product) -> None:
    """A field, a key and a webhook, so that no list is empty."""
    product.api("POST", "/webhooks", {"url": "https://hooks.example.org/" + "x" * 60, "events": ["ticket.solved"]})
    options = [{"value": "olive", "names": {"en": "Olive", "ar": "زيتون"}}]
    field = {"key": "wood_of_it", "type": "select", "applies_to": "organization", "names": {"en": "Wood"}}
    product.api("POST", "/fields", field | {"options": options})
    for key in ("stamp_of_it", "mark_of_it"):
        wanted = {"key": key, "type": "text", "applies_to": "organization", "names": {"en": key}, "position": 5}
        product.api("POST", "/fields", wanted)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_the_settings(open_page, picture, product, furnished, lang):
    eyes = Eyes(open_page(email=product.info["admin_email"], role="agent"), picture)
    page = eyes.page
    page.goto(f"/{lang}/sign-in")  # the desk speaks the language chosen last
    for place in PAGES:
        page.goto(SETTINGS + place)
        eyes.look(f"settings{place.replace('/', '-')}.{lang}")
    for place, field, value in (
        ("/branding", "#light_accent", "#9bb7ff"),
        ("/new-agent", "#email", "nobody"),
        ("/new-api-key", "#limit", "0"),
        ("/new-webhook", "#url", "http://inside"),
        ("/hours", "#week_monday", "always"),
    ):
        page.goto(SETTINGS + place)
        eyes.fill(field, value)
        eyes.press("#form .btn.main")
        eyes.look(f"settings{place.replace('/', '-')}-wrong.{lang}")


def test_fields_are_dragged_into_their_order(open_page, product, furnished):
    page = open_page(email=product.info["admin_email"], role="agent")
    page.goto(f"{SETTINGS}/fields")
    rows = page.locator("[data-order] li").filter(has_text="_of_it")
    before = [row.get_attribute("id") for row in rows.all()]
    with page.expect_navigation():
        rows.last.locator(".handle").drag_to(rows.first, target_position={"x": 20, "y": 2})

    assert [row.get_attribute("id") for row in rows.all()] == [before[-1], *before[:-1]]


def test_a_draft_is_seen_while_it_is_typed(open_page, product):
    page = open_page(email=product.info["admin_email"], role="agent")
    page.goto(f"{SETTINGS}/branding")
    inside = page.frame_locator("iframe[name=preview]")
    inside.locator("h1").wait_for()
    page.fill("#light_accent", "#7a1f3d")
    expect(inside.locator(".btn.main")).to_have_css("background-color", "rgb(122, 31, 61)")
    picker = page.get_by_role("group").filter(has=page.locator("#light_accent")).locator("input[type=color]").first
    assert picker.input_value() == "#7a1f3d"
    page.reload()
    assert page.input_value("#light_accent") == ""


def test_a_draft_is_seen_without_a_script_by_a_button(open_page, product):
    page = open_page(scripts=False, email=product.info["admin_email"], role="agent")
    page.goto(f"{SETTINGS}/branding")
    page.fill("#names_en", "A draft of a name")
    page.focus("#look")
    page.keyboard.press("Enter")
    page.frame_locator("iframe[name=preview]").get_by_text("A draft of a name").first.wait_for()
    assert page.url.endswith("/branding")


def test_a_banner_that_was_put_away_stays_away_until_it_says_something_else(open_page, product):
    page = open_page()
    banner = page.locator("aside.announcement")
    try:
        for words in ("Parcels are late.", "Parcels are on time again."):
            wished = {"branding": {"announcement": {"level": "warn", "texts": {"en": words}}}}
            product.api("PATCH", "/settings", wished)
            page.goto("/en/")
            assert words in banner.inner_text()
            check(page)
            banner.get_by_role("button").press("Enter")
            assert banner.count() == 0
            page.goto("/en/sign-in")
            assert banner.count() == 0
    finally:
        product.api("PATCH", "/settings", {"branding": {"announcement": None}})


def test_a_logo_that_the_store_would_refuse_is_refused_before_it_is_sent(open_page, product):
    page = open_page(email=product.info["admin_email"], role="agent")
    page.goto(f"{SETTINGS}/logos/en/dark")
    chooser, sent = page.locator("#file"), page.get_by_role("button", name="Send and use it")
    for size in (500_001, 0):
        chooser.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": b"x" * size})
        sent.click()
        assert "500 KB" in chooser.evaluate("field => field.validationMessage")
    assert page.url == f"{product.url}{SETTINGS}/logos/en/dark"

    chooser.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": b"x" * 500_000})
    assert chooser.evaluate("field => field.checkValidity()")
