"""Every journey of the desk with the keyboard alone, with the pages' scripts and without any."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Hands
from tests.browser.test_by_keyboard import (
    PHOTO,
    asked,
    files_of,
    link_of,
    ticket_of,
    wait_for_file,
    with_and_without,
)
from tests.browser.test_signed_in import mailed


@pytest.fixture
def boss(open_page, product):
    """A desk, by the keyboard alone, of an admin."""

    def opened(scripts: bool) -> Hands:
        return Hands(open_page(scripts=scripts, email=product.info["admin_email"], role="agent"))

    return opened


@with_and_without
def test_a_day_at_the_desk(open_page, product, scripts):
    email, agent = f"desk.{scripts}@example.org".lower(), product.info["agent_email"]
    number, double = asked(product, email, "Which oil?"), asked(product, email, "Which oil? Again.")
    product.api("POST", "/macros", {"name": f"By hand {scripts}", "texts": {"en": "Hello {{customer.first_name}}!"}})
    hands = Hands(open_page(scripts=scripts))
    page, here = hands.page, f"/agent/tickets/{number}"
    page.goto("/agent/sign-in")
    hands.write("#email", agent)
    hands.send()
    page.goto(link_of(mailed(product, agent), product))
    hands.press("main form .btn.main")
    page.goto("/agent/tickets?view=unassigned")
    hands.press(f"a[href='{here}']")

    macro = page.locator("#macro option").nth(1).get_attribute("value")
    hands.choose("#macro", macro)
    if scripts:
        hands.push(".macros button")
        expect(page.locator("#text")).not_to_have_value("")
        hands.attach("#file", PHOTO)
        wait_for_file(hands)
    else:
        hands.press(".macros button")
        assert page.input_value("#text")
        hands.attach("#plain-file", PHOTO)
        hands.press("form[enctype] button")
    hands.write("#text", "Walnut oil.")
    hands.press(".for-reply footer button:not([name])")
    assert page.locator(".msg", has_text="Walnut oil.").locator("a.file, .file").count()
    assert files_of(product, number) == ["board.jpg"]
    hands.pick("input[name=mode][value=note]")
    hands.write("#note", "She asked twice.")
    hands.press(".for-note footer button")
    assert page.locator("article.note", has_text="She asked twice.").count() == 1

    hands.choose("#assignee_id", page.locator("#assignee_id option").nth(1).get_attribute("value"))
    hands.press(".panel form:has(#assignee_id) .btn")
    assert ticket_of(product, number)["assignee_id"]
    page.goto(f"/agent/tickets/{double}")
    hands.write("#into", str(number))
    hands.send()
    assert page.url.endswith(f"{here}?done=merge")
    page.goto("/agent/tickets")
    hands.write(".find input", "walnut")
    hands.send()
    assert page.locator(f"a[href='{here}']").count() == 1


@with_and_without
def test_an_article_from_its_category_to_a_version_that_comes_back(boss, product, scripts):
    hands = boss(scripts)
    page, name = hands.page, f"Keys {scripts}"
    page.goto("/agent/articles/categories")
    hands.press("a[href='/agent/articles/categories/new']")
    hands.write("#name_en", name)
    hands.write("#name_ar", "مفاتيح")
    hands.press("#form .btn.main")
    page.goto("/agent/articles/new")
    category = page.locator("#category_id option", has_text=name).get_attribute("value")
    hands.choose("#category_id", category)
    hands.write("#title_en", f"Oiling by {name}")
    hands.write("#body_en", "Use **oil**.")
    if not scripts:
        hands.press("button[value=preview]")
    expect(page.locator("#preview-en strong")).to_have_text("oil")
    hands.press("button[value=publish]")
    assert page.locator(".editor-bar .pill").inner_text() == "Published"
    assert scripts or page.locator(".tools:visible").count() == 0
    article = page.url.rpartition("/")[2].partition("?")[0]
    hands.write("#body_en", "Use **wax**.")
    hands.press("button[value=publish]")
    assert product.api("GET", f"/articles/{article}").json()["translations"]["en"]["body"] == "Use **wax**."
    hands.press(f"a[href='/agent/articles/{article}/versions']")
    hands.press("button[name=number][value='1']")
    assert product.api("GET", f"/articles/{article}").json()["translations"]["en"]["body"] == "Use **oil**."

    page.goto("/agent/articles/synonyms")
    hands.choose("#locale", "en")
    hands.write("#words", f"{name}\nplank")
    hands.press("form:has(#words) .btn.main")
    assert page.get_by_text(name).count()


def place_of(page: Page, name: str) -> str:
    """The link to it in a list of settings."""
    return f"a[href='{page.locator('.subject a', has_text=name).get_attribute('href')}']"


@with_and_without
def test_an_agent_a_field_a_key_a_webhook_and_the_look(boss, product, scripts):
    hands = boss(scripts)
    page, name = hands.page, f"keys_{scripts}".lower()
    settings = "/agent/settings"
    page.goto(f"{settings}/new-agent")
    hands.write("#name", "Dora")
    hands.write("#email", f"{name}@ghusn.example")
    hands.press("#form .btn.main")
    assert page.locator(".banner[data-s=ok]").count() == 1

    page.goto(f"{settings}/new-field")
    hands.choose("#applies_to", "customer")
    hands.choose("#type", "text")
    hands.write("#key", name)
    hands.write("#name_en", "Shoe size")
    hands.press("#form .btn.main")
    assert name in [one["key"] for one in product.api("GET", "/fields?limit=100").json()["data"]]

    page.goto(f"{settings}/new-api-key")
    hands.write("#name", name)
    hands.tick("#scope_tickets_read")
    hands.press("#form .btn.main")
    assert page.input_value("#token").startswith("diwan_")
    assert page.get_by_label("The key").count() == 1
    page.goto(f"{settings}/api-keys")
    hands.press(place_of(page, name))
    hands.tick("#sure")
    hands.press("form:has(#sure) button")
    assert page.locator(".banner[data-s=ok]").count() == 1

    page.goto(f"{settings}/new-webhook")
    hands.write("#url", f"https://hooks.example.org/{name}")
    hands.tick("#event_ticket_created")
    hands.press("#form .btn.main")
    assert page.input_value("#secret").startswith("whsec_")
    page.goto(f"{settings}/webhooks")
    hands.press(place_of(page, name))
    here = page.url
    hands.press("form[action$='/test'] button")
    assert page.locator("main .row").count() == 1
    page.goto(here)
    hands.press("form[action$='/delete'] button")
    assert page.locator("#sure_delete-error").count() == 1
    hands.tick("#sure_delete")
    hands.press("form[action$='/delete'] button")
    assert page.get_by_text(name).count() == 0

    page.goto(f"{settings}/branding")
    try:
        hands.write("#light_accent", "#7a1f3d")
        if not scripts:
            hands.push("#look")
        inside = page.frame_locator("iframe[name=preview]").locator(".btn.main").first
        expect(inside).to_have_css("background-color", "rgb(122, 31, 61)")
        hands.press("#form .btn.main:not(#look)")
        assert product.api("GET", "/settings").json()["branding"]["light"]["accent"] == "#7a1f3d"
    finally:
        assert product.api("PATCH", "/settings", {"branding": {"light": None}}).status == 200
