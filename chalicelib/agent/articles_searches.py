"""What customers searched for in the help centre, and above all what they did not find: the next articles to write."""

from chalice import Response

from chalicelib.agent import pages
from chalicelib.agent.articles import HERE as ARTICLES
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain.article import LOCALES
from chalicelib.store import searches
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

HERE = f"{ARTICLES}/searches"
MOST_SHOWN = 100
SPANS = (7, 30, 90)


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    query = desk.visit.query
    days = next((span for span in SPANS if query.get("days") == str(span)), 30)
    locale = query["locale"] if query.get("locale") in LOCALES else ""
    found_too = query.get("all") == "1"
    read = searches.read if found_too else searches.in_vain
    found = read(days, (locale,) if locale else LOCALES)
    return pages.show(
        desk,
        "article_searches",
        area="articles",
        tab="searches",
        listed=found[:MOST_SHOWN],
        total=len(found),
        days=days,
        spans=SPANS,
        locale_wanted=locale,
        found_too=found_too,
    )
