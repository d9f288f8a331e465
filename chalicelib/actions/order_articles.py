"""Puts the articles of a category into the order in which it shows them.

Places lie ten apart. Articles that nobody put in order all have place 0; the first move numbers the whole category.
"""

from chalicelib.domain.article_card import Card
from chalicelib.errors import NotFound
from chalicelib.store import article_cards, article_order, changes

APART = 10


def move(category_id: str, article_id: str, steps: int) -> None:
    """Move an article past its neighbours: `steps` -1 is one up, 1 one down. At either end it stays where it is.

    Raises:
        NotFound: code `article-not-found`, the category has no such article.
        Contention: others are changing the articles of the category again and again.
    """
    changes.again(lambda: _move(category_id, article_id, steps))


def after_all(category_id: str) -> int:
    """The place behind all articles of the category."""
    return max((card.position for card in article_cards.of_category(category_id)), default=-APART) + APART


def _move(category_id: str, article_id: str, steps: int) -> None:
    cards = article_cards.of_category(category_id)
    at = next((place for place, card in enumerate(cards) if card.article_id == article_id), None)
    if at is None:
        raise NotFound(f"There is no article {article_id} in the category.", code="article-not-found")
    to = min(max(at + steps, 0), len(cards) - 1)
    wanted = [*cards]
    wanted.insert(to, wanted.pop(at))
    article_order.write(cards, _places(cards, wanted))


def _places(cards: list[Card], wanted: list[Card]) -> dict[str, int]:
    """The places that change: those of the articles passed, if all have places of their own, else everybody's."""
    places = [card.position for card in cards]
    if len(set(places)) < len(places):
        places = [number * APART for number in range(len(cards))]
    new = {card.article_id: place for card, place in zip(wanted, places, strict=True)}
    return {card.article_id: new[card.article_id] for card in cards if card.position != new[card.article_id]}
