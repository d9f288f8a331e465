"""Decides by which channel and to which contact an answer goes out; nothing goes to whoever asked for nothing."""

from chalicelib.actions import check_session, identify_customer
from chalicelib.domain.channel import reaches_by
from chalicelib.domain.customer import Customer, Way, way_to
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Fault, Invalid
from chalicelib.store import changes, customers
from chalicelib.store.changes import Changes

_SWITCHED_OFF = "Somebody set that nothing is sent to this address or number."
_SUPPRESSED = {
    "bounce": "Mail to this address came back for good; nothing is sent to it.",
    "complaint": "This customer marked our mail as spam; nothing is sent to the address.",
}


def for_reply(change: Changes, ticket: Ticket, channel: str, contact: str | None = None) -> Way | None:
    """How an answer in the ticket goes out; None only for a customer nobody can write to by himself (portal, api).

    `contact` is the one of his that is meant; None lets it be chosen, and empty sends it to none: it waits in the
    portal.

    Raises:
        Invalid: code `no-contact`, `recipient-opted-out`, `recipient-suppressed`, or as `check_session.refuse_over`.
        Stale: the ticket's customer and who stood for him came apart just now.
    """
    customer = identify_customer.survivor(customers.get(ticket.customer_id))
    if customer is None:
        return None
    if ticket.customer_id not in customer.all_ids:
        raise changes.Stale
    if customer.merged_ids:  # who comes apart meanwhile must not get what is the other's
        customers.check(change, customer)
    if contact == "" and not reaches_by(channel):
        return None
    way = _named(ticket, customer, channel, contact) if contact else find(ticket, customer, channel)
    if way is None:
        if contact or reaches_by(channel) or _is_anothers(ticket, customer, channel):
            raise _no_contact()
        return None
    return _open(way)


def to_open(customer: Customer, channel: str, named: str | None, own: Customer) -> Way:
    """How the desk's first message reaches a customer, of whose contacts `named` is meant if it is one of them.

    Raises:
        Invalid: as `for_reply`.
    """
    way = _way(customer, channel, named, own)
    if way is None:
        raise _no_contact()
    return _open(way)


def find(ticket: Ticket, customer: Customer, channel: str) -> Way | None:
    """How an answer on that channel would go out; None where there is no way, or it would not go to who wrote last.

    `customer` is the ticket's, or stands for him.
    """
    if _is_anothers(ticket, customer, channel):
        return None
    own = customers.get(ticket.customer_id) if ticket.customer_id in customer.merged_ids else None
    return _way(customer, channel, _last_used(ticket, channel), own)


def _way(customer: Customer, channel: str, last_used: str | None, own: Customer | None) -> Way | None:
    """What he prefers is passed over where it is WhatsApp and nothing may go out there; who names it hears why."""
    way = way_to(customer, channel, last_used, own)
    if way and way.channel == "whatsapp" != channel and not check_session.standing(way.contact.value).may_write:
        return way_to(customer, channel, last_used, own, shut=("whatsapp",))
    return way


def _named(ticket: Ticket, customer: Customer, channel: str, value: str) -> Way | None:
    own = customers.get(ticket.customer_id) if ticket.customer_id in customer.merged_ids else None
    listed = (own.contacts if own else ()) + customer.all_contacts
    type = reaches_by(channel)
    return next((Way(channel, one) for one in listed if (one.type, one.value) == (type, value)), None)


def refusal(code: str, words: str, pointer: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault(pointer, code, words),))


def _is_anothers(ticket: Ticket, customer: Customer, channel: str) -> bool:
    """Whether the contact last written from is another customer's by now; one that is nobody's is merely old."""
    used = _last_used(ticket, channel)
    if used is None or used in ticket.cc or any(one.value == used for one in customer.all_contacts):
        return False
    return any(customers.id_of(type, used) for type in ("email", "phone"))


def _last_used(ticket: Ticket, channel: str) -> str | None:
    """The contact last written from, if a message on that channel can go there: a number is one for every channel."""
    last = ticket.reply_channel or ""
    alike = reaches_by(last) is not None and reaches_by(last) == reaches_by(channel)
    return ticket.reply_contact if last == channel or alike else None


def _open(way: Way) -> Way:
    contact = way.contact
    if way.channel in contact.opted_out_of:
        words = "This customer asked us not to write to this address or number."
        raise refusal("recipient-opted-out", words, "/channel")
    if contact.suppressed:
        words = _SUPPRESSED.get(contact.suppressed_by or "", _SWITCHED_OFF)
        raise refusal("recipient-suppressed", words, "/channel")
    if way.channel == "whatsapp":
        check_session.refuse_over(contact.value)
    return way


def _no_contact() -> Invalid:
    return refusal("no-contact", "This customer has no address on that channel.", "/channel")
