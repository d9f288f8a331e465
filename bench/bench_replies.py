"""How well a customer's words are told from what his mail program quoted, language by language.

Exact: just his words are seen. Lost: some of his are folded away. Leaked: some that are not his are seen.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.counted import report
from bench.email_page import write_table
from chalicelib.channels import email_html
from chalicelib.domain import reply_text
from tests.written_replies import Reply, held_out, read

LANGUAGES = {
    "en": "English", "ar": "Arabic", "he": "Hebrew", "fr": "French", "de": "German",
    "es": "Spanish", "pt": "Portuguese", "it": "Italian", "nl": "Dutch", "pl": "Polish",
    "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "fa": "Persian", "sv": "Swedish",
    "da": "Danish", "no": "Norwegian", "fi": "Finnish", "zh": "Chinese", "ja": "Japanese",
    "cs": "Czech", "hu": "Hungarian", "ro": "Romanian", "el": "Greek", "ko": "Korean", "th": "Thai", "ka": "Georgian",
}  # fmt: skip
LONG = 1_000_000


@dataclass
class Score:
    replies: int = 0
    exact: int = 0
    lost: int = 0
    leaked: int = 0

    def add(self, reply: Reply) -> None:
        meant, seen = reply.visible.split(), reply_text.split(reply.text).visible.split()
        self.replies += 1
        self.exact += seen == meant
        self.lost += bool(Counter(meant) - Counter(seen))
        self.leaked += bool(Counter(seen) - Counter(meant))

    def row(self, name: str) -> list[object]:
        return [name, self.replies, *(f"{count / self.replies:.0%}" for count in (self.exact, self.lost, self.leaked))]


def main() -> None:
    known, unknown = read(), held_out()
    rows = [_score([one for one in known if one.language == code]).row(name) for code, name in LANGUAGES.items()]
    rows.append(_score(known).row("all"))
    rows.append(_score(unknown).row("never looked at while the rules were made, 20 languages"))
    write_table("replies", ("language", "replies", "exact", "lost", "leaked"), rows)
    for name, replies in (("replies", known), ("replies.held-out", unknown)):
        score = _score(replies)
        more = {"replies": score.replies, "lost": score.lost, "leaked": score.leaked}
        report(f"{name}.exact", 100 * score.exact / score.replies, "%", **more)
    for name, text in (("spaces", " " * LONG), ("marks", ">" * LONG), ("colons", "a:\n" * (LONG // 3))):
        _time(name, reply_text.split, text)
    _time("html.paragraphs", email_html.to_text, "<p>a <b>bold</b> word</p>" * (LONG // 12))
    _time("html.nested", email_html.to_text, "<div>" * 5_000 + "a" + "</div>" * 5_000)


def _time(name: str, call: Callable[[str], object], text: str) -> None:
    start = time.perf_counter()
    call(text)
    report(f"replies.{name}", (time.perf_counter() - start) * 1000, "ms", characters=len(text))


def _score(replies: Sequence[Reply]) -> Score:
    score = Score()
    for reply in replies:
        score.add(reply)
    return score


if __name__ == "__main__":
    main()
