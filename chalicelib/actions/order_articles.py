"""Puts the articles of a category into the order in which it shows them.

Numbers lie apart, so that a move writes that of the article alone; neighbours that share a number get their own first.
"""

from chalicelib.domain import ordering
from chalicelib.domain.article import Article
from chalicelib.domain.article_card import Card
from chalicelib.errors import Fault, Invalid, NotFound
from chalicelib.store import article_cards, article_order, changes


def move(category_id: str, article_id: str, steps: int) -> None:
    """Move an article past its neighbours: `steps` -1 is one up, 1 one down. At either end it stays where it is.

    Raises:
        NotFound: code `article-not-found`, the category has no such article.
        Contention: others are changing the articles of the category again and again.
    """
    changes.again(lambda: _move(category_id, article_id, steps))


def put_behind(article: Article, after: str | None) -> None:
    """Move an article behind the one of that id, of the same category; None: to the beginning.

    Raises:
        Invalid: code `unknown-neighbour`, the category has no such article, or it is this one.
        Contention: others are changing the articles of the category again and again.
    """
    changes.again(lambda: _put_behind(article, after))


def after_all(category_id: str) -> int:
    """The number behind all articles of the category."""
    last = article_cards.last_of(category_id)
    return ordering.last([last.position] if last else [])


def _move(category_id: str, article_id: str, steps: int) -> None:
    cards = article_cards.of_category(category_id)
    at = next((place for place, card in enumerate(cards) if card.article_id == article_id), None)
    if at is None:
        raise NotFound(f"There is no article {article_id} in the category.", code="article-not-found")
    to = min(max(at + steps, 0), len(cards) - 1)
    others = [card.article_id for card in cards if card.article_id != article_id]
    _write(cards, article_id, others[to - 1] if to else None)


def _put_behind(article: Article, after: str | None) -> None:
    cards = article_cards.of_category(article.category_id)
    if after is not None and after not in {card.article_id for card in cards} - {article.id}:
        words = "The category has no other article with this id."
        raise Invalid(words, code="unknown-neighbour", faults=(Fault("/after", "unknown-neighbour", words),))
    _write(cards, article.id, after)


def _write(cards: list[Card], article_id: str, after: str | None) -> None:
    order = [(card.article_id, card.position) for card in cards]
    article_order.write(cards, ordering.moved(order, article_id, after))
