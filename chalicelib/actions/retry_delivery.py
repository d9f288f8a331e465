"""Sends a message anew that failed or came back: the same message to the same contact, once however often it is asked.

Nothing else changes: neither the ticket nor its thread, and who got a copy the first time is sent none again.
"""

from dataclasses import replace

from chalicelib import clock, ids
from chalicelib.actions import check_session, identify_customer
from chalicelib.actions.change_ticket import load, refuse_erased
from chalicelib.actions.send_reply import Sent
from chalicelib.channels import suppression_list
from chalicelib.domain import delivery as rules
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.event import Actor, Event
from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Conflict, Fault, Invalid, NotFound
from chalicelib.store import changes, customers, deliveries, events, idempotency, marked_addresses, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def retry(
    ticket_id: str, message_id: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None
) -> Sent:
    """Put the sending of a message on its way again; the mark that a bounce left on its contact is taken away.

    Raises:
        NotFound: code `ticket-not-found` or `message-not-found`.
        VersionMismatch: `version` is given and not the ticket's.
        Conflict: code `not-retryable`, it did neither fail nor come back; `ticket-erased`.
        Invalid: code `recipient-opted-out`, `recipient-complained`, or `recipient-suppressed` by a person's hand;
            `no-contact`, the address or number is no contact of the ticket's customer any more; or as
            `check_session.refuse_over`.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _retry(ticket_id, message_id, actor, keyed, version))


def _retry(ticket_id: str, message_id: str, actor: Actor, keyed: Keyed | None, version: int | None) -> Sent:
    ticket = load(ticket_id, version)
    refuse_erased(ticket)
    message = tickets.message_in(ticket, message_id)
    if message is None:
        raise NotFound(f"There is no message {message_id[:100]} in this ticket.", code="message-not-found")
    delivery = _retryable(message)
    change, now = Changes(), clock.now()
    home = tickets.get(delivery.ticket_id) or ticket
    _lift_mark(change, *_contact(home, delivery), delivery.channel, actor)
    if delivery.channel == "whatsapp":
        check_session.refuse_over(delivery.to, pointer="")
    anew = rules.retried(delivery, now)
    deliveries.restart(change, delivery, anew)
    events.add(change, _event(ticket, delivery, anew, actor))
    sent = Sent(ticket, message, anew)
    idempotency.record(change, keyed, sent)
    change.commit()
    return sent


def _retryable(message: Message) -> Delivery:
    delivery = deliveries.get(message.ticket_id, message.id, "reply")
    if delivery is None or not rules.may_retry(delivery):
        state = delivery.state if delivery else "none"
        raise Conflict(f"Only what failed or came back can be sent again; this is: {state}.", code="not-retryable")
    return delivery


def _contact(ticket: Ticket, delivery: Delivery) -> tuple[Customer, Contact]:
    """The contact it went to, and whose it is: still the customer's of that ticket, or nothing is sent there again."""
    type = delivery.contact_type
    holder = customers.by_contact(type, delivery.to)
    if holder and identify_customer.same_person(holder.id, ticket.customer_id):
        for contact in holder.contacts:
            if (contact.type, contact.value) == (type, delivery.to):
                return holder, contact
    raise _refused("no-contact", "The address or number that it went to is no contact of this customer any more.")


def _lift_mark(change: Changes, customer: Customer, contact: Contact, channel: str, actor: Actor) -> None:
    """Take a bounce's mark off the contact, and what the mail service knows of it.

    What the person himself asked for is not ours to undo; nor is what the mail service has on its list for a reason
    that we never heard of.
    """
    mark = marked_addresses.mark_of(contact.value) if contact.type == "email" else None
    _refuse(contact, channel, mark)
    if not contact.reachable_on(channel):
        _save(change, customer, replace(contact, suppressed=False, suppressed_by=None), actor)
    if mark == "bounce":
        marked_addresses.unmark(change, contact.value, mark)
        suppression_list.remove(contact.value)


def _refuse(contact: Contact, channel: str, mark: str | None) -> None:
    if channel in contact.opted_out_of:
        raise _refused("recipient-opted-out", "This customer asked us not to write to this address or number.")
    if "complaint" in (mark, contact.suppressed_by):
        raise _refused("recipient-complained", "This customer marked our mail as spam; nothing is sent to the address.")
    if contact.suppressed and contact.suppressed_by != "bounce":
        raise _refused("recipient-suppressed", "Somebody set that nothing is sent to this address or number.")


def _refused(code: str, words: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault("", code, words),))


def _save(change: Changes, customer: Customer, contact: Contact, actor: Actor) -> None:
    lifted = identify_customer.with_contact(customer, contact, clock.now())
    told = identify_customer.event_of(lifted, "customer.updated", actor)
    identify_customer.save_contact(change, customer, lifted, replace(told, changes={"suppressed": [True, False]}))


def _event(ticket: Ticket, before: Delivery, anew: Delivery, actor: Actor) -> Event:
    """What tells of it and, when it is dispatched, puts the sending on its queue."""
    holder = tickets.survivor(ticket)
    return Event(
        id=ids.new("evt"),
        type="message.delivery_changed",
        created_at=anew.updated_at,
        actor=actor,
        subject=anew.ticket_id,
        ticket_id=holder.id,
        customer_id=holder.customer_id,
        message_id=anew.message_id,
        version=holder.version,
        changes={"delivery": [before.state, anew.state]},
        sends=(anew.tag,),
    )
