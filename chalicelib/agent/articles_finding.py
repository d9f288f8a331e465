"""Articles to link to, for scripts: found as one types, in the editor and where a customer is answered."""

from chalice import Response

from chalicelib import i18n
from chalicelib.actions import offer_articles
from chalicelib.actions.offer_articles import Offer
from chalicelib.agent import pages
from chalicelib.agent.articles import HERE, MAX_QUERY
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain.article import LOCALES
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)


@doors.get(f"{HERE}/find")
@for_agents
def find(desk: Desk) -> Response:
    """JSON: `articles` with title, locale, path in the help centre, whole address, and why one is `refused`."""
    query = desk.visit.query
    q = " ".join(query.get("q", "").split())[:MAX_QUERY]
    locale = query["locale"] if query.get("locale") in LOCALES else desk.lang
    found = offer_articles.offers(q, locale) if q else []
    said = i18n.translate(desk.lang, "No article answers these words.") if q and not found else ""
    told = {"articles": [_told(one, desk.lang) for one in found], "words": said}
    return answer.data(desk.visit, told)


def _told(offer: Offer, lang: str) -> dict[str, str | None]:
    return {
        "title": offer.title,
        "locale": offer.locale,
        "url": offer.path,
        "link": offer.url,
        "refused": None if offer.may_be_linked else i18n.translate(lang, "For agents only: customers cannot open it."),
    }
