"""What search engines read before the pages: which may be read, and which there are, in every language.

https://www.sitemaps.org/protocol.html, https://www.rfc-editor.org/rfc/rfc9309
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from chalice import Response

from chalicelib import i18n
from chalicelib.actions import page_category
from chalicelib.domain.article import Category, Listing
from chalicelib.errors import NotFound
from chalicelib.portal import article_page, pages
from chalicelib.store import articles, listings, shop
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

# A part names what stands on so many pages of categories: at 50 articles a page in two languages 2,000 addresses, 1 MB.
# A file may name 50,000 in 50 MB, but what a Lambda answers has at most 6 MB:
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
PAGES = 20
AT_ONCE = 8
# Engines ask once a day or so.
FOR_AN_HOUR = "public, max-age=0, s-maxage=3600, stale-while-revalidate=3600, stale-if-error=86400"
# What is about one person is nobody's to list. Results may be read, so that they may be judged; nothing leads there.
_PRIVATE = ("account", "tickets", "t", "files", "preferences", "sign-in", "suggest", "votes")

_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'

_Page = tuple[Mapping[str, str], datetime | None]
# Where the pages of each category begin.
_Begun = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class _Run:
    """Some pages of a category that follow each other."""

    category_id: str
    first: int
    last: int


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
    categories = articles.categories()
    begun = listings.beginnings([one.id for one in categories], "public")
    told = _document(visit.query.get("part", ""), categories, begun)
    return answer.public(visit, told, "application/xml", FOR_AN_HOUR)


def _document(asked: str, categories: Sequence[Category], begun: _Begun) -> str:
    """The part that is asked for. Where categories have grown too long for it, they are laid out and it begins anew."""
    parts = _parts(begun)
    if not asked and len(parts) > 1:
        return _index(len(parts))
    number = _number(asked or "1")
    if number > len(parts):
        raise NotFound("There is no such part.")
    read = _read(parts[number - 1], begun)
    if grown := {run.category_id for run, found in read if page_category.is_too_long(found, run.first, run.last)}:
        return _document(asked, categories, {**begun, **{one: page_category.lay_out(one, "public") for one in grown}})
    first = _first_pages(categories) if number == 1 else []
    shown = [*first, *(_article(one) for _, found in read for one in found)]
    return _set(_entries(shown, shop.read().default_locale))


def _number(part: str) -> int:
    if not (part.isascii() and part.isdigit() and len(part) < 5) or int(part) == 0:
        raise NotFound("There is no such part.")
    return int(part)


def _parts(begun: _Begun) -> list[list[_Run]]:
    """All pages of all categories, shared out among parts; there is one in an empty help centre, too."""
    every = [(category_id, number) for category_id, of in begun.items() for number in range(1, len(of) + 1)]
    return [_runs(every[start : start + PAGES]) for start in range(0, max(1, len(every)), PAGES)]


def _runs(listed: Iterable[tuple[str, int]]) -> list[_Run]:
    numbers: dict[str, list[int]] = {}
    for category_id, number in listed:
        numbers.setdefault(category_id, []).append(number)
    return [_Run(category_id, of[0], of[-1]) for category_id, of in numbers.items()]


def _first_pages(categories: Sequence[Category]) -> list[_Page]:
    return [({one: f"/{one}/" for one in i18n.LOCALES}, None), *map(_category, categories)]


def _read(part: Sequence[_Run], begun: _Begun) -> list[tuple[_Run, list[Listing]]]:
    def found(run: _Run) -> list[Listing]:
        return page_category.read(run.category_id, "public", begun[run.category_id], run.first, run.last)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(zip(part, pool.map(found, part), strict=True))


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


def _index(parts: int) -> str:
    site_map = pages.absolute("/sitemap.xml")
    named = "".join(f"<sitemap><loc>{site_map}?part={one}</loc></sitemap>\n" for one in range(1, parts + 1))
    return f"{_OPENING}<sitemapindex {_NAMESPACES.partition(' ')[0]}>\n{named}</sitemapindex>\n"
