"""Which tickets a text may belong to, best first: a number is one person on every channel that texts it."""

from collections.abc import Iterable, Sequence

from chalicelib.actions import identify_customer
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint
from chalicelib.domain.customer import Customer
from chalicelib.store import intake, ticket_lists

_UNDONE = ("new", "open", "pending", "on_hold")
TEXTED = ("sms", "whatsapp")


def hints(answers: str | None, person: Person, channels: Sequence[str] = TEXTED) -> Iterable[Hint]:
    """The ticket of the message of ours that it answers (by the provider's id), the last that texted the number
    within a week, and the customer's newest by each of the channels that is not done. Each is looked for only when the
    one before did not do."""
    for found in intake.find_message_ids([f"provider:{answers}"]) if answers else ():
        yield Hint(found.ticket_id, "previous-message", message_id=found.message_id)
    last = intake.find_phone(person.value)
    if last:
        yield Hint(last, "phone-thread")
    customer = identify_customer.find(person)
    for channel in channels:
        undone = _undone(customer, channel) if customer else None
        if undone:
            yield Hint(undone, "open-ticket")


def _undone(customer: Customer, channel: str) -> str | None:
    wanted = ticket_lists.Wanted(
        statuses=_UNDONE, customer_id=customer.id, customer_ids=customer.all_ids, channel=channel
    )
    page = ticket_lists.page(wanted, 1)
    return page.tickets[0].id if page.tickets else None
