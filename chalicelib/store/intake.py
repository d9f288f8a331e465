"""What became of each mail and SMS that came in, and which message has which Message-ID."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib import clock
from chalicelib.store import expiry, keys, rows
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.table import IntakeRow, PointerRow, Row

PHONE_THREAD = timedelta(days=7)
AUTOMATIC_PAUSE = timedelta(days=1)


@dataclass(frozen=True)
class Intake:
    """`outcome` is message, suspended, duplicate or failed; `reason` says why in a word or two.

    `released_at` is when a suspended mail was let in after all. `also` are the tickets and messages that a mail to
    several tickets became beside the first.
    """

    outcome: str
    created_at: datetime
    ticket_id: str | None = None
    message_id: str | None = None
    reason: str | None = None
    raw_key: str | None = None
    released_at: datetime | None = None
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Found:
    """The message a Message-ID belongs to."""

    ticket_id: str
    message_id: str


def of_mail(ses_message_id: str) -> Intake | None:
    row = rows.get(IntakeRow, keys.mail(ses_message_id))
    return rows.noun(Intake, row) if row else None


def of_content(fingerprints: Iterable[str]) -> Intake | None:
    """What became of the mail that has one of those fingerprints."""
    found = rows.batch([keys.content(fingerprint) for fingerprint in fingerprints])
    return next((rows.noun(Intake, row) for row in found.values() if isinstance(row, IntakeRow)), None)


def is_any(wanted: Iterable[keys.Key]) -> bool:
    """Whether an outcome is written under one of those keys."""
    return bool(rows.batch(list(wanted)))


def unproven(fingerprint: str) -> str:
    """The name of a mail that anybody may have forged: who proves that he wrote it finds his own still free."""
    return f"{fingerprint}#unproven"


def refuse_known(change: Changes, fingerprints: Iterable[str]) -> None:
    """Let the change happen only while no mail with those fingerprints is known.

    Raises:
        Replayed: one is.
    """
    for key in map(keys.content, fingerprints):
        known = rows.get(IntakeRow, key)
        if known:
            raise Replayed(known)
        change.check(IntakeRow(key), expiry.gone())


def outcomes(ses_message_ids: Iterable[str]) -> dict[str, str]:
    """What became of those mails, by id; those that nothing is known of are not in it."""
    wanted = {keys.mail(id): id for id in ses_message_ids}
    found = rows.batch(list(wanted))
    return {wanted[key]: row.outcome for key, row in found.items() if isinstance(row, IntakeRow)}


def of_sms(message_id: str) -> Intake | None:
    row = rows.get(IntakeRow, keys.sms(message_id))
    return rows.noun(Intake, row) if row else None


def of_whatsapp(wamid: str) -> Intake | None:
    row = rows.get(IntakeRow, keys.whatsapp(wamid))
    return rows.noun(Intake, row) if row else None


def of_call(contact_id: str) -> Intake | None:
    row = rows.get(IntakeRow, keys.call(contact_id))
    return rows.noun(Intake, row) if row else None


def record_mail(change: Changes, key: keys.Key, intake: Intake, held: bool) -> None:
    """Write what became of a mail, once: of one that is `held`, over that it is suspended.

    Of a release, a deletion and a late notice at the same moment one happens.
    """
    if held:
        row = IntakeRow(key, **rows.attributes(replace(intake, released_at=intake.created_at)))
        change.put(row, IntakeRow.held.exists(), guard=True)
    else:
        record(change, key, intake)


def record(change: Changes, key: keys.Key, intake: Intake, life: timedelta | None = None, guard: bool = True) -> None:
    """Write the outcome; as a `guard`, the same mail or SMS cannot be taken in twice (within `life`, if given)."""
    row = IntakeRow(key, **rows.attributes(intake))
    row.expires_at = int((intake.created_at + life).timestamp()) if life else None
    if guard:
        change.add(row, guard=True)
    else:
        change.put(row)


def of(stored: Row) -> Intake | None:
    """The outcome in a guard row that a commit met."""
    return rows.noun(Intake, stored) if isinstance(stored, IntakeRow) else None


def remember_message_id(change: Changes, message_id_header: str, ticket_id: str, message_id: str) -> None:
    """Later mails that answer this Message-ID belong to this ticket: of what we sent, or what an import brought.

    For mails that come in there is `received_ids`: whoever sends one must not say where others' answers go.
    """
    change.put(PointerRow(keys.email_id(message_id_header), ticket_id=ticket_id, message_id=message_id))


def remember_phone(change: Changes, e164: str, ticket_id: str) -> None:
    """This ticket was the last to text that number, for a week."""
    change.put(_phone_row(e164, ticket_id))


def take_phone(change: Changes, e164: str, ticket_id: str, before: str | None) -> None:
    """The same for a ticket that the number opens, if `before` (or none) still has it: two SMS at once open one."""
    row = _phone_row(e164, ticket_id)
    if before:
        change.put(row, PointerRow.ticket_id == before)
    else:
        change.add(row)


def _phone_row(e164: str, ticket_id: str) -> PointerRow:
    row = PointerRow(keys.phone_thread(e164), ticket_id=ticket_id)
    row.expires_at = int((clock.now() + PHONE_THREAD).timestamp())
    return row


def find_message_ids(headers: Iterable[str]) -> list[Found]:
    """The messages those Message-IDs belong to, in that order."""
    wanted = [keys.email_id(header) for header in headers]
    found = rows.batch(wanted)
    pointers = [found[key] for key in wanted if key in found]
    return [Found(p.ticket_id, p.message_id) for p in pointers if isinstance(p, PointerRow) and p.ticket_id]


def found_by_header(headers: Iterable[str]) -> dict[str, Found]:
    """The messages those Message-IDs belong to, by id; what belongs to none is not in it."""
    wanted = {keys.email_id(header): header for header in headers}
    return {wanted[key]: found for key, found in pointed_at(wanted).items()}


def pointed_at(wanted: Iterable[keys.Key]) -> dict[keys.Key, Found]:
    """The messages that those rows lead to, by key; those that lead to none are not in it."""
    pointers = {key: row for key, row in rows.batch(list(wanted)).items() if isinstance(row, PointerRow)}
    return {
        key: Found(row.ticket_id, row.message_id) for key, row in pointers.items() if row.ticket_id and row.message_id
    }


def find_phone(e164: str) -> str | None:
    row = rows.get(PointerRow, keys.phone_thread(e164))
    return row.ticket_id if row else None


def claim_automatic_answer(change: Changes, contact: str) -> None:
    """One automatic answer a sender a day; the row is the claim."""
    row = PointerRow(keys.automatic_answer(contact))
    row.expires_at = int((clock.now() + AUTOMATIC_PAUSE).timestamp())
    change.add(row)


def answered_automatically(contact: str) -> bool:
    return rows.get(PointerRow, keys.automatic_answer(contact)) is not None
