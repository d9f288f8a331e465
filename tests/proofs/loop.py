"""Two desks that answer by themselves write to each other: each answers once, whatever the postman does to their mails.

He carries what one sends to the other with their domains exchanged, so that each is a customer of the other.
"""

from collections.abc import Callable
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.journeys.product import Product, running

OWN, OTHER = "ghusn.example", "twin.example"
MOST_ROUNDS = 8
# All by which a mail could be known as a machine's, as ours, or as an answer.
STRIPPED = (
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "X-Diwan-Loop",
    "In-Reply-To",
    "References",
    "Reply-To",
    "Message-ID",
    "Date",
)

Postman = Callable[[EmailMessage, int], None]


def prove(data: Path) -> dict[str, Any]:
    """Let an honest postman and an adversary carry mails until nothing moves; how many mails each desk sent."""
    with running(data / "one", "empty") as one, running(data / "other", "empty") as other:
        honest = _exchange(one, other, lambda mail, round: None)
        for desk in (one, other):
            desk.local("POST", "reset", {"seed": "empty"})
        adversary = _exchange(one, other, _disguise)
    assert honest == [1, 1], honest
    assert adversary == [1, 2], adversary
    return {"honest": honest, "adversary": adversary}


def _exchange(one: Product, other: Product, postman: Postman) -> list[int]:
    """An agent of the other desk writes to the first one; how many mails both sent in the end."""
    desks, carried = (one, other), [0, 0]
    _write(other)
    for round in range(MOST_ROUNDS):
        before = list(carried)
        for at in (1, 0):
            desks[at].settle()
            sent = desks[at].local("GET", "outbox")["emails"]
            for mail in sent[carried[at] :]:
                _carry(mail, desks[1 - at], postman, round)
            carried[at] = len(sent)
        if carried == before:
            return carried
    raise AssertionError(f"they write to each other for ever: {carried}")


def _write(desk: Product) -> None:
    body = {
        "subject": "Your offer",
        "message": {"text": "What does a board cost?", "author": {"type": "agent"}},
        "customer": {"email": f"help@{OTHER}"},
    }
    answer = desk.api("POST", "/tickets", body)
    assert answer.status == 201, answer.body


def _carry(sent: dict[str, Any], to: Product, postman: Postman, round: int) -> None:
    mail = message_from_string(_exchanged(sent["raw"]), policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)
    postman(mail, round)
    query = urlencode({"to": [_exchanged(address) for address in sent["to"]]}, doseq=True)
    answer = to.call("POST", f"/_local/email?{query}", mail.as_bytes())
    assert answer.status == 202, answer.body


def _disguise(mail: EmailMessage, round: int) -> None:
    for name in STRIPPED:
        del mail[name]
    mail.replace_header("Subject", f"Something else {round}")
    mail["Message-ID"] = f"<{round}.{id(mail)}@{OTHER}>"


def _exchanged(text: str) -> str:
    """The text with both domains in each other's place."""
    return OTHER.join(part.replace(OTHER, OWN) for part in text.split(OWN))
