"""Writes what became of a mail or SMS, beside the message that it became: so it cannot come in again."""

from datetime import datetime

from chalicelib.actions.incoming import Received, Source
from chalicelib.store import intake, keys, sender_pace
from chalicelib.store.changes import Changes
from chalicelib.store.intake import Intake


def record(change: Changes, received: Received, source: Source, now: datetime) -> None:
    """Write what became of the mail or SMS."""
    message = received.message
    outcome = Intake(
        "message", now, message.ticket_id, message.id, message.matched_by, source.raw_key, also=source.also
    )
    if source.paced_as:
        sender_pace.count(change, source.paced_as)
    intake.record_mail(change, source.key, outcome, source.held)
    if source.fingerprint:
        _record_twins(change, received, source, source.fingerprint, outcome)


def _record_twins(change: Changes, received: Received, source: Source, fingerprint: str, outcome: Intake) -> None:
    """One mail to several of our addresses may come once for each: it is one message in each ticket it was sent to,
    and no further one for the copy that names no ticket."""
    ticket_id = source.addressed_to or (None if received.is_new else received.ticket.id)
    names = {fingerprint: source.addressed_to is None} | ({f"{fingerprint}#{ticket_id}": True} if ticket_id else {})
    if not source.proven:
        intake.refuse_known(change, [name for name, guard in names.items() if guard])
    for name, guard in names.items():
        written = name if source.proven else intake.unproven(name)
        intake.record(change, keys.content(written), outcome, source.twin_life, guard)
