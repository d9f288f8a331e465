"""Conversations by mail, all at once: each mail comes one to three times and in any order, half of them through clients
that drop References, ignore Reply-To or write ids anew. Every ticket holds its own conversation, every message once."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email import message_from_string, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

from tests.journeys.product import Product
from tests.proofs.client import Client, by_many

SENDERS = 8
ROUNDS = 3
SETTLES = 40


@dataclass
class Conversation:
    """One customer's conversation about one thing; of three conversations two are held by the same customer."""

    number: int
    texts: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    answers: list[EmailMessage] = field(default_factory=list)
    ticket_id: str = ""

    @property
    def address(self) -> str:
        return f"alice-{self.number // 3 * 3 + self.number % 3 // 2}@example.org"

    @property
    def subject(self) -> str:
        return f"Board {self.number}"


@dataclass(frozen=True)
class Letter:
    """A mail as it is delivered: to which address, and the round in which it comes (again)."""

    raw: bytes
    to: str
    round: int


Client_ = Callable[[Conversation, EmailMessage, EmailMessage, str], str]


def prove(product: Product, conversations: int) -> dict[str, Any]:
    """Hold that many conversations of three rounds; the figures."""
    client, chance = Client(product), random.Random(4)
    held = [Conversation(number) for number in range(conversations)]
    began, waiting, delivered = time.monotonic(), [], 0
    support = product.info["support_address"]
    for at in range(ROUNDS):
        for one in held:
            waiting += _copies(_written(one, at, support), at, chance)
        delivered += _deliver(product, [letter for letter in waiting if letter.round == at], chance)
        _settled(product)
        if at < ROUNDS - 1:
            _find_tickets(client, held)
            _answer(product, client, held, at)
    figures = _judge(client, held)
    sent = len({letter.raw for letter in waiting})
    seconds = round(time.monotonic() - began, 1)
    return {"conversations": conversations, "mails": sent, "deliveries": delivered, "seconds": seconds, **figures}


def _written(one: Conversation, at: int, support: str) -> list[tuple[bytes, str]]:
    """What the customer writes in that round: first up to three mails of which each names those before it, then answers
    to any of our mails, as his client has it."""
    if at == 0:
        return [_opening(one, support) for _ in range(1 + one.number % 3)]
    return [_answering(one, support) for _ in range(1 + (one.number + at) % 2)]


def _opening(one: Conversation, support: str) -> tuple[bytes, str]:
    mail = _mail(one, one.subject if not one.ids else f"Re: {one.subject}", support)
    if one.ids:
        mail["In-Reply-To"], mail["References"] = one.ids[-1], " ".join(one.ids)
    return _closed(one, mail), support


def _answering(one: Conversation, support: str) -> tuple[bytes, str]:
    answered = one.answers[len(one.texts) % len(one.answers)]
    client = CLIENTS[one.number % len(CLIENTS)]
    mail = _mail(one, f"Re: {answered['Subject'].removeprefix('Re: ')}", support)
    to = client(one, mail, answered, support)
    mail.replace_header("To", to)
    return _closed(one, mail), to


def _mail(one: Conversation, subject: str, to: str) -> EmailMessage:
    mail = EmailMessage(policy.SMTP.clone(max_line_length=998))
    mail["From"], mail["To"], mail["Subject"] = one.address, to, subject
    mail["Message-ID"] = f"<c{one.number}.{len(one.texts)}@example.org>"
    mail["Date"] = "Sun, 22 Nov 2026 10:00:00 +0000"
    return mail


def _closed(one: Conversation, mail: EmailMessage) -> bytes:
    """The mail with its text, which nobody else writes."""
    one.texts.append(f"Conversation {one.number}, mail {len(one.texts)}.")
    one.ids.append(str(mail["Message-ID"]))
    mail.set_content(one.texts[-1])
    return mail.as_bytes()


def _keeps_all(one: Conversation, mail: EmailMessage, answered: EmailMessage, support: str) -> str:
    mail["In-Reply-To"] = answered["Message-ID"]
    mail["References"] = f"{answered['References']} {answered['Message-ID']}"
    return str(answered["Reply-To"])


def _drops_references(one: Conversation, mail: EmailMessage, answered: EmailMessage, support: str) -> str:
    """Nothing of it is left but the address."""
    mail.replace_header("Subject", "An answer")
    return str(answered["Reply-To"])


def _ignores_reply_to(one: Conversation, mail: EmailMessage, answered: EmailMessage, support: str) -> str:
    mail["In-Reply-To"] = answered["Message-ID"]
    mail.replace_header("Subject", "An answer")
    return support


def _writes_ids_anew(one: Conversation, mail: EmailMessage, answered: EmailMessage, support: str) -> str:
    """A gateway that puts a domain of its own behind the ids, or none."""
    local = answered["Message-ID"].strip("<>").partition("@")[0]
    domain = ("", "@relay.example", "@email.amazonses.com")[len(one.texts) % 3]
    mail["References"] = f"<unknown-{one.number}@relay.example> <{local}{domain}>"
    mail.replace_header("Subject", "An answer")
    return support


def _keeps_the_subject(one: Conversation, mail: EmailMessage, answered: EmailMessage, support: str) -> str:
    return support


# Half of them keep what a client ought to keep.
CLIENTS: tuple[Client_, ...] = (
    _keeps_all,
    _drops_references,
    _keeps_all,
    _ignores_reply_to,
    _keeps_all,
    _writes_ids_anew,
    _keeps_all,
    _keeps_the_subject,
)


def _copies(letters: Iterable[tuple[bytes, str]], at: int, chance: random.Random) -> list[Letter]:
    """Each in its round, and up to twice more in that one or a later one."""
    found = []
    for raw, to in letters:
        found.append(Letter(raw, to, at))
        found += [Letter(raw, to, chance.randrange(at, ROUNDS)) for _ in range(chance.randrange(3))]
    return found


def _deliver(product: Product, letters: list[Letter], chance: random.Random) -> int:
    chance.shuffle(letters)
    speaker = Client(product)

    def deliver(at: int) -> None:
        query = urlencode({"to": letters[at].to})
        answer = speaker.post_octets(f"/_local/email?{query}", letters[at].raw)
        assert answer.status == 202, answer.body

    by_many(SENDERS, deliver, len(letters))
    return len(letters)


def _settled(product: Product) -> None:
    """Thousands of mails take longer than one call waits."""
    client = Client(product)
    for _ in range(SETTLES):
        answer = client.post_octets("/_local/settle", b"")
        if answer.status == 200:
            assert answer.json["dead"] == 0, answer.body
            return
    raise AssertionError(answer.body)


def _find_tickets(client: Client, held: list[Conversation]) -> None:
    """Which ticket each conversation is in, by what is written there; none is in two."""
    threads = _threads(client)
    assert len(threads) == len(held), f"{len(threads)} tickets of {len(held)} conversations"
    by_text = {text: ticket_id for ticket_id, texts in threads.items() for text in texts}
    for one in held:
        one.ticket_id = by_text[one.texts[0]]


def _threads(client: Client) -> dict[str, list[str]]:
    """What customers wrote, by ticket."""
    tickets = client.walk("/tickets", sort="created")

    def texts(at: int) -> list[str]:
        messages = client.walk(f"/tickets/{tickets[at]['id']}/messages")
        return [one["text"].strip() for one in messages if one["author"]["type"] == "customer"]

    found = by_many(SENDERS, texts, len(tickets))
    return {ticket["id"]: listed for ticket, listed in zip(tickets, found, strict=True)}


def _answer(product: Product, client: Client, held: list[Conversation], at: int) -> None:
    """An agent answers each; what reached the customer is what he answers to."""
    before = product.local("GET", "outbox")["emails"]

    def answer(number: int) -> None:
        body = {"text": f"Answer {at} to {held[number].number}.", "author": {"type": "agent"}}
        client.done("POST", f"/tickets/{held[number].ticket_id}/messages", body)

    by_many(SENDERS, answer, len(held))
    _settled(product)
    sent = product.local("GET", f"outbox?after={before[-1]['id']}")["emails"]
    by_text = {one.number: one for one in held}
    for mail in sent:
        read: Any = message_from_string(mail["raw"], policy=policy.default)
        words = read.get_body(("plain",)).get_content().partition(f"Answer {at} to ")[2]
        by_text[int(words.partition(".")[0])].answers.append(read)
    assert all(len(one.answers) == at + 1 for one in held), "an answer of ours did not go out once"


def _judge(client: Client, held: list[Conversation]) -> dict[str, Any]:
    threads = _threads(client)
    assert len(threads) == len(held), f"{len(threads)} tickets of {len(held)} conversations"
    for one in held:
        found, wanted = Counter(threads[one.ticket_id]), Counter(one.texts)
        assert found == wanted, (one.number, wanted - found, found - wanted)
    return {"tickets": len(threads), "messages": sum(len(texts) for texts in threads.values())}
