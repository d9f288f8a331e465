"""A mail that somebody passed on: whose it was, what it said, and what he wrote above, below or between it.

Mail programs copy the old headers into the text, each in its own order and language, some marked as a quote. What he
wrote himself is for us alone and must never reach the one whose mail it was: where the two cannot be told apart by
marks, an end line or a signature, they are not.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain import reply_words as words

_FROM, _DATE, _TO, _SUBJECT = range(4)
_MAX_LINES = 5_000
# Of the copied headers, of one with its wrapped lines, and of what stands before a colon.
_MAX_HEAD = 60
_MAX_WRAPS = 6
_MAX_LABEL = 40


@dataclass(frozen=True)
class Forwarded:
    """`above` is what was written over it, `head` the copied headers as they stand, `text` what follows them, `below`
    what the one who passed it on wrote under that, with what of it he wrote into.

    `sender` is a bare address as written, None when there is none; `date` as the program wrote it.
    """

    above: str
    head: str
    sender: str | None
    name: str
    subject: str
    date: str
    text: str
    below: str = ""


def read(text: str) -> Forwarded | None:
    """The first mail that `text` (of a plain-text mail) passes on; None when there are no copied headers."""
    lines = text.replace("\r\n", "\n").split("\n")
    for at in range(min(len(lines), _MAX_LINES)):
        if _kind(lines[at]) is None:
            continue
        head = _head(lines, at)
        if head:
            return _read(lines, at, head)
    return None


@dataclass
class _Head:
    """Copied headers: their values by kind, and the line behind them."""

    values: dict[int, str]
    end: int


def _head(lines: list[str], at: int) -> _Head | None:
    """The block of headers that begins there; a sender and two more make one.

    A blank line ends it, unless more of the headers that are still missing follow (some programs part them).
    """
    values: dict[int, str] = {}
    last, wraps, most = None, 0, min(len(lines), at + _MAX_HEAD)
    while at < most:
        line, kind = _unmarked(lines[at]).strip(), _kind(lines[at])
        if not line:
            following = _next_kind(lines, at)
            if following is None or following in values:
                break
        elif kind is not None and kind not in values:
            values[kind], last, wraps = _seen(line.partition(_colon(line))[2]), kind, 0
        elif kind is None and _LABELLED.match(line):
            last = None
        else:
            wraps += 1
            if wraps > _MAX_WRAPS:
                return None
            if kind is None and last is not None:
                values[last] = f"{values[last]} {line}".strip()
        at += 1
    return _Head(values, at) if _FROM in values and len(values) > 2 else None


def _read(lines: list[str], at: int, head: _Head) -> Forwarded:
    sender, name = _mailbox(head.values[_FROM])
    passed_on, below = _parted(lines[head.end :], _MARK.match(lines[at]) is not None)
    return Forwarded(
        above=_joined(lines[: _start(lines, at)]),
        head=_joined(_unmarked(line) for line in lines[at : head.end]),
        sender=sender,
        name=name,
        subject=head.values.get(_SUBJECT, ""),
        date=head.values.get(_DATE, ""),
        text=_joined(passed_on),
        below=_joined(below),
    )


def _start(lines: list[str], at: int) -> int:
    """Where what was passed on begins: with the program's own line, or a drawn one, above the headers."""
    start = at
    for above in range(at - 1, max(-1, at - 5), -1):
        folded = _folded(lines[above])
        if _INTRODUCED.fullmatch(folded) or _RULE.fullmatch(folded):
            start = above
        elif folded:
            break
    return start


def _parted(lines: list[str], marked: bool) -> tuple[list[str], list[str]]:
    """What was passed on, without the marks of a quote if it was marked, and what stands below that."""
    written = [line for line in lines if line.strip()]
    if written and (marked or all(_MARK.match(line) for line in written)):
        end = next((at for at, line in enumerate(lines) if line.strip() and not _MARK.match(line)), len(lines))
        lines, below = [_unmarked(line) for line in lines[:end]], lines[end:]
    else:
        below = []
    end = next((at for at in range(len(lines)) if _ends(lines, at)), len(lines))
    return lines[:end], [*lines[end:], *below]


def _ends(lines: list[str], at: int) -> bool:
    """Whether it is the program's last line, under which no headers stand, or that of the last signature."""
    if lines[at].rstrip() == "--":
        return all(_kind(line) != _FROM for line in lines[at:])
    if _ENDED.fullmatch(_folded(lines[at])):
        return True
    if not _INTRODUCED.fullmatch(_folded(lines[at])):
        return False
    following = [line for line in lines[at + 1 : at + 6] if line.strip()][:2]
    return not any(_kind(line) is not None for line in following)


def _mailbox(value: str) -> tuple[str | None, str]:
    """Address and name. Whatever stands before the last address is a name: anybody may have chosen it, and who writes
    `on behalf of` another stands before him."""
    found = _ADDRESSES.findall(value)
    if not found:
        return None, _name(value)
    return found[-1], _name(re.split(r"[<\[(]", value, maxsplit=1)[0].replace(found[-1], ""))


def _name(value: str) -> str:
    return " ".join(value.replace("*", "").split()).strip("\"' ,;")[:200]


def _kind(line: str) -> int | None:
    """Which header a line is, by its label in any language."""
    bare_line = _unmarked(line)
    label, colon, _ = bare_line[: _MAX_LABEL * 2].partition(_colon(bare_line))
    return _KINDS.get(_folded(label)) if colon and len(label) <= _MAX_LABEL else None


def _next_kind(lines: list[str], at: int) -> int | None:
    following = next((line for line in lines[at : at + 3] if _unmarked(line).strip()), "")
    return _kind(following)


def _colon(line: str) -> str:
    """Chinese and Japanese programs write a wide colon."""
    return "：" if "：" in line and (":" not in line or line.index("：") < line.index(":")) else ":"


def _unmarked(line: str) -> str:
    """The line without one mark of a quote."""
    found = _MARK.match(line)
    return line[found.end() :] if found else line


def _folded(line: str) -> str:
    """Letters to compare: without case, accents, vowel signs, invisible marks and bold stars, single spaces."""
    plain = unicodedata.normalize("NFKD", line[:1_000].casefold().replace("*", "").replace("ـ", ""))
    kept = (sign for sign in plain if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    return " ".join("".join(kept).split())


def _seen(value: str) -> str:
    """The value without invisible marks, such as those of direction."""
    return "".join(sign for sign in value if unicodedata.category(sign) != "Cf").strip()


def _joined(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def _alternatives(listed: Iterable[str]) -> str:
    return "|".join(re.escape(_folded(one)) for names in listed for one in names.split("|"))


_KINDS = {
    _folded(name): column
    for row in words.HEADER_LABELS.values()
    for column in range(4)
    for name in row[column].split("|")
}
_INTRODUCED = re.compile(
    rf"[-_=–—\s]*(?:{_alternatives([*words.FORWARDS.values(), *words.ORIGINALS.values()])})\s*:?[-_=–—\s]*"
)
_ENDS = ("end", "ende", "fin", "fim", "fine", "einde", "koniec", "конец", "кінець", "край", "son", "slut", "slutt",
         "loppu", "konec", "vége", "sfârșit", "τέλος", "نهاية", "پایان", "סוף")  # fmt: skip
_ENDED = re.compile(rf"[-_=–—]{{3,}}\s*(?:{_alternatives(_ENDS)})\b.{{0,80}}?[-_=–—]{{3,}}")
_RULE = re.compile(r"[-_=–—]{5,}")
_MARK = re.compile(r"\s{0,3}> ?")
_LABELLED = re.compile(r"[^\W\d][\w .'’()-]{0,38}\s?[:：](?:\s|$)")
_ADDRESSES = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+")
