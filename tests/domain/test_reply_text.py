"""Replies of our own, one file a language: what stands under "%%% quoted" must be folded, the rest seen."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from chalicelib.domain import reply_text

FIXTURES = Path(__file__).parents[1] / "fixtures" / "mail" / "replies"


@dataclass(frozen=True)
class Reply:
    name: str
    text: str
    visible: str
    quoted: str


def _replies() -> list[Reply]:
    return [_reply(path.stem, section) for path in sorted(FIXTURES.glob("*.txt")) for section in _sections(path)]


def _sections(path: Path) -> list[str]:
    return path.read_text("utf-8").removeprefix("=== ").split("\n=== ")


def _reply(language: str, section: str) -> Reply:
    """`%%% quoted shared` begins on the line before it."""
    name, _, body = section.partition("\n")
    pieces = re.split(r"^%%% (visible|quoted|quoted shared)\n", body + "\n", flags=re.MULTILINE)
    marked = [("visible", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    text = re.sub("\n\0", " ", "".join("\0" * (kind == "quoted shared") + piece for kind, piece in marked))
    return Reply(f"{language}: {name}", text, _words(marked, "visible"), _words(marked, "quoted"))


def _words(marked: list[tuple[str, str]], kind: str) -> str:
    return "".join(piece for given, piece in marked if given.startswith(kind))


REPLIES = _replies()


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.name)
def test_a_customer_is_seen_with_his_own_words_only(reply: Reply) -> None:
    split = reply_text.split(reply.text)
    assert split.visible.split() == reply.visible.split()
    assert split.quoted.split() == reply.quoted.split()


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.name)
def test_no_word_is_ever_lost(reply: Reply) -> None:
    split = reply_text.split(reply.text)
    assert sorted((split.visible + " " + split.quoted).split()) == sorted(reply.text.split())


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.name)
def test_line_ends_of_the_network_change_nothing(reply: Reply) -> None:
    assert (
        reply_text.split(reply.text.replace("\n", "\r\n")).visible.split()
        == reply_text.split(reply.text).visible.split()
    )


def test_many_languages_are_here() -> None:
    assert {reply.name[:2] for reply in REPLIES} >= {"en", "ar", "fr", "de", "es", "he", "ru", "tr", "zh", "ja"}
    assert len(REPLIES) >= 80


def test_an_empty_mail_is_empty() -> None:
    assert reply_text.split("") == reply_text.ReplyText("", "")


def test_when_all_is_quoted_all_is_shown() -> None:
    text = "> Which size?\n> The large one?"
    assert reply_text.split(text) == reply_text.ReplyText(text, "")


def test_lines_past_the_first_ten_thousand_are_kept() -> None:
    text = "\n".join(f"line {number}" for number in range(30_000))
    assert reply_text.split(text).visible == text
