"""Turns the pages of a category: one costs the same reads in a category of ten and of ten thousand articles.

Where its pages begin is kept beside it. It is laid out anew when one of them has grown too long, and at night.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.article import Listing
from chalicelib.domain.category_pages import A_PAGE, MOST, beginnings, span
from chalicelib.store import articles, listings

# To whom a category is shown in pages.
AUDIENCES = ("public", "customers")


@dataclass(frozen=True)
class CategoryPage:
    """A page of a category, and the number of the last one."""

    listings: list[Listing]
    last: int


def page(category_id: str, audience: str, number: int) -> CategoryPage:
    """The page of that number, from 1, as such readers (public, customers) see it.

    Raises:
        NotFound: the category has not so many.
    """
    begun = listings.beginnings([category_id], audience)[category_id]
    found = read(category_id, audience, begun, number, number)
    if is_too_long(found, number, number) or (not found and len(begun) > 1):
        begun = lay_out(category_id, audience)
        found = read(category_id, audience, begun, number, number)
    return CategoryPage(found, len(begun))


def read(category_id: str, audience: str, begun: Sequence[str], first: int, last: int) -> list[Listing]:
    """What stands on several pages that follow each other, `begun` being where all begin; of what is too long, a part.

    Raises:
        NotFound: the category has not so many.
    """
    low, high = span(begun, first, last)
    return listings.between(category_id, audience, low, high, _most(first, last) + 1)


def is_too_long(found: Sequence[Listing], first: int, last: int) -> bool:
    """Whether more was read of these pages than they may hold: their category must be laid out anew."""
    return len(found) > _most(first, last)


def lay_out(category_id: str, audience: str) -> tuple[str, ...]:
    """Where the pages of the category begin from now on, all its listings having been read."""
    begun = beginnings(listings.places(category_id, audience), A_PAGE)
    listings.write_beginnings(category_id, audience, begun)
    return begun


def lay_out_all() -> None:
    """Lay out anew those whose pages are not filled evenly any more. Run it nightly."""
    known = [category.id for category in articles.categories()]
    for audience in AUDIENCES:
        laid = listings.beginnings(known, audience)
        for category_id in known:
            begun = beginnings(listings.places(category_id, audience), A_PAGE)
            if begun != laid[category_id]:
                listings.write_beginnings(category_id, audience, begun)


def _most(first: int, last: int) -> int:
    """What so many pages hold at most."""
    return (last - first + 1) * MOST
