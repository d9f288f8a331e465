"""Writes down what the mail service reports of a sending: sent, delivered, bounced, complained about."""

from dataclasses import dataclass, replace

from chalicelib import clock
from chalicelib.actions import deliver_message, identify_customer
from chalicelib.domain import delivery as rules
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.event import SYSTEM
from chalicelib.store import changes, customers, deliveries, intake
from chalicelib.store.changes import Changes


@dataclass(frozen=True)
class Report:
    """`tag` is the delivery's own name, if the provider gave it back; else `provider_id` finds it.

    `address` is whom of the recipients it is about, None for all: what befell a copy is not the state of the sending.
    `permanent` says that mail to `address` is of no use any more: nothing more is sent to it.
    """

    state: str
    provider_id: str
    tag: str | None = None
    detail: str | None = None
    address: str | None = None
    permanent: bool = False


def record(report: Report) -> None:
    """Write the report on its delivery and, if it is for good, on the contact. Reports may come twice and late."""
    delivery = _find(report)
    if delivery and (report.address is None or report.address.lower() == delivery.to.lower()):
        _move(delivery, report)
    if report.permanent and report.address and not (delivery and delivery.agent_id):
        suppress(report.address)


def suppress(address: str) -> None:
    """Mark the mail address as one that nothing is sent to any more."""
    changes.again(lambda: _suppress(address))


def _find(report: Report) -> Delivery | None:
    named = rules.from_tag(report.tag) if report.tag else None
    if named:
        return deliveries.get(*named)
    for found in intake.find_message_ids([f"provider:{report.provider_id}"]):
        listed = deliveries.of_message(found.ticket_id, found.message_id)
        return next((d for d in listed if d.provider_id == report.provider_id), None)
    return None


def _move(delivery: Delivery, report: Report) -> None:
    heard = replace(rules.heard(delivery, report.state, report.detail, clock.now()), provider_id=report.provider_id)
    if heard.state == delivery.state:
        return
    if not deliveries.move(delivery, heard, lambda change: _with(change, delivery, heard)):
        current = deliveries.get(delivery.ticket_id, delivery.message_id, delivery.purpose)
        if current:
            _move(current, report)


def _with(change: Changes, before: Delivery, heard: Delivery) -> None:
    """What goes with the new state: the way back for answers, if the report was the first to tell, and the event."""
    if before.provider_id is None and heard.provider_id:
        deliver_message.remember(change, heard)
    if heard.state != "sent":
        deliver_message.tell(change, heard)


def _suppress(address: str) -> None:
    customer = customers.by_contact("email", address.lower())
    contact = next((c for c in customer.contacts if c.value == address.lower()), None) if customer else None
    if customer is None or contact is None or contact.suppressed:
        return
    now, change = clock.now(), Changes()
    marked = identify_customer.with_contact(customer, replace(contact, suppressed=True), now)
    told = identify_customer.event_of(marked, "customer.updated", SYSTEM)
    identify_customer.save_contact(change, customer, marked, replace(told, changes={"suppressed": [False, True]}))
    change.commit()
