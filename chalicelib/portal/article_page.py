"""What an article's page shows, made of the article alone: the same for everybody who may read it."""

from types import SimpleNamespace
from typing import Any

from chalicelib import i18n, markdown, settings
from chalicelib.actions import find_related
from chalicelib.domain.article import Article, Category, Listing
from chalicelib.domain.shop import Shop
from chalicelib.store import staff

WORDS_A_MINUTE = 180
RELATED = 4
# What schema.org's readers show of a headline: https://developers.google.com/search/docs/appearance/structured-data/article
LONGEST_HEADLINE = 110
# The ids of the page itself, which no heading may have.
IDS = (
    "main", "q", "toc", "helpful", "why", "thanks", "words", "suggestions", "suggested", "announcement",
    *(f"reason-{one}" for one in ("unclear", "outdated", "wrong", "missing", "other")),
)  # fmt: skip


def page(found: Article, locale: str, lang: str) -> SimpleNamespace:
    """The article in `locale` for a page in `lang`."""
    from markupsafe import Markup

    text = found.translations[locale]
    drawn = markdown.draw(text.body, locale, IDS)
    author = staff.agent(found.author_id) if found.author_id else None
    return SimpleNamespace(
        id=found.id,
        title=text.title,
        html=Markup(drawn.html),
        headings=drawn.headings,
        locale=locale,
        dir=i18n.direction(locale),
        author=author.name_in(lang) if author else "",
        updated_at=text.updated_at or found.updated_at,
        created_at=found.created_at,
        minutes=max(1, round(len(text.body.split()) / WORDS_A_MINUTE)),
        summary=markdown.to_summary(text.body),
        image=next((settings.public_url() + one for one in drawn.images if one.startswith("/media/")), ""),
    )


def addresses(found: Article) -> dict[str, str]:
    """The page's address in each language that the article speaks."""
    return {locale: path(found.visibility, locale, text.slug) for locale, text in found.translations.items()}


def address(found: Article, lang: str) -> str:
    """The page's path in that language; where the article lacks it, in one that it has.

    Not its slug below `lang`: a slug is unique in its language only, so another article may have it there.
    """
    locale, text = found.in_locale(lang)
    return path(found.visibility, locale, text.slug)


def path(visibility: str, lang: str, slug: str) -> str:
    """Where an article of that visibility is read: what customers alone may see is kept by no cache."""
    return f"/{lang}/articles/{slug}" if visibility == "public" else f"/{lang}/account/articles/{slug}"


def link(listing: Listing, lang: str) -> SimpleNamespace:
    """An article of a list, in that language or in one that it has."""
    locale = lang if lang in listing.slugs else next(iter(listing.slugs))
    url = path(listing.visibility, locale, listing.slugs[locale])
    return SimpleNamespace(title=listing.titles[locale], url=url, locale=locale)


def related(found: Article, lang: str, reader: str) -> list[SimpleNamespace]:
    """What to read next, in the language of the page."""
    return [
        SimpleNamespace(title=one.title, url=path(one.visibility, lang, one.slug), locale=one.locale)
        for one in find_related.related(found, lang, reader, RELATED)
    ]


def structured(
    shown: SimpleNamespace, category: Category | None, shop: Shop, lang: str, address: str
) -> dict[str, Any]:
    """The article for machines, by https://schema.org: what it is, and where in the help centre it stands."""
    site = settings.public_url()
    trail = [(shop.name(lang), f"{site}/{lang}/")]
    if category:
        text = category.in_locale(lang)
        trail.append((text.name, f"{site}/{lang}/categories/{text.slug}"))
    return {
        "@context": "https://schema.org",
        "@graph": [_article(shown, shop, address), _trail([*trail, (shown.title, address)])],
    }


def _article(shown: SimpleNamespace, shop: Shop, address: str) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": shop.name(shown.locale)}
    return {
        "@type": "Article",
        "headline": shown.title[:LONGEST_HEADLINE],
        "inLanguage": shown.locale,
        "datePublished": shown.created_at.isoformat(timespec="seconds"),
        "dateModified": shown.updated_at.isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": shown.author} if shown.author else publisher,
        "publisher": publisher,
        "mainEntityOfPage": address,
        **({"description": shown.summary} if shown.summary else {}),
        **({"image": [shown.image]} if shown.image else {}),
    }


def _trail(steps: list[tuple[str, str]]) -> dict[str, Any]:
    listed = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": listed}
