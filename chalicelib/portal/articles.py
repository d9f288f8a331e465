"""The help centre: categories and articles. What a visitor may not read does not exist for him."""

import re
from types import SimpleNamespace

from chalice import Blueprint, Response

from chalicelib import i18n, markdown
from chalicelib.domain.article import Article, Category, CategoryText, Listing, may_read
from chalicelib.errors import NotFound
from chalicelib.portal import pages
from chalicelib.portal.home import audience
from chalicelib.store import articles, staff
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)

WORDS_A_MINUTE = 180
RELATED = 4


@doors.get("/{lang}/categories/{slug}")
def category(visit: Visit) -> Response:
    lang, viewer = pages.language(visit), pages.customer(visit)
    categories = articles.categories()
    found = next((one for one in categories if _has_slug(one, visit.params["slug"])), None)
    if found is None:
        raise NotFound("There is no such category.")
    text = found.in_locale(lang)
    if text.slug != visit.params["slug"]:
        return answer.redirect(visit, f"/{lang}/categories/{text.slug}")
    listed = [one for one in articles.listings(found.id) if may_read(one.visibility, audience(viewer))]
    other = "ar" if lang == "en" else "en"
    return pages.show(
        visit,
        "category",
        viewer,
        category=text,
        articles=[_link(one, lang) for one in listed],
        others=[one for one in categories if one.id != found.id],
        alternate=f"/{other}/categories/{found.in_locale(other).slug}",
    )


@doors.get("/{lang}/articles/{slug}")
def article(visit: Visit) -> Response:
    """An article by its address in any language; an old or foreign one leads to the right one."""
    lang, viewer = pages.language(visit), pages.customer(visit)
    found = _article(lang, visit.params["slug"])
    if found is None or found.state != "published" or found.visibility == "agents":
        raise NotFound("There is no such article.")
    if not may_read(found.visibility, audience(viewer)):
        return pages.sign_in_first(visit)
    locale, text = found.in_locale(lang)
    if text.slug != visit.params["slug"]:
        return answer.redirect(visit, f"/{lang}/articles/{text.slug}")
    other = "ar" if lang == "en" else "en"
    home = articles.category(found.category_id)
    return pages.show(
        visit,
        "article",
        viewer,
        article=_page(found, locale, lang),
        category=home.in_locale(lang) if home else None,
        related=_related(found, lang, audience(viewer)),
        alternate=f"/{other}/articles/{found.in_locale(other)[1].slug}",
    )


def _article(lang: str, slug: str) -> Article | None:
    for locale in (lang, *(one for one in i18n.LOCALES if one != lang)):
        article_id = articles.id_of(locale, slug)
        if article_id:
            return articles.get(article_id)
    return None


def _page(found: Article, locale: str, lang: str) -> SimpleNamespace:
    from markupsafe import Markup

    text = found.translations[locale]
    html, headings = _with_anchors(markdown.to_html(text.body))
    author = staff.agent(found.author_id) if found.author_id else None
    return SimpleNamespace(
        title=text.title,
        html=Markup(html),
        headings=headings,
        locale=locale,
        dir=i18n.direction(locale),
        author=author.name_in(lang) if author else "",
        updated_at=found.updated_at,
        minutes=max(1, round(len(text.body.split()) / WORDS_A_MINUTE)),
    )


def _with_anchors(html: str) -> tuple[str, list[SimpleNamespace]]:
    """The article with an id on each of its sections, and those sections for the list beside it."""
    headings: list[SimpleNamespace] = []

    def anchored(match: re.Match[str]) -> str:
        from markupsafe import Markup

        headings.append(SimpleNamespace(id=f"section-{len(headings) + 1}", text=Markup(match[1]).striptags()))
        return f'<h2 id="{headings[-1].id}">{match[1]}</h2>'

    return re.sub(r"<h2>(.*?)</h2>", anchored, html, flags=re.DOTALL), headings


def _related(found: Article, lang: str, reader: str) -> list[SimpleNamespace]:
    listed = articles.listings(found.category_id)
    others = [one for one in listed if one.article_id != found.id and may_read(one.visibility, reader)]
    return [_link(one, lang) for one in others[:RELATED]]


def _link(listing: Listing, lang: str) -> SimpleNamespace:
    locale = lang if lang in listing.slugs else next(iter(listing.slugs))
    return SimpleNamespace(title=listing.titles[locale], url=f"/{lang}/articles/{listing.slugs[locale]}")


def _has_slug(category: Category, slug: str) -> bool:
    texts: list[CategoryText] = list(category.translations.values())
    return any(text.slug == slug for text in texts)
