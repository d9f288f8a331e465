"""The help centre: categories and articles. What a visitor may not read does not exist for him.

Each has two addresses: the public one, which caches keep and which reads no cookie, and one under `account/`, for those
who signed in and may read more.
"""

from typing import Any

from chalice import Response

from chalicelib import i18n
from chalicelib.actions import page_category
from chalicelib.domain.article import Article, Category, category_at
from chalicelib.errors import NotFound
from chalicelib.portal import article_page, pages
from chalicelib.store import articles, shop
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)


# A page's number is part of its path: caches know no query.
@doors.get("/{lang}/categories/{slug}")
@doors.get("/{lang}/categories/{slug}/{page}")
def category(visit: Visit) -> Response:
    lang, categories = pages.language(visit), articles.categories()
    found = _category(categories, visit.params["slug"])
    number = _page(visit)
    if found.in_locale(lang).slug != visit.params["slug"]:
        return answer.moved(_category_path(found, lang, "public", number))
    by_language = {one: _category_path(found, one, "public", number) for one in i18n.LOCALES}
    listed = _listed(found, categories, lang, "public", number)
    return pages.show_public(visit, "category", addresses=by_language, **listed)


@doors.get("/{lang}/account/categories/{slug}")
@doors.get("/{lang}/account/categories/{slug}/{page}")
def own_category(visit: Visit) -> Response:
    """With what customers alone may read."""
    lang, viewer = pages.language(visit), pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    categories = articles.categories()
    found = _category(categories, visit.params["slug"])
    return pages.show(visit, "category", viewer, **_listed(found, categories, lang, "customers", _page(visit)))


@doors.get("/{lang}/articles/{slug}")
def article(visit: Visit) -> Response:
    """An article by its address in any language; an old or foreign one leads to the right one."""
    lang, found = pages.language(visit), _published(visit)
    if found.visibility != "public":
        return answer.see(article_page.address(found, lang))
    if found.in_locale(lang)[1].slug != visit.params["slug"]:
        return answer.moved(article_page.address(found, lang))
    return pages.show_public(visit, "article", addresses=article_page.addresses(found), **_shown(found, lang, "public"))


@doors.get("/{lang}/account/articles/{slug}")
def own_article(visit: Visit) -> Response:
    """An article for customers."""
    lang, viewer, found = pages.language(visit), pages.customer(visit), _published(visit)
    slug = found.in_locale(lang)[1].slug
    if viewer is None and found.visibility != "public":
        return pages.sign_in_first(visit)
    if viewer is None or found.visibility == "public" or slug != visit.params["slug"]:
        return answer.redirect(visit, article_page.address(found, lang))
    return pages.show(visit, "article", viewer, **_shown(found, lang, "customers"))


def _listed(found: Category, categories: list[Category], lang: str, reader: str, number: int) -> dict[str, Any]:
    """What that page of a category shows to those readers. Raises NotFound when it has not so many."""
    other = "ar" if lang == "en" else "en"
    shown = page_category.page(found.id, reader, number)
    return {
        "category": found.in_locale(lang),
        "icon_name": found.icon,
        "articles": [article_page.link(one, lang) for one in shown.listings],
        "number": number,
        "last": shown.last,
        "previous": _category_path(found, lang, reader, number - 1),
        "next": _category_path(found, lang, reader, number + 1),
        "others": [one for one in categories if one.id != found.id],
        "alternate": _category_path(found, other, reader, number),
    }


def _category_path(found: Category, lang: str, reader: str, number: int) -> str:
    account = "" if reader == "public" else "/account"
    return f"/{lang}{account}/categories/{found.in_locale(lang).slug}" + (f"/{number}" if number > 1 else "")


def _page(visit: Visit) -> int:
    """Which page the address asks for: the first has no number in it. Raises NotFound."""
    asked = visit.params.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6) or asked[0] == "0":
        raise NotFound("There is no such page.")
    if asked == "1" and "page" in visit.params:
        raise NotFound("The first page has no number in its address.")
    return int(asked)


def _shown(found: Article, lang: str, reader: str) -> dict[str, Any]:
    """What an article's page shows to those readers."""
    locale, _ = found.in_locale(lang)
    other = "ar" if lang == "en" else "en"
    home, page = articles.category(found.category_id), article_page.page(found, locale, lang)
    address = pages.absolute(article_page.address(found, lang))
    return {
        "article": page,
        "category": home.in_locale(lang) if home else None,
        "related": article_page.related(found, lang, reader),
        "structured": article_page.structured(page, home, shop.read(), locale, address),
        "alternate": _in_other(found, home, other),
    }


def _in_other(found: Article, home: Category | None, other: str) -> str:
    """The page in the other language. Where another article goes by that address: the category's page."""
    locale, text = found.in_locale(other)
    if locale == other or articles.id_of(other, text.slug) in (None, found.id):
        return article_page.path(found.visibility, other, text.slug)
    return f"/{other}/categories/{home.in_locale(other).slug}" if home else f"/{other}/"


def _published(visit: Visit) -> Article:
    """The article in the address, if customers may read it. Raises NotFound."""
    lang = pages.language(visit)
    for locale in (lang, *(one for one in i18n.LOCALES if one != lang)):
        article_id = articles.id_of(locale, visit.params["slug"])
        found = articles.get(article_id) if article_id else None
        if found and found.state == "published" and found.visibility != "agents":
            return found
    raise NotFound("There is no such article.")


def _category(categories: list[Category], slug: str) -> Category:
    found = category_at(categories, slug)
    if found is None:
        raise NotFound("There is no such category.")
    return found
