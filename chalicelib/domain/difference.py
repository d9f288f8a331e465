"""The difference between two texts, for a person who reads it: lines first, then words within the lines that changed.

Both are put against each other at what stands exactly once in either; only what lies between such places is compared
all against all, and only while it is short. So a text of 200,000 characters takes no longer than its length, whatever
stands in it; what is too long to be compared is told as taken away and put there.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, groupby
from operator import itemgetter

# A stretch without landmarks is compared all against all up to so many pairs, and all of a text's up to so many.
_PAIRS_AT_ONCE = 40_000
_PAIRS_IN_ALL = 400_000
# Lines that have less of their words in common are another text, and no change of the old one.
_LIKE = 0.35

# Words with the marks that are written over and under them (Python counts an Arabic shadda as no part of a word), white
# space, and every other sign by itself.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d"
_TOKEN = re.compile(rf"[\w{_MARKS}]+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """`kind` is `same`, `added` or `removed`; `text` is plain text as it was written: to be escaped where shown."""

    kind: str
    text: str


@dataclass(frozen=True)
class Block:
    """Some whole lines: all the `same`, all `added`, all `removed`, or `changed`, which has pieces of each kind."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def difference(before: str, after: str) -> list[Block]:
    """What became of `before`, from its beginning to its end; blocks end at line ends."""
    work = _Work()
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    blocks: list[Block] = []
    for kind, left, right in work.compared(old, new):
        if kind == "same":
            blocks.append(_block("same", left))
        else:
            blocks += _changed(work, left, right)
    return blocks


def is_same(blocks: Sequence[Block]) -> bool:
    """Whether nothing changed."""
    return all(block.kind == "same" for block in blocks)


def _changed(work: "_Work", left: Sequence[str], right: Sequence[str]) -> list[Block]:
    if not (left and right):
        return [_block("removed", left)] if left else [_block("added", right)]
    pieces = _words(work, "".join(left), "".join(right))
    kept = sum(len(piece.text) for piece in pieces if piece.kind == "same" and not piece.text.isspace())
    if kept < _LIKE * min(sum(map(len, left)), sum(map(len, right))):
        return [_block("removed", left), _block("added", right)]
    return [Block("changed", tuple(pieces))]


def _words(work: "_Work", before: str, after: str) -> list[Piece]:
    found: list[Piece] = []
    for kind, left, right in work.compared(_TOKEN.findall(before), _TOKEN.findall(after)):
        if kind == "same":
            found.append(Piece("same", "".join(left)))
        else:
            told = (Piece("removed", "".join(left)), Piece("added", "".join(right)))
            found += [piece for piece in told if piece.text]
    return found


def _block(kind: str, lines: Sequence[str]) -> Block:
    return Block(kind, (Piece(kind, "".join(lines)),))


Stretch = tuple[str, Sequence[str], Sequence[str]]


class _Work:
    """Puts sequences against each other, and counts what that costs."""

    def __init__(self) -> None:
        self._left = _PAIRS_IN_ALL

    def compared(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
        """Stretches in their order, `same` or `changed`; neighbours are of different kinds."""
        for kind, found in groupby(self._stretches(old, new), key=itemgetter(0)):
            stretches = list(found)
            left = chain.from_iterable(one for _, one, _ in stretches)
            right = chain.from_iterable(one for _, _, one in stretches)
            yield kind, list(left), list(right)

    def _stretches(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
        i = j = 0
        for at_old, at_new in [*_landmarks(old, new), (len(old), len(new))]:
            yield from self._between(old[i:at_old], new[j:at_new])
            if at_old < len(old):
                yield "same", old[at_old : at_old + 1], new[at_new : at_new + 1]
            i, j = at_old + 1, at_new + 1

    def _between(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        if head:
            yield "same", old[:head], new[:head]
        yield from self._all_against_all(old[head : len(old) - tail], new[head : len(new) - tail])
        if tail:
            yield "same", old[len(old) - tail :], new[len(new) - tail :]

    def _all_against_all(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
        pairs = len(old) * len(new)
        if not (old or new):
            return
        if pairs == 0 or pairs > min(_PAIRS_AT_ONCE, self._left):
            yield "changed", old, new
            return
        self._left -= pairs
        for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield "same" if tag == "equal" else "changed", old[i:i_end], new[j:j_end]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many there are the same at the beginning."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _landmarks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of what stands once in either, as many as follow each other in the same order in both."""
    once = {text for text, count in Counter(old).items() if count == 1 and text.strip()}
    once &= {text for text, count in Counter(new).items() if count == 1}
    place = {text: number for number, text in enumerate(new) if text in once}
    return _rising([(number, place[text]) for number, text in enumerate(old) if text in once])


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of those pairs in which the second number rises too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (_, value) in enumerate(pairs):
        at = bisect_left(ends, value)
        before.append(last[at - 1] if at else None)
        ends[at : at + 1], last[at : at + 1] = [value], [number]
    found: list[tuple[int, int]] = []
    step: int | None = last[-1] if last else None
    while step is not None:
        found.append(pairs[step])
        step = before[step]
    return found[::-1]
