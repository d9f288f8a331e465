"""Markdown into markdown-it's tokens, with what plain CommonMark lacks: callouts, and nothing that could run.

A callout is one of GitHub's alerts, a quotation whose first line is `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]`
or `[!CAUTION]`: https://docs.github.com/en/get-started/writing-on-github ("Basic writing and formatting syntax").
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# By what each is drawn as: three looks are enough.
KINDS = {"NOTE": "note", "TIP": "tip", "IMPORTANT": "note", "WARNING": "warning", "CAUTION": "warning"}
_MARK = re.compile(r"\[!(\w+)\][ \t]*(?:\n|$)")


def tokens(text: str) -> "list[Token]":
    """The blocks of a text; a callout's blockquote has its kind in `info`, and its mark is gone."""
    found = parser().parse(text)
    for place, token in enumerate(found):
        if token.type == "blockquote_open":
            _tell_callout(found, place)
    return found


@cache
def parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _tell_callout(found: "list[Token]", place: int) -> None:
    inline = found[place + 2] if place + 2 < len(found) else None
    if inline is None or found[place + 1].type != "paragraph_open" or inline.type != "inline":
        return
    mark = _MARK.match(inline.content)
    kind = KINDS.get(mark[1].upper()) if mark else None
    if mark is None or kind is None:
        return
    found[place].info = kind
    _drop_mark(found, place, mark[0])


def _drop_mark(found: "list[Token]", place: int, mark: str) -> None:
    """Take the mark off its paragraph, and the paragraph away when nothing else is in it."""
    inline = found[place + 2]
    inline.content = inline.content[len(mark) :]
    inline.children = parser().parseInline(inline.content)[0].children
    if not inline.content:
        for token in found[place + 1 : place + 4]:
            token.hidden = True
