"""Markdown as articles are written in, into safe HTML for pages and plain text for the index.

What an author types is never trusted: HTML in it is shown as text, and what comes out is cleaned once more.
"""

from chalicelib.markdown.drawing import Drawn, Heading, draw
from chalicelib.markdown.words import to_summary, to_text

__all__ = ["Drawn", "Heading", "draw", "to_html", "to_summary", "to_text"]


def to_html(text: str, locale: str = "en") -> str:
    """Safe HTML. A first-level heading becomes a second-level one: the page's own title is the first.

    Args:
        locale: of the words that are added, such as a warning's title.
    """
    return draw(text, locale).html
