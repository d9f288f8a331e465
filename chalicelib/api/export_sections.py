"""What an export holds, section by section; each is read page by page, and any page can be the first of a step.

Small things come through this API's own lists, so that they look as they do there and tell no secret. Tickets and
customers come from the `created` index: what stood when the export began is there once, whatever is added meanwhile.
"""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import msgspec

from chalicelib.api import customer_events as customer_events_api
from chalicelib.api import inner_calls, shapes
from chalicelib.domain.api_key import ApiKey
from chalicelib.domain.job import Job
from chalicelib.domain.message import Attachment, Message
from chalicelib.domain.ticket import Ticket
from chalicelib.store import (
    created_lists,
    customer_events,
    customer_tickets,
    customers,
    keys,
    messages,
    threads,
    tickets,
)

_PAGE = 100
_TICKETS = 40
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
    read: Callable[[Job, ApiKey, Any], Page]


def sections(type: str) -> list[Section]:
    """The sections of an export of that type, in their order."""
    return _OF_CUSTOMER if type == "customer_export" else _OF_ALL


def _listed(path: str) -> Callable[[Job, ApiKey, Any], Page]:
    """A list of the API, read as the key that made the job would read it."""

    def read(job: Job, key: ApiKey, after: Any) -> Page:
        query = {"limit": str(_PAGE)} | ({"cursor": after} if after else {})
        made = inner_calls.ask(key, "GET", path, query=query)
        if made.status != 200:
            raise NotListed(f"{path}: {made.status}")
        body = msgspec.to_builtins(made.body)
        return Page({_kind(path): body["data"]}, body["next_cursor"])

    return read


class NotListed(Exception):
    """A list of our own API did not answer; the step is tried again."""


def _customers(job: Job, key: ApiKey, after: Any) -> Page:
    found = created_lists.page("CUSTOMER", _PAGE, after or keys.time(job.created_at) + "~")
    page = Page(after=found.after)
    _add_customers(page, found.ids)
    return page


def _one_customer(job: Job, key: ApiKey, after: Any) -> Page:
    page = Page()
    _add_customers(page, job.wanted["customer_ids"])
    return page


def _add_customers(page: Page, customer_ids: Any) -> None:
    for customer in customers.get_all(customer_ids).values():
        page.add("customers", shapes.customer(customer))
        reached: str | None = None
        while True:
            listed, reached = customer_events.page([customer.id], _PAGE, reached)
            for event in listed:
                page.add("customer_events", customer_events_api.shape(event))
            if reached is None:
                break


def _tickets(job: Job, key: ApiKey, after: Any) -> Page:
    found = created_lists.page("TICKET", _TICKETS, after or keys.time(job.created_at) + "~")
    page = Page(after=found.after)
    _add_tickets(page, found.ids)
    return page


def _tickets_of_customer(job: Job, key: ApiKey, after: Any) -> Page:
    """`after` is which of the ids that he has had, and the place among that one's tickets."""
    at, place = after or (0, "")
    ids = job.wanted["customer_ids"]
    listed = customer_tickets.page(ids[at], place)
    page = Page(after=[at, listed[-1].place] if listed else [at + 1, ""] if at + 1 < len(ids) else None)
    _add_tickets(page, [one.ticket_id for one in listed])
    return page


def _add_tickets(page: Page, ticket_ids: Iterable[str]) -> None:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for one in pool.map(_ticket, ticket_ids):
            for kind, listed in one.records.items():
                page.records.setdefault(kind, []).extend(listed)


def _ticket(ticket_id: str) -> Page:
    page, ticket = Page(), tickets.get(ticket_id)
    if ticket:
        page.add("tickets", shapes.ticket(ticket))
        _add_messages(page, ticket)
    return page


def _add_messages(page: Page, ticket: Ticket) -> None:
    """What was written in this very ticket; what was merged in stands with the ticket it was written in."""
    start, listed = "MESSAGE#", True
    while listed:
        found, sent = threads.split(threads.read_up(ticket.id, start, _PAGE))
        for message in messages.all_whole(found):
            told = msgspec.to_builtins(shapes.message(message, sent.get((message.id, "reply"))))
            told["attachments"] = [_attachment(page, message, one) for one in message.attachments]
            page.add("messages", told)
            if message.raw_key:
                _add_file(page, f"mails/{message.id}.eml", message.raw_key, "mail")
        listed = len(found) == _PAGE
        start = f"MESSAGE#{found[-1].id}$" if found else start


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
    "/v1/api-keys",
    "/v1/webhooks",
    "/v1/organizations",
    "/v1/categories",
    "/v1/articles",
)
_CONVERSATIONS = ("tickets", "messages", "files")
_PEOPLE = ("customers", "customer_events")
_OF_ALL = [
    *(Section((_kind(path),), _listed(path)) for path in _LISTS),
    Section(_PEOPLE, _customers),
    Section(_CONVERSATIONS, _tickets),
    Section(("events",), _listed("/v1/events")),
]
_OF_CUSTOMER = [Section(_PEOPLE, _one_customer), Section(_CONVERSATIONS, _tickets_of_customer)]
