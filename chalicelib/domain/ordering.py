"""The order that people give to things: each has a number, lower comes first, and moving one writes as few as can be.

Numbers lie apart, so that one is free between most neighbours. Things that nobody put in order may share a number.
"""

from collections.abc import Sequence

APART = 1000
HIGHEST = 1_000_000


def moved(order: Sequence[tuple[str, int]], id: str, after: str | None) -> dict[str, int]:
    """The numbers that change when `id` goes behind `after` (None: to the beginning); none if it stands there already.

    Args:
        order: ids and numbers of all, in their order; both ids are among them, and are not the same.
    """
    ids = [one for one, _ in order]
    if (ids[ids.index(id) - 1] if ids.index(id) else None) == after:
        return {}
    rest = [(one, number) for one, number in order if one != id]
    at = [one for one, _ in rest].index(after) + 1 if after else 0
    found = _between(rest, id, at)
    if max(found.values()) > HIGHEST:
        return _anew([*rest[:at], (id, -1), *rest[at:]])
    return found


def last(numbers: Sequence[int]) -> int:
    """A number behind all of those."""
    return min(max(numbers, default=-APART) + APART, HIGHEST)


def _between(rest: Sequence[tuple[str, int]], id: str, at: int) -> dict[str, int]:
    """A number for `id` at that place; those behind it move on, up to the first that stands far enough away."""
    before = rest[at - 1][1] if at else -1
    behind = rest[at][1] if at < len(rest) else before + 2 * APART
    if behind - before >= 2:
        return {id: (before + behind) // 2 if at else behind // 2}
    found = {id: before + APART}
    for one, number in rest[at:]:
        if number > max(found.values()):
            break
        found[one] = max(found.values()) + APART
    return found


def _anew(order: Sequence[tuple[str, int]]) -> dict[str, int]:
    """All of them at even distances."""
    apart = max(1, min(APART, HIGHEST // len(order)))
    return {one: place * apart for place, (one, number) in enumerate(order) if number != place * apart}
