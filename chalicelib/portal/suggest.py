"""What may be meant, while somebody types into a search box: told to our own script, for who is signed in."""

from chalice import Response

from chalicelib.portal import pages
from chalicelib.portal.home import audience
from chalicelib.portal.search import address_of
from chalicelib.search import articles as index
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)


@doors.get("/{lang}/suggest")
def suggest(visit: Visit) -> Response:
    """Articles in the page's language or, where it has none, in the others; at most eight."""
    lang = pages.language(visit)
    q, reader = visit.query.get("q", ""), audience(pages.customer(visit))
    found = index.suggest(q, locale=lang, audience=reader)
    if not found.found:
        found = index.suggest(q, locale=None, audience=reader)
    told = [{"title": one.title, "title_html": one.title_html, "url": address_of(one)} for one in found.found]
    return answer.data(visit, {"suggestions": told, "did_you_mean": found.did_you_mean})
