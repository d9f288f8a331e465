"""How many mails of a sender were let in within the last hour, at any moment.

The count is a part of the transaction that lets a mail in: a mail that is taken in once counts once, however often it
comes, and of two at the same moment one decides anew.
"""

from datetime import timedelta

from chalicelib import clock
from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import SenderPaceRow

MOST = 20
# Of an agent, who forwards and answers by mail; a mailbox of his that answers by itself ends there.
MOST_OF_AGENT = 60
_AGENT = "agent "
WITHIN = timedelta(hours=1)


class TooMany(Exception):
    """As many mails of this sender as may be were let in within the last hour."""


def is_spent(sender: str) -> bool:
    """Whether none of his mails is to be let in now."""
    known = rows.get(SenderPaceRow, keys.sender_pace(sender))
    return known is not None and len(_within_hour(known)) >= _most(sender)


def of_agent(agent_id: str) -> str:
    """As whom an agent counts: more of his are let in."""
    return f"{_AGENT}{agent_id}"


def count(change: Changes, sender: str) -> None:
    """Count one mail of the sender, at the product's clock.

    Raises:
        TooMany: it is not to be let in.
    """
    known = rows.get(SenderPaceRow, keys.sender_pace(sender))
    times = _within_hour(known) if known else []
    if len(times) >= _most(sender):
        raise TooMany(sender)
    _write(change, sender, known, times)


def note(change: Changes, sender: str) -> None:
    """Count one more of the sender, however many they are: what he writes is let in."""
    known = rows.get(SenderPaceRow, keys.sender_pace(sender))
    _write(change, sender, known, (_within_hour(known) if known else [])[1 - _most(sender) :])


def _write(change: Changes, sender: str, known: SenderPaceRow | None, times: list[float]) -> None:
    """Write the times with the one that is now; of two at the same moment one is Stale."""
    now, version = clock.now().timestamp(), int(known.version or 0) if known else 0
    row = SenderPaceRow(keys.sender_pace(sender), times=[*times, now], version=version + 1)
    # Kept for longer than it counts: a row that is just expiring would be neither there nor gone.
    row.expires_at = int(now + 2 * WITHIN.total_seconds())
    if known:
        change.replace(row, version)
    else:
        change.add(row)


def _most(sender: str) -> int:
    return MOST_OF_AGENT if sender.startswith(_AGENT) else MOST


def _within_hour(row: SenderPaceRow) -> list[float]:
    since = (clock.now() - WITHIN).timestamp()
    return [one for one in row.times if one > since]
