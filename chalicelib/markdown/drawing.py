"""An article's HTML: sections that can be linked to, callouts, images that shift nothing, tables that scroll.

All of it is made on markdown-it's tokens; the cleaner that comes after knows these elements and classes and no others.
"""

import re
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from chalicelib.markdown import callouts, parsing, sections

if TYPE_CHECKING:
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

_TAGS = {
    "a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"}, "img": {"src", "alt", "title", "width", "height", "loading", "decoding"}, "ol": {"start"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "div": {"role", "tabindex", "aria-label"}, "pre": {"tabindex"},
}  # fmt: skip
_CLASSES = {
    "a": {"anchor"}, "div": {"callout", "note", "tip", "warning", "wide"}, "p": {"callout-title"},
    "td": {"end", "middle"}, "th": {"end", "middle"},
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel"}
_SIZE = re.compile(r"#(\d{1,5})x(\d{1,5})$")
_ALIGNED = {"text-align:right": "end", "text-align:center": "middle"}

Options = Any
Environment = MutableMapping[str, Any]


@dataclass(frozen=True)
class Heading:
    """A section: the `id` to link to, and its words."""

    id: str
    text: str


@dataclass(frozen=True)
class Drawn:
    """`html` is safe. `headings` are those of the second level; `images` the addresses of its pictures, in order."""

    html: str
    headings: tuple[Heading, ...]
    images: tuple[str, ...]


def draw(text: str, locale: str = "en", taken: Iterable[str] = ()) -> Drawn:
    """The article as a page shows it.

    Args:
        locale: of the words that are added, such as a warning's title.
        taken: ids that the page uses itself; no heading gets one of them.
    """
    import nh3

    found = parsing.tokens(text)
    listed = sections.name(found, set(taken))
    env = {"locale": locale, "images": [], "quoted": []}
    made = _renderer().render(found, parsing.parser().options, env)
    html = nh3.clean(
        made, tags=_TAGS, attributes=_ATTRIBUTES, allowed_classes=_CLASSES, url_schemes=_SCHEMES, link_rel="noopener"
    )
    return Drawn(html, tuple(Heading(*one) for one in listed), tuple(env["images"]))


@cache
def _renderer() -> "RendererHTML":
    from markdown_it.renderer import RendererHTML

    renderer = RendererHTML(parsing.parser())
    rules: dict[str, Any] = renderer.rules
    rules |= {
        "image": _image, "fence": _code, "code_block": _code, "table_open": _table, "table_close": _after_table,
        "blockquote_open": _quotation, "blockquote_close": _after_quotation, "th_open": _cell, "td_open": _cell,
    }  # fmt: skip
    return renderer


def _image(found: "Sequence[Token]", place: int, options: Options, env: Environment) -> str:
    """Its size stands behind the address as `#1200x800`, so that the page can leave room before it comes.

    All but the first wait until they are scrolled to: the first may be what the reader sees first.
    """
    token = found[place]
    source = str(token.attrGet("src") or "")
    size = _SIZE.search(source)
    told = {"src": source[: size.start()] if size else source, "alt": _alternative(token)}
    told |= {"title": str(token.attrGet("title"))} if token.attrGet("title") else {}
    told |= {"width": size[1], "height": size[2]} if size else {}
    told |= {"loading": "lazy", "decoding": "async"} if env["images"] else {"decoding": "async"}
    env["images"].append(told["src"])
    return f"<img{_attributes(told)}>"


def _alternative(token: "Token") -> str:
    return "".join(child.content for child in token.children or [])


def _code(found: "Sequence[Token]", place: int, options: Options, env: Environment) -> str:
    # What scrolls must be reachable by keyboard (WCAG 2.1.1).
    return f'<pre tabindex="0"><code>{escape(found[place].content, quote=False)}</code></pre>\n'


def _table(found: "Sequence[Token]", place: int, options: Options, env: Environment) -> str:
    told = {"class": "wide", "role": "group", "tabindex": "0", "aria-label": callouts.table(env["locale"])}
    return f"<div{_attributes(told)}><table>\n"


def _after_table(found: "Sequence[Token]", place: int, options: Options, env: Environment) -> str:
    return "</table></div>\n"


def _cell(found: "Sequence[Token]", place: int, options: Options, env: Environment) -> str:
    token = found[place]
    aligned = _ALIGNED.get(str(token.attrGet("style") or ""))
    return f"<{token.tag}{_attributes({'class': aligned} if aligned else {})}>"


def _quotation(found: "Sequence[Token]", place: int, options: Options, env: Environment) -> str:
    kind = found[place].info
    env["quoted"].append(kind)
    if not kind:
        return "<blockquote>\n"
    title = escape(callouts.title(kind, env["locale"]))
    return f'<div class="callout {kind}" role="note"><p class="callout-title">{title}</p>\n'


def _after_quotation(found: "Sequence[Token]", place: int, options: Options, env: Environment) -> str:
    return "</div>\n" if env["quoted"].pop() else "</blockquote>\n"


def _attributes(told: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in told.items())
