"""Searching the help centre, as whoever is signed in."""

from types import SimpleNamespace

from chalice import Blueprint, Response

from chalicelib.portal import pages
from chalicelib.portal.home import audience
from chalicelib.search import articles as index
from chalicelib.search.documents import Hit, Results
from chalicelib.store import articles
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)

PAGE = 10
MAX_QUERY = 200


@doors.get("/{lang}/search")
def search(visit: Visit) -> Response:
    lang, viewer = pages.language(visit), pages.customer(visit)
    q = " ".join(visit.query.get("q", "").split())[:MAX_QUERY]
    wanted, number = visit.query.get("category"), _page_number(visit)
    found = _search(q, lang, audience(viewer), wanted, (number - 1) * PAGE) if q else Results()
    categories = articles.categories()
    names = {one.id: one.in_locale(lang).name for one in categories}
    return pages.show(
        visit,
        "results",
        viewer,
        q=q,
        hits=[_hit(hit, names) for hit in found.hits],
        total=found.total,
        shown_for=found.did_you_mean,
        categories=categories,
        counts=found.categories,
        wanted=wanted,
        number=number,
        last=max(1, -(-found.total // PAGE)),
    )


def _search(q: str, lang: str, reader: str, category_id: str | None, offset: int) -> Results:
    """In the visitor's language; where it has nothing, in the others."""
    found = index.search(q, locale=lang, audience=reader, category_id=category_id, limit=PAGE, offset=offset)
    if found.total:
        return found
    return index.search(q, locale=None, audience=reader, category_id=category_id, limit=PAGE, offset=offset)


def _page_number(visit: Visit) -> int:
    asked = visit.query.get("page", "1")
    return min(max(int(asked), 1), 1000) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


def _hit(hit: Hit, categories: dict[str, str]) -> SimpleNamespace:
    from markupsafe import Markup

    return SimpleNamespace(
        title=Markup(hit.title_html),
        snippet=Markup(hit.snippet),
        locale=hit.locale,
        url=f"/{hit.locale}/articles/{hit.slug}",
        category=categories.get(hit.category_id, ""),
    )
