"""Where the pages of a category begin: each shows what stands from its beginning up to that of the next one.

So nothing is missing and nothing stands twice however old the beginnings are; they only tell how long the pages are.
"""

from collections.abc import Sequence

from chalicelib.errors import NotFound

# So many articles a page when a category is laid out, and when it must be laid out anew.
A_PAGE = 40
MOST = 50
# Before and behind every place, which begins with a digit.
LOWEST, HIGHEST = "", "~"


def beginnings(places: Sequence[str], a_page: int = A_PAGE) -> tuple[str, ...]:
    """The places at which pages begin, for articles at these `places`; the first page begins before all of them."""
    return LOWEST, *places[a_page::a_page]


def span(begun: Sequence[str], first: int, last: int) -> tuple[str, str]:
    """The places between which these pages lie, the first page being 1: the former is theirs, the latter is not.

    Raises:
        NotFound: there is no such page.
    """
    if not 1 <= first <= last <= len(begun):
        raise NotFound("The category has not so many pages.")
    return begun[first - 1], begun[last] if last < len(begun) else HIGHEST
