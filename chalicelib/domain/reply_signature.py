"""Which of a mail's last lines are no words of the customer: a signature, a telephone's line, an office's small print.

Closing words ("Best regards, Alice") are his own unless a delimiter stands before them.
"""

import re
from collections.abc import Iterable

from chalicelib.domain import reply_signature_words as words
from chalicelib.domain.late_pattern import LatePattern
from chalicelib.domain.reply_line import is_drawn

_MAX_SIGNATURE = 12
_MAX_FOOTER = 8
_MAX_GAP = 10
_MAX_SENT_FROM = 160
_MAX_DISCLAIMER = 30
_DELIMITERS = ("--", "—", "– –", "- -")


def _any_of(patterns: Iterable[str]) -> str:
    """Alternatives in which `…` stands for anything."""
    return "|".join(".*".join(re.escape(piece) for piece in pattern.split("…")) for pattern in patterns)


def _rows(table: dict[str, str]) -> str:
    return _any_of(pattern for row in table.values() for pattern in row.split("|"))


_SENT_FROM = LatePattern(rf"[(<\[—–-]*\s?(?:{_rows(words.SENT_FROM)})[)>\]]*\.?")
_DEVICE = LatePattern(rf"(?<![a-zà-ÿа-я])(?:{_any_of(words.DEVICES.split('|'))})|iphon|ipad|outlook|android|手机|手機")
# A device named later in a sentence is one the customer speaks of.
_CLAUSE = re.compile(r"[,;،]\s|\.\s")
_OWN = re.compile(
    r"(?:sent from my|from my|envoyé de mon|enviado desde mi|enviado do meu|inviato dal mio|von meinem|skickat från min"
    r"|sendt fra min|verzonden vanaf mijn|verstuurd vanaf mijn)(?: [^\s,.;:!?]+){1,4}(?: gesendet)?\.?"
)
_OUTLOOK = re.compile(r".{0,80}<?https://aka\.ms/\w{4,12}>?.{0,20}")
_DISCLAIMER = LatePattern(rf"[\[(*_\s-]*(?:{_rows(words.DISCLAIMERS)})")
_SECRET = LatePattern(_any_of(words.SECRETS.split("|")))
_RULE = re.compile(r"[-_=*–—]{2,}")
_LIST = re.compile(r"mailing list|https?://|@lists?\.|unsubscribe")


def fold_from(lines: list[str], seen: list[int], signed: bool) -> list[int]:
    """Which of `seen` (the numbers of the lines shown, in order) belong to no words; never all of them.

    `lines` are plain (`reply_line`). A delimiter counts when at most 12 shown lines follow it, and only one does:
    `signed` says that one was folded already.
    """
    kept = _without_small_print(lines, seen)
    kept = _without_program_lines(lines, kept)
    if not signed:
        kept = _without_signature(lines, kept)
    return seen[len(_without_program_lines(lines, kept)) :]


def is_delimiter(line: str) -> bool:
    return line in _DELIMITERS


def _without_signature(lines: list[str], seen: list[int]) -> list[int]:
    """The last delimiter counts: between two of them a customer may have written."""
    for place in range(len(seen) - 1, max(0, len(seen) - 1 - _MAX_SIGNATURE), -1):
        line = lines[seen[place]]
        if line in _DELIMITERS or (is_drawn(line) and _is_footer([lines[below] for below in seen[place + 1 :]])):
            return seen[:place]
    return seen


def _is_footer(below: list[str]) -> bool:
    """Whether a mailing list's program wrote this: a few lines that name the list and its page."""
    return 0 < len(below) <= _MAX_FOOTER and "mailing list" in " ".join(below) and bool(_LIST.search(below[-1]))


def _without_program_lines(lines: list[str], seen: list[int]) -> list[int]:
    """Drawn lines go with what is folded beneath them."""
    kept = list(seen)
    while len(kept) > 1:
        line = lines[kept[-1]]
        ruled = bool(_RULE.fullmatch(line)) and any(lines[kept[-1] + 1 : kept[-1] + _MAX_GAP])
        if not (ruled or line in _DELIMITERS or is_sent_from(line)):
            break
        kept.pop()
    return kept


def is_sent_from(line: str) -> bool:
    """Whether a program says what the mail was written on: it names a device or program, or is short and says "my"."""
    if len(line) > _MAX_SENT_FROM:
        return False
    if _OUTLOOK.fullmatch(line) or _OWN.fullmatch(line):
        return True
    return bool(_SENT_FROM.fullmatch(line)) and bool(_DEVICE.search(_CLAUSE.split(line, maxsplit=1)[0]))


def _without_small_print(lines: list[str], seen: list[int]) -> list[int]:
    """Small print begins its own paragraph, goes on to the end and says what is forbidden to whom."""
    for place in range(max(1, len(seen) - _MAX_DISCLAIMER), len(seen)):
        above, line = lines[seen[place] - 1], lines[seen[place]]
        begins = (not above or is_drawn(above)) and _DISCLAIMER.match(line)
        if begins and _SECRET.search(" ".join(lines[below] for below in seen[place:])):
            return seen[:place]
    return seen
