"""The order of a category's articles: a number on each row that lists them. It is no part of what an article says.

So neither version nor ETag moves: an editor who has the article open at that moment can still save it.
"""

from collections.abc import Mapping, Sequence

from chalicelib.domain.article_card import Card
from chalicelib.store import changes, keys
from chalicelib.store.changes import Changes
from chalicelib.store.table import ArticleCardRow, ArticleRow, ListingRow, Row

# Four rows an article at most.
_AT_ONCE = changes.MAX_ROWS // 4


def write(cards: Sequence[Card], positions: Mapping[str, int]) -> None:
    """Give those of `cards` that are named in `positions` (by article id) their new places.

    Raises:
        Stale: one of them was changed, moved or deleted meanwhile; some may have their new places already.
    """
    moved = [card for card in cards if card.article_id in positions]
    for start in range(0, len(moved), _AT_ONCE):
        change = Changes()
        for card in moved[start : start + _AT_ONCE]:
            _put(change, card, positions[card.article_id])
        change.commit()


def _put(change: Changes, card: Card, position: int) -> None:
    there = Row.pk.exists()
    by_state = keys.article_shelf(card.shelf, card.updated_at, card.article_id)
    change.update(ArticleRow(keys.article(card.article_id)), [ArticleRow.position.set(position)], there)
    for key in (keys.article_card(card.category_id, card.article_id), by_state):
        change.update(ArticleCardRow(key), [ArticleCardRow.position.set(position)], there)
    if card.shelf == "published":
        listing = ListingRow(keys.listing(card.category_id, card.article_id))
        change.update(listing, [ListingRow.position.set(position)], there)
