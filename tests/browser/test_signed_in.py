"""The pages of who is signed in: accessible in both languages and schemes. Their journeys are in test_by_keyboard."""

import re
from email import message_from_string
from email.policy import default

import pytest

from tests.browser.eyes import LANGUAGES, Eyes
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
def test_every_page_of_who_is_signed_in(open_page, picture, product, lang):
    email = f"pages.{lang}@example.org"
    number = opened(product, email, locale=lang)
    product.api("POST", f"/tickets/{number}/messages", {"text": "https://ghusn.example/care", "visibility": "public"})
    eyes = Eyes(open_page(), picture)
    page = eyes.page
    page.goto(f"/{lang}/sign-in")
    eyes.fill("#email", email)
    eyes.press(f"form[action='/{lang}/sign-in'] .btn.main")
    eyes.look(f"portal-sign-in-code.{lang}")
    eyes.fill("#code", "0")
    eyes.press(f"form[action='/{lang}/sign-in/code'] .btn.main")
    eyes.look()
    eyes.fill("#code", code_for(product, email))
    eyes.press(f"form[action='/{lang}/sign-in/code'] .btn.main")
    for name, address in {"my-tickets": f"/{lang}/tickets", "my-tickets-none": f"/{lang}/tickets?show=solved"}.items():
        page.goto(address)
        eyes.look(f"portal-{name}.{lang}")
    page.goto(f"/{lang}/tickets/{number}")
    eyes.look(f"portal-my-ticket.{lang}")
    eyes.press("form[action$='/solved'] button")
    eyes.look(f"portal-rating.{lang}")
    page.goto(f"/{lang}/account/data")
    eyes.look(f"portal-own-data.{lang}")
    eyes.press("form[action$='/erasure'] button")
    eyes.look(f"portal-own-data-erasure.{lang}")
    page.goto(f"/{lang}/preferences")
    eyes.look(f"portal-own-preferences.{lang}")
    page.goto(f"/{lang}/")
    eyes.look()
