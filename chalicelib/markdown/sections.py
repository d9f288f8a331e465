"""The sections of an article: an anchor on each heading, made of its words, that stays while the words stay.

Arabic stays Arabic: browsers show it as it is, and a slug without it would be empty.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_LEVELS = {"h1": "h2", "h2": "h2", "h3": "h3"}
_LONGEST = 80
# Besides what Unicode calls a mark: the stroke that only makes an Arabic word longer.
_TATWEEL = "\u0640"


def name(found: "list[Token]", taken: set[str]) -> list[tuple[str, str]]:
    """Give every heading its level on the page, an id that is not among `taken`, and a link to itself.

    Returns:
        id and words of those of the second level, in order.
    """
    listed, last = [], dict[str, int]()
    for place, token in enumerate(found):
        if token.type not in ("heading_open", "heading_close"):
            continue
        token.tag = _LEVELS.get(token.tag, "h4")
        if token.type == "heading_open":
            words = _words(found[place + 1])
            anchor = _free(slug(words), taken, last)
            token.attrSet("id", anchor)
            _link(found[place + 1], anchor)
            listed += [(anchor, words)] if token.tag == "h2" and words else []
    return listed


def slug(words: str) -> str:
    """What an address calls a heading: `Before you start` is `before-you-start`."""
    plain = unicodedata.normalize("NFKD", words).casefold().replace(_TATWEEL, "")
    kept = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Cf"))
    joined = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", kept)).strip("-")
    return joined[:_LONGEST].strip("-") or "section"


def _free(wished: str, taken: set[str], last: dict[str, int]) -> str:
    """The wished id, or the next with a number behind it; `last` keeps the number that each came to."""
    number, found = last.get(wished, 1), wished
    while found in taken:
        number += 1
        found = f"{wished}-{number}"
    last[wished] = number
    taken.add(found)
    return found


def _words(inline: "Token") -> str:
    children = inline.children or []
    text = "".join(" " if child.type.endswith("break") else child.content for child in children)
    return " ".join(text.split())


def _link(inline: "Token", anchor: str) -> None:
    """The heading leads to itself, so that its address can be copied; one that leads elsewhere keeps its own link."""
    from markdown_it.token import Token

    children = inline.children or []
    if not children or any(child.type == "link_open" for child in children):
        return
    opening = Token("link_open", "a", 1, attrs={"class": "anchor", "href": f"#{anchor}"})
    inline.children = [opening, *children, Token("link_close", "a", -1)]
