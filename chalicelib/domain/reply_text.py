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
    lines = text.replace("\r\n", "\n").split("\n")
    plain = [_plain(line) for line in lines[:_MAX_LINES]]
    kinds = _kinds(plain)
    beyond = len(lines) - len(plain)
    kinds += [_QUOTED if kinds[-1] == _QUOTED else _TEXT] * beyond
    plain += [""] * beyond
    _fold_signature(plain, kinds)
    _fold_marked_quotes(kinds)
    _fold_signature(plain, kinds)
    visible = _joined(line for line, kind in zip(lines, kinds, strict=True) if kind not in _FOLDED)
    if not visible:
        return ReplyText(text.strip("\r\n"), "")
    return ReplyText(visible, _joined(line for line, kind in zip(lines, kinds, strict=True) if kind in _FOLDED))


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


_ATTRIBUTION = re.compile(_any_of(pattern for row in words.ATTRIBUTIONS.values() for pattern in row))
# In any language: somebody's address, a date or a time, and a colon at the end.
_ADDRESS = re.compile(r"[<(\[]\s*(?:mailto:)?[^\s<>()]+@[^\s<>()]+\s*[>)\]]")
_WHEN = re.compile(r"\d{1,2}\s?[:.h時시点]\s?\d{2}|\b(?:19|20)\d\d\b|\d{4}[年년]|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_ORIGINAL = re.compile(rf"[-_=–—\s]{{2,}}(?:{_alternatives(words.ORIGINALS)})\s*:?[-_=–—\s]*")
_FORWARD = re.compile(rf"[-_=–—\s]*(?:{_alternatives(words.FORWARDS)})\s*:?[-_=–—\s]*")
_SENT_FROM = re.compile(rf"(?:{_alternatives(words.SENT_FROM)})")
_LABELS = [re.compile(rf"(?:{_labels(column)})\s?:(?:\s|$)") for column in range(4)]
_RULE = re.compile(r"[-_=–—]{5,}")


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
        start = _unmarked_quote(plain, at)
        if start is None and (start := _attribution(plain, at)) is not None and _next_kind(kinds, at) == _MARKED:
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
    return sum(any(label.match(line) for line in block) for label in _LABELS) >= 3


def _attribution(plain: list[str], at: int) -> int | None:
    """Where the line that introduces a quote begins, when it ends at `at`; mail programs wrap it over up to 4 lines."""
    if not plain[at].endswith(":"):
        return None
    starts = range(at, max(-1, at - _MAX_WRAPS), -1)
    reach = [start for start in starts if all(plain[start : at + 1])]
    joined = {start: " ".join(plain[start : at + 1]) for start in reach}
    dated = {start: line for start, line in joined.items() if len(line) <= _MAX_INTRODUCTION and _WHEN.search(line)}
    for pattern in (_ATTRIBUTION.fullmatch, _ADDRESS.search):
        for start, line in dated.items():
            if pattern(line):
                return start
    return None


def _next_kind(kinds: list[str], at: int) -> str:
    return next((kind for kind in kinds[at + 1 :] if kind != _EMPTY), _EMPTY)


def _with_rule(plain: list[str], start: int) -> int:
    """A drawn line right above the quote belongs to it."""
    above = start - 1
    while above >= 0 and not plain[above]:
        above -= 1
    return above if above >= 0 and _RULE.fullmatch(plain[above]) else start


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
