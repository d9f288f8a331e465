"""HTML of a help centre as the Markdown our articles are written in. What Markdown cannot say (colours, frames,
scripts) is left out; nothing here has to be safe, since Markdown's own HTML is cleaned where it is shown.
"""

import re
from html.parser import HTMLParser

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_UNSEEN = {"script", "style", "head", "template", "iframe", "video", "audio", "object"}
_BLOCKS = {"p", "div", "section", "article", "header", "footer", "figure", "figcaption", "dl", "dt", "dd", "table"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_STARTS = re.compile(r"^(\s*)([#+-]|\d+\.)(?=\s|$)")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_MANY_LINES = re.compile(r"\n{3,}")


def markdown(source: str) -> str:
    """The Markdown that says the same."""
    walk = _Walk()
    walk.feed(source)
    walk.close()
    walk.end_line()
    return _MANY_LINES.sub("\n\n", "\n".join(walk.lines)).strip()


def words(source: str) -> str:
    """The words alone, on one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", source).split())


class _Walk(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line: list[str] = []
        self._start = ""
        self._lists: list[int | None] = []
        self._quotes = 0
        self._unseen = 0
        self._preformatted = False
        self._links: list[str] = []
        self._cells: list[str] | None = None
        self._rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _MARKS:
            self._line.append(_MARKS[tag])
        elif tag == "br":
            self._break()
        elif tag == "hr":
            self._paragraph()
            self.lines += ["---", ""]
        elif tag == "a":
            self._links.append(told.get("href", ""))
            self._line.append("[")
        elif tag == "img":
            self._line.append(f"![{_plain(told.get('alt', ''))}]({_address(told.get('src', ''))})")
        elif tag == "code" and not self._preformatted:
            self._line.append("`")
        else:
            self._open_block(tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _MARKS:
            self._close_mark(_MARKS[tag])
        elif tag == "a" and self._links:
            self._close_link(self._links.pop())
        elif tag == "code" and not self._preformatted:
            self._line.append("`")
        else:
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._preformatted:
            self._line.append(data)
        elif text := _SPACE.sub(" ", data):
            if text == " " and not self._line:
                return
            self._line.append(_SPECIAL.sub(r"\\\1", text))

    def end_line(self) -> None:
        """Write down the line so far, with what lists and quotes put before it."""
        text = "".join(self._line).strip()
        self._line.clear()
        if text:
            if not self._start.strip():
                text = _STARTS.sub(r"\1\\\2", text)
            self.lines.append("> " * self._quotes + self._start + text)
            self._start = "  " * len(self._lists)

    def _break(self) -> None:
        if self._cells is not None:
            self._line.append(" ")
            return
        self._line.append("\\")
        self.end_line()

    def _paragraph(self) -> None:
        if self._cells is not None:
            self._line.append(" ")
            return
        self.end_line()
        if not self._lists and self.lines and self.lines[-1]:
            self.lines.append("> " * self._quotes if self._quotes else "")

    def _open_block(self, tag: str, told: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            self.end_line() if self._lists else self._paragraph()
            start = told.get("start", "1")
            self._lists.append(int(start) if tag == "ol" and start.isdigit() else (1 if tag == "ol" else None))
        elif tag == "li":
            self._open_item()
        elif tag == "blockquote":
            self._paragraph()
            self._quotes += 1
        elif tag == "pre":
            self._paragraph()
            self._preformatted = True
        elif tag in ("td", "th"):
            self._line.clear()
        elif tag == "tr":
            self.end_line()
            self._cells = []
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._paragraph()
            self._start = "#" * min(4, max(2, int(tag[1]))) + " "
        elif tag in _BLOCKS:
            self._paragraph()
            self._rows = 0 if tag == "table" else self._rows

    def _open_item(self) -> None:
        self.end_line()
        number = self._lists[-1] if self._lists else None
        indent = "   " * max(0, len(self._lists) - 1)
        self._start = f"{indent}- " if number is None else f"{indent}{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _close_block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.end_line()
            if self._lists:
                self._lists.pop()
            self._start = ""
            self._paragraph()
        elif tag == "blockquote":
            self.end_line()
            self._quotes = max(0, self._quotes - 1)
            self.lines.append("")
        elif tag == "pre":
            self._close_preformatted()
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append("".join(self._line).strip().replace("|", "\\|"))
            self._line.clear()
        elif tag == "tr":
            self._close_row()
        elif tag == "li":
            self.end_line()
        elif tag in _BLOCKS or (len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()):
            self._paragraph()
            self._start = "  " * len(self._lists)

    def _close_mark(self, mark: str) -> None:
        """A mark holds only where it touches its words; what stands around nothing is nothing."""
        if self._line and self._line[-1] == mark:
            self._line.pop()
            return
        ends_blank = bool(self._line) and self._line[-1].endswith(" ")
        if ends_blank:
            self._line[-1] = self._line[-1].rstrip()
        self._line.append(mark + (" " if ends_blank else ""))

    def _close_link(self, address: str) -> None:
        self._line.append(f"]({_address(address)})")

    def _close_preformatted(self) -> None:
        text = "".join(self._line).strip("\n")
        self._line.clear()
        self._preformatted = False
        self.lines += ["```", *text.splitlines(), "```", ""]

    def _close_row(self) -> None:
        if self._cells:
            self.lines.append(f"| {' | '.join(self._cells)} |")
            self._rows += 1
            if self._rows == 1:
                self.lines.append("|" + " --- |" * len(self._cells))
        self._cells = None


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _address(address: str) -> str:
    return address.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29")
