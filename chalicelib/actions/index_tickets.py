"""Keeps the ticket index. A changed ticket is marked at once and published minutes later: see `store.unindexed`.

What is put in is always what the table says now, so a late or repeated task cannot bring back what was erased.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from chalicelib import clock, log
from chalicelib.channels import queues
from chalicelib.domain.customer import Customer
from chalicelib.domain.message import Message
from chalicelib.domain.task import Task
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Contention
from chalicelib.search import ticket_engine
from chalicelib.search.analysed import Analysed
from chalicelib.search.tickets_documents import NOBODY, Entry, TicketDocument, entry
from chalicelib.store import created_lists, customers, keys, messages, ticket_lists, tickets, unindexed
from chalicelib.store.ticket_lists import Wanted

# A ticket is found by its newest messages: so many, and of each and of all together so many signs.
MOST_MESSAGES = 100
MOST_SIGNS_OF_ONE = 20_000
MOST_SIGNS = 50_000
# One publication's work, within the minute a task has: a million signs of rare words take 2 s of CPU.
MOST_PUBLISHED = 500
MOST_SIGNS_PUBLISHED = 5_000_000
# The same of one search, which has the 29 seconds of API Gateway and somebody who waits.
MOST_SIGNS_AT_ONCE = 1_000_000
_MOST_OF_CUSTOMER = 1_000
_READ_AT_ONCE = 8
_PIECE = 100
_LONGEST_REBUILD = timedelta(minutes=14)
# Of the 15 minutes that a night has for everything.
_LONGEST_NIGHT = timedelta(minutes=6)
_MOST_OCTETS = 100_000_000
# Of the 63 bits of a version, so many count a customer's changes: 16 million.
_CUSTOMER_BITS = 24


@dataclass(frozen=True)
class Changed:
    """Tickets as they are now: `entries` of those that are there, ids of those that are `gone`."""

    entries: tuple[Entry, ...]
    gone: frozenset[str]


def mark(ticket_ids: Collection[str]) -> None:
    """Say that those tickets changed; every search sees it from now on."""
    unindexed.mark(ticket_ids)


def mark_tickets_of(customer_id: str) -> None:
    """The same for all tickets of a customer, who is found by his name and contacts."""
    page = ticket_lists.page(Wanted(customer_id=customer_id), _MOST_OF_CUSTOMER)
    mark([ticket.id for ticket in page.tickets])


def publish() -> int:
    """Publish what changed since the last time, and say how many changes are left; of many the next begins at once."""
    shown: dict[str, str] = {}

    def read() -> tuple[list[TicketDocument], set[str]]:
        """The marks first, then whether anybody holds the index: what a rebuild has read is older than no mark."""
        shown.clear()
        marked = unindexed.read(MOST_PUBLISHED).stamps
        if unindexed.is_held():
            return [], set()
        headers = _headers(marked)
        found = list(_documents(headers, MOST_SIGNS_PUBLISHED))
        gone = set(marked) - set(headers)
        shown.update((id, marked[id]) for id in gone.union(document.ticket_id for document in found))
        return found, gone

    made = ticket_engine.chosen().publish(read)
    for id in made.unseen:
        shown.pop(id, None)
    left = unindexed.clear(shown, made.generation)
    if shown and left >= unindexed.MANY:
        queues.put([Task("jobs", "publish_tickets", {})])
    log.info("tickets.published", tickets=len(shown), generation=made.generation, left=left)
    return left


def rebuild(month: str) -> None:
    """Make the shard of the tickets born in `month` (2026-11) anew. What changes meanwhile is published afterwards.

    Raises:
        Contention: another rebuild is at work.
    """
    if not unindexed.hold(clock.now() + _LONGEST_REBUILD):
        raise Contention("the ticket index is being rebuilt by somebody else")
    try:
        unindexed.announce(ticket_engine.chosen().rebuild(month, _born_in(month)))
    finally:
        unindexed.let_go()


def rebuild_missing() -> list[str]:
    """Rebuild this month's shard, and all that are missing: of imported tickets, or after a change of format or engine.

    The newest come first; after six minutes none is begun any more, and the next call goes on.
    """
    this, ends = keys.month(clock.now()), clock.real_now() + _LONGEST_NIGHT
    there = ticket_engine.chosen().months()
    wanted = [month for month in created_lists.months() if month == this or month not in there]
    done: list[str] = []
    for month in wanted:
        if done and clock.real_now() > ends:
            break
        rebuild(month)
        done.append(month)
    log.info("tickets.rebuilt", months=done, left=len(wanted) - len(done))
    return done


def changed(ticket_ids: Collection[str]) -> Changed:
    """What the index would hold of those tickets now. What did not change since is remembered by this process.

    Those that are neither in it nor gone were too much for now: the next search goes on with them.
    """
    headers = _headers(ticket_ids)
    known = {id: _analysed.get(_name(*header)) for id, header in headers.items()}
    entries = {id: each for id, each in known.items() if each}
    unknown = {id: header for id, header in headers.items() if id not in entries}
    for document in _documents(unknown, MOST_SIGNS_AT_ONCE):
        id = document.ticket_id
        entries[id] = entry(document)
        _analysed.keep(_name(*headers[id]), entries[id])
    return Changed(tuple(entries.values()), frozenset(ticket_ids).difference(headers))


def said(ticket_id: str, most_signs: int) -> list[str]:
    """The texts a ticket is found by and what its files are called, the newest first; `most_signs` of them all."""
    thread = tickets.thread(ticket_id, MOST_MESSAGES)
    found: list[str] = []
    for message in reversed(thread.messages if thread else ()):
        if most_signs <= 0:
            break
        for text in (messages.whole(message).text, _file_names(message)):
            found.append(text[: min(most_signs, MOST_SIGNS_OF_ONE)])
            most_signs -= len(found[-1])
    return list(filter(None, found))


def _file_names(message: Message) -> str:
    """Of what was attached; pictures within a mail are called as its program calls them (`image001.png`)."""
    return ", ".join(file.name for file in message.attachments if not file.inline)


def forget() -> None:
    """Drop what is remembered, for when the world under this process is a new one."""
    _analysed.clear()


Header = tuple[Ticket, Customer | None]
_analysed = Analysed(_MOST_OCTETS)


def _name(ticket: Ticket, customer: Customer | None) -> tuple[str, int, int]:
    return ticket.id, ticket.version, customer.version if customer else 0


def _headers(ticket_ids: Collection[str]) -> dict[str, Header]:
    found = {id: ticket for id, ticket in tickets.get_all(ticket_ids).items() if ticket.erased_at is None}
    people = customers.get_all(list({ticket.customer_id for ticket in found.values()}))
    return {id: (ticket, people.get(ticket.customer_id)) for id, ticket in found.items()}


def _documents(headers: Mapping[str, Header], most_signs: int) -> Iterator[TicketDocument]:
    """What the index is to hold of the tickets, the first of them until it is `most_signs`; several read at a time."""
    waiting, left = iter(headers), most_signs
    with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
        while left > 0 and (piece := list(islice(waiting, _READ_AT_ONCE))):
            for id, texts in zip(piece, threads.map(lambda id: said(id, MOST_SIGNS), piece), strict=True):
                left -= sum(map(len, texts))
                yield _document(*headers[id], texts)


def _document(ticket: Ticket, customer: Customer | None, texts: Iterable[str]) -> TicketDocument:
    contacts = [contact.value for contact in customer.contacts] if customer else []
    name = customer.display_name if customer else ticket.customer_name
    known_by = (name, *contacts, *ticket.tags, str(ticket.number), ticket.external_id or "")
    return TicketDocument(
        ticket_id=ticket.id,
        born=ticket.created_at,
        subject=ticket.subject,
        texts=tuple(texts),
        names=tuple(filter(None, known_by)),
        exact=(ticket.external_id,) if ticket.external_id else (),
        filters={
            "status": (ticket.status,),
            "team_id": (ticket.team_id or NOBODY,),
            "assignee_id": (ticket.assignee_id or NOBODY,),
            "customer_id": (ticket.customer_id,),
            "channel": (ticket.channel,),
            "tag": tuple(ticket.tags),
        },
        version=_version(ticket, customer),
    )


def _version(ticket: Ticket, customer: Customer | None) -> int:
    """Above that of any state before: the ticket's own, then the customer's. An erased customer is his last state."""
    last = (1 << _CUSTOMER_BITS) - 1
    return ticket.version << _CUSTOMER_BITS | (min(customer.version, last) if customer else last)


def _born_in(month: str) -> Iterator[TicketDocument]:
    listed = created_lists.born_in("TICKET", month)
    while piece := list(islice(listed, _PIECE)):
        yield from _documents(_headers(piece), _PIECE * MOST_SIGNS)
