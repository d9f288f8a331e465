"""Keeps the ticket index. A changed ticket is marked at once and published minutes later: see `store.unindexed`.

What is put in is always what the table says now, so a late or repeated job cannot bring back what was erased.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import islice

from chalicelib import clock, log
from chalicelib.channels import queues
from chalicelib.domain.customer import Customer
from chalicelib.domain.effects import Job
from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Contention
from chalicelib.search import tickets as index
from chalicelib.search.tickets import NOBODY, Entry, TicketDocument
from chalicelib.store import created_lists, customers, keys, messages, ticket_lists, tickets, unindexed
from chalicelib.store.ticket_lists import Wanted

# One publication's work: within the minute a job has.
MOST_PUBLISHED = 500
# Of a longer thread the newest are found by, and of longer texts what stands first.
MOST_MESSAGES = 100
MOST_SIGNS = 20_000
_MOST_OF_CUSTOMER = 1_000
_READ_AT_ONCE = 8
_PIECE = 100
_LONGEST_REBUILD = timedelta(minutes=14)
_REMEMBERED = 2_000


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
        if not unindexed.is_held():
            shown.update(marked)
        found = documents(shown)
        return found, set(shown) - {document.ticket_id for document in found}

    generation = index.publish(read)
    left = unindexed.clear(shown, generation)
    if shown and left >= unindexed.MANY:
        queues.put([Job("jobs", "publish_tickets", {})])
    log.info("tickets.published", tickets=len(shown), generation=generation, left=left)
    return left


def rebuild(month: str) -> None:
    """Make the shard of the tickets born in `month` (2026-11) anew. What changes meanwhile is published afterwards.

    Raises:
        Contention: another rebuild is at work.
    """
    if not unindexed.hold(clock.now() + _LONGEST_REBUILD):
        raise Contention("the ticket index is being rebuilt by somebody else")
    try:
        unindexed.announce(index.rebuild(month, _born_in(month)))
    finally:
        unindexed.let_go()


def rebuild_missing() -> list[str]:
    """Rebuild this month's shard, and all that are missing: of imported tickets, or after a change of the format."""
    this = keys.month(clock.now())
    there = index.months()
    wanted = [month for month in created_lists.months() if month == this or month not in there]
    for month in wanted:
        rebuild(month)
    return wanted


def documents(ticket_ids: Collection[str]) -> list[TicketDocument]:
    """What the index is to hold of those tickets, as far as they are there."""
    return [_document(ticket, people, texts) for ticket, people, texts in _read(_headers(ticket_ids))]


def entries(ticket_ids: Collection[str]) -> list[Entry]:
    """The same, analysed. What did not change since it was asked for last is remembered by this process."""
    headers = _headers(ticket_ids)
    unknown = {id: header for id, header in headers.items() if _name(*header) not in _remembered}
    for ticket, people, texts in _read(unknown):
        _remembered[_name(ticket, people)] = index.entry(_document(ticket, people, texts))
    found = [_remembered[_name(*header)] for header in headers.values()]
    _forget_oldest()
    return found


def forget() -> None:
    """Drop what is remembered, for when the world under this process is a new one."""
    _remembered.clear()


Header = tuple[Ticket, Customer | None]
_remembered: dict[tuple[str, int, int], Entry] = {}


def _name(ticket: Ticket, customer: Customer | None) -> tuple[str, int, int]:
    return ticket.id, ticket.version, customer.version if customer else 0


def _forget_oldest() -> None:
    for name in list(islice(_remembered, max(0, len(_remembered) - _REMEMBERED))):
        _remembered.pop(name, None)


def _headers(ticket_ids: Collection[str]) -> dict[str, Header]:
    found = {id: ticket for id, ticket in tickets.get_all(ticket_ids).items() if ticket.erased_at is None}
    people = customers.get_all(list({ticket.customer_id for ticket in found.values()}))
    return {id: (ticket, people.get(ticket.customer_id)) for id, ticket in found.items()}


def _read(headers: Mapping[str, Header]) -> Iterator[tuple[Ticket, Customer | None, list[Message]]]:
    """The tickets with what was said in them, several read at a time."""
    with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
        for (ticket, customer), said in zip(headers.values(), threads.map(_said, headers), strict=True):
            yield ticket, customer, said


def _said(ticket_id: str) -> list[Message]:
    thread = tickets.thread(ticket_id, MOST_MESSAGES)
    return messages.all_whole(list(thread.messages)) if thread else []


def _document(ticket: Ticket, customer: Customer | None, said: Iterable[Message]) -> TicketDocument:
    contacts = [contact.value for contact in customer.contacts] if customer else []
    name = customer.display_name if customer else ticket.customer_name
    known_by = (name, *contacts, *ticket.tags, str(ticket.number), ticket.external_id or "")
    return TicketDocument(
        ticket_id=ticket.id,
        month=keys.month(ticket.created_at),
        subject=ticket.subject,
        texts=tuple(message.text[:MOST_SIGNS] for message in said),
        names=tuple(filter(None, known_by)),
        exact=(ticket.external_id,) if ticket.external_id else (),
        filters={
            "status": ticket.status,
            "team_id": ticket.team_id or NOBODY,
            "assignee_id": ticket.assignee_id or NOBODY,
            "customer_id": ticket.customer_id,
        },
    )


def _born_in(month: str) -> Iterator[TicketDocument]:
    listed = created_lists.born_in("TICKET", month)
    while piece := list(islice(listed, _PIECE)):
        yield from documents(piece)
