"""Articles that may answer what somebody types into the ticket form, and the count of those who then need not send it.

Nothing of what is typed is kept: the words are searched for and forgotten.
"""

from typing import Any

from chalice import Response

from chalicelib.actions import change_ticket
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import Actor
from chalicelib.domain.ticket import Ticket
from chalicelib.portal import pages
from chalicelib.portal.home import audience
from chalicelib.search import articles as index
from chalicelib.search.documents import Hit
from chalicelib.store import deflections, tickets
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

MOST = 3
# What is read of a question: its point is in the beginning, and each word costs.
MAX_WORDS = 500
MAX_SUBJECT = 100
# A question's subject tells more than what is said around it.
SUBJECT_WEIGHT = 3
# Against the best one: what scores less has a word in common by chance.
LEAST_SHARE = 0.4

_Article = dict[str, Any]


@doors.post("/{lang}/tickets/suggestions")
def suggest(visit: Visit) -> Response:
    """For the script, as one types: `subject` and `text`; with `first` the form counts as one that was helped."""
    lang = pages.language(visit)
    visit.refuse_forged()
    found = _found(visit.line("subject"), visit.line("text"), lang, pages.customer(visit))
    if found and visit.form.get("first"):
        deflections.count("suggested")
    return answer.data(visit, {"suggestions": found})


@doors.post("/{lang}/tickets/suggestions/opened")
def opened(visit: Visit) -> Response:
    """For the script: the first article was opened from this form."""
    visit.refuse_forged()
    deflections.count("article_opened")
    return answer.nothing(visit)


@doors.post("/{lang}/tickets/answered")
def answered(visit: Visit) -> Response:
    """“This answered my question”: before sending there is nothing to send; what was sent just now is solved."""
    visit.refuse_forged()
    lang, told = pages.language(visit), answer.flashed(visit, "sent")
    ticket = tickets.get(told["ticket"]) if isinstance(told, dict) and visit.form.get("sent") else None
    if visit.form.get("sent") and not (ticket and _withdrawn(ticket)):
        return answer.redirect(visit, f"/{lang}/tickets/sent")
    deflections.count("answered")
    return answer.redirect(visit, f"/{lang}/tickets/answered", [answer.flash("sent", None)])


@doors.get("/{lang}/tickets/answered")
def glad(visit: Visit) -> Response:
    return pages.show(visit, "ticket_answered", pages.customer(visit), area="help")


def to_ticket(visit: Visit, viewer: Customer | None, ticket: Ticket) -> list[_Article]:
    """What may answer a ticket that was sent just now, while nobody looked at it."""
    if not _is_untouched(ticket):
        return []
    return _found(ticket.subject, ticket.preview, pages.language(visit), viewer)


def count_sent(visit: Visit) -> None:
    """A form was sent all the same, after what its script tells of it."""
    after = [name for name in ("suggested", "article") if visit.form.get(f"after_{name}")]
    deflections.count("sent", *(f"sent_after_{name}" for name in after))


def _withdrawn(ticket: Ticket) -> bool:
    """Solve it in the name of whoever sent it from this browser; not any more once somebody answered."""
    if not _is_untouched(ticket):
        return False
    change_ticket.change_ticket(ticket.id, {"status": "solved"}, Actor("customer", ticket.customer_id))
    return True


def _is_untouched(ticket: Ticket) -> bool:
    """Whether nobody took it up yet; its customer may have added something."""
    return ticket.status == "new"


def _found(subject: str, text: str, lang: str, viewer: Customer | None) -> list[_Article]:
    query = " ".join([*subject[:MAX_SUBJECT].split() * SUBJECT_WEIGHT, *text.split()])[:MAX_WORDS]
    if not query:
        return []
    hits = index.search(query, locale=lang, audience=audience(viewer), limit=MOST).hits
    return [_article(hit) for hit in hits if hit.score >= LEAST_SHARE * hits[0].score]


def _article(hit: Hit) -> _Article:
    return {"title": hit.title, "title_html": hit.title_html, "url": f"/{hit.locale}/articles/{hit.slug}"}
