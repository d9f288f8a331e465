"""The help centre: categories and articles. What a visitor may not read does not exist for him.

Each has two addresses: the public one, which caches keep and which reads no cookie, and one under `account/`, for those
who signed in and may read more.
"""

from typing import Any

from chalice import Response

from chalicelib import i18n
from chalicelib.domain.article import Article, Category, category_at, may_read
from chalicelib.errors import NotFound
from chalicelib.portal import article_page, pages
from chalicelib.store import articles, shop
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)


@doors.get("/{lang}/categories/{slug}")
def category(visit: Visit) -> Response:
    lang, categories = pages.language(visit), articles.categories()
    found = _category(categories, visit.params["slug"])
    slug = found.in_locale(lang).slug
    if slug != visit.params["slug"]:
        return answer.moved(f"/{lang}/categories/{slug}")
    by_language = {one: f"/{one}/categories/{found.in_locale(one).slug}" for one in i18n.LOCALES}
    listed = _listed(found, categories, lang, "public")
    return pages.show_public(visit, "category", addresses=by_language, **listed)


@doors.get("/{lang}/account/categories/{slug}")
def own_category(visit: Visit) -> Response:
    """With what customers alone may read."""
    lang, viewer = pages.language(visit), pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    categories = articles.categories()
    found = _category(categories, visit.params["slug"])
    return pages.show(visit, "category", viewer, **_listed(found, categories, lang, "customers"))


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


def _listed(found: Category, categories: list[Category], lang: str, reader: str) -> dict[str, Any]:
    """What a category's page shows to those readers."""
    other = "ar" if lang == "en" else "en"
    account = "" if reader == "public" else "/account"
    return {
        "category": found.in_locale(lang),
        "icon_name": found.icon,
        "articles": [
            article_page.link(one, lang) for one in articles.listings(found.id) if may_read(one.visibility, reader)
        ],
        "others": [one for one in categories if one.id != found.id],
        "alternate": f"/{other}{account}/categories/{found.in_locale(other).slug}",
    }


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
