"""Writes down what the mail service reports of a sending: sent, still tried, delivered, bounced, complained about."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib import clock, log
from chalicelib.actions import change_staff, deliver_message, identify_customer
from chalicelib.domain import delivery as rules
from chalicelib.domain.contact import same_mailbox
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.event import SYSTEM
from chalicelib.store import changes, customers, deliveries, intake, marked_addresses, messages, staff
from chalicelib.store.changes import Changes


@dataclass(frozen=True)
class Report:
    """`tag` is the delivery's own name, if the provider gave it back; else `provider_id` finds it.

    `reason` is one of `delivery_reason`, `detail` what the other side said. `address` is whom of the recipients it is
    about, None for all: what befell a copy is not the state of the sending. `mark` (`bounce` or `complaint`) says that
    nothing more is to be sent to `address`, and why. `also` are further ids of the same sending: what AWS called a
    WhatsApp message when it took it is not Meta's `wamid`.
    """

    state: str
    provider_id: str
    tag: str | None = None
    detail: str | None = None
    address: str | None = None
    reason: str | None = None
    mark: str | None = None
    also: tuple[str, ...] = ()


def record(report: Report) -> None:
    """Write the report on its delivery and, if it is for good, on the contact. Reports may come twice and late.

    What befell a notice to an agent says nothing of the customer who has the same address: he is sent no more notices
    until somebody sets that he is.
    """
    delivery = _find(report)
    if delivery and {report.provider_id, *report.also} & {*delivery.former_ids}:
        return  # of a sending before it was tried anew, which the agent knows of
    if delivery and report.address is not None:
        report = replace(report, address=_as_written(delivery, report.address))
    if delivery and report.address not in (None, delivery.to):
        _note_copy(delivery, report)
    elif delivery:
        _move(delivery, report)
    if report.mark and report.address:
        if delivery and delivery.agent_id:
            _stop_notices(delivery)
        else:
            suppress(report.address, report.mark)


def suppress(address: str, mark: str = "bounce") -> None:
    """Mark the mail address as one that nothing is sent to any more."""
    changes.again(lambda: _suppress(address.lower(), mark))


def _stop_notices(delivery: Delivery) -> None:
    agent = staff.agent(delivery.agent_id or "")
    if agent and agent.wants_notices and agent.email == delivery.to:
        log.warning("notices.stopped", agent_id=agent.id)
        change_staff.change_agent(agent.id, {"notifications": "none"}, SYSTEM)


def _find(report: Report) -> Delivery | None:
    named = rules.from_tag(report.tag) if report.tag else None
    if named:
        return deliveries.get(*named)
    ids = (report.provider_id, *report.also)
    for found in intake.find_message_ids(f"provider:{id}" for id in ids):
        listed = deliveries.of_message(found.ticket_id, found.message_id)
        return next((one for one in listed if {one.provider_id, *one.former_ids} & {*ids}), None)
    return None


def _as_written(delivery: Delivery, address: str) -> str:
    """The recipient as he stands on the mail: reports name a domain in another script by its Punycode."""
    if same_mailbox(address, delivery.to):
        return delivery.to
    if "xn--" not in address.lower():
        return address.lower()
    message = messages.get(delivery.ticket_id, delivery.message_id)
    listed = message.cc if message else ()
    return next((one for one in listed if same_mailbox(one, address)), address.lower())


def _move(delivery: Delivery, report: Report) -> None:
    heard = rules.heard(delivery, report.state, clock.now(), report.detail, report.reason)
    heard = replace(heard, provider_id=report.provider_id or delivery.provider_id)
    if heard == delivery:
        return
    if not deliveries.move(delivery, heard, lambda change: _with(change, delivery, heard)):
        current = deliveries.get(delivery.ticket_id, delivery.message_id, delivery.purpose)
        if current:
            _move(current, report)


def _with(change: Changes, before: Delivery, heard: Delivery) -> None:
    """What goes with the new state: the way back for answers, if the report was the first to tell it, and the event."""
    if heard.provider_id and heard.provider_id != before.provider_id:
        deliver_message.remember(change, heard)
    told_otherwise = before.state == "failed" and heard.state == "sent"
    if heard.state not in ("sent", before.state) or heard.is_complained_of or told_otherwise:
        deliver_message.tell(change, heard)


def _note_copy(delivery: Delivery, report: Report) -> None:
    address = report.address or ""
    if report.state != "bounced" or report.reason is None or delivery.copies.get(address) == report.reason:
        return
    noted = rules.copy_failed(delivery, address, report.reason, clock.now())
    if not deliveries.move(delivery, noted):
        record(report)


def _suppress(address: str, mark: str) -> None:
    """Mark the address itself, which may be nobody's, and the contact. No bounce undoes what he wished."""
    now, change = clock.now(), Changes()
    if marked_addresses.mark_of(address) not in (mark, *marked_addresses.WISHES):
        marked_addresses.mark(change, address, mark, now)
    customer = customers.by_contact("email", address)
    contact = next((c for c in customer.contacts if c.value == address), None) if customer else None
    if customer and contact and not (contact.suppressed and mark in (contact.suppressed_by, "bounce")):
        _mark_contact(change, customer, contact, mark, now)
    if len(change):
        change.commit()


def _mark_contact(change: Changes, customer: Customer, contact: Contact, mark: str, now: datetime) -> None:
    suppressed = replace(contact, suppressed=True, suppressed_by=mark)
    marked = identify_customer.with_contact(customer, suppressed, now)
    told = identify_customer.event_of(marked, "customer.updated", SYSTEM)
    told = replace(told, changes={"suppressed": [contact.suppressed, True]})
    identify_customer.save_contact(change, customer, marked, told)
