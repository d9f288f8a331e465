"""The pages of who is signed in: accessible in both languages and schemes. Their journeys are in test_by_keyboard."""

import re
from email import message_from_string
from email.policy import default

import pytest

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


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), SIGHTS)
def test_every_page_of_who_is_signed_in(open_page, picture, product, lang, width, theme):
    email = f"pages.{lang}.{width}@example.org"
    number = opened(product, email, locale=lang)
    product.api("POST", f"/tickets/{number}/messages", {"text": "https://ghusn.example/care", "visibility": "public"})
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
    page.goto(f"/{lang}/")
    check(page)
