"""Searches the tickets a customer may read: their subjects, and what was said and attached in the newest of them.

Not the agents' index: that knows notes, and whoever learns which ticket holds a word learns of the word
(docs/decisions/ticket-search.md).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from chalicelib.domain.ticket import MAX_DIGITS, Ticket
from chalicelib.search import text
from chalicelib.store import tickets

# Of so many the threads are read, each a query; of older ones subject and last words alone are looked at.
MOST_READ = 50
MAX_QUERY = 200
_AT_ONCE = 8


@dataclass(frozen=True)
class Found:
    """Tickets in the order they were given in; not `all_read` if of some only subject and last words were looked at."""

    tickets: list[Ticket]
    all_read: bool = True


def search(query: str, listed: Sequence[Ticket]) -> Found:
    """Those of the tickets that hold every word of the query, or have that number."""
    typed = query.strip()[:MAX_QUERY]
    digits = typed.removeprefix("#")
    if digits.isdecimal() and len(digits) <= MAX_DIGITS:
        numbered = [ticket for ticket in listed if ticket.number == int(digits)]
        if numbered:
            return Found(numbered)
    wanted = set(text.analyse(typed))
    if not wanted:
        return Found([])
    told = {ticket.id for ticket in listed if wanted <= _terms(ticket.subject, ticket.preview)}
    left = [ticket for ticket in listed if ticket.id not in told]
    read = left[:MOST_READ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        said = dict(zip((one.id for one in read), pool.map(_said, read), strict=True))
    found = [ticket for ticket in listed if ticket.id in told or wanted <= said.get(ticket.id, set())]
    return Found(found, len(left) == len(read))


def _said(ticket: Ticket) -> set[str]:
    """The words of the newest messages that a customer can see, and the names of their files."""
    thread = tickets.thread(ticket.id)
    listed = thread.messages if thread else ()
    public = [message for message in listed if message.is_public and not message.unknown_sender]
    names = [file.name for message in public for file in message.attachments if not file.inline]
    return _terms(ticket.subject, *(message.text for message in public), *names)


def _terms(*texts: str) -> set[str]:
    return set(text.analyse("\n".join(texts)))
