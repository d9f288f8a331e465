"""Takes in a bounce that came as a mail: a report about a sending of ours, which never opens or answers a ticket.

Anybody can write such a report. It is believed as far as it proves that it had our mail in hand: by the id that SES
gave that mail, or by its signed reply address, which only its recipients and the systems on its way know.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chalicelib import clock
from chalicelib.actions import record_delivery
from chalicelib.actions.record_delivery import Report
from chalicelib.channels import outgoing
from chalicelib.channels.email_bounce import Bounce
from chalicelib.domain import delivery_reason, reply_address
from chalicelib.domain.contact import same_mailbox
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.store import deliveries, intake, keys, messages, raw_mail, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.intake import Intake
from chalicelib.store.tickets import Thread


@dataclass(frozen=True)
class Returned:
    """A sending that came back; `provider_id` is that of the mail in the report, where it names one.

    `address` is whom of its recipients the report names: the one it went to, or one in copy; None when it names none.
    A `shared` one was found by nothing but a reply address that people in copy have, too.
    """

    delivery: Delivery
    provider_id: str
    address: str | None = None
    shared: bool = False

    @property
    def is_of_customer(self) -> bool:
        return self.address in (None, self.delivery.to)

    @property
    def is_believed(self) -> bool:
        """Whether it may move the sending: what arrived for sure is not unsaid by whoever was in copy."""
        return not (self.shared and self.is_of_customer and self.delivery.state == "delivered")


def record(mail: StoredMail, bounce: Bounce, returned: list[Returned]) -> Intake:
    """Note it on the sendings it returns; it opens nothing and answers nothing.

    A permanent one marks the contact, too, if it names the one that sending went to, for a reason that any other mail
    would meet: a full mailbox or a mail that is too large says nothing about the next one. One about somebody in copy
    is only told: everybody in copy has all that he needs to write such a report about another.
    """
    for one in returned:
        record_delivery.record(_report(bounce, one))
    change, first = Changes(), returned[0].delivery
    outcome = Intake("message", clock.now(), first.ticket_id, first.message_id, "bounce", mail.key)
    intake.record_mail(change, keys.mail(mail.id), outcome, mail.held)
    for ticket_id in {one.delivery.ticket_id for one in returned}:
        raw_mail.keep_with(change, ticket_id, mail.key)
    change.commit()
    return outcome


def returned_by(bounce: Bounce) -> Iterable[Returned]:
    """Our sendings that the report proves to have had in hand, those to the ones it is about, where it names them."""
    found = {one.delivery.tag: one for one in (*_by_address(bounce), *_by_id(bounce))}
    about = (named for one in found.values() for named in _about(one, bounce.recipients))
    return (one for one in about if one.is_believed)


def _about(returned: Returned, recipients: tuple[str, ...]) -> Iterable[Returned]:
    if not recipients:
        return [returned]
    delivery = returned.delivery
    to = [delivery.to, *_copies(delivery)]
    named = [one for one in to if any(same_mailbox(one, recipient) for recipient in recipients)]
    return [replace(returned, address=one) for one in named]


def _copies(delivery: Delivery) -> tuple[str, ...]:
    message = messages.get(delivery.ticket_id, delivery.message_id) if delivery.purpose == "reply" else None
    return message.cc if message else ()


def _by_id(bounce: Bounce) -> Iterable[Returned]:
    ids = {f"provider:{id}": id for id in (header.partition("@")[0] for header in bounce.returned_ids)}
    named = intake.found_by_header(ids) if ids else {}
    for header, at in named.items():
        for one in deliveries.of_message(at.ticket_id, at.message_id):
            if ids[header] in (one.provider_id, *one.former_ids):
                yield Returned(one, ids[header])


def _by_address(bounce: Bounce) -> Iterable[Returned]:
    for parsed in filter(outgoing.is_ours, reply_address.find(bounce.returned_reply_to)):
        thread = tickets.thread(parsed.ticket_id)
        shared = thread is not None and bool(thread.ticket.cc or any(one.cc for one in thread.messages))
        for one in _sent_to(parsed, thread):
            yield Returned(one, one.provider_id or "", shared=shared and one.agent_id is None)


def _report(bounce: Bounce, returned: Returned) -> Report:
    reason = delivery_reason.of_status(bounce.status, bounce.diagnostic)
    named = returned.address == returned.delivery.to
    for_customer = returned.delivery.agent_id is None
    certain = named and for_customer and not returned.shared
    lasting = bounce.permanent and certain and delivery_reason.is_of_address(reason)
    return Report(
        state="sent" if bounce.delayed else "bounced",
        provider_id=returned.provider_id,
        tag=returned.delivery.tag,
        detail=bounce.diagnostic or bounce.status,
        address=returned.address or returned.delivery.to,
        reason=reason,
        mark="bounce" if lasting else None,
    )


def _sent_to(parsed: reply_address.Parsed, thread: Thread | None) -> list[Delivery]:
    """The newest sending of the ticket whose answers come to that address: a customer's, or a notice to an agent."""
    sent = thread.deliveries.values() if thread else ()
    listed = [one for one in sent if reply_address.contact_tag(one.agent_id or one.to) == parsed.contact_tag]
    return [max(listed, key=lambda one: one.message_id)] if listed else []
