"""Searches the tickets a customer may read: their subjects, and what was said in the newest of them.

Not the agents' index: that knows notes, and whoever learns which ticket holds a word learns of the word.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from chalicelib.domain.ticket import MAX_DIGITS, Ticket
from chalicelib.search import text
from chalicelib.store import tickets

# Of so many the threads are read, each a query; of older ones subject and last words alone are looked at.
MOST_READ = 50
MAX_QUERY = 200
_AT_ONCE = 8


def search(query: str, listed: Sequence[Ticket]) -> list[Ticket]:
    """Those of the tickets that hold every word of the query, or have that number; in their order."""
    typed = query.strip()[:MAX_QUERY]
    digits = typed.removeprefix("#")
    if digits.isdecimal() and len(digits) <= MAX_DIGITS:
        numbered = [ticket for ticket in listed if ticket.number == int(digits)]
        if numbered:
            return numbered
    wanted = set(text.analyse(typed))
    if not wanted:
        return []
    told = {ticket.id for ticket in listed if wanted <= _terms(ticket.subject, ticket.preview)}
    left = [ticket for ticket in listed if ticket.id not in told][:MOST_READ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        said = dict(zip((one.id for one in left), pool.map(_said, left), strict=True))
    return [ticket for ticket in listed if ticket.id in told or wanted <= said.get(ticket.id, set())]


def _said(ticket: Ticket) -> set[str]:
    """The words of the newest messages that a customer can see."""
    thread = tickets.thread(ticket.id)
    listed = thread.messages if thread else ()
    public = [message.text for message in listed if message.is_public and not message.unknown_sender]
    return _terms(ticket.subject, *public)


def _terms(*texts: str) -> set[str]:
    return set(text.analyse("\n".join(texts)))
