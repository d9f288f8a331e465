"""What an export holds, section by section; each is read page by page, and any page can be the first of a step.

Small things come through this API's own lists, so that they look as they do there and tell no secret. Tickets and
customers come from the `created` index: what stood when the export began is there once, whatever is added meanwhile.
"""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import msgspec

from chalicelib.api import article_history, inner_calls, shapes
from chalicelib.api import consents as consents_api
from chalicelib.api import customer_events as customer_events_api
from chalicelib.api import customer_notes as customer_notes_api
from chalicelib.api import ratings as ratings_api
from chalicelib.domain.api_key import ApiKey
from chalicelib.domain.job import OWN_EXPORT, Job
from chalicelib.domain.message import Attachment, Message
from chalicelib.domain.ticket import Ticket
from chalicelib.store import (
    article_versions,
    articles,
    consents,
    created_lists,
    customer_events,
    customer_notes,
    customer_tickets,
    customers,
    keys,
    messages,
    ratings,
    threads,
    tickets,
)

_PAGE = 100
# What a page may hold at most, in memory at once: events have 8 KB, messages up to some hundred.
_MOST_EVENTS = 1000
_TICKETS = 40
_MESSAGES = 50
_VERSIONS = 20
_AT_ONCE = 8
_UNSAFE = re.compile(r"[\x00-\x1f/\\:*?\"<>|]")


@dataclass
class Page:
    """Records by their kind, and where to read on (None: the section is at its end)."""

    records: dict[str, list[Any]] = field(default_factory=dict)
    after: Any = None

    def add(self, kind: str, record: Any) -> None:
        self.records.setdefault(kind, []).append(msgspec.to_builtins(record))


@dataclass(frozen=True)
class Section:
    """`kinds` are all that its pages may hold."""

    kinds: tuple[str, ...]
    read: Callable[[Job, ApiKey | None, Any], Page]


def sections(type: str) -> list[Section]:
    """The sections of an export of that type, in their order."""
    return {"customer_export": _OF_CUSTOMER, OWN_EXPORT: _OF_HIMSELF}.get(type, _OF_ALL)


def _listed(path: str) -> Callable[[Job, ApiKey | None, Any], Page]:
    """A list of the API, read as the key that made the job would read it."""

    def read(job: Job, key: ApiKey | None, after: Any) -> Page:
        assert key is not None
        query = {"limit": str(_PAGE)} | ({"cursor": after} if after else {})
        made = inner_calls.ask(key, "GET", path, query=query)
        if made.status != 200:
            raise NotListed(f"{path}: {made.status}")
        body = msgspec.to_builtins(made.body)
        return Page({_kind(path): body["data"]}, body["next_cursor"])

    return read


class NotListed(Exception):
    """A list of our own API did not answer; the step is tried again."""


def _customers(job: Job, key: ApiKey | None, after: Any) -> Page:
    """`after` is the place in the list of customers, and who of those before it have more events, from where on."""
    place, left = after or (keys.time(job.created_at) + "~", [])
    page = Page()
    if not left:
        found = created_lists.page("CUSTOMER", _PAGE, place)
        place, left = found.after, _add_customers(page, found.ids)
    left = _add_events(page, left)
    page.after = [place, left] if place or left else None
    return page


def _himself(job: Job, key: ApiKey | None, after: Any) -> Page:
    """What a customer told of himself, and what he allowed; not what the shop marked him with."""
    page = Page()
    for customer in customers.get_all(job.wanted["customer_ids"]).values():
        told = msgspec.to_builtins(shapes.customer(customer))
        page.add("customers", {name: value for name, value in told.items() if name not in _THE_SHOPS})
        _add_consents(page, customer.id)
    return page


def _one_customer(job: Job, key: ApiKey | None, after: Any) -> Page:
    """`after` is whose events are left, and from where on: one person may have been several customers."""
    page = Page()
    page.after = _add_events(page, after or _add_customers(page, job.wanted["customer_ids"])) or None
    return page


def _add_customers(page: Page, customer_ids: Sequence[str]) -> list[list[Any]]:
    """Returns whose events are to be read, all from the beginning."""
    found = customers.get_all(customer_ids)
    for customer in found.values():
        page.add("customers", shapes.customer(customer))
        _add_consents(page, customer.id)
        _add_notes(page, customer.id)
    return [[id, None] for id in found]


def _add_consents(page: Page, customer_id: str) -> None:
    """All that he allowed or not: a handful, since each is a change of his mind."""
    reached: str | None = None
    while True:
        listed, reached = consents.page([customer_id], _PAGE, reached)
        for one in listed:
            page.add("consents", consents_api.shape(one))
        if reached is None:
            return


def _add_notes(page: Page, customer_id: str) -> None:
    """All that agents wrote about him by hand."""
    found = customer_notes.page([customer_id], _PAGE)
    while found.notes:
        for note in found.notes:
            page.add("customer_notes", customer_notes_api.shape(note))
        if found.after is None:
            return
        found = customer_notes.page([customer_id], _PAGE, found.after)


def _add_events(page: Page, left: list[list[Any]]) -> list[list[Any]]:
    """Returns whose events are left when the page is full."""
    while left and len(page.records.get("customer_events", ())) < _MOST_EVENTS:
        (customer_id, reached), *others = left
        listed, reached = customer_events.page([customer_id], _PAGE, reached)
        for event in listed:
            page.add("customer_events", customer_events_api.shape(event))
        left = [[customer_id, reached], *others] if reached else others
    return left


def _article_versions(job: Job, key: ApiKey | None, after: Any) -> Page:
    """`after` is the place in the list of articles, and which of those before it have more versions, from where on."""
    place, left = after or (keys.time(job.created_at) + "~", [])
    if not left:
        found = created_lists.page("ARTICLE", _PAGE, place)
        place, left = found.after, [[id, None] for id in found.ids]
    page = Page()
    left = _add_versions(page, left)
    page.after = [place, left] if place or left else None
    return page


def _add_versions(page: Page, left: list[list[Any]]) -> list[list[Any]]:
    """Returns whose versions are left when the page is full; each may have two long texts."""
    while left and len(page.records.get("article_versions", ())) < _VERSIONS:
        (article_id, reached), *others = left
        article = articles.get(article_id)
        if article is None or article.is_deleted:
            left = others
            continue
        found = article_versions.page(article, _VERSIONS, reached)
        for whole in article_versions.all_whole(article, found.versions):
            page.add("article_versions", article_history.whole(whole, "en"))
        left = [[article_id, found.after], *others] if found.after else others
    return left


def _tickets(job: Job, key: ApiKey | None, after: Any) -> Page:
    """`after` is the place in the list of tickets, and which of those before it have more messages, from where on."""
    place, left = after or (keys.time(job.created_at) + "~", [])
    if not left:
        found = created_lists.page("TICKET", _TICKETS, place)
        place, left = found.after, [[id, ""] for id in found.ids]
    page = Page()
    left = _add_tickets(page, left)
    page.after = [place, left] if place or left else None
    return page


def _tickets_of_customer(job: Job, key: ApiKey | None, after: Any) -> Page:
    """`after` is which of the ids that he has had, the place among that one's tickets, and what is left of those."""
    at, place, left = after or (0, "", [])
    ids = job.wanted["customer_ids"]
    if not left:
        listed = customer_tickets.page(ids[at], place)
        at, place = (at, listed[-1].place) if listed else (at + 1, "")
        left = [[one.ticket_id, ""] for one in listed]
    page = Page()
    left = _add_tickets(page, left)
    page.after = [at, place, left] if left or at < len(ids) else None
    return page


def _own_tickets(job: Job, key: ApiKey | None, after: Any) -> Page:
    """His tickets as he sees them: no notes, and of raw mails those that he sent himself."""
    page = _tickets_of_customer(job, key, after)
    tickets_, messages_ = page.records.get("tickets", []), page.records.get("messages", [])
    page.records["tickets"] = [{k: v for k, v in one.items() if k not in _THE_SHOPS} for one in tickets_]
    shown = [one for one in messages_ if one["visibility"] == "public"]
    page.records["messages"] = shown
    wanted = {file["url"] for one in shown for file in one["attachments"]}
    wanted |= {f"mails/{one['id']}.eml" for one in shown if one["author"]["type"] == "customer"}
    page.records["files"] = [one for one in page.records.get("files", []) if one["path"] in wanted]
    return page


def _add_tickets(page: Page, wanted: list[list[Any]]) -> list[list[Any]]:
    """Returns which of them have more messages, and from where on."""
    left = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for (ticket_id, _), one in zip(wanted, pool.map(_ticket, wanted), strict=True):
            for kind, listed in one.records.items():
                page.records.setdefault(kind, []).extend(listed)
            if one.after:
                left.append([ticket_id, one.after])
    return left


def _ticket(wanted: list[Any]) -> Page:
    """The ticket with its first messages, or the next ones of it."""
    (ticket_id, start), page = wanted, Page()
    ticket = tickets.get(ticket_id)
    if ticket:
        if not start:
            page.add("tickets", shapes.ticket(ticket))
            _add_rating(page, ticket)
        page.after = _add_messages(page, ticket, start or "MESSAGE#")
    return page


def _add_rating(page: Page, ticket: Ticket) -> None:
    rating = ratings.get(ticket.id)
    if rating:
        page.add("ratings", ratings_api.shape(rating))


def _add_messages(page: Page, ticket: Ticket, start: str) -> str | None:
    """What was written in this very ticket; what was merged in stands with the ticket it was written in."""
    found, sent = threads.split(threads.read_up(ticket.id, start, _MESSAGES))
    for message in messages.all_whole(found):
        told = msgspec.to_builtins(shapes.message(message, sent.get((message.id, "reply"))))
        told["attachments"] = [_attachment(page, message, one) for one in message.attachments]
        page.add("messages", told)
        if message.raw_key:
            _add_file(page, f"mails/{message.id}.eml", message.raw_key, "mail")
    return f"MESSAGE#{found[-1].id}$" if len(found) == _MESSAGES else None


def _attachment(page: Page, message: Message, one: Attachment) -> dict[str, Any]:
    """The attachment as the API shows it, with its place in the archive for an address."""
    path = f"files/{message.ticket_id}/{one.id}-{_UNSAFE.sub('_', one.name)[-100:]}"
    _add_file(page, path, one.key, "files")
    return msgspec.to_builtins(shapes.attachment(one)) | {"url": path}


def _add_file(page: Page, path: str, key: str, bucket: str) -> None:
    page.add("files", {"path": path, "key": key, "bucket": bucket})


def _kind(path: str) -> str:
    return path.rpartition("/")[2].replace("-", "_")


_LISTS = (
    "/v1/agents",
    "/v1/teams",
    "/v1/fields",
    "/v1/macros",
    "/v1/synonyms",
    "/v1/api-keys",
    "/v1/webhooks",
    "/v1/organizations",
    "/v1/blocked-senders",
    "/v1/categories",
    "/v1/articles",
)
_CONVERSATIONS = ("tickets", "ratings", "messages", "files")
_PEOPLE = ("customers", "consents", "customer_events", "customer_notes")
_OF_ALL = [
    *(Section((_kind(path),), _listed(path)) for path in _LISTS),
    Section(("article_versions",), _article_versions),
    Section(_PEOPLE, _customers),
    Section(_CONVERSATIONS, _tickets),
    Section(("events",), _listed("/v1/events")),
]
# What the shop put on a customer or a ticket of his for its own work.
_THE_SHOPS = ("tags", "custom_fields", "team_id", "assignee_id", "priority")
_OF_HIMSELF = [Section(("customers", "consents"), _himself), Section(_CONVERSATIONS, _own_tickets)]
_OF_CUSTOMER = [Section(_PEOPLE, _one_customer), Section(_CONVERSATIONS, _tickets_of_customer)]
