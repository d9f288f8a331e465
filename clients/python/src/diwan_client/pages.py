"""A page of a list, which is also the way to everything behind it.

Iterating over a page goes on over all pages that follow, asking for each when it is reached; `data` is this page alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """`data` may be short, even empty, while `has_more` is true. `total` is how many there are, where the list tells.

    Keep `next_cursor` to go on later: it is good for the same list with the same filters and the same key.
    """

    data: list[T]
    has_more: bool
    next_cursor: str | None
    total: int | None
    _read: Callable[[str], Page[T]] = field(repr=False, compare=False)

    def __iter__(self) -> Iterator[T]:
        page: Page[T] | None = self
        while page is not None:
            yield from page.data
            page = page.next_page()

    def next_page(self) -> Page[T] | None:
        """The page after this one; None at the end."""
        return self._read(self.next_cursor) if self.has_more and self.next_cursor else None
