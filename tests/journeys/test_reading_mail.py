"""What is read of a mail, through the doors of the running product."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.product import Product

FIXTURES = Path(__file__).parents[1] / "fixtures" / "mail"


def opened_by(product: Product, raw: str) -> dict[str, Any]:
    """The first message of the ticket that a mail opens."""
    subject = f"Read {uuid.uuid4().hex}"
    product.mail("alice@example.com", raw.replace("Subject: Question", f"Subject: {subject}"))
    product.settle()
    tickets = product.api("GET", "/tickets?limit=100").json()["data"]
    (ticket,) = [one for one in tickets if one["subject"] == subject]
    message: dict[str, Any] = product.api("GET", f"/tickets/{ticket['id']}/messages").json()["data"][0]
    return message


@pytest.mark.parametrize(
    "name",
    ["arabic-windows-1256", "winmail-arabic-names", "parts-signed-opaquely", "rubbish", "empty", "dsn-permanent"],
)
def test_a_raw_mail_is_read_without_being_taken_in(product: Product, name: str) -> None:
    told = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    answer = product.call("POST", "/_local/read-email", (FIXTURES / f"{name}.eml").read_bytes())

    assert answer.status == 200
    read = answer.json()
    assert {"subject", "from_email", "from_name", "text", "quoted_text", "attachments", "automatic", "bounce"} <= set(
        read
    )
    assert {field: read[field] for field in told if field in read} == {
        field: told[field] for field in told if field in read
    }


def test_the_files_in_a_winmail_dat_can_be_downloaded_from_the_ticket(product: Product) -> None:
    message = opened_by(product, (FIXTURES / "winmail-with-two-files.eml").read_text("ascii"))

    assert message["text"] == "See both files."
    assert [(file["name"], file["size"]) for file in message["attachments"]] == [("first board.pdf", 20), ("b.txt", 3)]


def test_a_winmail_dat_that_is_the_whole_mail_is_what_the_customer_wrote(product: Product) -> None:
    message = opened_by(product, (FIXTURES / "winmail-rtf-arabic.eml").read_text("ascii"))

    assert message["text"] == "مرحبا GH-1\nشكرا"
    assert message["attachments"] == []
