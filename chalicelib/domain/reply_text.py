"""What a customer wrote in a reply, apart from what his mail program quoted beneath, around or above it.

Fold, never drop: every line lands in `visible` or in `quoted`, and when nothing would be left to see, all is visible.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain import reply_words as words


@dataclass(frozen=True)
class ReplyText:
    """`visible` is what to show; `quoted` the quotes and the signature, shown folded ("" when there are none)."""

    visible: str
    quoted: str


def split(text: str) -> ReplyText:
    """`text` (a plain-text mail) as visible and quoted text.

    What follows a line that introduces a quote is quoted, and so are lines marked with ">". Answers written between
    marked lines stay with the lines they answer; one beneath a single quote stands alone. Forwarded mail stays visible.
    """
    lines = [part for line in text.replace("\r\n", "\n").split("\n") for part in _unshared(line)]
    plain = [_plain(line) for line in lines[:_MAX_LINES]]
    kinds = _kinds(plain)
    beyond = len(lines) - len(plain)
    kinds += [_QUOTED if kinds[-1] == _QUOTED else _TEXT] * beyond
    plain += [""] * beyond
    _mark_broken_links(plain, kinds)
    _fold_signature(plain, kinds)
    _fold_marked_quotes(kinds)
    _fold_signature(plain, kinds)
    visible = _joined(line for line, kind in zip(lines, kinds, strict=True) if kind not in _FOLDED)
    if not visible:
        return ReplyText(text.strip("\r\n"), "")
    return ReplyText(visible, _joined(line for line, kind in zip(lines, kinds, strict=True) if kind in _FOLDED))


def holds_marker(text: str) -> bool:
    """Whether the line stands in `text` that we put at the head of our mails, to be answered above."""
    return any(marker in _plain(line) for line in text.split("\n") for marker in words.MARKERS)


_TEXT, _EMPTY, _MARKED, _INTRODUCTION, _QUOTED = "text", "empty", "marked", "introduction", "quoted"
_FOLDED = {_INTRODUCTION, _QUOTED}

_UNSEEN = re.compile("[\u00ad\u061c\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff*]")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "：": ":", "’": "'", "\xa0": " ", "\u202f": " "})
_MARK = re.compile(r"\s{0,3}>")
_MAX_INTRODUCTION = 400
_MAX_RULE = 200
_MAX_WRAPS = 4
_MAX_SIGNATURE = 12
# What is looked at; past this everything stays as it stands.
_MAX_LINES = 10_000
_MAX_LINE = 1_000


def _any_of(patterns: Iterable[str]) -> str:
    """Alternatives in which `…` stands for anything."""
    return "|".join(".*".join(re.escape(piece) for piece in pattern.split("…")) for pattern in patterns)


def _alternatives(table: dict[str, str]) -> str:
    return _any_of(pattern for row in table.values() for pattern in row.split("|"))


def _labels(column: int) -> str:
    return _any_of({name for row in words.HEADER_LABELS.values() for name in row[column].split("|")})


_SHARED = re.compile(r"(.*[^\s>-])([\s-]+On (?:\d|[A-Z][a-z]{2,8}[, ]{1,2}(?:\d|[A-Z][a-z]{2})).*wrote:\s*)")
_ATTRIBUTIONS = [pattern for row in words.ATTRIBUTIONS.values() for pattern in row]
_ATTRIBUTION = re.compile(_any_of(_ATTRIBUTIONS))
# Those that say with which word they begin, and so where.
_ANCHORED = re.compile(_any_of(pattern for pattern in _ATTRIBUTIONS if not pattern.startswith("…")))
_DATE_FIRST = re.compile(r"(?:[^\W\d]{1,12}[.,]*\s)?\d{1,4}\b.{0,60}")
# In any language: somebody's address beside a date or a time.
_ADDRESSED = re.compile(r".*[<(\[]\s*(?:mailto:)?[^\s<>()]+@[^\s<>()]+\s*[>)\]].*")
_WHEN = re.compile(r"\d{1,2}\s?[:.h時시点]\s?\d{2}|\b(?:19|20)\d\d\b|\d{4}[年년]|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_ORIGINAL = re.compile(rf"[-_=–—\s]{{2,}}(?:{_alternatives(words.ORIGINALS)})\s*:?[-_=–—\s]*")
_FORWARD = re.compile(rf"[-_=–—\s]*(?:{_alternatives(words.FORWARDS)})\s*:?[-_=–—\s]*")
_SENT_FROM = re.compile(rf"(?:{_alternatives(words.SENT_FROM)})")
_LABELS = [re.compile(rf"(?:{_labels(column)})\s?:(?:\s|$)") for column in range(4)]
# Somebody's address or a time of day: what tells the headers of a mail from a customer's own list.
_SENT = re.compile(r"@|\d{1,2}\s?[:.h時시点]\s?\d{2}")
_LINK = re.compile(r"\S*[/=?&%)>]\S*|[(<]?https?:\S+ ?>?")
_FRAMED = re.compile(r"-{2,}\s*(.{5,300}?)\s*-{2,}")
_RULE = re.compile(r"[-_=–—]{5,}")


def _unshared(line: str) -> list[str]:
    """Some clients put the introduction of the quote on the line of the last answered word."""
    match = _SHARED.fullmatch(line) if len(line) < _MAX_INTRODUCTION else None
    return [match[1], match[2]] if match else [line]


def _plain(line: str) -> str:
    return " ".join(_UNSEEN.sub("", line[:_MAX_LINE]).translate(_LETTERS).lower().split())


def _kinds(plain: list[str]) -> list[str]:
    """The kind of every line, in one pass; what follows an introduction without marks is quoted to the end."""
    kinds = [_EMPTY if not line else _MARKED if _MARK.match(line) else _TEXT for line in plain]
    for at, line in enumerate(plain):
        if kinds[at] in (_MARKED, _EMPTY):
            continue
        if len(line) <= _MAX_RULE and _FORWARD.fullmatch(line):
            return kinds
        marked_next = _next_kind(kinds, at) == _MARKED
        start = _unmarked_quote(plain, at)
        if start is None and (start := _attribution(plain, at, marked_next)) is not None and marked_next:
            kinds[start : at + 1] = [_INTRODUCTION] * (at + 1 - start)
        elif start is not None:
            start = _with_rule(plain, start)
            kinds[start:] = [_QUOTED] * (len(kinds) - start)
            return kinds
    return kinds


def _unmarked_quote(plain: list[str], at: int) -> int | None:
    line = plain[at]
    if len(line) <= _MAX_RULE and (_ORIGINAL.fullmatch(line) or any(marker in line for marker in words.MARKERS)):
        return at
    return at if _is_header_block(plain, at) else None


def _is_header_block(plain: list[str], at: int) -> bool:
    """Whether a mail's headers were copied here: a sender or a date first, at least three of the four soon after."""
    if not (_LABELS[0].match(plain[at]) or _LABELS[1].match(plain[at])):
        return False
    block = [line for line in plain[at : at + 12] if line][:7]
    named = sum(any(label.match(line) for line in block) for label in _LABELS)
    return named >= 3 and any(_SENT.search(line) for line in block)


def _attribution(plain: list[str], at: int, marked_next: bool) -> int | None:
    """Where the line that introduces a quote begins, when it ends at `at`; mail programs wrap it over up to 4 lines."""
    framed = _FRAMED.fullmatch(plain[at])
    if framed and _ATTRIBUTION.fullmatch(framed[1] + ":"):
        return at
    if not plain[at].endswith(":") and not (marked_next and plain[at].endswith(">")):
        return None
    starts = range(at, max(-1, at - _MAX_WRAPS), -1)
    reach = [start for start in starts if all(plain[start : at + 1])]
    joined = {start: " ".join(plain[start : at + 1]) for start in reach}
    dated = {start: line for start, line in joined.items() if _is_dated(line, marked_next)}
    for pattern in (_ANCHORED, _ATTRIBUTION if marked_next else _ADDRESSED, _ADDRESSED):
        for start, line in dated.items():
            if pattern.fullmatch(line):
                wrapped = pattern is not _ANCHORED and _is_wrapped_date(plain, start, reach)
                return start - 1 if wrapped else start
    return None


def _is_dated(line: str, marked_next: bool) -> bool:
    """Whether it tells when; without marks beneath, a day alone is not enough: customers tell stories, too."""
    return len(line) <= _MAX_INTRODUCTION and bool(_WHEN.search(line)) and (marked_next or bool(_SENT.search(line)))


def _is_wrapped_date(plain: list[str], start: int, reach: list[int]) -> bool:
    """Whether the line above holds the first half of the date."""
    above = start - 1
    if above not in reach or _DATE_FIRST.fullmatch(plain[start]):
        return False
    return bool(_DATE_FIRST.fullmatch(plain[above]) and _WHEN.search(plain[above]))


def _next_kind(kinds: list[str], at: int) -> str:
    return next((kind for kind in kinds[at + 1 :] if kind != _EMPTY), _EMPTY)


def _with_rule(plain: list[str], start: int) -> int:
    """A drawn line right above the quote belongs to it."""
    above = start - 1
    while above >= 0 and not plain[above]:
        above -= 1
    return above if above >= 0 and _RULE.fullmatch(plain[above]) else start


def _mark_broken_links(plain: list[str], kinds: list[str]) -> None:
    """A long link that broke out of a marked quote, one word alone between marked lines, belongs to it."""
    for at in range(1, len(kinds) - 1):
        if kinds[at - 1 : at + 2] == [_MARKED, _TEXT, _MARKED] and _LINK.fullmatch(plain[at]):
            kinds[at] = _MARKED


def _fold_marked_quotes(kinds: list[str]) -> None:
    """Fold marked lines, but keep those between which the customer answered."""
    runs = _marked_runs(kinds)
    last_text = max((at for at, kind in enumerate(kinds) if kind == _TEXT), default=-1)
    answered = [run for run in runs if run.start < last_text]
    inline = len(answered) > 1 or (len(answered) == 1 and _INTRODUCTION not in kinds[: answered[0].start])
    for run in runs:
        if run.start > last_text or not inline:
            kinds[run.start : run.stop] = [_QUOTED] * len(run)


def _marked_runs(kinds: list[str]) -> list[range]:
    """Runs of marked lines; empty lines within a run belong to it."""
    runs: list[range] = []
    for at, kind in enumerate(kinds):
        if kind != _MARKED:
            continue
        if runs and all(between == _EMPTY for between in kinds[runs[-1].stop : at]):
            runs[-1] = range(runs[-1].start, at + 1)
        else:
            runs.append(range(at, at + 1))
    return runs


def _fold_signature(plain: list[str], kinds: list[str]) -> None:
    """Fold what stands after "-- " and the telephone's last line."""
    seen = [at for at, kind in enumerate(kinds) if kind in (_TEXT, _MARKED)]
    delimiter = next((at for at in seen if plain[at] in ("--", "—")), None)
    if delimiter is not None and delimiter != seen[0] and len(seen) - seen.index(delimiter) <= _MAX_SIGNATURE:
        stop = seen[-1] + 1
        kinds[delimiter:stop] = [_QUOTED] * (stop - delimiter)
        seen = seen[: seen.index(delimiter)]
    while len(seen) > 1 and (_SENT_FROM.fullmatch(plain[seen[-1]]) or _RULE.fullmatch(plain[seen[-1]])):
        kinds[seen.pop()] = _QUOTED


def _joined(lines: Iterable[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
