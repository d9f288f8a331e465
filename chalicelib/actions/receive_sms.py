"""Takes in one SMS: into the ticket it answers, the ticket that last texted this number, or a new one."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib import clock
from chalicelib.actions import identify_customer
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint, Incoming, Source
from chalicelib.actions.receive_message import receive
from chalicelib.channels import phone_numbers
from chalicelib.store import intake, keys, ticket_lists
from chalicelib.store.changes import Replayed
from chalicelib.store.intake import Intake

EMPTY = "(empty message)"


@dataclass(frozen=True)
class InboundSms:
    """As AWS End User Messaging tells of it; `previous_id` is the message of ours that it answers, if AWS knows."""

    id: str
    sender: str
    body: str
    previous_id: str | None = None


def receive_sms(sms: InboundSms) -> Intake:
    """Take the SMS in, once. A sender that is no number (a short code, a name) is taken in and cannot be answered."""
    known = intake.of_sms(sms.id)
    if known:
        return known
    try:
        received = receive(_incoming(sms))
    except Replayed:
        return intake.of_sms(sms.id) or Intake("failed", clock.now())
    return Intake("message", clock.now(), received.ticket.id, received.message.id, received.message.matched_by)


def _incoming(sms: InboundSms) -> Incoming:
    number = phone_numbers.parse(sms.sender)
    person = Person("phone", number) if number else Person("external", f"sms:{sms.sender[:40]}", sms.sender[:40])
    return Incoming(
        channel="sms",
        text=_storable(sms.body) or EMPTY,
        sender=person,
        more_hints=lambda: _hints(sms, person),
        source=Source(keys.sms(sms.id)),
    )


def _hints(sms: InboundSms, person: Person) -> Iterable[Hint]:
    if sms.previous_id:
        for found in intake.find_message_ids([f"provider:{sms.previous_id}"]):
            yield Hint(found.ticket_id, "previous-message", message_id=found.message_id)
    last = intake.find_phone(person.value)
    if last:
        yield Hint(last, "phone-thread")
    open_ticket = _open_ticket(person)
    if open_ticket:
        yield Hint(open_ticket, "open-ticket")


def _open_ticket(person: Person) -> str | None:
    """The customer's newest ticket by SMS that is not done."""
    customer = identify_customer.find(person)
    if customer is None:
        return None
    wanted = ticket_lists.Wanted(
        statuses=("new", "open", "pending", "on_hold"),
        customer_id=customer.id,
        customer_ids=customer.all_ids,
        channel="sms",
    )
    page = ticket_lists.page(wanted, 1)
    return page.tickets[0].id if page.tickets else None


def _storable(text: str) -> str:
    """Without what DynamoDB or a page could not hold: lone surrogates and control characters."""
    kept = "".join(
        c for c in text if c in "\n\t" or c.isprintable() or c in "\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"
    )
    return kept.encode("utf-8", "ignore").decode().strip()
