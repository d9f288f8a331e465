"""The message in which a number left off a moment ago, if that may have been but a part of what it has to say."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib import clock
from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import SmsPartRow

# Parts leave a phone together and come within a second or two. AWS says of no time, so a slow queue has its share.
WITHIN = timedelta(seconds=10)


@dataclass(frozen=True)
class SmsPart:
    """`message_count` is that of the ticket: another message in it ends this one. Sizes as in `channels.sms_parts`."""

    ticket_id: str
    message_id: str
    message_count: int
    units: int
    came_at: datetime
    septets: int | None = None


def waiting(e164: str) -> SmsPart | None:
    """What the number wrote a moment ago, if it may go on."""
    row = rows.get(SmsPartRow, keys.sms_part(e164))
    found = rows.noun(SmsPart, row) if row else None
    return found if found and clock.now() - found.came_at <= WITHIN else None


def leave_off(change: Changes, e164: str, part: SmsPart) -> None:
    row = SmsPartRow(keys.sms_part(e164), **rows.attributes(part))
    # Kept for longer than it counts: a row that is just expiring would be neither there nor gone.
    row.expires_at = int((part.came_at + 2 * WITHIN).timestamp())
    change.put(row)


def end(change: Changes, e164: str) -> None:
    """The number has said what it had to say."""
    change.delete(SmsPartRow(keys.sms_part(e164)))
