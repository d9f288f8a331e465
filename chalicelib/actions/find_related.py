"""Finds what a reader of an article may want to read next: what says similar things, then its neighbours."""

from dataclasses import dataclass

from chalicelib.domain.article import Article, Listing, may_read
from chalicelib.search import articles as index
from chalicelib.store import articles, listings

# More than are shown: some are in the article's own category, and those go first.
_LOOKED_AT = 12
# A hit of the same category counts as much more.
_SAME_CATEGORY = 1.3
# A hit that has less of the best one's score only shares a word or two.
_SIMILAR = 0.25


@dataclass(frozen=True)
class Related:
    """An article to go on with; `title` and `slug` are those of `locale`, in which it is read."""

    article_id: str
    locale: str
    title: str
    slug: str
    visibility: str


def related(article: Article, locale: str, audience: str, most: int = 4) -> list[Related]:
    """At most `most` published articles of that language that such a reader may see, the most similar first.

    Args:
        locale: the language in which the article is read; articles that lack it are not named.
        audience: the readers: public, customers or agents.
    """
    found = {one.article_id: one for one in _similar(article, locale, audience, most)}
    if len(found) < most:
        for one in _neighbours(article, locale, audience):
            found.setdefault(one.article_id, one)
    found.pop(article.id, None)
    return list(found.values())[:most]


def _similar(article: Article, locale: str, audience: str, most: int) -> list[Related]:
    """By the words of its title; what the index no more says truly is left out by the article as it stands."""
    _, text = article.in_locale(locale)
    found = index.search(text.title, locale=locale, audience=audience, limit=_LOOKED_AT)
    scored = [
        (hit.score * (_SAME_CATEGORY if hit.category_id == article.category_id else 1), hit)
        for hit in found.hits
        if hit.article_id != article.id
    ]
    best = max((score for score, _ in scored), default=0.0)
    wanted = [hit.article_id for score, hit in sorted(scored, key=lambda pair: -pair[0]) if score >= best * _SIMILAR]
    return [_of(one, locale) for one in articles.get_all(wanted[:most]) if _is_shown(one, locale, audience)]


def _neighbours(article: Article, locale: str, audience: str) -> list[Related]:
    """Those of its category, in their order: what comes behind it, then what comes first."""
    behind = listings.behind(article, audience, _LOOKED_AT)
    listed = [*behind, *listings.first_of(article.category_id, audience, _LOOKED_AT)]
    return [_neighbour(one, locale) for one in listed if locale in one.slugs]


def _neighbour(listing: Listing, locale: str) -> Related:
    told = listing.titles[locale], listing.slugs[locale]
    return Related(listing.article_id, locale, *told, listing.visibility)


def _is_shown(article: Article, locale: str, audience: str) -> bool:
    readable = article.state == "published" and may_read(article.visibility, audience)
    return readable and locale in article.translations


def _of(article: Article, locale: str) -> Related:
    text = article.translations[locale]
    return Related(article.id, locale, text.title, text.slug, article.visibility)
