"""Finds articles for those who write them: by the index as agents see it, and by title where no index has them yet.

Drafts and archived articles are in no index, and one that was just published is not there for some seconds: whoever
saved it must find it at once. So titles are looked through as well, and of the newest changes the words, too.
"""

from collections.abc import Iterator
from datetime import timedelta

from chalicelib import clock, markdown
from chalicelib.domain.article import Article
from chalicelib.domain.article_card import Card, card_of
from chalicelib.search import articles as index
from chalicelib.search import text
from chalicelib.store import article_cards, articles

MOST_FOUND = 100
# Of drafts, scheduled and archived articles, each; the titles of those that were changed longer ago are not looked at.
MOST_UNPUBLISHED = 500
# Changes are in the index within seconds; whoever is told of trouble with it still finds what he saved.
NOT_YET_INDEXED = timedelta(minutes=2)
MOST_FRESH = 25


def find(query: str, *, category_id: str | None = None) -> list[Card]:
    """At most 100 articles as they stand now, those with the words in their title or just changed first.

    Args:
        query: free text, as people type it; nothing in it makes this raise.
    """
    wanted = set(text.analyse(query))
    if not wanted:
        return []
    fresh = list(_fresh())
    early = [card_of(one) for one in fresh if _says(one, wanted)]
    titled = [card for card in _unpublished() if _has(wanted, " ".join(card.titles.values()))]
    known = {one.id for one in fresh} | {card.article_id for card in titled}
    found = [*early, *(card for card in titled if card not in early), *_indexed(query, category_id, known)]
    return [card for card in found if category_id in (None, card.category_id)][:MOST_FOUND]


def _fresh() -> Iterator[Article]:
    """The articles that were published or changed just now, as they stand."""
    since = clock.now() - NOT_YET_INDEXED
    cards = [found.card for found in article_cards.newest("published", None, MOST_FRESH)]
    yield from articles.get_all([card.article_id for card in cards if card.updated_at >= since])


def _unpublished() -> Iterator[Card]:
    for shelf in ("draft", "scheduled", "archived"):
        for found in article_cards.newest(shelf, None, MOST_UNPUBLISHED):
            yield found.card


def _indexed(query: str, category_id: str | None, known: set[str]) -> Iterator[Card]:
    hits = index.search(
        query, locale=None, audience="agents", category_id=category_id, limit=MOST_FOUND, now_fresh=True
    ).hits
    wanted = dict.fromkeys(hit.article_id for hit in hits if hit.article_id not in known)
    yield from (card_of(one) for one in articles.get_all(list(wanted)) if not one.is_deleted)


def _says(article: Article, wanted: set[str]) -> bool:
    return any(_has(wanted, f"{one.title}\n{markdown.to_text(one.body)}") for one in article.translations.values())


def _has(wanted: set[str], words: str) -> bool:
    return wanted <= set(text.analyse(words))
