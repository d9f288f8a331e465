"""How unlikely it is that one word was typed in place of another, for ranking those that are near.

Damerau and Levenshtein's count of errors (in the form of optimal string alignment), in which the errors that people
make most often weigh less than one.
"""

_SWAPPED = 0.7
_DOUBLED = 0.5
_CONFUSED = 0.6
_FIRST_LETTER = 0.4  # hardly anybody mistakes the first one

# Letters that sound or look alike to many who write: Arabic emphatics and dots, English vowels and hissing sounds.
_ALIKES = """
ضظ ضد طت ثت ثس صس ذز ذد ظز قك غق حه عا جش حخ جح بت تث نب فق سش رز دذ صض طظ عغ
ae ei ai ou ie iy ck cs sz kq gj vw mn bp dt uo ao
"""
_ALIKE = frozenset(frozenset(pair) for pair in _ALIKES.split())


def cost(typed: str, meant: str) -> float:
    """0 for the same; about 1 for each error."""
    before: list[float] = []
    row = [float(place) for place in range(len(meant) + 1)]
    for at, letter in enumerate(typed):
        above, row = row, [row[0] + _left_out(typed, at)]
        for place, wanted in enumerate(meant):
            best = min(
                above[place] + _changed(letter, wanted, at),
                above[place + 1] + _left_out(typed, at),
                row[place] + _left_out(meant, place),
            )
            if at and place and letter == meant[place - 1] and typed[at - 1] == wanted and letter != wanted:
                best = min(best, before[place - 1] + _SWAPPED)
            row.append(best)
        before = above
    return row[-1]


def _left_out(word: str, at: int) -> float:
    """One letter of `word` more than there should be, or one that was forgotten."""
    if at and word[at] == word[at - 1]:
        return _DOUBLED
    return 1 if at else 1 + _FIRST_LETTER


def _changed(letter: str, wanted: str, at: int) -> float:
    if letter == wanted:
        return 0
    return (_CONFUSED if frozenset((letter, wanted)) in _ALIKE else 1) + (0 if at else _FIRST_LETTER)
