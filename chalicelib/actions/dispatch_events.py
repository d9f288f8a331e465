"""The one reader of the table's stream: puts an event's tasks on the queues, then numbers, counts and marks it.

The tasks go first: dying between the two repeats tasks, which may run twice, and loses nothing.
"""

from collections.abc import Iterable

from chalicelib.channels import queues
from chalicelib.domain.effects import tasks_of
from chalicelib.store import changes, events, keys, webhooks
from chalicelib.store.changes import Stale


def dispatch(wanted: Iterable[keys.Key]) -> int:
    """Dispatch those events that still wait for it, in the order they came to be; returns how many there were."""
    listed = sorted(set(wanted), key=lambda key: key[1])
    done = 0
    for start in range(0, len(listed), events.BATCH):
        done += changes.again(lambda part=listed[start : start + events.BATCH]: _dispatch(part))  # type: ignore[misc]
    return done


def _dispatch(wanted: list[keys.Key]) -> int:
    pending = [stored for stored in events.get_all(wanted) if stored.pending]
    if not pending:
        return 0
    # Whoever begins to listen after this read is told of what happens from then on.
    announced = any(webhook.enabled for webhook in webhooks.read())
    queues.put(tasks_of([stored.event for stored in pending], announced))
    _mark(wanted, pending)
    return len(pending)


def _mark(wanted: list[keys.Key], pending: list[events.Stored]) -> None:
    """Mark them; when another run marked some meanwhile, only the rest, without putting tasks again."""

    def attempt() -> None:
        nonlocal pending
        try:
            events.mark_dispatched(pending)
        except Stale:
            pending = [stored for stored in events.get_all(wanted) if stored.pending]
            if pending:
                raise

    changes.again(attempt, tries=20)
