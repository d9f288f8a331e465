"""Lists of tickets, each from an index, none by a scan.

A list spread over several partitions is merged by its sort key, so one cursor (the last place looked at) pages through
all of them exactly.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib import clock
from chalicelib.domain.ticket import STATUSES, Ticket, group_of
from chalicelib.store import changes, customers, keys, rows, shop, staff
from chalicelib.store.merging import Piece, Stream, in_order
from chalicelib.store.table import Row, TicketRow
from chalicelib.store.tickets import LISTED_SUBJECT, as_listed, as_ticket

# What a filter that has no index of its own (channel, tag, one status of a group) may read for one page.
BUDGET = 200
# Indexes lag behind the table by moments: a list that must miss nothing ends this long before now.
LAG = timedelta(seconds=10)
CUSTOMER_MOST = 1000

ANY = "*"
# Before and behind every place: places begin with a year.
LOWEST, HIGHEST = "0", "~"


@dataclass(frozen=True)
class Wanted:
    """Which tickets, in which order. `team_id` and `assignee_id`: an id, None for nobody's, ANY for all.

    A `customer_id` means the tickets of all for whom he stands: who knows their ids gives them as `customer_ids`, else
    `page` looks them up.

    `sort` is updated or created (newest first) or due (soonest first); `updated_since` lists oldest first.
    `created_after` is a ticket's birth from then on, `created_before` until just before then.
    """

    statuses: tuple[str, ...] = ()
    team_id: str | None = ANY
    assignee_id: str | None = ANY
    customer_id: str | None = None
    customer_ids: tuple[str, ...] = ()
    channel: str | None = None
    tag: str | None = None
    sort: str = "updated"
    updated_since: datetime | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None

    def holds(self, ticket: Ticket) -> bool:
        """Whether the ticket is one of them, as far as its row tells."""
        return (
            (not self.statuses or ticket.status in self.statuses)
            and self.team_id in (ANY, ticket.team_id)
            and self.assignee_id in (ANY, ticket.assignee_id)
            and (self.customer_id is None or ticket.customer_id in (self.customer_id, *self.customer_ids))
            and self.channel in (None, ticket.channel)
            and (self.tag is None or self.tag in ticket.tags)
            and (self.created_after is None or self.created_after <= ticket.created_at)
            and (self.created_before is None or ticket.created_at < self.created_before)
        )

    @property
    def groups(self) -> list[str]:
        return list(dict.fromkeys(group_of(s) for s in (self.statuses or STATUSES)))


@dataclass(frozen=True)
class Page:
    """`after` is the place to go on from, None at the end; a page may be short, even empty, before that."""

    tickets: tuple[Ticket, ...]
    after: str | None


def page(wanted: Wanted, limit: int, after: str | None = None) -> Page:
    """At most `limit` tickets behind the place `after`."""
    changes.connection()
    if wanted.customer_id and not wanted.customer_ids:
        wanted = replace(wanted, customer_ids=customers.all_ids(wanted.customer_id))
    if wanted.sort == "created":
        return _created_page(wanted, limit, after)
    upwards = wanted.sort == "due" or wanted.updated_since is not None
    low, high = _bounds(wanted, after, upwards)
    streams = [Stream(read, low, high, upwards) for read in _partitions(wanted, upwards)]
    size = BUDGET if _filters_in_memory(wanted) else limit + 1
    found, reached = _merged(streams, wanted, limit, _piece(size, len(streams)), upwards)
    return Page(tuple(_complete(found)), reached)


def _piece(size: int, streams: int) -> int:
    """How much to read of each at a time: their share of the page and a quarter more."""
    return size if streams == 1 else max(2, math.ceil(1.25 * size / streams))


def _merged(
    streams: list[Stream], wanted: Wanted, limit: int, piece: int, upwards: bool
) -> tuple[list[Ticket], str | None]:
    """The first `limit` that fit, in order over all partitions, and the place reached (None: the end)."""
    listed: list[Ticket] = []
    reached, looked_at = None, 0
    for place, row in in_order(streams, piece, upwards):
        if row is None or looked_at == BUDGET:  # enough was read for one page: go on from here next time
            return listed, place if row is None else reached
        ticket = as_listed(row)
        fits = wanted.holds(ticket)
        if fits and len(listed) == limit:
            return listed, reached
        if fits:
            listed.append(ticket)
        reached, looked_at = place, looked_at + 1
    return listed, None


def _partitions(wanted: Wanted, upwards: bool) -> list[Callable[[str, str, int], Piece]]:
    def reader(index: str, part: str) -> Callable[[str, str, int], Piece]:
        return lambda low, high, size: _read(index, part, low, high, size, upwards)

    if wanted.sort == "due":
        parts = [keys.promise_part(team, shard) for team in _teams(wanted) for shard in range(keys.SHARDS)]
        return [reader("promise", part) for part in parts]
    if wanted.customer_ids:
        return [_tickets_of(id, upwards) for id in wanted.customer_ids]
    reads = []
    for of_group in _group_parts(wanted):
        for group in wanted.groups:
            if group == "done":
                reads.append(_monthly(of_group.index, of_group.done, upwards))
            else:
                reads.append(reader(of_group.index, of_group.part(group)))
    return reads


@dataclass(frozen=True)
class _GroupParts:
    """One team's (or agent's) partitions: `part` names that of a group, or of a month of done ones."""

    index: str
    part: Callable[[str], str]

    def done(self, month: str) -> str:
        return self.part(f"done#{month}")


def _group_parts(wanted: Wanted) -> list[_GroupParts]:
    shards = range(keys.SHARDS)
    if wanted.assignee_id != ANY:
        return [_agent_parts(wanted.assignee_id, shard) for shard in shards]
    return [_team_parts(team, shard) for team in _teams(wanted) for shard in shards]


def _team_parts(team_id: str | None, shard: int) -> _GroupParts:
    return _GroupParts("inbox", lambda group: keys.inbox_part(team_id, group, shard))


def _agent_parts(agent_id: str | None, shard: int) -> _GroupParts:
    return _GroupParts("assignee", lambda group: keys.assignee_part(agent_id, group, shard))


def _teams(wanted: Wanted) -> list[str | None]:
    return [wanted.team_id] if wanted.team_id != ANY else [None, *staff.team_ids()]


def _filters_in_memory(wanted: Wanted) -> bool:
    covered = {s for s in STATUSES if group_of(s) in wanted.groups}
    by_both = wanted.team_id != ANY and wanted.assignee_id != ANY
    due_by_more = wanted.sort == "due" and (wanted.customer_id or wanted.assignee_id != ANY or wanted.statuses)
    unfit = covered - set(wanted.statuses or STATUSES)
    by_birth = wanted.created_after or wanted.created_before
    return bool(wanted.channel or wanted.tag or by_birth or by_both or due_by_more or unfit)


def _bounds(wanted: Wanted, after: str | None, upwards: bool) -> tuple[str, str]:
    """The places between which to read, both left out."""
    low, high = LOWEST, HIGHEST
    if wanted.updated_since:
        low = keys.time(wanted.updated_since)[:-1]
        high = keys.time(clock.now() - LAG)
    if after:
        return (after, high) if upwards else (low, after)
    return low, high


def _read(index: str, part: str, low: str, high: str, size: int, upwards: bool) -> Piece:
    between = _between(getattr(Row, f"{index}_sk"), low, high)
    query = getattr(Row, index).query(part, between, scan_index_forward=upwards, limit=size, page_size=size)
    found = [(getattr(row, f"{index}_sk"), row) for row in query]
    inside = [(at, row) for at, row in found if low < at < high]
    return Piece(inside, found[-1][0] if len(found) == size else None)


def _between(place: Any, low: str, high: str) -> Condition | None:
    """The condition on the sort key; none at all for the whole partition."""
    if low == LOWEST:
        return place < high if high != HIGHEST else None
    return place > low if high == HIGHEST else place.between(low, high)


def _monthly(index: str, part: Callable[[str], str], upwards: bool) -> Callable[[str, str, int], Piece]:
    """What lies in a partition a month: each piece is of one month, the next of the month beside it."""

    def read(low: str, high: str, size: int) -> Piece:
        months = _months(low, high, upwards)
        if not months:
            return Piece([], None)
        piece = _read(index, part(months[0]), low, high, size, upwards)
        if piece.horizon is not None or len(months) == 1:
            return piece
        return Piece(piece.found, f"{max(months[:2])}-00")

    return read


def _months(low: str, high: str, upwards: bool) -> list[str]:
    now = keys.month(clock.now())
    first = max(first_month(now), low[:7] if low > "1" else "")
    last = min(now, high[:7]) if high < "9" else now
    if high[7:] == "-00":  # the very start of that month: it holds nothing before
        last = _month_before(last)
    listed = list(_months_between(first, last))
    return listed if upwards else listed[::-1]


def first_month(now: str) -> str:
    """Where lists end: the month the desk was opened in, or an earlier one that tickets were imported from."""
    opened = staff.since()
    return min(shop.read().first_month or now, keys.month(opened) if opened else now)


def _month_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year:04d}-{number - 1:02d}" if number > 1 else f"{year - 1:04d}-12"


def _months_between(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while f"{year:04d}-{month:02d}" <= last:
        yield f"{year:04d}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _tickets_of(customer_id: str, upwards: bool) -> Callable[[str, str, int], Piece]:
    return lambda low, high, size: _of_customer(customer_id, low, high, upwards)


def _of_customer(customer_id: str, low: str, high: str, upwards: bool) -> Piece:
    """A customer's tickets are indexed by birth; they are few enough to be put in order of activity here."""
    pk = f"CUSTOMER#{customer_id}"
    found = islice(Row.customer.query(pk, scan_index_forward=False), CUSTOMER_MOST)
    placed = [
        (f"{keys.time(row.updated_at)}#{row.pk.removeprefix('TICKET#')}", row)
        for row in found
        if isinstance(row, TicketRow)
    ]
    inside = [(at, row) for at, row in placed if low < at < high]
    return Piece(sorted(inside, key=lambda pair: pair[0], reverse=not upwards), None)


def _created_page(wanted: Wanted, limit: int, after: str | None) -> Page:
    """Newest born first. The place on page 1 is now, so what is born later never pushes its way in."""
    high = after or keys.time(clock.now()) + "~"
    unfiltered = wanted == Wanted(sort="created", customer_id=wanted.customer_id, customer_ids=wanted.customer_ids)
    size = limit + 1 if unfiltered else BUDGET
    streams = [Stream(read, LOWEST, high, False) for read in _birth_partitions(wanted)]
    found = list(islice(in_order(streams, _piece(size, len(streams)) + 1, upwards=False), size))
    return _filtered_page(found, wanted, limit, ended=len(found) < size)


def _birth_partitions(wanted: Wanted) -> list[Callable[[str, str, int], Piece]]:
    if wanted.customer_ids:
        return [_born_to(id) for id in wanted.customer_ids]
    return [_monthly("created", _born_in(shard), upwards=False) for shard in range(keys.SHARDS)]


def _born_to(customer_id: str) -> Callable[[str, str, int], Piece]:
    pk = f"CUSTOMER#{customer_id}"
    return lambda low, high, size: _read("customer", pk, low, high, size, upwards=False)


def _born_in(shard: int) -> Callable[[str], str]:
    return lambda month: keys.created_part("TICKET", month, shard)


def _filtered_page(found: list[tuple[str, Row | None]], wanted: Wanted, limit: int, ended: bool) -> Page:
    tickets = _whole([row for _, row in found if row])
    listed: list[Ticket] = []
    reached = None
    for place, row in found:
        if row is None:
            return Page(tuple(listed), place)
        ticket = tickets.get((row.pk, row.sk))
        fits = ticket is not None and wanted.holds(ticket)
        if fits and len(listed) == limit:
            return Page(tuple(listed), reached)
        if fits and ticket:
            listed.append(ticket)
        reached = place
    return Page(tuple(listed), None if ended else reached)


def _complete(listed: list[Ticket]) -> list[Ticket]:
    """Long subjects are cut on the index, and custom fields are not on it: fetch those few tickets whole."""
    wanted = [t for t in listed if len(t.subject.encode()) >= LISTED_SUBJECT - 3 or t.custom_fields]
    stored = rows.batch([keys.ticket(t.id) for t in wanted]).values()
    found = {row.id: as_ticket(row) for row in stored if isinstance(row, TicketRow)}
    return [_with_rest(t, found[t.id]) if t.id in found else t for t in listed]


def _with_rest(listed: Ticket, stored: Ticket) -> Ticket:
    return replace(listed, subject=stored.subject, custom_fields=stored.custom_fields)


def _whole(found: list[Row]) -> dict[keys.Key, Ticket]:
    stored = rows.batch([(row.pk, row.sk) for row in found])
    return {key: as_ticket(row) for key, row in stored.items() if isinstance(row, TicketRow)}
