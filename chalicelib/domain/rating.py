"""A customer's word on a ticket that was solved: one of three answers, and whatever he wants to add."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.ticket import Ticket

ANSWERS = ("yes", "partly", "no")
MAX_WORDS = 2000
# How long after it was solved it may be rated, and how long after that he may think better of it.
RATED_WITHIN = timedelta(days=30)
CHANGED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Rating:
    """Whether it was answered (`answer`), since when (`rated_at`), and when that was said last (`changed_at`)."""

    ticket_id: str
    customer_id: str
    answer: str
    rated_at: datetime
    changed_at: datetime
    words: str = ""
    version: int = 0


def may_rate(ticket: Ticket, before: Rating | None, now: datetime) -> bool:
    """Whether the ticket may be rated, or its rating changed; one that was solved once more may be rated anew."""
    if ticket.group != "done" or ticket.solved_at is None or ticket.erased_at:
        return False
    if before is None or before.changed_at < ticket.solved_at:
        return now - ticket.solved_at <= RATED_WITHIN
    return now - before.rated_at <= CHANGED_WITHIN


def given(ticket: Ticket, before: Rating | None, answer: str, words: str, now: datetime) -> Rating:
    """The rating as it becomes; what is said of a ticket that was solved once more counts from then."""
    new = Rating(ticket.id, ticket.customer_id, answer, now, now, words)
    if before is None or (ticket.solved_at and before.changed_at < ticket.solved_at):
        return replace(new, version=before.version if before else 0)
    if (before.answer, before.words) == (answer, words):
        return before
    return replace(new, rated_at=before.rated_at, version=before.version)


def differences(before: Rating | None, after: Rating) -> dict[str, list[str | None]]:
    """What an event tells: the answers, and of the words only that there were some."""
    found: dict[str, list[str | None]] = {"answer": [before.answer if before else None, after.answer]}
    if after.words != (before.words if before else ""):
        found["words"] = [None, None]
    return found
