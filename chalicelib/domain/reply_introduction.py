"""Where a quote begins: the line that says who wrote when, a copy of a mail's headers, or the line of a desk.

A customer says "on Monday your colleague wrote:", too. Without marks beneath, only what a mail program writes counts:
an address, or the whole date with a time and nobody who tells a story.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from chalicelib.domain import reply_headers
from chalicelib.domain import reply_words as words
from chalicelib.domain.late_pattern import LatePattern
from chalicelib.domain.reply_line import ADDRESS, DATE, TIME, plain

MAX_LENGTH = 400
_MAX_RULE = 200
_MAX_WRAPS = 5
_MAX_MARKER = 150


def _any_of(patterns: Iterable[str]) -> str:
    """Alternatives, the longest first."""
    return "|".join(re.escape(pattern) for pattern in sorted(set(patterns), key=lambda one: (-len(one), one)))


def _rows(table: dict[str, str]) -> str:
    return _any_of(pattern for row in table.values() for pattern in row.split("|"))


def _column(table: Mapping[str, Sequence[str]], column: int) -> str:
    return _any_of(pattern for row in table.values() for pattern in row[column].split("|"))


# A word of scripts with spaces stands between what is no letter; Chinese, Japanese, Korean and Thai words do not.
_WORD = r"(?:(?<![^\W\d_])(?:{})(?![^\W\d_])|(?:{}))"
_BARE = ("zh", "ja", "ko", "th")
_SPACED_VERBS = _column({code: row for code, row in words.INTRODUCTIONS.items() if code not in _BARE}, 1)
_BARE_VERBS = _column({code: words.INTRODUCTIONS[code] for code in _BARE}, 1)
_VERB = LatePattern(_WORD.format(_SPACED_VERBS, _BARE_VERBS))
_OPENERS = _column(words.INTRODUCTIONS, 0)
_LANGUAGES: dict[str, list[str]] = {}
for _code, _row in words.INTRODUCTIONS.items():
    for _verb in _row[1].split("|"):
        _LANGUAGES.setdefault(_verb, []).append(_code)
_STORIES = {code: LatePattern(_WORD.format(_any_of(row.split("|")), "\0")) for code, row in words.STORIES.items()}

_BRACKETED = re.compile(rf"[<(\[]\s?(?:mailto:)?{ADDRESS.pattern}\s?(?:<mailto:[^\s<>]*>)?\s?[>)\]]")
_OPENED = LatePattern(rf"(?:{_OPENERS})(?:[-\s]|(?<=[ב在于於])).{{0,30}}?\d")
_DATE_FIRST = re.compile(r"(?:[^\W\d]{1,16}[.,،]*\s){0,2}\d{1,4}(?:\b|年|년).{0,70}")
_FRAMED = re.compile(r"-{2,}\s*(.{5,300}?)\s*:?\s*-{2,}")
_STROKES = "-_=‐–—― "
_ORIGINALS = frozenset(name for row in words.ORIGINALS.values() for name in row.split("|"))
_FORWARDS = frozenset(name for row in words.FORWARDS.values() for name in row.split("|"))
# Lotus Notes: the sender, the time and the first words on one line.
_NOTES = re.compile(r".{2,80}?-{2,3}\s?\d{1,2}[./-]\d{1,2}[./-]\d{2,4} \d{1,2}:\d{2}(?::\d{2})?(?: [ap]m)?\s?-{2,3}.*")
_DECORATED = re.compile(r"[#=~_<>-]{2,}|\[")
_ANSWER = LatePattern(_any_of(words.ANSWERS.split("|")))
_MARKER = LatePattern(_rows(words.MARKERS))
_COLON = re.compile("[:：]")
_MAX_NAME = 80
_SENTENCE = re.compile(r"[.!?؟。！？](?:\s|$)")
_WRAPPED_AT = 66


def is_forward_line(line: str) -> bool:
    """Whether a mail program wrote that what follows is passed on."""
    bare = _without_strokes(line)
    return bare in _FORWARDS or bare.startswith("forwarded by ")


def begins_copy(lines: list[str], at: int) -> bool:
    """Whether all from line `at` on is a copy: under "Original message", the line of a desk, or a mail's headers."""
    line = lines[at]
    if is_marker(line) or (len(line) <= _MAX_RULE and _NOTES.fullmatch(line)):
        return True
    if line[:1] in _STROKES and line[1:2] in _STROKES and _without_strokes(line) in _ORIGINALS:
        return True
    return reply_headers.begin(lines, at)


def _without_strokes(line: str) -> str:
    """What is written between strokes, or "" when it is too long for a line of a mail program."""
    return line.strip(_STROKES).removesuffix(":").rstrip(_STROKES) if len(line) <= _MAX_RULE else ""


def is_marker(line: str) -> bool:
    """Whether this is the line of a desk beneath which nothing is written."""
    found = _MARKER.search(line) if len(line) <= _MAX_MARKER else None
    return bool(found) and bool(_DECORATED.match(line) or _ANSWER.search(line))


def introduction(lines: list[str], at: int, marked_next: bool) -> int | None:
    """Where the introduction that ends with line `at` begins, or None. `marked_next`: what follows is marked with ">".

    Mail programs wrap it over up to five lines. The nearest beginning counts: first a word like "On" before a date,
    then a date, then a name; a name may have its date on the line above.
    """
    if not _may_end(lines[at], marked_next):
        return None
    framed = _FRAMED.fullmatch(lines[at])
    if framed and _is_introduction(framed[1] + ":", marked_next=True):
        return at
    reach = _reach(lines, at)
    joined = {start: bare(" ".join(lines[start : at + 1])) for start in reach}
    good = [start for start in reach if _is_introduction(joined[start], marked_next)]
    for pattern in (_OPENED, _DATE_FIRST):
        for start in good:
            if pattern.match(joined[start]):
                return _first_half(lines, start, reach)
    if good:
        return _first_half(lines, good[0], reach)
    return next((start for start in reach if marked_next and _only_tells_when(joined[start])), None)


def _only_tells_when(line: str) -> bool:
    """In a language without a row: the date and time first, a colon last."""
    begun = _OPENED.match(line) or _DATE_FIRST.match(line)
    return bool(begun and line.endswith(":") and len(line) <= 150 and DATE.search(line) and TIME.search(line))


def bare(line: str) -> str:
    """`line` without the dashes and quotation marks before it."""
    return line.lstrip("-–—•·> \"'«“|")


def _may_end(line: str, marked_next: bool) -> bool:
    return line.endswith((":", "--", "：")) or (marked_next and line.endswith((">", ")", "wrote", "写道", "寫道")))


def _reach(lines: list[str], at: int) -> list[int]:
    """The lines at which it may begin, the nearest first."""
    reach: list[int] = []
    length = 0
    for start in range(at, max(-1, at - _MAX_WRAPS), -1):
        length += len(lines[start])
        if not lines[start] or length > MAX_LENGTH:
            break
        reach.append(start)
    return reach


def _first_half(lines: list[str], start: int, reach: list[int]) -> int:
    """`start`, or the line above when it holds the first half: a name up to "<", the date, or its beginning."""
    above = start - 1
    if above not in reach:
        return start
    if lines[above].endswith(("<", "(")):
        return _first_half(lines, above, reach) if _is_full(lines, above - 1, above) else above
    if _is_full(lines, above, start) and not _OPENED.match(bare(lines[start])):
        return above
    first, second = bare(lines[above]), bare(lines[start])
    if _OPENED.match(second) or not (_OPENED.match(first) or _DATE_FIRST.fullmatch(first)):
        return start
    cut = not (TIME.search(second) and DATE.search(second)) and DATE.search(f"{first} {second}")
    return above if cut else start


def _is_full(lines: list[str], above: int, below: int) -> bool:
    """Whether line `above` stands alone but for `below`, whose first word it had no room for, and ends no sentence."""
    if above < 0 or (above > 0 and lines[above - 1]) or _SENTENCE.search(lines[above]):
        return False
    return len(lines[above]) + 1 + len(lines[below].split(" ", 1)[0]) > _WRAPPED_AT


def is_introduction(line: str, marked_next: bool) -> bool:
    """Whether `line`, unwrapped, introduces a quote."""
    return len(line) <= MAX_LENGTH and _is_introduction(bare(line), marked_next)


def _is_introduction(line: str, marked_next: bool) -> bool:
    verb = _last(_VERB, line)
    dated = bool(DATE.search(line))
    timed = bool(TIME.search(line))
    begun = bool(_DATE_FIRST.match(line) or _OPENED.match(line))
    address = _last(_BRACKETED, line) or (_last(ADDRESS, line) if marked_next or begun else None)
    if not _ends_well(line, verb, address):
        return False
    if marked_next:
        return _introduces_marks(line, verb, address, dated or timed)
    if address:
        return (timed and dated and (bool(verb) or begun)) or _names_sender(line, verb, address)
    if not verb or not (dated and timed and _OPENED.match(line)):
        return False
    return not _tells_story(line, verb)


def _last(pattern: "re.Pattern[str] | LatePattern", line: str) -> "re.Match[str] | None":
    return next(reversed(list(pattern.finditer(line))), None)


def _ends_well(line: str, verb: "re.Match[str] | None", address: "re.Match[str] | None") -> bool:
    """Whether nothing but a name or a date stands after who wrote: "… and I got this:" is a sentence."""
    ends = [match.end() for match in (verb, address, _last(TIME, line), _last(DATE, line)) if match]
    tail = line[max(ends, default=0) :].strip(" :：)]>\"'*.,-،")
    named = verb is not None and address is None and verb.end() == max(ends)
    return len(tail) <= (60 if named else 25)


def _introduces_marks(
    line: str, verb: "re.Match[str] | None", address: "re.Match[str] | None", told_when: bool
) -> bool:
    if verb and (told_when or address):
        return True
    if address and told_when:
        return True
    at_end = verb is not None and not line[verb.end() :].strip(" :：")
    return at_end and verb is not None and len(line) <= 100 and not _tells_story(line, verb)


def _names_sender(line: str, verb: "re.Match[str] | None", address: "re.Match[str]") -> bool:
    """Whether it is a name, its address and "wrote", in any order, and nothing else."""
    if not verb:
        return False
    rest = line[: min(verb.start(), address.start())] + line[max(verb.end(), address.end()) :]
    between = line[min(verb.end(), address.end()) : max(verb.start(), address.start())]
    return len(rest.strip(" :：")) <= 50 and len(between) <= 50 and not _tells_story(line, verb)


def _tells_story(line: str, verb: "re.Match[str]") -> bool:
    stories = (_STORIES.get(code) for code in _LANGUAGES.get(verb.group(), ()))
    told = ADDRESS.sub(" ", line)
    return any(story.search(told) for story in stories if story)


_INLINE_OPENERS = "On|Le|Am|El|Il giorno|Il|Em|Op|Den|W dniu|Dnia|Dne|În|Pe|Στις|Pada|Vào|في|بتاريخ|בתאריך|在"
_INLINE = re.compile(rf"(?<![^\W\d_])(?:{_INLINE_OPENERS})\s.{{0,25}}?\d")
_MAX_INLINE = 4
_MAX_SHARED = 50


def unshared(lines: Iterable[str]) -> list[str]:
    """Raw `lines`, parted where a program put an introduction on the line of the last word or of the first quoted one;
    the first 50 lines that could be such are looked at."""
    parted: list[str] = []
    tries = 0
    for line in lines:
        tried = tries < _MAX_SHARED and _may_share(line)
        tries += tried
        parted += _parts(line) if tried else [line]
    return parted


def _may_share(line: str) -> bool:
    if len(line) > MAX_LENGTH * 2 or not (":" in line or "：" in line):
        return False
    return not line.lstrip().startswith(">") and bool(_INLINE.search(line))


def _parts(line: str) -> list[str]:
    found = _within(line)
    if not found:
        return [line]
    start = len(line[: found[0]].rstrip(" -"))
    before, after = line[:start], line[found[1] :]
    if not plain(before) and not plain(after):
        return [line]
    return [part for part in (before, line[start : found[1]], after) if part]


def _within(line: str) -> tuple[int, int] | None:
    """From where to where an introduction stands in `line`: from a word like "On" to the colon after who wrote."""
    for opened in islice(_INLINE.finditer(line), _MAX_INLINE):
        verb = _VERB.search(line, opened.end())
        colon = _COLON.search(line, verb.end(), verb.end() + _MAX_NAME) if verb else None
        short = colon and colon.end() - opened.start() <= MAX_LENGTH
        if colon and short and _is_introduction(plain(line[opened.start() : colon.end()]), marked_next=False):
            return opened.start(), colon.end()
    return None
