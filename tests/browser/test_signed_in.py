"""A customer's whole way, from asking for a code to saying how it was: by the keyboard alone, and without a script."""

import re
from email import message_from_string
from email.policy import default

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import follow
from tests.browser.test_every_page import LANGUAGES, SIGHTS, check
from tests.journeys.product import Product

OPENING = {"subject": "My board has split", "message": {"text": "Can it be saved?"}}


def opened(product: Product, email: str, **more: object) -> int:
    """A ticket of that customer, whose name has not been used by another test."""
    made = product.api("POST", "/tickets", {**OPENING, "customer": {"email": email, "name": "Alice"}, **more}).json()
    product.settle()
    return int(made["number"])


def code_for(product: Product, email: str) -> str:
    return re.search(r"^(\d{6})\s*$", mailed(product, email), re.M)[1]


def mailed(product: Product, email: str) -> str:
    """The words of the newest mail to that address."""
    product.settle()
    raw = [one for one in product.local("GET", "outbox")["emails"] if email in one["to"]][-1]["raw"]
    return str(message_from_string(raw, policy=default).get_body(("plain",)).get_content())


def press(page: Page, selector: str) -> None:
    """Reach it by the Tab key alone, and press Enter."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def reach(page: Page, selector: str) -> None:
    page.locator(selector).first.wait_for()
    for _ in range(120):
        if page.evaluate("one => document.activeElement?.matches(one) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by the keyboard on {page.url}")


@pytest.mark.parametrize("scripts", [True, False], ids=["keyboard", "no script"])
def test_from_a_code_to_a_rating(open_page, product, scripts):
    """Focus is asked of the browser, which Playwright may do whether the page's own scripts run or not."""
    email = f"journey.{'keys' if scripts else 'bare'}@example.org"
    number = opened(product, email)
    page = open_page(scripts=scripts)
    page.goto("/en/tickets")
    reach(page, "#email")
    page.keyboard.type(email)
    press(page, "form[action='/en/sign-in'] .btn.main")
    code = code_for(product, email)
    reach(page, "#code")
    page.keyboard.type(code)
    press(page, "form[action='/en/sign-in/code'] .btn.main")

    assert page.url.endswith("/en/tickets")
    press(page, f"a.row[href='/en/tickets/{number}']")
    reach(page, "#text")
    page.keyboard.type("It was the dry winter.")
    press(page, "#reply footer .btn.main")
    assert page.locator("article.msg.mine", has_text="It was the dry winter.").count() == 1

    press(page, "form[action$='/solved'] button")
    assert product.api("GET", f"/tickets/{number}").json()["status"] == "solved"
    reach(page, "input[name=answer]")
    page.keyboard.press("Space")
    reach(page, "#words")
    page.keyboard.type("Quick.")
    press(page, "form[action$='/rating'] button")
    assert page.locator("#rating", has_text="Quick.").count() == 1
    told = product.api("GET", f"/tickets/{number}/rating").json()
    assert (told["answer"], told["words"]) == ("yes", "Quick.")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), SIGHTS)
def test_every_page_of_who_is_signed_in(open_page, picture, product, lang, width, theme):
    email = f"pages.{lang}.{width}@example.org"
    number = opened(product, email, locale=lang)
    product.api("POST", f"/tickets/{number}/messages", {"text": "With oil.", "visibility": "public"})
    page = open_page(width=width, theme=theme)
    page.goto(f"/{lang}/sign-in")
    page.fill("#email", email)
    follow(page, f"form[action='/{lang}/sign-in'] .btn.main")
    check(page)
    picture(page, f"portal-sign-in-code.{lang}.{width}")
    page.fill("#code", "0")
    follow(page, f"form[action='/{lang}/sign-in/code'] .btn.main")
    check(page)
    page.fill("#code", code_for(product, email))
    follow(page, f"form[action='/{lang}/sign-in/code'] .btn.main")
    for name, address in {"my-tickets": f"/{lang}/tickets", "my-tickets-none": f"/{lang}/tickets?show=solved"}.items():
        page.goto(address)
        check(page)
        picture(page, f"portal-{name}.{lang}.{width}")
    page.goto(f"/{lang}/tickets/{number}")
    check(page)
    picture(page, f"portal-my-ticket.{lang}.{width}")
    follow(page, "form[action$='/solved'] button")
    check(page)
    picture(page, f"portal-rating.{lang}.{width}")
    page.goto(f"/{lang}/account/data")
    check(page)
    picture(page, f"portal-own-data.{lang}.{width}")
    follow(page, "form[action$='/erasure'] button")
    check(page)
    picture(page, f"portal-own-data-erasure.{lang}.{width}")
    page.goto(f"/{lang}/preferences")
    check(page)
    picture(page, f"portal-own-preferences.{lang}.{width}")


def test_in_another_browser_the_link_wants_the_code(open_page, product):
    email = "elsewhere@example.org"
    asking, other = open_page(scripts=False), open_page(scripts=False)
    asking.goto("/en/sign-in")
    asking.fill("#email", email)
    follow(asking, "form[action='/en/sign-in'] .btn.main")
    code = code_for(product, email)
    other.goto(re.search(r"/en/sign-in/sgn_\S+", mailed(product, email))[0])
    other.fill("#code", code)
    follow(other, "form .btn.main")
    assert other.url.endswith("/en/tickets")
