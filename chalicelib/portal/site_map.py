"""What search engines read before the pages: which may be read, and which there are, in every language.

https://www.sitemaps.org/protocol.html, https://www.rfc-editor.org/rfc/rfc9309
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import chain, islice
from xml.sax.saxutils import escape, quoteattr

from chalice import Response

from chalicelib import i18n
from chalicelib.domain.article import Category, Listing
from chalicelib.errors import NotFound
from chalicelib.portal import article_page, pages
from chalicelib.store import articles, shop
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

# The most that one file may name.
ADDRESSES = 50_000
# All listings are read for it; engines ask once a day or so.
FOR_AN_HOUR = "public, max-age=0, s-maxage=3600, stale-while-revalidate=3600, stale-if-error=86400"
# What is about one person is nobody's to list. Results may be read, so that they may be judged; nothing leads there.
_PRIVATE = ("account", "tickets", "t", "files", "preferences", "sign-in", "suggest", "votes")

_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'

_Page = tuple[Mapping[str, str], datetime | None]


@doors.get("/robots.txt")
def robots(visit: Visit) -> Response:
    refused = ["/agent", "/v1/", *(f"/{lang}/{one}" for lang in i18n.LOCALES for one in _PRIVATE)]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in refused),
        "",
        f"Sitemap: {pages.absolute('/sitemap.xml')}",
    ]
    return answer.public(visit, "\n".join(lines) + "\n", "text/plain", FOR_AN_HOUR)


@doors.get("/sitemap.xml")
def site_map(visit: Visit) -> Response:
    """All public pages; when they are too many for one file, an index of its parts (`?part=1` …)."""
    part = visit.query.get("part", "")
    if part and not (part.isascii() and part.isdigit() and len(part) < 5):
        raise NotFound("There is no such part.")
    entries = _entries(_pages(), shop.read().default_locale)
    start = (int(part) - 1) * ADDRESSES if part else 0
    listed = list(islice(entries, max(start, 0), start + ADDRESSES))
    if part and not listed:
        raise NotFound("There is no such part.")
    rest = 0 if part else sum(1 for _ in entries)
    return answer.public(visit, _index(ADDRESSES + rest) if rest else _set(listed), "application/xml", FOR_AN_HOUR)


def _pages() -> Iterator[_Page]:
    categories = articles.categories()
    yield {one: f"/{one}/" for one in i18n.LOCALES}, None
    yield from map(_category, categories)
    with ThreadPoolExecutor(8) as pool:
        yield from map(_article, chain.from_iterable(pool.map(_public, categories)))


def _public(category: Category) -> list[Listing]:
    return [one for one in articles.listings(category.id) if one.visibility == "public"]


def _category(category: Category) -> _Page:
    by_language = {one: f"/{one}/categories/{text.slug}" for one, text in category.translations.items()}
    return by_language, category.updated_at


def _article(listed: Listing) -> _Page:
    by_language = {one: article_page.path(listed.visibility, one, slug) for one, slug in listed.slugs.items()}
    return by_language, listed.updated_at


def _entries(found: Iterable[_Page], default: str) -> Iterator[str]:
    """An entry for each language of each page; each names all of them."""
    spoken = shop.read().locales
    for told, changed in found:
        by_language = {one: path for one, path in told.items() if one in spoken}
        if not by_language:
            continue
        named = {**by_language, "x-default": by_language.get(default, next(iter(by_language.values())))}
        others = "".join(_alternate(one, path) for one, path in named.items())
        changed_at = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        for path in by_language.values():
            yield f"<url><loc>{escape(pages.absolute(path))}</loc>{changed_at}{others}</url>\n"


def _alternate(language: str, path: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(pages.absolute(path))}/>'


def _set(entries: Iterable[str]) -> str:
    return f"{_OPENING}<urlset {_NAMESPACES}>\n{''.join(entries)}</urlset>\n"


def _index(count: int) -> str:
    parts = range(1, -(-count // ADDRESSES) + 1)
    named = "".join(f"<sitemap><loc>{pages.absolute('/sitemap.xml')}?part={one}</loc></sitemap>\n" for one in parts)
    return f"{_OPENING}<sitemapindex {_NAMESPACES.partition(' ')[0]}>\n{named}</sitemapindex>\n"
