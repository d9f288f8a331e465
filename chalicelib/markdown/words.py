"""The words of an article alone: for the index, for previews, for the two lines under a link."""

import re
from typing import TYPE_CHECKING

from chalicelib.markdown import parsing

if TYPE_CHECKING:
    from markdown_it.token import Token

_SHORT = 160
_BORDERS = frozenset(("heading_open", "blockquote_open", "blockquote_close"))
_BLANK = "\n"
_BLANKS = re.compile(r"\n{2,}")
_ENDED = re.compile(r"[.!?…:;,،؛؟。]$")


def to_text(text: str) -> str:
    """The words, a line a block or row. Headings, items and rows end, cells stand apart: lines may be run together, but
    not over a blank line, which stands before each heading and around each quotation and callout.
    """
    found = parsing.tokens(text)
    lines: list[str] = []
    cells: list[str] = []
    for place, token in enumerate(found):
        if token.type in _BORDERS:
            lines.append(_BLANK)
        elif token.type == "tr_close":
            lines += _ended([" · ".join(cell for cell in cells if cell)])
            cells.clear()
        elif found[place - 1].type in ("th_open", "td_open"):
            cells += _lines(token)
        else:
            lines += _ended(_lines(token)) if _is_brief(found, place) else _lines(token)
    return _BLANKS.sub("\n\n", "\n".join(line for line in lines if line)).strip()


def to_summary(text: str, most: int = _SHORT) -> str:
    """What it begins with, in at most `most` characters: the first paragraph, cut after a word."""
    found = parsing.tokens(text)
    paragraphs = (found[n + 1] for n, token in enumerate(found) if token.type == "paragraph_open" and token.level == 0)
    words = next((joined for one in paragraphs if (joined := " ".join(_lines(one)))), "")
    return words if len(words) <= most else words[: most - 1].rpartition(" ")[0].rstrip(" ،,;:؛") + "…"


def _is_brief(found: "list[Token]", place: int) -> bool:
    """Whether it is what people end without a full stop: a heading, or the beginning of a list's item."""
    return found[place - 1].type == "heading_open" or found[place - 2].type == "list_item_open"


def _ended(lines: list[str]) -> list[str]:
    last = "".join(lines[-1:])
    return [*lines[:-1], f"{last}."] if last and not _ENDED.search(last) else lines


def _lines(token: "Token") -> list[str]:
    if token.type in ("fence", "code_block"):
        return [line.strip() for line in token.content.split("\n")]
    if token.type != "inline":
        return []
    return [" ".join(line.split()) for line in "".join(_said(child) for child in token.children or []).split("\n")]


def _said(child: "Token") -> str:
    if child.type == "hardbreak":
        return "\n"
    if child.type == "softbreak":
        return " "
    return child.content
