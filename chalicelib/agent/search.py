"""What the inbox's search box finds: a page of its own without scripts, at an address that can be shared."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalice import Response

from chalicelib import ids
from chalicelib.agent import pages, search_filters
from chalicelib.agent.pages import Desk
from chalicelib.agent.search_filters import Filters
from chalicelib.domain.channel import CHANNELS
from chalicelib.domain.ticket import STATUSES
from chalicelib.errors import Unavailable
from chalicelib.store import customers
from chalicelib.web import answer

MAX_QUERY = 200
PAGE = 25


def is_asked(query: Mapping[str, str]) -> bool:
    """Whether the address is that of a search: with words, or with filters whose words are missing."""
    return "q" in query and any(value.strip() for value in query.values())


def found(desk: Desk) -> Response:
    """The tickets for `?q=` and its filters; a number with its sign (`#1042`) goes right to its ticket.

    503 if nothing answers. A customer who was named by a contact stands in the address by his id from then on.
    """
    from chalicelib.actions import search_tickets

    q = " ".join(search_tickets.bare(desk.visit.query["q"]).split())[:MAX_QUERY]
    filters = search_filters.read(desk.visit.query, desk.staff)
    unknown = search_filters.unknown(desk.visit.query, filters)
    if unknown or not q:
        return _page(desk, q, filters, unknown=unknown)
    if "" in desk.visit.query.values():  # a form sends its empty fields too, and addresses are to be shared
        return answer.redirect(desk.visit, filters.address(q))
    if filters.names_no_customer_yet:
        named = search_tickets.customer_called(filters.customer)
        if named is None:
            return _page(desk, q, filters, errors={"customer": "customer-unknown"})
        return answer.redirect(desk.visit, replace(filters, customer=named.id).address(q))
    return _searched(desk, q, filters)


def _searched(desk: Desk, q: str, filters: Filters) -> Response:
    from chalicelib.actions import search_tickets

    number = _page_number(desk.visit.query.get("page", "1"))
    try:
        page = search_tickets.search(q, filters.wanted(), PAGE, (number - 1) * PAGE)
    except Unavailable:
        return _page(desk, q, filters, Unavailable.status, is_down=True)
    if q.startswith("#") and search_tickets.number_in(q) and len(page.hits) == page.total == 1:
        return answer.redirect(desk.visit, f"/agent/tickets/{page.hits[0].ticket.number}")
    shown = _shown(page)
    if not page.hits and number > shown["pages"] > 0:
        return answer.redirect(desk.visit, f"{filters.address(q)}&page={shown['pages']}")
    return _page(desk, q, filters, **shown, number_of_page=number)


def _shown(page: Any) -> dict[str, Any]:
    from markupsafe import Markup

    from chalicelib.actions import search_tickets

    return {
        "tickets": [hit.ticket for hit in page.hits],
        "marked": {hit.ticket.id: (Markup(hit.subject), Markup(hit.snippet)) for hit in page.hits},
        "total": page.total,
        "shown_for": page.did_you_mean,
        "pages": -(-min(page.total, search_tickets.MAX_REACHED) // PAGE),
    }


def _page(desk: Desk, q: str, filters: Filters, status: int = 200, **context: Any) -> Response:
    named = customers.get(filters.customer) if ids.is_id(filters.customer, "cus") else None
    given = {
        "q": q,
        "filters": filters,
        "here": filters.address(q),
        "everything": Filters().address(q),
        "errors": {},
        "unknown": {},
        "customer": named.display_name if named else filters.customer,
        "people": {one.id: one.name_in(desk.lang) for one in desk.staff.agents.values()},
        "team_names": {one.id: one.name_in(desk.lang) for one in desk.staff.teams.values()},
        "statuses": STATUSES,
        "channels": CHANNELS,
        "tickets": [],
        "is_down": False,
    }
    return pages.show(desk, "search", status=status, **given | context)


def _page_number(asked: str) -> int:
    return min(max(int(asked), 1), 1000) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
