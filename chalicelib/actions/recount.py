"""Counts all tickets anew and compares: the counters are exact by the dispatcher, so this must find nothing.

It repairs nothing: while it counts, events wait for the dispatcher, and a repair would count those twice.
"""

from collections.abc import Iterator

from chalicelib import log
from chalicelib.domain.event import standing
from chalicelib.domain.ticket import Ticket
from chalicelib.store import counters, ticket_lists
from chalicelib.store.ticket_lists import Wanted


def recount() -> dict[str, int]:
    """The counters that say other than the tickets, by how much; an alarm listens for `counters.wrong` in the log."""
    true, shown = counters.recount(standing(ticket) for ticket in _all()), counters.read()
    wrong = {name: true.get(name, 0) - shown.get(name, 0) for name in true.keys() | shown.keys()}
    wrong = {name: by for name, by in sorted(wrong.items()) if by}
    if wrong:
        log.warning("counters.wrong", by=wrong)
    return wrong


def _all() -> Iterator[Ticket]:
    after: str | None = None
    while True:
        page = ticket_lists.page(Wanted(sort="created"), 100, after)
        yield from page.tickets
        after = page.after
        if after is None:
            return
