"""What a category shows: a listing for each published article, keyed by visibility and by its place in the category.

So a page is one query for each visibility that its readers may see, whatever the category holds beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice

from chalicelib.domain.article import VISIBILITIES, Article, Listing
from chalicelib.domain.article_card import Card
from chalicelib.domain.category_pages import HIGHEST, LOWEST
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import CategoryPagesRow, ListingRow, Row


def place_of(listing: Listing) -> str:
    """Where it stands in its category; behind it comes what has a higher place."""
    return keys.article_place(listing.position, listing.article_id)


def between(category_id: str, audience: str, low: str, high: str, most: int | None = None) -> list[Listing]:
    """At most `most` published articles of the category that such readers may see, in its order.

    Args:
        audience: public, customers or agents.
        low, high: places: what stands at `low` is among them, what stands at `high` is not.
    """
    changes.connection()
    seen = VISIBILITIES[: VISIBILITIES.index(audience) + 1]
    found = [_of_visibility(category_id, one, low, high, most) for one in seen]
    return list(islice(merge(*found, key=place_of), most))


def first_of(category_id: str, audience: str, most: int) -> list[Listing]:
    """The first articles of the category that such readers may see."""
    return between(category_id, audience, LOWEST, HIGHEST, most)


def behind(article: Article, audience: str, most: int) -> list[Listing]:
    """What comes next in the article's category, the article itself first."""
    place = keys.article_place(article.position, article.id)
    return between(article.category_id, audience, place, HIGHEST, most)


def of(category_id: str) -> list[Listing]:
    """All that is published in the category, for whoever it is, as it is now."""
    return between(category_id, "agents", LOWEST, HIGHEST)


def places(category_id: str, audience: str) -> list[str]:
    """The places of all that such readers may see, in order."""
    return [place_of(one) for one in between(category_id, audience, LOWEST, HIGHEST)]


def beginnings(category_ids: Sequence[str], audience: str) -> dict[str, tuple[str, ...]]:
    """Where the pages of each category begin for such readers; one that was never laid out is one page. One batch."""
    wanted = {one: keys.category_pages(one, audience) for one in category_ids}
    found = rows.batch(list(wanted.values()))
    laid = {one: found[key] for one, key in wanted.items() if key in found}
    return {
        one: tuple(row.beginnings) if isinstance(row := laid.get(one), CategoryPagesRow) else (LOWEST,)
        for one in category_ids
    }


def write_beginnings(category_id: str, audience: str, begun: Sequence[str]) -> None:
    """Say where the pages of the category begin; of two who say it at once either is right."""
    changes.connection()
    CategoryPagesRow(keys.category_pages(category_id, audience), beginnings=list(begun)).save()


def forget_pages(change: Changes, category_id: str) -> None:
    """With the category itself."""
    for audience in VISIBILITIES:
        change.delete(CategoryPagesRow(keys.category_pages(category_id, audience)))


def place(change: Changes, new: Article, old: Article | None) -> None:
    """Lay the listing of the article where it belongs, and take away the one that lies where it was."""
    before = _row(old) if old and old.state == "published" else None
    after = _row(new) if new.state == "published" else None
    if before and (after is None or before.sk != after.sk or before.pk != after.pk):
        change.delete(before)
    if after:
        change.put(after)


def move(change: Changes, cards: Sequence[Card], positions: Mapping[str, int]) -> None:
    """Lay the listings of published articles where their new positions (by article id) want them."""
    found = rows.batch([_key(card, card.position) for card in cards])
    for card in cards:
        row = found.get(_key(card, card.position))
        if not isinstance(row, ListingRow):
            raise changes.Stale
        position = positions[card.article_id]
        change.delete(ListingRow((row.pk, row.sk)), Row.pk.exists())
        change.put(_listed(rows.noun(Listing, row, position=position)))


def _of_visibility(category_id: str, visibility: str, low: str, high: str, most: int | None) -> Iterator[Listing]:
    pk, first = keys.listing(category_id, visibility, low)
    _, end = keys.listing(category_id, visibility, high)
    # What is made of a whole category, as the search index is, stays: it must not miss what was published just now.
    found = Row.query(pk, Row.sk.between(first, end), limit=most, consistent_read=most is None)
    return (rows.noun(Listing, row) for row in found if isinstance(row, ListingRow) and row.sk < end)


def _key(card: Card, position: int) -> keys.Key:
    return keys.listing(card.category_id, card.visibility, keys.article_place(position, card.article_id))


def _row(article: Article) -> ListingRow:
    return _listed(
        Listing(
            article_id=article.id,
            category_id=article.category_id,
            visibility=article.visibility,
            position=article.position,
            titles={locale: text.title for locale, text in article.translations.items()},
            slugs={locale: text.slug for locale, text in article.translations.items()},
            updated_at=article.updated_at,
        )
    )


def _listed(listing: Listing) -> ListingRow:
    return ListingRow(keys.listing(listing.category_id, listing.visibility, place_of(listing)), **vars(listing))
