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
READ = {"": searches.in_vain, "unopened": searches.unopened, "all": searches.read}


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    query = desk.visit.query
    days = next((span for span in SPANS if query.get("days") == str(span)), 30)
    locale = query["locale"] if query.get("locale") in LOCALES else ""
    which = query["which"] if query.get("which") in READ else ""
    found = READ[which](days, (locale,) if locale else LOCALES)
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
        which=which,
    )
