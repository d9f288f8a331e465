"""The words of an HTML mail as plain text, quotes marked with "> " and signatures under "-- " as a plain mail would.

One pass over the tags without building a tree: what a tree would cost (depth, repair, a library) buys nothing here, and
5,000 nested elements or a missing end tag are harmless. This is for reading and searching, never for display.
"""

import html
import re
from dataclasses import dataclass, field

MAX_HTML = 600_000

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,100})((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ANY_TAG = re.compile(r"<[/!?a-zA-Z][^>]*>")
_DATA = re.compile(r"data:[\w/+.-]{1,100};base64,[A-Za-z0-9+/=%\s]+")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
# A tag longer than this is read without regard to quotes, which keeps hostile HTML linear.
_LONG_TAG = 4_000
_MAX_BROKEN_TAGS = 50
_UNSEEN = {"script", "style", "head", "title", "template", "noframes"}
_BLOCK = re.compile(
    "address|article|aside|body|center|dd|div|dl|dt|fieldset|figure|figcaption|footer|form|h[1-6]|header|hr|html|li|main"
    "|nav|ol|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Gmail's and Apple's button for indenting makes a block quote without a border; quotes of what was answered have one.
_INDENTED = re.compile(r"\bstyle\s*=\s*[\"'][^\"']*\bborder(?:-width)?:\s*(?:none|0)\b", re.IGNORECASE)
# Word's and Outlook's paragraphs have no space between them; an empty one stands for an empty line.
_TIGHT = re.compile(r"\bclass\s*=\s*[\"']?(?:x_)*Mso(?:Normal|PlainText|ListParagraph)", re.IGNORECASE)
# What mail programs call the signature they set beneath a mail.
_SIGNATURE = re.compile(
    r"\b(?:class|id|data-smartmail)\s*=\s*[\"']?[^\"'>]*?\b(?:x_)*(?:gmail_signature\b(?!_)|moz-signature|ms-outlook-mobile-signature"
    r"|AppleMailSignature|protonmail_signature_block|ymail_android_signature|tutanota_signature|zmail_signature"
    r"|ntes-pcmac-signature)",
    re.IGNORECASE,
)
_MAX_QUOTE = 10
_MAX_OPEN = 50


def to_text(source: str) -> str:
    """Plain text of `source`: blocks on lines of their own, paragraphs apart, lists with "- ", links with their address
    when the words do not show it, quotes with "> ". After 600,000 characters only the bare words are taken."""
    source = _DATA.sub("data:", source)
    walk = _Walk(source[:MAX_HTML])
    walk.run()
    rest = _bare_words(source[MAX_HTML:])
    return f"{walk.text()}\n\n{rest}" if rest else walk.text()


@dataclass
class _Walk:
    source: str
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    quote: int = 0
    depth: int = 0
    indents: list[bool] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    tight: int | None = None
    preformatted: int = 0
    links: list[tuple[str, int]] = field(default_factory=list)
    blank: bool = False
    broken_tags: int = 0

    def run(self) -> None:
        position, end = 0, self.source.rfind(">") + 1
        closers: dict[str, bool] = {}
        while (at := self.source.find("<", position, end)) >= 0:
            self.words(self.source[position:at])
            position = self._markup(at, end, closers)
        self.words(self.source[position:])
        self.end_line()

    def text(self) -> str:
        lines = [line.rstrip() for line in self.lines]
        return "\n".join(lines).strip("\n")

    def words(self, raw: str) -> None:
        text = html.unescape(raw) if "&" in raw else raw
        if self.preformatted:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self.line.append(first)
            for line in rest:
                self.end_line(keep_empty=True)
                self.line.append(line)
            return
        text = _SPACE.sub(" ", text).replace("\xa0", " ")
        if text.startswith(" ") and (not self.line or self.line[-1].endswith(" ")):
            text = text[1:]
        if text:
            self.line.append(text)

    def end_line(self, keep_empty: bool = False) -> None:
        line = "".join(self.line)
        self.line = []
        if not line.strip() and not keep_empty:
            return
        if self.blank and self.lines:
            self.lines.append("> " * min(self.quote, self.depth))
        self.blank = False
        self.lines.append("> " * self.quote + line.rstrip())
        self.depth = self.quote

    def _markup(self, at: int, end: int, closers: dict[str, bool]) -> int:
        """Read the markup at `at` and return where the text goes on."""
        if self.source.startswith("<!--", at):
            return self._skip_to("-->", at + 2, end, closers)
        match = self._tag(at, end)
        if not match:
            self.words("<")
            return at + 1
        if match.re is _ANY_TAG:
            return self._long_tag(match)
        name = match[2].lower()
        if match[1]:
            self.close(name)
        elif name in _UNSEEN and not match[3].endswith("/"):
            return self._skip_to(f"</{name}", match.end(), end, closers)
        else:
            self.open(name, match[3])
        return match.end()

    def _tag(self, at: int, end: int) -> "re.Match[str] | None":
        match = None
        if self.broken_tags < _MAX_BROKEN_TAGS:
            match = _TAG.match(self.source, at, min(end, at + _LONG_TAG))
        if not match and (match := _ANY_TAG.match(self.source, at, end)):
            self.broken_tags += match[0][1].isalpha()
        return match

    def _long_tag(self, match: "re.Match[str]") -> int:
        name = re.match(r"</?([a-zA-Z][a-zA-Z0-9]*)", match[0][:100])
        if name and match[0].startswith("</"):
            self.close(name[1].lower())
        elif name:
            self.open(name[1].lower(), "")
        return match.end()

    def _skip_to(self, closer: str, at: int, end: int, closers: dict[str, bool]) -> int:
        """Past `closer`; when it never comes, on from `at`, so that no words are lost."""
        found = -1 if closers.get(closer) is False else _find_any_case(self.source, closer, at, end)
        closers[closer] = found >= 0
        after = self.source.find(">", found, end) + 1 if found >= 0 else 0
        return after or at

    def open(self, name: str, attributes: str) -> None:
        if name == "br":
            self.end_line(keep_empty=True)
        elif name == "p":
            self._open_paragraph(attributes)
        elif name == "blockquote":
            self._open_quote(attributes)
        elif name == "a":
            self._open_link(attributes)
        elif name == "img":
            self._image(attributes)
        elif name in ("td", "th"):
            self.words(" ")
        elif _BLOCK.fullmatch(name):
            self.end_line()
            self.preformatted += name == "pre"
            self._begin_block(name, attributes)

    def close(self, name: str) -> None:
        if name == "p":
            self._close_paragraph()
        elif name == "blockquote":
            self._close_quote()
        elif name == "a":
            self._close_link()
        elif _BLOCK.fullmatch(name):
            self._close_block(name)

    def _close_block(self, name: str) -> None:
        self.end_line()
        if name == "pre":
            self.preformatted = max(0, self.preformatted - 1)
        elif name in ("ol", "ul") and self.numbers:
            self.numbers.pop()
        self.blank = self.blank or name in _HEADINGS

    def paragraph(self) -> None:
        self.end_line()
        self.blank = True

    def _open_paragraph(self, attributes: str) -> None:
        if self.tight is not None or not _TIGHT.search(attributes):
            self._close_paragraph()
        if _TIGHT.search(attributes):
            self.end_line()
            self.tight = len(self.lines)

    def _close_paragraph(self) -> None:
        """One of Word's is followed by an empty line only when it is empty itself."""
        if self.tight is None:
            self.paragraph()
            return
        self.end_line()
        self.blank = self.blank or len(self.lines) == self.tight
        self.tight = None

    def _open_quote(self, attributes: str) -> None:
        indented = bool(_INDENTED.search(attributes)) and "cite" not in attributes.lower()
        if indented:
            self.end_line()
        else:
            self.paragraph()
        self.indents = [*self.indents[-_MAX_OPEN:], indented]
        self.quote = min(self.quote + (not indented), _MAX_QUOTE)

    def _close_quote(self) -> None:
        self.end_line()
        if self.indents and self.indents.pop():
            return
        self.quote = max(0, self.quote - 1)
        self.blank = True

    def _begin_block(self, name: str, attributes: str) -> None:
        if name == "li":
            self._begin_item()
        elif name in ("ol", "ul"):
            self.numbers = [*self.numbers[-_MAX_OPEN:], 0 if name == "ol" else None]
        elif name in ("div", "pre", "section", "table") and _SIGNATURE.search(attributes):
            self._begin_signature()
        elif name == "hr":
            self.line.append("_" * 20)
            self.end_line()

    def _begin_item(self) -> None:
        number = self.numbers[-1] if self.numbers else None
        if number is not None:
            self.numbers[-1] = number + 1
        self.line.append("- " if number is None else f"{number + 1}. ")

    def _begin_signature(self) -> None:
        """The delimiter of RFC 3676; Gmail and Thunderbird have most often written it themselves."""
        if self.lines and self.lines[-1].strip() not in ("--", "—") and not self.quote:
            self.lines.append("-- ")

    def _open_link(self, attributes: str) -> None:
        match = _HREF.search(attributes)
        href = html.unescape((match[1] or match[2] or match[3] or "").strip()) if match else ""
        self.links = [*self.links[-5:], (href, len(self.line))]

    def _close_link(self) -> None:
        if not self.links:
            return
        href, start = self.links.pop()
        shown = "".join(self.line[start:]).strip()
        target = href.removeprefix("mailto:").partition("?")[0] if href.startswith("mailto:") else href
        if shown and href.startswith(("http://", "https://", "mailto:")) and not _shows(shown, target):
            self.line.append(f" <{target}>")

    def _image(self, attributes: str) -> None:
        match = _ALT.search(attributes)
        alt = " ".join(html.unescape(match[1] or match[2] or "").split()) if match else ""
        if alt:
            self.words(f"[{alt}]")


def _bare_words(source: str) -> str:
    end = source.rfind(">") + 1
    return _SPACE.sub(" ", html.unescape(_ANY_TAG.sub(" ", source[:end]) + source[end:])).strip()


def _shows(shown: str, target: str) -> bool:
    bare = target.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return bare in shown.lower()


def _find_any_case(source: str, closer: str, at: int, end: int) -> int:
    match = re.compile(re.escape(closer), re.IGNORECASE).search(source, at, end)
    return match.start() if match else -1
