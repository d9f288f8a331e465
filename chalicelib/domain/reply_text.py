"""What a customer wrote in a reply, apart from what his mail program quoted beneath, around or above it.

Fold, never drop: every line lands in `visible` or in `quoted`, and when nothing would be left to see, all is visible.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain import forward_subject, reply_headers, reply_introduction, reply_signature
from chalicelib.domain.reply_line import is_drawn, plain


@dataclass(frozen=True)
class ReplyText:
    """`visible` is what to show; `quoted` the quotes and the signature, shown folded ("" when there are none)."""

    visible: str
    quoted: str


def split(text: str, subject: str = "") -> ReplyText:
    """`text` (a plain-text mail) as visible and quoted text.

    What follows a line that introduces a quote is quoted, and so are lines marked with ">". Answers written between
    marked lines stay with the lines they answer; one beneath a single quote stands alone. Forwarded mail stays visible:
    under its own line, or all of it when `subject` says so ("Fwd: …").
    """
    if forward_subject.is_marked(subject):
        return ReplyText(text.strip("\r\n"), "")
    whole = text.replace("\r\n", "\n").split("\n")
    lines = reply_introduction.unshared(whole[:_MAX_LINES])
    kinds = _Reading([plain(line) for line in lines]).kinds()
    lines += whole[_MAX_LINES:]
    kinds += [_QUOTED if kinds[-1] == _QUOTED else _TEXT] * (len(lines) - len(kinds))
    visible = _joined(line for line, kind in zip(lines, kinds, strict=True) if kind not in _FOLDED)
    if not visible:
        return ReplyText(text.strip("\r\n"), "")
    return ReplyText(visible, _joined(line for line, kind in zip(lines, kinds, strict=True) if kind in _FOLDED))


_TEXT, _EMPTY, _MARKED, _INTRODUCTION, _QUOTED = "text", "empty", "marked", "introduction", "quoted"
_FOLDED = {_INTRODUCTION, _QUOTED}

_MARK = re.compile(r"\s{0,3}>")
_MARKS = re.compile(r"(?:\s{0,3}[>|])+\s?")
_LINK = re.compile(r"\S*[/=?&%)>]\S*|[(<]?https?:\S+ ?>?")
# What is looked at; past this everything stays as it stands.
_MAX_LINES = 10_000
_MAX_TRIES = 400
_MAX_GAP = 30
_WRAPPED_AT = 72
_ENDS = ".?!:;؟。？！…"


class _Reading:
    """The kinds of a mail's plain lines, found in one pass and then mended by what stands around them."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.found = [_EMPTY if not line else _MARKED if _MARK.match(line) else _TEXT for line in lines]
        self.tries = 0
        self.signed = False

    def kinds(self) -> list[str]:
        self._find_quotes()
        self._mark_broken_lines()
        self._fold_signature()
        self._fold_marked_quotes()
        self._fold_signature()
        return self.found

    def _find_quotes(self) -> None:
        """What follows an introduction without marks is quoted to the end, what is passed on is not quoted at all."""
        for at, line in enumerate(self.lines):
            if self._begins_forward(at):
                self.found[at:] = [_TEXT if one else _EMPTY for one in self.lines[at:]]
                return
            if self.found[at] != _TEXT:
                continue
            if reply_introduction.begins_copy(self.lines, at):
                self._quote_to_end(at)
                return
            if self._may_introduce(line) and self._introduces(at):
                return

    def _begins_forward(self, at: int) -> bool:
        """Its line may itself be marked, when nothing introduces those marks."""
        line, kind = self.lines[at], self.found[at]
        if kind == _MARKED and (at == 0 or _MARKED not in self.found[max(0, at - 2) : at]):
            return self._kind_above(at) != _INTRODUCTION and reply_introduction.is_forward_line(_unmarked(line))
        return kind == _TEXT and reply_introduction.is_forward_line(line)

    def _may_introduce(self, line: str) -> bool:
        if not line.endswith((":", "：", ">", ")", "-", "wrote", "写道", "寫道")):
            return False
        self.tries += 1
        return self.tries <= _MAX_TRIES

    def _introduces(self, at: int) -> bool:
        """Whether all below is quoted without marks; a marked quote is left to `_fold_marked_quotes`."""
        after = range(at + 1, min(len(self.found), at + _MAX_GAP))
        below = next((place for place in after if self.found[place] != _EMPTY), None)
        barred = below is not None and self.lines[below].startswith("|")
        marked = below is not None and (barred or self.found[below] == _MARKED)
        start = reply_introduction.introduction(self.lines, at, marked)
        if start is None:
            return False
        if not marked:
            self._quote_to_end(start)
            return True
        start = self._top(start)
        self.found[start : at + 1] = [_INTRODUCTION] * (at + 1 - start)
        if barred and below is not None:
            self._mark_bars(below)
        return False

    def _mark_bars(self, at: int) -> None:
        while at < len(self.lines) and self.lines[at].startswith("|"):
            self.found[at] = _MARKED
            at += 1

    def _quote_to_end(self, start: int) -> None:
        start = self._top(start)
        self.found[start:] = [_QUOTED] * (len(self.found) - start)

    def _top(self, start: int) -> int:
        """A drawn line right above a quote belongs to it, and so do headers between the two."""
        above = start - 1
        while above >= 0 and (not self.lines[above] or reply_headers.is_header(self.lines[above])):
            above -= 1
        return above if above >= 0 and is_drawn(self.lines[above]) else start

    def _mark_broken_lines(self) -> None:
        """Between marked lines, the end of a line that was too long for its mark belongs to it, and so does a link."""
        for at in range(1, len(self.found) - 1):
            if self.found[at - 1 : at + 2] == [_MARKED, _TEXT, _MARKED] and self._is_broken(at):
                self.found[at] = _MARKED

    def _is_broken(self, at: int) -> bool:
        above, line = self.lines[at - 1], self.lines[at]
        full = len(above) + 1 + len(line.split(" ", 1)[0]) > _WRAPPED_AT
        return bool(_LINK.fullmatch(line)) or (full and above[-1] not in _ENDS)

    def _fold_marked_quotes(self) -> None:
        """Fold marked lines, but keep those between which the customer answered, and those he put there himself."""
        runs = self._marked_runs()
        last_text = max((at for at, kind in enumerate(self.found) if kind == _TEXT), default=-1)
        introduced = [self._introduced(run) for run in runs]
        answered = [number for number, run in enumerate(runs) if run.start < last_text]
        inline = len(answered) > 1 or (len(answered) == 1 and not introduced[answered[0]])
        for number, run in enumerate(runs):
            if number in answered and inline:
                self._keep(run)
            elif introduced[number] or not self._copied_by_hand(run, any(introduced[number + 1 :])):
                self.found[run.start : run.stop] = [_QUOTED] * len(run)

    def _marked_runs(self) -> list[range]:
        """Runs of marked lines; empty lines within a run belong to it."""
        runs: list[range] = []
        for at, kind in enumerate(self.found):
            if kind != _MARKED:
                continue
            if runs and all(between == _EMPTY for between in self.found[runs[-1].stop : at]):
                runs[-1] = range(runs[-1].start, at + 1)
            else:
                runs.append(range(at, at + 1))
        return runs

    def _introduced(self, run: range) -> bool:
        """Whether a program's introduction stands above the run, or is marked itself and begins it."""
        if self._kind_above(run.start) == _INTRODUCTION:
            return True
        inner = [_unmarked(self.lines[at]) for at in list(run)[:8]]
        if reply_introduction.begins_copy(inner, 0):
            return True
        joined = (" ".join(inner[:end]) for end in range(1, min(4, len(inner)) + 1))
        return any(reply_introduction.is_introduction(line, marked_next=True) for line in joined if line.endswith(":"))

    def _kind_above(self, at: int) -> str:
        above = range(at - 1, max(-1, at - _MAX_GAP), -1)
        return next((self.found[place] for place in above if self.found[place] != _EMPTY), _EMPTY)

    def _keep(self, run: range) -> None:
        """An introduction right above lines that are kept is kept with them."""
        above = run.start - 1
        while above >= 0 and self.found[above] in (_EMPTY, _INTRODUCTION):
            if self.found[above] == _INTRODUCTION:
                self.found[above] = _TEXT
            above -= 1

    def _copied_by_hand(self, run: range, introduced_later: bool) -> bool:
        """Whether the customer put the lines there: his words lead to them, or his program quotes further down."""
        if self._kind_above(run.start) != _TEXT:
            return False
        return introduced_later or (self.lines[run.start - 1] or self.lines[run.start - 2]).endswith(":")

    def _fold_signature(self) -> None:
        seen = [at for at, kind in enumerate(self.found) if kind in (_TEXT, _MARKED)]
        for at in reply_signature.fold_from(self.lines, seen, self.signed):
            self.signed = self.signed or reply_signature.is_delimiter(self.lines[at])
            self.found[at] = _QUOTED


def _unmarked(line: str) -> str:
    return _MARKS.sub("", line, count=1)


def _joined(lines: Iterable[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
