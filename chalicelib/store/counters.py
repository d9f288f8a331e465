"""Counter rows for what the desk shows: kept by the dispatcher with each event, never counted on read."""

from collections import Counter as Tally
from collections.abc import Iterable, Sequence

from pynamodb.expressions.update import Action

from chalicelib.domain.event import Event
from chalicelib.domain.ticket import group_of
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import CounterRow, Row


def count(change: Changes, events: Iterable[Event]) -> None:
    """Add what the events moved to the counters: from where a ticket stood to where it stands."""
    tally: Tally[str] = Tally()
    for event in events:
        before, after = event.counts or (None, None)
        tally.subtract(_names(before))
        tally.update(_names(after))
    for name, difference in sorted(tally.items()):
        if difference:
            change.update(CounterRow(keys.counter(name)), _added(difference))


def _added(difference: int) -> list[Action]:
    """Add to a counter, which comes to be when first added to: with its kind, or no query would find it."""
    return [CounterRow.value.add(difference), CounterRow.kind.set(CounterRow)]


def read() -> dict[str, int]:
    """All counters by name: `team:<id|none>:<group>` and `assignee:<id|none>:<group>`, group as in Ticket."""
    changes.connection()
    found = Row.query(keys.counter("")[0])
    return {row.sk: int(row.value) for row in found if isinstance(row, CounterRow)}


def read_these(names: Sequence[str]) -> dict[str, int]:
    """Those of the counters that were ever counted."""
    found = rows.batch([keys.counter(name) for name in names])
    return {row.sk: int(row.value) for row in found.values() if isinstance(row, CounterRow)}


def recount(standings: Iterable[list[str | None] | None]) -> dict[str, int]:
    """What the counters of tickets should say, given where every ticket stands."""
    tally: Tally[str] = Tally()
    for standing in standings:
        tally.update(_names(standing))
    return dict(tally)


def _names(standing: list[str | None] | None) -> list[str]:
    if not standing:
        return []
    team_id, assignee_id, status = standing
    group = group_of(status or "")
    return [f"team:{team_id or 'none'}:{group}", f"assignee:{assignee_id or 'none'}:{group}"]
