"""Raw mails as SES puts them into the bucket, and the two counts that must agree: of those that were seen, and of those
of which it is known what became.

A mail is counted once, whatever comes twice: each count moves in one transaction with the mail's own row. What the
bucket holds beside `received/` (imported mails) is none of these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.update import Action

from chalicelib import aws, settings
from chalicelib.store import changes, files, keys, rows
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.table import FurtherMailRow, RawMailCountsRow, RawMailRow

FOLDER = "received/"
# SES writes such an object when the rule that stores mail is made.
_SETUP = "AMAZON_SES_SETUP_NOTIFICATION"


@dataclass(frozen=True)
class RawMail:
    """`size` in octets; `came_at` by the clock of S3."""

    key: str
    size: int
    came_at: datetime

    @property
    def id(self) -> str:
        return id_of(self.key)


@dataclass(frozen=True)
class Counts:
    """A mail is seen a quarter of an hour after it came; `missing` are those of which nobody knows what became."""

    seen: int = 0
    accounted: int = 0

    @property
    def missing(self) -> int:
        return self.seen - self.accounted


def is_mail(key: str) -> bool:
    return key.startswith(FOLDER) and key != FOLDER and id_of(key) != _SETUP


def id_of(key: str) -> str:
    """The id of the mail service, which names the object."""
    return key.rpartition("/")[2]


def listed(after: str = "") -> Iterator[RawMail]:
    """The raw mails whose keys sort behind that one, by key. A thousand of them are one request."""
    pages = aws.client("s3").get_paginator("list_objects_v2")
    for page in pages.paginate(Bucket=settings.mail_bucket(), Prefix=FOLDER, StartAfter=after):
        for item in page.get("Contents", ()):
            if is_mail(item["Key"]):
                yield RawMail(item["Key"], item["Size"], item["LastModified"])


def find(key: str) -> RawMail | None:
    found = files.head_of_mail(key)
    return RawMail(key, found["ContentLength"], found["LastModified"]) if found else None


def count(mail_id: str, accounted: bool) -> None:
    """Count that the mail was seen; and, once it is known what became of it, that it is accounted for."""
    changes.again(lambda: _count(mail_id, accounted))


def keep_with(change: Changes, ticket_id: str, key: str) -> None:
    """Let the raw mail be erased with the ticket, in which it is no message: a duplicate, or a bounce."""
    change.put(FurtherMailRow(keys.further_mail(ticket_id, id_of(key)), raw_key=key))


class TableSilent(Exception):
    """The table cannot be read at this moment; why is told without its name."""


def counts() -> Counts:
    """One read, which tells as well whether the table answers.

    Raises:
        TableSilent: it does not.
    """
    try:
        return _counts()
    except PynamoDBException as error:
        why = error.cause_response_code or type(error).__name__
        raise TableSilent(f"The table does not answer: {why}.") from error


def _counts() -> Counts:
    row = rows.get(RawMailCountsRow, keys.raw_mail_counts())
    return Counts(int(row.seen or 0), int(row.accounted or 0)) if row else Counts()


def looked_at() -> str:
    """The key up to which the bucket was looked through last; empty for the beginning."""
    row = rows.get(RawMailCountsRow, keys.raw_mail_counts())
    return (row.looked_at if row else None) or ""


def remember_place(key: str) -> None:
    changes.again(lambda: _update([RawMailCountsRow.looked_at.set(key)]).commit())


def _count(mail_id: str, accounted: bool) -> None:
    change = _update(_added(seen=1, accounted=int(accounted)))
    change.add(RawMailRow(keys.raw_mail(mail_id), accounted=accounted), guard=True)
    try:
        change.commit()
    except Replayed as met:
        if accounted and isinstance(met.stored, RawMailRow) and not met.stored.accounted:
            _account(mail_id)


def _account(mail_id: str) -> None:
    """Of a mail that was seen before. Whoever did so meanwhile makes this Stale, and the next try finds it done."""
    change = _update(_added(accounted=1))
    known = RawMailRow.accounted == False  # noqa: E712 (a condition of DynamoDB)
    change.update(RawMailRow(keys.raw_mail(mail_id)), [RawMailRow.accounted.set(True)], known)
    change.commit()


def _update(actions: list[Action]) -> Changes:
    change = Changes()
    kind = RawMailCountsRow.kind.set(RawMailCountsRow)
    change.update(RawMailCountsRow(keys.raw_mail_counts()), [*actions, kind])
    return change


def _added(seen: int = 0, accounted: int = 0) -> list[Action]:
    return [RawMailCountsRow.seen.add(seen), RawMailCountsRow.accounted.add(accounted)]
