"""Mails kept out of the tickets until an agent decides.

Each is a part of the mail's own row, which outlives it: the same mail cannot come in again, whatever became of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import clock, signing
from chalicelib.store import changes, created_lists, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import IntakeRow, Row

KEPT = timedelta(days=14)
# Longer than any request takes: a release that holds a mail for longer has died.
_RELEASE = timedelta(minutes=1)
_LIST = "SUSPENDED"
# What an agent deleted and may still take back: out of sight, and off the count that the desk shows.
_BIN = "BINNEDMAIL"
UNVERIFIED = "unverified"
FAILED = "failed"
_PIECE = 100


@dataclass(frozen=True)
class Suspended:
    """One mail: what it says of itself (`sender`, `sender_name`, `subject`; `size` in octets) and what SES said of it.

    `id` is that of the mail service, `reason` the cause as a code, verdicts are as in `StoredMail`. With the reason
    `failed`, `error` says what kind of error kept the mail from being read; such a one leaves the list after 14 days,
    but its octets stay.
    """

    id: str
    reason: str
    received_at: datetime
    raw_key: str
    size: int
    recipients: tuple[str, ...]
    spam: str
    virus: str
    dmarc: str
    dmarc_policy: str | None = None
    spf: str = "GRAY"
    envelope_sender: str = ""
    sender: str | None = None
    sender_name: str = ""
    subject: str = ""
    error: str | None = None

    @property
    def expires_at(self) -> datetime:
        return self.received_at + KEPT


@dataclass(frozen=True)
class Page:
    """Newest first; `after` is the place to go on from, None at the end."""

    mails: tuple[Suspended, ...]
    after: str | None


def forms_of(address: str) -> str:
    """The folder of the mails that were typed into a form under that address, even of one that no row came to name.

    Not below `received/`, where a mail is missed that the mail service did not announce.
    """
    return f"forms/{signing.digest('forms', address, 16).hex()}/"


def add(change: Changes, mail: Suspended) -> None:
    """Write that the mail came in and is suspended; taken in once, like any mail."""
    change.add(_row(mail), guard=True)


def add_over(change: Changes, mail: Suspended) -> None:
    """The same over what was known of the mail, while it is suspended and nobody is releasing it."""
    change.put(_row(mail), IntakeRow.held.exists() & _free())


def rewrite(mail: Suspended) -> bool:
    """Write what is known of the mail now, or another cause, over what was; False if it is suspended no more."""
    change = Changes()
    add_over(change, mail)
    return change.took()


def get(mail_id: str) -> Suspended | None:
    """The mail, while it is suspended: neither released, nor deleted, nor 14 days old."""
    row = rows.get(IntakeRow, keys.mail(mail_id))
    found = _of(row, row.held) if row else None
    return found if found and found.expires_at > clock.now() else None


def everything(limit: int, after: str | None = None) -> Page:
    """A page of all whose octets are there: those that failed, too, however long ago."""
    found = created_lists.page(_LIST, limit, after)
    return Page(tuple(_all(found.ids)), found.after)


def bin(limit: int, after: str | None = None) -> Page:
    """A page of those that an agent deleted and whose octets are there still."""
    found = created_lists.page(_BIN, limit, after)
    return Page(tuple(_all(found.ids, binned=True)), found.after)


def page(limit: int, after: str | None = None) -> Page:
    """At most `limit` mails behind the place `after`."""
    found = created_lists.page(_LIST, limit, after)
    oldest = clock.now() - KEPT
    mails = tuple(mail for mail in _all(found.ids) if mail.received_at > oldest)
    ended = found.after is None or found.after < keys.time(oldest)
    return Page(mails, None if ended else found.after)


def count(most: int) -> int:
    """How many there are, counted up to `most`: one cheap query, a second one while a month is young."""
    return len(created_lists.born_since(_LIST, clock.now() - KEPT, most)[:most])


def put_into_bin(mail_id: str) -> bool:
    """Take the mail out of sight, to be deleted when its 14 days are over; False if it is suspended no more.

    Raises:
        Contention: it is being released at this moment.
    """
    mail = get(mail_id)
    return mail is not None and _refiled(mail, _BIN, IntakeRow.held, IntakeRow.binned, _free())


def take_out_of_bin(mail_id: str) -> bool:
    """Let the mail wait for a decision again; False if it is not in the bin (any more)."""
    row = rows.get(IntakeRow, keys.mail(mail_id))
    mail = _of(row, row.binned) if row else None
    if mail is None or mail.expires_at <= clock.now():
        return False
    return _refiled(mail, _LIST, IntakeRow.binned, IntakeRow.held, IntakeRow.held.does_not_exist())


def claim(mail_id: str) -> bool:
    """Keep others from removing the mail while it is released; False if it is suspended no more."""
    taken = IntakeRow.releasing_until.set(clock.now() + _RELEASE)
    return changes.again(lambda: _updated(mail_id, [taken], IntakeRow.held.exists()))


def remove(mail_id: str) -> str | None:
    """Let go of the mail: only that it was suspended is kept, and the key of its octets, which the caller is to delete.

    Returns that key, also when the mail was removed before; None if it was never suspended, or was released. It stays
    among the `expired` until the caller says `forget`.

    Raises:
        Contention: it is being released at this moment.
    """
    gone = changes.again(lambda: _updated(mail_id, [IntakeRow.held.remove(), IntakeRow.binned.remove()], _free()))
    row = rows.get(IntakeRow, keys.mail(mail_id)) if gone else None
    return row.raw_key if row else None


def forget(mail_id: str) -> None:
    """Take a removed mail off the list of those whose octets are to be deleted."""
    listed: list[Action] = [Row.created_pk.remove(), Row.created_sk.remove()]
    changes.again(lambda: _updated(mail_id, listed, IntakeRow.held.does_not_exist()))


def expired() -> Iterator[str]:
    """Ids of the mails that are 14 days old or more and not forgotten. Of those that failed nothing is deleted."""
    for listed in (_LIST, _BIN):
        after: str | None = keys.time(clock.now() - KEPT) + "~"
        while after:
            found = created_lists.page(listed, _PIECE, after)
            stored = rows.batch([keys.mail(id) for id in found.ids])
            yield from (id for id in found.ids if not _is_failed(stored.get(keys.mail(id))))
            after = found.after


def count_expired(most: int) -> int:
    """How many of those nobody has deleted, counted up to `most`."""
    counted, listed = 0, list(islice(expired(), most))
    for start in range(0, len(listed), _PIECE):
        stored = rows.batch([keys.mail(id) for id in listed[start : start + _PIECE]])
        counted += sum(isinstance(row, IntakeRow) and row.held is not None for row in stored.values())
    return counted


def _is_failed(row: Row | None) -> bool:
    return isinstance(row, IntakeRow) and row.outcome == FAILED and row.held is not None


def _row(mail: Suspended) -> IntakeRow:
    outcome = FAILED if mail.reason == FAILED else "suspended"
    row = IntakeRow(keys.mail(mail.id), outcome=outcome, created_at=mail.received_at, raw_key=mail.raw_key)
    row.reason = mail.error or mail.reason
    row.held = _told(mail)
    row.index("created", keys.created(_LIST, mail.received_at, mail.id))
    return row


def _free() -> Condition:
    """Nobody is releasing it at this moment."""
    return IntakeRow.releasing_until.does_not_exist() | (IntakeRow.releasing_until < clock.now())


def _updated(mail_id: str, actions: list[Action], condition: Condition) -> bool:
    """Change the row of a suspended mail, True; of one that is suspended no more only if the condition holds."""
    change = Changes()
    change.update(IntakeRow(keys.mail(mail_id)), actions, IntakeRow.outcome.is_in("suspended", FAILED) & condition)
    if change.took():
        return True
    row = rows.get(IntakeRow, keys.mail(mail_id))
    if row and row.held is not None:
        raise changes.Stale
    return False


def _refiled(mail: Suspended, listed: str, source: Any, target: Any, condition: Condition) -> bool:
    """Move what is known of the mail from one attribute to the other, and its place to that list."""
    pk, sk = keys.created(listed, mail.received_at, mail.id)
    told = [target.set(_told(mail)), source.remove(), Row.created_pk.set(pk), Row.created_sk.set(sk)]
    return changes.again(lambda: _updated(mail.id, told, source.exists() & condition))


def _told(mail: Suspended) -> dict[str, Any]:
    return rows.attributes(mail, "id", "reason", "received_at", "raw_key", "error")


def _all(mail_ids: tuple[str, ...], binned: bool = False) -> Iterator[Suspended]:
    stored = rows.batch([keys.mail(id) for id in mail_ids])
    for id in mail_ids:
        row = stored.get(keys.mail(id))
        found = _of(row, row.binned if binned else row.held) if isinstance(row, IntakeRow) else None
        if found:
            yield found


def _of(row: IntakeRow, known: dict[str, Any] | None) -> Suspended | None:
    if known is None:
        return None
    told = known | {"recipients": tuple(known.get("recipients", ()))}
    failed = row.outcome == FAILED
    return Suspended(
        id=row.pk.removeprefix("MAIL#"),
        reason=FAILED if failed else row.reason or "",
        error=row.reason if failed else None,
        received_at=row.created_at,
        raw_key=row.raw_key or "",
        **told,
    )
