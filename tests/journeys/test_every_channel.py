"""One person, one conversation, over every channel that he and the desk happen to use, from outside."""

import urllib.request
from typing import Any
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from tests.journeys.product import Product
from tests.journeys.test_main_job import letter, mails_to, messages_of, number, person, texts_to, tickets_of


def whatsapps_to(product: Product, phone: str) -> list[dict[str, Any]]:
    return [one for one in product.local("GET", "outbox")["whatsapp"] if one["to"] == phone]


def answered(product: Product, ticket: dict[str, Any], text: str, channel: str) -> dict[str, Any]:
    """An agent's answer on that channel, delivered; the message as the API shows it then."""
    sent = product.api("POST", f"/tickets/{ticket['id']}/messages", {"text": text, "channel": channel})
    assert sent.status == 201, sent.body
    product.settle()
    return next(one for one in messages_of(product, ticket) if one["id"] == sent.json()["id"])


def test_one_conversation_runs_over_mail_sms_whatsapp_and_the_portal(product: Product) -> None:
    alice, phone = person(), number()
    template = {"template": "answer_waiting", "languages": {"en": "en_US", "ar": "ar"}}
    assert product.api("PATCH", "/settings", {"whatsapp": template}).status == 200

    product.mail(alice, letter(alice, "It split along the grain. Can it be saved?"))
    product.settle()
    [ticket] = tickets_of(product, email=alice)
    customer = product.api("GET", f"/customers/{ticket['customer_id']}")
    both = [{"type": "email", "value": alice}, {"type": "phone", "value": phone}]
    added = product.api(
        "PATCH", f"/customers/{ticket['customer_id']}", {"contacts": both}, If_Match=customer.headers["ETag"]
    )
    assert added.status == 200, added.body

    by_sms = answered(product, ticket, "Send us a picture, please.", "sms")
    [text] = texts_to(product, phone)
    assert (by_sms["channel"], by_sms["delivery"]["state"]) == ("sms", "sent")
    assert text["body"].startswith("Send us a picture, please.")

    product.local("POST", "sms", {"from": phone, "body": "I cannot by SMS.", "previous_id": text["id"]})
    product.settle()

    answered(product, ticket, "Then by WhatsApp.", "whatsapp")
    [first] = whatsapps_to(product, phone)
    assert (first["type"], f"#{ticket['number']}" in first["body"]) == ("template", True)
    assert "Then by WhatsApp." not in first["body"]

    product.local(
        "POST", "whatsapp", {"from": phone, "name": "Alice", "body": "Here it is.", "context_id": first["id"]}
    )
    product.settle()
    answer = answered(product, ticket, "It can be saved.", "whatsapp")
    freely = whatsapps_to(product, phone)[-1]
    assert (freely["type"], freely["body"], answer["delivery"]["state"]) == ("text", "It can be saved.", "delivered")

    thread = [(one["channel"], one["text"].strip()) for one in messages_of(product, ticket)]
    assert thread == [
        ("email", "It split along the grain. Can it be saved?"),
        ("sms", "Send us a picture, please."),
        ("sms", "I cannot by SMS."),
        ("whatsapp", "Then by WhatsApp."),
        ("whatsapp", "Here it is."),
        ("whatsapp", "It can be saved."),
    ]
    by_link = Reader(product).open(first["body"].split()[-1])
    assert all(words in by_link.text for _, words in thread)
    by_link.send("/en/tickets/", text="Thank you!")
    product.settle()
    [*_, last] = messages_of(product, ticket)
    assert (last["channel"], last["text"], last["author"]["id"]) == ("portal", "Thank you!", ticket["customer_id"])
    assert len(tickets_of(product, email=alice)) == len(tickets_of(product, phone=phone)) == 1
    assert len(mails_to(product, alice)) == 1, "one receipt, and nothing else: nobody was asked twice"


class Reader:
    """The browser of a phone: it opens a link, presses the button that is there, and fills forms."""

    def __init__(self, product: Product) -> None:
        self._url = product.url
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._page = BeautifulSoup("", "html.parser")

    def open(self, address: str) -> "Reader":
        self._load(address)
        return self.send("/en/t/")

    @property
    def text(self) -> str:
        return self._page.get_text(" ")

    def send(self, action: str, **typed: str) -> "Reader":
        """Press the button of the form whose address begins so."""
        form = next(one for one in self._page.select("form[method=post]") if str(one["action"]).startswith(action))
        hidden = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
        return self._load(self._url + str(form["action"]), urlencode(hidden | typed).encode())

    def _load(self, address: str, fields: bytes | None = None) -> "Reader":
        with self._browser.open(urllib.request.Request(address, fields, {"Origin": self._url})) as answer:
            self._page = BeautifulSoup(answer.read(), "html.parser")
        return self
