"""The cards of articles: one lies with its category, one with its state. Both are written with the article itself.

A category's lie in the order that people gave them; a state's by their last change. Lists are read in pieces that
DynamoDB sieves, so that what few cards fit is found among thousands.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import and_

from pynamodb.expressions.condition import Condition

from chalicelib.domain.article import Article
from chalicelib.domain.article_card import SHELVES, Card, card_of
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.merging import Piece, Stream, in_order
from chalicelib.store.table import ArticleCardRow, Row

# What one read of a sieved list looks through; a page reads on at most store.merging.ROUNDS times.
SIEVED_AT_ONCE = 1000
# Before and behind every place.
LOWEST, HIGHEST = "0", "~"
_PLACED = "PLACED#"


@dataclass(frozen=True)
class Sieve:
    """Which cards are wanted; None: whatever they say. `missing`, `outdated` and `drafted` name a language."""

    shelf: str | None = None
    visibility: str | None = None
    author_id: str | None = None
    missing: str | None = None
    outdated: str | None = None
    drafted: str | None = None

    def lets(self, card: Card) -> bool:
        """Whether the card is one of them."""
        return (
            self.shelf in (None, card.shelf)
            and self.visibility in (None, card.visibility)
            and self.author_id in (None, card.author_id)
            and (self.missing is None or self.missing in card.missing)
            and (self.outdated is None or self.outdated in card.outdated)
            and (self.drafted is None or self.drafted in card.drafts)
        )

    @property
    def is_open(self) -> bool:
        """Whether it lets all cards of a shelf through."""
        return self == Sieve(shelf=self.shelf)


ALL = Sieve()


@dataclass(frozen=True)
class Place:
    """A card, and where it lies in the list: the place to go on from. No card: so far the list was looked through."""

    card: Card | None
    at: str


def place(change: Changes, new: Article, old: Article | None) -> None:
    """Lay both cards of the article where they belong, and take away those that lie where it was."""
    before = _rows(card_of(old)) if old else []
    after = [] if new.is_deleted else _rows(card_of(new))
    kept = {(row.pk, row.sk) for row in after}
    for row in before:
        if (row.pk, row.sk) not in kept:
            change.delete(row)
    for row in after:
        change.put(row)


def without(listed: Sequence[Article]) -> list[Article]:
    """Those of the articles that have no card."""
    standing = {by_category(card_of(one)): one for one in listed if not one.is_deleted}
    laid = rows.batch(list(standing))
    return [one for key, one in standing.items() if key not in laid]


def by_category(card: Card) -> keys.Key:
    """Where the card lies that is with its category."""
    return keys.article_card(card.category_id, keys.article_place(card.position, card.article_id))


def by_state(card: Card) -> keys.Key:
    """Where the card lies that is with its state."""
    return keys.article_shelf(card.shelf, card.updated_at, card.article_id)


def in_its_category(card: Card) -> ArticleCardRow:
    """The row of the card that lies with its category."""
    return _rows(card)[0]


def of_category(category_id: str) -> list[Card]:
    """All cards of a category, in its order: for who puts them in another."""
    changes.connection()
    found = Row.query(keys.article_card(category_id, "")[0], Row.sk.startswith(_PLACED), consistent_read=True)
    return [rows.noun(Card, row) for row in found if isinstance(row, ArticleCardRow)]


def last_of(category_id: str) -> Card | None:
    """The last card of a category."""
    changes.connection()
    part, placed = keys.article_card(category_id, "")[0], Row.sk.startswith(_PLACED)
    found = Row.query(part, placed, consistent_read=True, scan_index_forward=False, limit=1)
    return next((rows.noun(Card, row) for row in found if isinstance(row, ArticleCardRow)), None)


def is_needed(category_id: str) -> bool:
    """Whether an article of the category is shown, or will be by itself."""
    changes.connection()
    shown = ArticleCardRow.shelf.is_in("published", "scheduled")
    part, placed = keys.article_card(category_id, "")[0], Row.sk.startswith(_PLACED)
    found = Row.query(part, placed, shown, consistent_read=True, page_size=SIEVED_AT_ONCE, limit=1)
    return any(True for _ in found)


def count(category_id: str, most: int) -> int:
    """How many cards the category has; more than `most` are told as `most` + 1. One read."""
    changes.connection()
    part, placed = keys.article_card(category_id, "")[0], Row.sk.startswith(_PLACED)
    found = Row.query(part, placed, consistent_read=True, page_size=most + 1, attributes_to_get=["pk"]).page_iter
    counted: int = next(found)["Count"]
    return most + 1 if found.last_evaluated_key else counted


def in_category(category_id: str, sieve: Sieve, after: str | None, most: int) -> list[Place]:
    """At most `most` cards of the category that are wanted, in its order, behind the place `after`."""
    size = most + 1 if sieve == ALL else SIEVED_AT_ONCE
    read = _reader(keys.article_card(category_id, "")[0], _PLACED, sieve, upwards=True)
    return _found([Stream(read, after or LOWEST, HIGHEST, True)], size, most, upwards=True)


def newest(sieve: Sieve, after: str | None, most: int) -> list[Place]:
    """At most `most` cards that are wanted, the newest change first, behind the place `after`.

    When too much would have to be read, the last one has no card: the list goes on behind it.
    """
    shelves = SHELVES if sieve.shelf is None else (sieve.shelf,)
    size = most + 1 if sieve.is_open else SIEVED_AT_ONCE
    reads = [_reader(keys.article_shelf_part(one), "", sieve, upwards=False) for one in shelves]
    return _found([Stream(read, LOWEST, after or HIGHEST, False) for read in reads], size, most, upwards=False)


def _found(streams: list[Stream], size: int, most: int, upwards: bool) -> list[Place]:
    changes.connection()
    found = islice(in_order(streams, size, upwards), most)
    return [Place(rows.noun(Card, row) if row else None, at) for at, row in found]


def _is_wanted(row: Row, sieve: Sieve) -> bool:
    return isinstance(row, ArticleCardRow) and sieve.lets(rows.noun(Card, row))


def _condition(sieve: Sieve) -> Condition | None:
    """What DynamoDB can tell of it; cards that are older than an attribute of theirs pass."""
    told = [getattr(ArticleCardRow, name) == value for name, value in _told(sieve)]
    if sieve.missing:
        told.append(~ArticleCardRow.languages.contains(sieve.missing))
    if sieve.outdated:
        told.append(ArticleCardRow.outdated.exists())
    if sieve.drafted:
        told.append(ArticleCardRow.drafts.exists())
    return reduce(and_, told) if told else None


def _told(sieve: Sieve) -> Iterator[tuple[str, str]]:
    """The attributes that must have a certain value; the shelf of a list by state is its partition."""
    for name in ("shelf", "visibility", "author_id"):
        if value := getattr(sieve, name):
            yield name, value


def _rows(card: Card) -> list[ArticleCardRow]:
    told = rows.attributes(card) | {"position": card.position, "titles": dict(card.titles)}
    told |= {"languages": " ".join(sorted(card.titles))}
    return [ArticleCardRow(key, **told) for key in (by_category(card), by_state(card))]


def _reader(part: str, prefix: str, sieve: Sieve, upwards: bool) -> Callable[[str, str, int], Piece]:
    """Reads the cards of a partition that are wanted and lie between two places, both left out, in pieces.

    DynamoDB's BETWEEN has both in: the place from which a list goes on is read once more.
    """

    def read(low: str, high: str, size: int) -> Piece:
        between = Row.sk.between(prefix + low, prefix + high)
        found = Row.query(
            part, between, _condition(sieve), consistent_read=True, scan_index_forward=upwards, page_size=size
        )
        cards = [changes.row_of(raw) for raw in next(found.page_iter)["Items"]]
        last = found.page_iter.last_evaluated_key
        placed = [(row.sk.removeprefix(prefix), row) for row in cards if _is_wanted(row, sieve)]
        inside = [(at, row) for at, row in placed if low < at < high]
        return Piece(inside, last["sk"]["S"].removeprefix(prefix) if last else None)

    return read
