"""A customer's tickets from every channel: open and solved ones, a search among them, and his organization's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any
from urllib.parse import urlencode

from chalice import Response

from chalicelib import signing
from chalicelib.actions import find_organization_tickets, search_own_tickets
from chalicelib.actions.search_own_tickets import Found
from chalicelib.domain.customer import Customer
from chalicelib.domain.organization import Organization
from chalicelib.domain.ticket import Ticket
from chalicelib.portal import pages
from chalicelib.store import last_words, own_tickets
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

PAGE = 20
OPEN, SOLVED, ORGANIZATION = "open", "solved", "organization"
# So many of an organization's tickets are looked through for a word.
SEARCHED = 200
_PLACE = "organization-tickets"


@dataclass(frozen=True)
class _Shelf:
    """What one tab shows: `tickets` of it, `counts` of his own tabs, and of an organization who wrote them.

    Not `all_read` if a search looked at the whole of the newest only. What is to be turned by numbered pages is here
    whole; of an organization it is a page, with the place it ends at.
    """

    tab: str
    tickets: list[Ticket]
    counts: dict[str, int]
    names: Mapping[str, str] = field(default_factory=dict)
    all_read: bool = True
    is_a_page: bool = False
    after: str | None = None


@doors.get("/{lang}/tickets")
def mine(visit: Visit) -> Response:
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    organization = find_organization_tickets.organization_of(viewer)
    q = visit.query.get("q", "").strip()[: search_own_tickets.MAX_QUERY]
    shelf = _shelf(visit, viewer, organization, q)
    page, last = (1, 1) if shelf.is_a_page else _page(visit, len(shelf.tickets))
    listed = shelf.tickets[(page - 1) * PAGE : page * PAGE]
    here = _address(visit, shelf.tab, q)
    return pages.show(
        visit,
        "tickets",
        viewer,
        area="tickets",
        q=q,
        tab=shelf.tab,
        counts=shelf.counts,
        organization=organization,
        names=shelf.names,
        tickets=listed,
        total=len(shelf.tickets),
        words=last_words.of(listed, viewer.all_ids),
        own_ids=viewer.all_ids,
        page=page,
        last_page=last,
        all_read=shelf.all_read,
        most_read=search_own_tickets.MOST_READ,
        here=here,
        newest=here if shelf.is_a_page and visit.query.get("after") else None,
        older=f"{here}&after={_sealed(viewer, shelf.after)}" if shelf.after else None,
    )


def _shelf(visit: Visit, viewer: Customer, organization: Organization | None, q: str) -> _Shelf:
    """A search goes through all that the tab's owner may see, whatever its state."""
    own = own_tickets.of(viewer.all_ids)
    solved = [ticket for ticket in own if ticket.group == "done"]
    standing = [ticket for ticket in own if ticket.group != "done"]
    counts = {OPEN: len(standing), SOLVED: len(solved)}
    asked = visit.query.get("show", "")
    if asked == ORGANIZATION and organization:
        return _of_organization(visit, viewer, organization, q, counts)
    tab = SOLVED if asked == SOLVED else OPEN
    found = search_own_tickets.search(q, own) if q else Found(solved if tab == SOLVED else standing)
    return _Shelf(tab, found.tickets, counts, all_read=found.all_read)


def _of_organization(
    visit: Visit, viewer: Customer, organization: Organization, q: str, counts: dict[str, int]
) -> _Shelf:
    """A page of its tickets; a search goes through the newest of them."""
    if q:
        shared = find_organization_tickets.page(organization, SEARCHED)
        found = search_own_tickets.search(q, shared.tickets)
        return _Shelf(ORGANIZATION, found.tickets, counts, shared.names, found.all_read and shared.after is None)
    after = signing.unseal(_PLACE, visit.query.get("after", ""))
    place = after[1] if isinstance(after, list) and after[:1] == [viewer.id] else None
    shared = find_organization_tickets.page(organization, PAGE, place)
    return _Shelf(ORGANIZATION, shared.tickets, counts, shared.names, is_a_page=True, after=shared.after)


def _sealed(viewer: Customer, place: str) -> str:
    return signing.seal(_PLACE, [viewer.id, place])


def _page(visit: Visit, total: int) -> tuple[int, int]:
    """The page that was asked for, as far as there are any, and the last one."""
    last = max(1, ceil(total / PAGE))
    typed = visit.query.get("page", "")
    return (min(max(1, int(typed)), last) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1), last


def _address(visit: Visit, tab: str, q: str) -> str:
    """This list without its page: what pages add theirs to."""
    told: dict[str, Any] = {"show": tab} | ({"q": q} if q else {})
    return f"/{pages.language(visit)}/tickets?{urlencode(told)}"
