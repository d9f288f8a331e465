"""The way in: the language, the home page, the theme."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

from chalice import Response

from chalicelib import i18n
from chalicelib.domain.article import Category
from chalicelib.domain.customer import Customer
from chalicelib.domain.ticket import Ticket
from chalicelib.portal import pages
from chalicelib.store import articles, listings, shop, ticket_lists
from chalicelib.store.ticket_lists import Wanted
from chalicelib.web import answer, cookies, session
from chalicelib.web import visit as visits
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

# The home page names a few articles, a query for each category it asks.
CATEGORIES_ASKED = 4
# Of each the first few are read: some may lack the language.
LISTINGS_READ = 24
# The newest ticket may have been merged into the next one at that very moment.
MERGED_AT_ONCE = 5
ARTICLES_SHOWN = 6


@doors.get("/")
def root(visit: Visit) -> Response:
    the_shop = shop.read()
    wished = visit.wished_language(the_shop.default_locale)
    return answer.redirect(visit, f"/{wished if wished in the_shop.locales else the_shop.default_locale}/")


@doors.get("/{lang}")
def home(visit: Visit) -> Response:
    lang = pages.language(visit)
    categories = articles.categories()
    return pages.show_public(
        visit,
        "home",
        addresses={one: f"/{one}/" for one in i18n.LOCALES},
        categories=categories,
        articles=_picked(categories, lang),
        often_asked=[words[lang] for words in shop.read().often_asked if lang in words],
    )


@doors.get("/{lang}/account/latest")
def latest(visit: Visit) -> Response:
    """The newest ticket, for the home page; nothing (204) when there is none, or nobody is signed in."""
    viewer = pages.customer(visit)
    found = _latest(viewer) if viewer else None
    if viewer is None or found is None:
        return answer.nothing(visit, session.end("customer") if viewer is None else ())
    return pages.fragment(visit, "latest", viewer, latest=found)


@doors.post("/{lang}/theme")
def theme(visit: Visit) -> Response:
    visit.refuse_foreign()
    chosen = "dark" if visit.line("theme") == "dark" else "light"
    back = visits.local_path(visit.form.get("next", "")) or f"/{pages.language(visit)}/"
    return answer.redirect(visit, back, [cookies.write("theme", chosen, cookies.YEAR, readable=True)])


def audience(viewer: Customer | None) -> str:
    """Which articles a visitor may read."""
    return "customers" if viewer else "public"


def _latest(viewer: Customer) -> Ticket | None:
    found = ticket_lists.page(Wanted(customer_id=viewer.id, customer_ids=viewer.all_ids), MERGED_AT_ONCE).tickets
    return next((one for one in found if not one.merged_into), None)


def _picked(categories: list[Category], lang: str) -> list[SimpleNamespace]:
    """The first articles of the first categories, taken in turns."""
    with ThreadPoolExecutor(CATEGORIES_ASKED) as pool:
        asked = categories[:CATEGORIES_ASKED]
        found = list(pool.map(lambda one: listings.first_of(one.id, "public", LISTINGS_READ), asked))
    shown = [[one for one in listed if lang in one.slugs] for listed in found]
    ranked = [pair for listed in shown for pair in enumerate(listed)]
    first = sorted(ranked, key=lambda pair: pair[0])[:ARTICLES_SHOWN]
    return [SimpleNamespace(title=one.titles[lang], url=f"/{lang}/articles/{one.slugs[lang]}") for _, one in first]
