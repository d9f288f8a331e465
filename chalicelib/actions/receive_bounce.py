"""Takes in a bounce that came as a mail: a report about a sending of ours, which never opens or answers a ticket."""

from collections.abc import Iterable

from chalicelib import clock
from chalicelib.actions import record_delivery
from chalicelib.actions.record_delivery import Report
from chalicelib.channels import outgoing
from chalicelib.channels.email_bounce import Bounce
from chalicelib.domain import reply_address
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.store import deliveries, intake, keys, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.intake import Intake


def record(mail: StoredMail, bounce: Bounce, returned: list[Delivery]) -> Intake:
    """A bounce that came as a mail: note it on the sending it returns; it opens nothing and answers nothing.

    Anybody can write such a report: one that returns no mail of ours is kept apart and believed in nothing, and none
    of them makes a contact one that nothing is sent to any more. That is for SES's own events to say.
    """
    detail = f"The mail came back ({bounce.status})." if bounce.status else "The mail came back."
    for one in returned:
        record_delivery.record(Report("bounced", one.provider_id or "", one.tag, detail))
    change, first = Changes(), returned[0]
    outcome = Intake("message", clock.now(), first.ticket_id, first.message_id, "bounce", mail.key)
    intake.record(change, keys.mail(mail.id), outcome)
    change.commit()
    return outcome


def returned_by(bounce: Bounce) -> Iterable[Delivery]:
    """Our sendings that the report proves to have had in hand: by an id SES gave them, or our signed address."""
    ids = {header.partition("@")[0] for header in bounce.returned_ids}
    pointers = intake.find_message_ids([f"provider:{id}" for id in ids]) if ids else []
    found = [
        one for at in pointers for one in deliveries.of_message(at.ticket_id, at.message_id) if one.provider_id in ids
    ]
    found += [one for address in _ours(bounce) for one in _sent_to(address) if one not in found]
    yield from (one for one in found if not bounce.recipients or one.to in bounce.recipients)


def _ours(bounce: Bounce) -> Iterable[reply_address.Parsed]:
    return filter(outgoing.is_ours, reply_address.find(bounce.returned_reply_to))


def _sent_to(parsed: reply_address.Parsed) -> list[Delivery]:
    """The newest sending of the ticket whose answers come to that address."""
    thread = tickets.thread(parsed.ticket_id)
    sent = thread.deliveries.values() if thread else ()
    listed = [one for one in sent if reply_address.contact_tag(one.agent_id or one.to) == parsed.contact_tag]
    return [max(listed, key=lambda one: one.message_id)] if listed else []
