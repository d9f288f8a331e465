"""The replies in tests/fixtures/replies, one file a language, all written by us. A reply begins with "=== its name".

What stands under "%%% quoted" must be folded, under "%%% visible" seen again, the rest seen; "%%% quoted shared" begins
on the line before it. HTML is followed by "%%% shows" and the text that must be seen. The folder `held_out` was never
looked at while the rules were made, so its figures tell how they do on mails they do not know.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from chalicelib.channels import email_html

FOLDER = Path(__file__).parent / "fixtures" / "replies"


@dataclass(frozen=True)
class Reply:
    """`text` is all of the mail (made of its HTML when `is_html`, then `quoted` is unknown and empty)."""

    language: str
    name: str
    text: str
    visible: str
    quoted: str
    is_html: bool


def read() -> list[Reply]:
    """The replies that the rules were made with."""
    return _replies(FOLDER)


def held_out() -> list[Reply]:
    return _replies(FOLDER / "held_out", "held out: ")


def _replies(folder: Path, prefix: str = "") -> list[Reply]:
    return [_reply(path.stem, section, prefix) for path in sorted(folder.glob("*.txt")) for section in _sections(path)]


def _sections(path: Path) -> list[str]:
    return path.read_text("utf-8").removeprefix("=== ").split("\n=== ")


def _reply(language: str, section: str, prefix: str) -> Reply:
    title, _, body = section.partition("\n")
    name = f"{prefix}{language}: {title}"
    pieces = re.split(r"^%%% (visible|quoted shared|quoted|shows)\n", body + "\n", flags=re.MULTILINE)
    marked = [("visible", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    if "shows" in pieces:
        return Reply(language, name, email_html.to_text(pieces[0]), pieces[2], "", True)
    text = re.sub("\n\0", " ", "".join("\0" * (kind == "quoted shared") + piece for kind, piece in marked))
    visible, quoted = _words(marked, "visible"), _words(marked, "quoted")
    return Reply(language, name, text, visible or quoted, quoted if visible else "", False)


def _words(marked: list[tuple[str, str]], kind: str) -> str:
    return "".join(piece for given, piece in marked if given.startswith(kind))
