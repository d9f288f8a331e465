"""What the inbox's search box finds: a page of its own without scripts, at an address that can be shared."""

from chalice import Response

from chalicelib.agent import pages
from chalicelib.agent.pages import Desk
from chalicelib.errors import Unavailable
from chalicelib.store.ticket_lists import Wanted
from chalicelib.web import answer

MAX_QUERY = 200
PAGE = 25


def found(desk: Desk) -> Response:
    """The tickets for `?q=`; a number with its sign (`#1042`) goes right to its ticket. 503 if nothing answers."""
    from markupsafe import Markup

    from chalicelib.actions import search_tickets

    q = " ".join(desk.visit.query["q"].split())[:MAX_QUERY]
    number = _page_number(desk.visit.query.get("page", "1"))
    try:
        page = search_tickets.search(q, Wanted(), PAGE, (number - 1) * PAGE)
    except Unavailable:
        return pages.show(desk, "search", status=Unavailable.status, q=q, tickets=[], is_down=True)
    if q.startswith("#") and search_tickets.number_in(q) and len(page.hits) == page.total == 1:
        return answer.redirect(desk.visit, f"/agent/tickets/{page.hits[0].ticket.number}")
    return pages.show(
        desk,
        "search",
        q=q,
        is_down=False,
        people={one.id: one.name_in(desk.lang) for one in desk.staff.agents.values()},
        tickets=[hit.ticket for hit in page.hits],
        marked={hit.ticket.id: (Markup(hit.subject), Markup(hit.snippet)) for hit in page.hits},
        total=page.total,
        shown_for=page.did_you_mean,
        number_of_page=number,
        pages=-(-min(page.total, search_tickets.MAX_REACHED) // PAGE),
    )


def _page_number(asked: str) -> int:
    return min(max(int(asked), 1), 1000) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
