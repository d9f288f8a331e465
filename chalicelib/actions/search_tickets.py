"""Finds tickets for agents: by number, id or contact through their keys, and by words through the index.

Every ticket shown is read when it is found, so that it is as it is now, and what was erased is not there.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib import clock, ids
from chalicelib.actions import identify_customer, index_tickets
from chalicelib.actions.identify_customer import Person
from chalicelib.channels import phone_numbers
from chalicelib.domain.contact import normal_email
from chalicelib.domain.customer import Customer
from chalicelib.domain.ticket import MAX_DIGITS, Ticket
from chalicelib.errors import Invalid, Unavailable
from chalicelib.search import highlight, text, ticket_engine
from chalicelib.search.tickets import MAX_REACHED
from chalicelib.search.tickets_documents import NOBODY, Results, Span
from chalicelib.store import created_lists, customers, ticket_lists, tickets, unindexed
from chalicelib.store.ticket_lists import ANY, Wanted

# A new ticket is marked by the job that its event starts; until then the index of births shows it.
NOT_YET_MARKED = timedelta(minutes=2)
# Beyond so many changes at once the oldest wait for the publication, which then comes at once.
MOST_FRESH = 200
# In what was said in the tickets of a page: a snippet is found by looking at every word.
MOST_SIGNS_READ = 1_000_000
EXACT_SCORE = 10_000.0
# A line of the inbox shows little more.
SNIPPET_WORDS = 14
_MOST_BORN = 50
_MOST_OF_CUSTOMER = 100
_PHONE = re.compile(r"(tel:)?[+\uff0b]?[\d\s().\-/\u200e\u200f\u2066-\u2069]{5,40}", re.IGNORECASE)
# Beside white space, marks of direction: they come along when a number is copied from a page.
_UNSEEN = r"[\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
_UNSEEN_AROUND = re.compile(f"^{_UNSEEN}|{_UNSEEN}$")
_READ_AT_ONCE = 8


@dataclass(frozen=True)
class Hit:
    """A ticket found.

    `subject` and `snippet` (a stretch of what was said) are safe HTML, with the words asked for in `<mark>`.
    """

    ticket: Ticket
    subject: str
    snippet: str
    score: float


@dataclass(frozen=True)
class Found:
    """One page, best first; `after` is how many to leave out for the next page, None at the end.

    `total` counts all that the index has, but for those of this page that are gone or fit no more.
    `did_you_mean` is the query with its misspelt words mended (`hits` already hold what that finds), or None.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    did_you_mean: str | None = None
    after: int | None = None


def search(query: str, wanted: Wanted, limit: int, offset: int = 0) -> Found:
    """Tickets for `query` among those that are `wanted` (by status, team, assignee, customer, channel, tag and birth).

    First those that are called so: by number, id, a contact of their customer; then those that hold the words.

    Raises:
        errors.Unavailable: nothing is called so, and the index does not answer.
    """
    query = bare(query)
    if wanted.customer_id:
        wanted = replace(wanted, customer_ids=customers.all_ids(wanted.customer_id))
    called = [ticket for ticket in _named(query) if ticket.erased_at is None]
    named = [ticket for ticket in called if wanted.holds(ticket)]
    shown = named[offset : offset + limit]
    start = max(0, offset - len(named))
    words = _by_words(query, wanted, called, limit - len(shown), start)
    scores = {ticket.id: EXACT_SCORE for ticket in shown} | {hit.ticket_id: hit.score for hit in words.hits}
    now = tickets.get_all([*scores])
    scored = [(now[id], score) for id, score in scores.items() if id in now]
    kept = [(ticket, score) for ticket, score in scored if wanted.holds(ticket) and ticket.erased_at is None]
    counted, reached = len(named) + words.total, offset + limit
    return Found(
        hits=tuple(_hits(kept, words.terms)),
        total=counted - (len(shown) + len(words.hits) - len(kept)),
        did_you_mean=words.did_you_mean,
        after=reached if reached < min(counted, MAX_REACHED) else None,
    )


def customer_called(typed: str) -> Customer | None:
    """The customer whose contact was typed, in whatever way people write it."""
    return next(filter(None, map(identify_customer.find, _persons(bare(typed)))), None)


def bare(query: str) -> str:
    """The query without white space and marks of direction around it."""
    return _UNSEEN_AROUND.sub("", query)


def number_in(query: str) -> int | None:
    """The ticket number that was typed, if nothing else was: `#1042`, `1042`, ١٠٤٢."""
    digits = bare(query).removeprefix("#").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= MAX_DIGITS else None


def _named(query: str) -> list[Ticket]:
    """The tickets that are called what was typed, as it is."""
    typed = query.strip()
    if ids.is_id(typed, "tkt"):
        return list(tickets.get_all([typed]).values())
    number = number_in(typed)
    numbered = tickets.id_of(number) if number is not None else None
    found = list(tickets.get_all([numbered]).values()) if numbered else []
    if not typed.startswith("#"):
        found += [ticket for ticket in _of_customer(typed) if ticket.id != numbered]
    return found


def _of_customer(typed: str) -> Sequence[Ticket]:
    """The newest tickets of the customer whose contact was typed."""
    customer = customer_called(typed)
    return ticket_lists.page(Wanted(customer_id=customer.id), _MOST_OF_CUSTOMER).tickets if customer else ()


def _persons(typed: str) -> Iterator[Person]:
    if "@" in typed:
        try:
            yield Person("email", normal_email(typed))
        except Invalid:
            return
    phone = phone_numbers.parse(typed) if _PHONE.fullmatch(typed) else None
    if phone:
        yield Person("phone", phone)
    if typed and len(typed) <= 200:
        yield Person("external", typed)


def _by_words(query: str, wanted: Wanted, called: Sequence[Ticket], limit: int, offset: int) -> Results:
    """What the index finds beside tickets that are `called` so: then, or for an address, only just what was typed."""
    typed = query.strip()
    if called and (typed.startswith("#") or ids.is_id(typed, "tkt")):
        return Results()
    try:
        return _in_index(typed, wanted, called, limit, offset)
    except Unavailable:
        if not called:
            raise
        return Results()  # an index that is down need not keep anybody from what he named


def _in_index(typed: str, wanted: Wanted, called: Sequence[Ticket], limit: int, offset: int) -> Results:
    marks = unindexed.read(MOST_FRESH)
    names = {ticket.id for ticket in called}
    touched = [*marks.stamps, *_just_born(marks.stamps)]
    now = index_tickets.changed([ticket_id for ticket_id in touched if ticket_id not in names])
    found: Results = ticket_engine.chosen().search(
        typed,
        fresh=now.entries,
        without=now.gone.union(names),
        filters=_filters(wanted),
        born=Span(wanted.created_after, wanted.created_before),
        generation=marks.generation,
        limit=limit,
        offset=offset,
        strictly=bool(called) or ("@" in typed and " " not in typed),
    )
    return found


def _just_born(marked: Collection[str]) -> list[str]:
    born = created_lists.born_since("TICKET", clock.now() - NOT_YET_MARKED, _MOST_BORN)
    return [ticket_id for ticket_id in born if ticket_id not in marked]


def _filters(wanted: Wanted) -> dict[str, tuple[str, ...]]:
    whose = {"team_id": wanted.team_id, "assignee_id": wanted.assignee_id}
    found: dict[str, tuple[str, ...]] = {name: (id or NOBODY,) for name, id in whose.items() if id != ANY}
    if wanted.statuses:
        found["status"] = wanted.statuses
    if wanted.channel:
        found["channel"] = (wanted.channel,)
    if wanted.tag:
        found["tag"] = (wanted.tag,)
    if wanted.customer_id:
        found["customer_id"] = (wanted.customer_id, *wanted.customer_ids)
    return found


def _hits(scored: Sequence[tuple[Ticket, float]], terms: Collection[str]) -> Iterator[Hit]:
    each = min(index_tickets.MOST_SIGNS, MOST_SIGNS_READ // max(1, len(scored)))
    with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
        snippets = threads.map(lambda pair: _snippet(pair[0], frozenset(terms), each), scored)
        for (ticket, score), snippet in zip(scored, snippets, strict=True):
            yield Hit(ticket, highlight.mark(ticket.subject, terms), snippet, score)


def _snippet(ticket: Ticket, terms: frozenset[str], most_signs: int) -> str:
    """From the preview if a word stands there, else from the message that holds the most; else the preview."""
    if not terms or _holding(ticket.preview, terms):
        return highlight.snippet(ticket.preview, terms, SNIPPET_WORDS)
    said = index_tickets.said(ticket.id, most_signs)
    best = max(said, key=lambda one: _holding(one, terms), default="")
    return highlight.snippet(best if _holding(best, terms) else ticket.preview, terms, SNIPPET_WORDS)


def _holding(said: str, terms: frozenset[str]) -> int:
    return len(terms.intersection(term for word in set(text.words(said)) for term in text.terms(word)))
