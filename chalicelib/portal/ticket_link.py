"""The short link of an SMS: a page with one button, which opens that one conversation and signs nobody in.

Looking says nothing and reads nothing of any ticket, so a link that is forged looks like one that is not: messengers
and scanners open every link, and pictures of pages go into chats.
"""

from datetime import timedelta

from chalice import Response

from chalicelib.actions import open_ticket_link
from chalicelib.channels import ticket_links
from chalicelib.errors import NotFound, TooManyRequests
from chalicelib.portal import pages, readers
from chalicelib.store import allowances
from chalicelib.store.allowances import Allowance
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

# Links that open nothing, from one place on the network: a whole mobile network may be one place.
WRONG = Allowance("wrong-ticket-link", 60, timedelta(minutes=15))


@doors.get("/{lang}/t/{token}")
def look(visit: Visit) -> Response:
    if ticket_links.number(visit.params["token"]) is None:
        raise NotFound("There is nothing at this address.")
    return _unlisted(pages.show(visit, "ticket_link", None, area="", ended=False))


@doors.post("/{lang}/t/{token}")
def spend(visit: Visit) -> Response:
    visit.refuse_forged()
    if allowances.is_spent(WRONG, visit.client):
        raise TooManyRequests("Too many links were tried from there.")
    opened = open_ticket_link.open(visit.params["token"])
    if opened is None:
        allowances.take(WRONG, visit.client)
        return _unlisted(pages.show(visit, "ticket_link", None, area="", status=410, ended=True))
    opens = readers.begin(opened.customer_id, opened.contact, opened.ticket.id)
    return answer.redirect(visit, f"/{pages.language(visit)}/tickets/{opened.ticket.number}", opens)


def _unlisted(page: Response) -> Response:
    """The page, which no search engine is to list or keep."""
    page.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return page
