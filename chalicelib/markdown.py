"""Markdown as articles are written in, into safe HTML for pages and plain text for the index.

What an author types is never trusted: HTML in it is shown as text, and what comes out is cleaned once more.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "h2": {"id"}, "h3": {"id"}}
_BLOCKS = ("</p>", "</li>", "</h2>", "</h3>", "</h4>", "</td>", "</th>", "<br>", "</pre>")


def to_html(text: str) -> str:
    """Safe HTML. A first-level heading becomes a second-level one: the page's own title is the first."""
    import nh3

    made = _parser().render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"})


def to_text(text: str) -> str:
    """The words alone, a line a block."""
    import html

    import nh3

    made = to_html(text)
    for end in _BLOCKS:
        made = made.replace(end, end + "\n")
    lines = html.unescape(nh3.clean(made, tags=set())).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")
