"""A mail's headers copied above what is quoted: from, date, to and subject, in one language.

A customer's own list may begin with "From:" and "To:" as well: an address or a time must stand in it, and the names
must be those of one language.
"""

import re
from collections.abc import Iterator
from itertools import groupby, takewhile

from chalicelib.domain import reply_words as words
from chalicelib.domain.late_pattern import LatePattern
from chalicelib.domain.reply_line import ADDRESS, DATE, TIME, is_drawn

_SENDER, _DATE, _RECIPIENT, _SUBJECT = range(4)
_COLUMNS: dict[str, set[tuple[str, int]]] = {}
for _language, _row in words.HEADER_LABELS.items():
    for _at, _names in enumerate(_row):
        for _name in _names.split("|"):
            _COLUMNS.setdefault(_name, set()).add((_language, _at))

_NONE: set[tuple[str, int]] = set()
_MAX_NAME = 30
_MAX_BLOCK = 24
_MAX_HEADERS = 9
_MAX_LINE = 800
_MAX_BOX = 18
_MAX_SENDER = 5
_BRACKETED = re.compile(rf"[<(\[]\s?(?:mailto:)?{ADDRESS.pattern}")
_ANY_NAME = re.compile(r"[^\W\d_][^:\d]{0,25}\s?:\s")
_NAME_WITHIN = LatePattern(rf"(?:(?<=\s)|^)({'|'.join(map(re.escape, sorted(_COLUMNS, key=len, reverse=True)))})\s?:\s")


def begin(lines: list[str], at: int) -> bool:
    """Whether headers begin with line `at` of plain `lines`: all four with an address or a time, or the surest of
    them."""
    known = is_header(lines[at])
    if not known and _is_boxed(lines, at):
        return True
    if not known and not _ANY_NAME.match(lines[at]):
        return False
    block = _block(lines[at : at + _MAX_BLOCK])[:_MAX_HEADERS]
    count = _count([_columns(line) for line in block], _columns(lines[at]))
    if not known:
        return _is_foreign(block)
    addressed = any("@" in line for line in block)
    if count == 4 and (addressed or any(TIME.search(line) for line in block)):
        return True
    if (count == 3 and addressed) or (count == 2 and _is_short(lines, at)):
        return True
    ruled = at > 0 and is_drawn(lines[at - 1] or lines[at - 2])
    return _is_one_line(lines[at], needed=2 if ruled else 3)


def _block(lines: list[str]) -> list[str]:
    """The headers that `lines` begin with. Converters of HTML leave empty lines between them; a paragraph belongs to
    them if it begins with a header and repeats none: a customer's own "To: …" may stand above a program's headers."""
    block: list[str] = []
    for paragraph in _paragraphs(lines):
        if block and not (_ANY_NAME.match(paragraph[0] + " ") or block[-1].endswith(":")):
            break
        if _named(block) & _named(paragraph):
            break
        block += paragraph
    return block


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    return (list(group) for filled, group in groupby(lines, key=bool) if filled)


def _named(lines: list[str]) -> set[tuple[str, int]]:
    return set().union(*map(_columns, lines))


def is_header(line: str) -> bool:
    """Whether `line` begins with the name of a header and a colon."""
    return bool(_columns(line))


def _columns(line: str) -> set[tuple[str, int]]:
    name, colon, _ = line[: _MAX_NAME + 2].partition(":")
    return _COLUMNS.get(name.rstrip(), _NONE) if colon else _NONE


def _count(columns: list[set[tuple[str, int]]], first: set[tuple[str, int]]) -> int:
    """How many of the four are named, in that language of the first one in which most are."""
    found = set().union(*columns)
    return max((len({at for named, at in found if named == language}) for language, _ in first), default=0)


def _is_short(lines: list[str], at: int) -> bool:
    """Sender and date alone, or date and recipient: one names an address, the other the whole date and time."""
    pair = [lines[at], lines[at + 1] if at + 1 < len(lines) else ""]
    dates = [line for line in pair if _is(line, _DATE) and DATE.search(line) and TIME.search(line)]
    others = [line for line in pair if "@" in line and (_is(line, _SENDER) or _is(line, _RECIPIENT))]
    alone = at == 0 or not lines[at - 1] or is_drawn(lines[at - 1])
    return alone and len(dates) == 1 and len(others) == 1


def _is(line: str, column: int) -> bool:
    return any(at == column for _, at in _columns(line))


def _is_boxed(lines: list[str], at: int) -> bool:
    """Lotus Notes prints the headers in columns, their names to the right and without colons."""
    if at > 0 and lines[at - 1]:
        return False
    sender = list(takewhile(bool, lines[at : at + _MAX_SENDER]))
    if not any("@" in line for line in sender) or not any(_is(f"{line.split()[-1]}:", _RECIPIENT) for line in sender):
        return False
    box = lines[at : at + _MAX_BOX]
    sent = next((place for place, line in enumerate(box) if DATE.search(line) and TIME.search(line)), len(box))
    return any(_is(f"{line}:", _SUBJECT) for line in box[sent + 1 :])


def _is_foreign(block: list[str]) -> bool:
    """Headers in a language without a row: a sender with his address, then a date with its time, then two more."""
    if len(block) < 4 or not all(_ANY_NAME.match(line) for line in block[:4]) or not _BRACKETED.search(block[0]):
        return False
    return any(DATE.search(line) and TIME.search(line) for line in block[1:3])


def _is_one_line(line: str, needed: int) -> bool:
    """Whether all the headers run on in one line, as some converters of HTML leave them."""
    if not (_is(line, _SENDER) or _is(line, _DATE)) or "@" not in line or not TIME.search(line):
        return False
    found = [_COLUMNS[match[1]] for match in _NAME_WITHIN.finditer(line[:_MAX_LINE])]
    return _count(found, _columns(line)) >= needed
