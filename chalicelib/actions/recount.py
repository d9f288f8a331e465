"""Counts all tickets anew and compares: the counters are exact by the dispatcher, so this must find nothing."""

from collections.abc import Iterator

from chalicelib import log
from chalicelib.domain.event import standing
from chalicelib.domain.ticket import Ticket
from chalicelib.store import counters, ticket_lists
from chalicelib.store.changes import MAX_ROWS, Changes
from chalicelib.store.ticket_lists import Wanted


def recount() -> dict[str, int]:
    """Set the counters to what the tickets say; returns those that were wrong, by how much."""
    true, shown = counters.recount(standing(ticket) for ticket in _all()), counters.read()
    wrong = {name: true.get(name, 0) - shown.get(name, 0) for name in true.keys() | shown.keys()}
    wrong = {name: by for name, by in sorted(wrong.items()) if by}
    if wrong:
        log.warning("counters.wrong", by=wrong)
        _repair(wrong)
    return wrong


def _all() -> Iterator[Ticket]:
    after: str | None = None
    while True:
        page = ticket_lists.page(Wanted(sort="created"), 100, after)
        yield from page.tickets
        after = page.after
        if after is None:
            return


def _repair(wrong: dict[str, int]) -> None:
    """Add the differences; writing totals would undo what is counted at this moment."""
    names = list(wrong)
    for start in range(0, len(names), MAX_ROWS):
        change = Changes()
        for name in names[start : start + MAX_ROWS]:
            counters.adjust(change, name, wrong[name])
        change.commit()
