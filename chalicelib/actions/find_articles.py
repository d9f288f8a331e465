"""Finds articles for those who write them: as agents search, and what is in no index by its title."""

from collections.abc import Iterator

from chalicelib.actions import search_articles
from chalicelib.domain.article_card import Card, card_of
from chalicelib.search import text
from chalicelib.store import article_cards, articles
from chalicelib.store.article_cards import Sieve

MOST_FOUND = 100
# Of drafts, scheduled and archived articles, each; the titles of those that were changed longer ago are not looked at.
MOST_UNPUBLISHED = 500


def find(query: str, *, category_id: str | None = None) -> list[Card]:
    """At most 100 articles as they stand now, unpublished ones with the words in their title first, then best first.

    Args:
        query: free text, as people type it; nothing in it makes this raise.
    """
    wanted = set(text.analyse(query))
    if not wanted:
        return []
    titled = [card for card in _unpublished() if wanted <= set(text.analyse(" ".join(card.titles.values())))]
    found = [card for card in titled if category_id in (None, card.category_id)]
    return [*found, *_published(query, category_id)][:MOST_FOUND]


def _unpublished() -> Iterator[Card]:
    for shelf in ("draft", "scheduled", "archived"):
        for found in article_cards.newest(Sieve(shelf=shelf), None, MOST_UNPUBLISHED):
            if found.card:
                yield found.card


def _published(query: str, category_id: str | None) -> Iterator[Card]:
    hits = search_articles.search(query, locale=None, category_id=category_id, limit=MOST_FOUND).hits
    wanted = dict.fromkeys(hit.article_id for hit in hits)
    yield from (
        card_of(one) for one in articles.get_all(list(wanted), articles.with_drafts) if one.state == "published"
    )
