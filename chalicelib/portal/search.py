"""Searching the help centre, as whoever is signed in. What customers search for is counted (`note_search`)."""

from types import SimpleNamespace

from chalice import Response

from chalicelib import i18n
from chalicelib.actions import note_search
from chalicelib.portal import article_page, pages
from chalicelib.portal.home import audience
from chalicelib.search import articles as index
from chalicelib.search.documents import Hit, Results, Suggestion
from chalicelib.store import articles
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

PAGE = 10
MAX_QUERY = 200
EVERY = "all"


@doors.get("/{lang}/search")
def search(visit: Visit) -> Response:
    """In the page's language and, where that has nothing, in the others; or in the `language` chosen (or `all`)."""
    lang, viewer = pages.language(visit), pages.customer(visit)
    q = " ".join(visit.query.get("q", "").split())[:MAX_QUERY]
    wanted, number, language = visit.query.get("category"), _page_number(visit), _language(visit, lang)
    found, elsewhere = _found(q, language, lang, audience(viewer), wanted, (number - 1) * PAGE)
    if number == 1 and not wanted and language == lang:
        # What only another language has, an author is to hear of.
        hits = 0 if elsewhere else found.total
        note_search.note(q, lang, hits, visitor=visit.browser, agent=visit.headers.get("user-agent", ""))
    categories = articles.categories()
    names = {one.id: one.in_locale(lang).name for one in categories}
    return pages.show(
        visit,
        "results",
        viewer,
        canonical=pages.absolute(f"/{lang}/search"),
        q=q,
        hits=[_hit(hit, names) for hit in found.hits],
        total=found.total,
        elsewhere=elsewhere,
        language=language,
        shown_for=found.did_you_mean,
        categories=categories,
        counts=found.categories,
        wanted=wanted,
        number=number,
        last=max(1, -(-found.total // PAGE)),
    )


@doors.post("/{lang}/search/opened")
def opened(visit: Visit) -> Response:
    """For the script: an article was opened from what was found for `q`."""
    visit.refuse_forged()
    lang, q = pages.language(visit), visit.line("q")[:MAX_QUERY]
    note_search.note_opened(q, lang, visitor=visit.browser, agent=visit.headers.get("user-agent", ""))
    return answer.nothing(visit)


def address_of(found: Hit | Suggestion) -> str:
    """Where its readers find it."""
    return article_page.path(found.visibility, found.locale, found.slug)


def _found(q: str, language: str, lang: str, reader: str, category_id: str | None, offset: int) -> tuple[Results, bool]:
    """What is found, and whether it was found in other languages than that of the page, which has nothing."""
    if not q:
        return Results(), False
    locale = None if language == EVERY else language
    here = index.search(q, locale=locale, audience=reader, category_id=category_id, limit=PAGE, offset=offset)
    if here.total or language != lang:
        return here, False
    there = index.search(q, locale=None, audience=reader, category_id=category_id, limit=PAGE, offset=offset)
    return there, there.total > 0


def _language(visit: Visit, lang: str) -> str:
    asked = visit.query.get("language", lang)
    return asked if asked in (*i18n.LOCALES, EVERY) else lang


def _page_number(visit: Visit) -> int:
    asked = visit.query.get("page", "1")
    return min(max(int(asked), 1), 1000) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


def _hit(hit: Hit, categories: dict[str, str]) -> SimpleNamespace:
    from markupsafe import Markup

    return SimpleNamespace(
        title=Markup(hit.title_html),
        snippet=Markup(hit.snippet),
        locale=hit.locale,
        url=address_of(hit),
        category=categories.get(hit.category_id, ""),
    )
