"""The order of a category's articles: a number in the keys that list them. It is no part of what an article says.

So neither version nor ETag moves: an editor who has the article open at that moment can still save it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chalicelib.domain.article_card import Card
from chalicelib.store import article_cards, changes, keys, listings
from chalicelib.store.changes import Changes
from chalicelib.store.table import ArticleCardRow, ArticleRow, Row

# Six rows an article at most.
_AT_ONCE = changes.MAX_ROWS // 6


def write(cards: Sequence[Card], positions: Mapping[str, int]) -> None:
    """Give those of `cards` that are named in `positions` (by article id) their new places.

    Raises:
        Stale: one of them was changed, moved or deleted meanwhile; some may have their new places already.
    """
    moved = [card for card in cards if card.article_id in positions]
    for start in range(0, len(moved), _AT_ONCE):
        some = moved[start : start + _AT_ONCE]
        change = Changes()
        for card in some:
            _put(change, card, positions[card.article_id])
        listings.move(change, [card for card in some if card.shelf == "published"], positions)
        change.commit()


def _put(change: Changes, card: Card, position: int) -> None:
    """By its state it lies by its last change: that it lies there still tells that nobody changed it meanwhile."""
    there = Row.pk.exists()
    change.update(ArticleRow(keys.article(card.article_id)), [ArticleRow.position.set(position)], there)
    change.update(ArticleCardRow(article_cards.by_state(card)), [ArticleCardRow.position.set(position)], there)
    change.delete(ArticleCardRow(article_cards.by_category(card)), there)
    change.put(article_cards.in_its_category(replace(card, position=position)))
