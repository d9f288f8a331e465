"""Replies of our own, one file a language: `tests.written_replies` tells how they are written down."""

import pytest

from chalicelib.domain import reply_text
from tests.written_replies import Reply, held_out, read

REPLIES = [*read(), *held_out()]


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.name)
def test_a_customer_is_seen_with_his_own_words_only(reply: Reply) -> None:
    assert reply_text.split(reply.text).visible.split() == reply.visible.split()


@pytest.mark.parametrize("reply", [one for one in REPLIES if not one.is_html], ids=lambda reply: reply.name)
def test_what_is_not_seen_is_folded(reply: Reply) -> None:
    assert reply_text.split(reply.text).quoted.split() == reply.quoted.split()


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.name)
def test_no_word_is_ever_lost(reply: Reply) -> None:
    split = reply_text.split(reply.text)
    assert _letters(split.visible + split.quoted) == _letters(reply.text)


def _letters(text: str) -> list[str]:
    return sorted("".join(text.split()))


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.name)
def test_line_ends_of_the_network_change_nothing(reply: Reply) -> None:
    assert (
        reply_text.split(reply.text.replace("\n", "\r\n")).visible.split()
        == reply_text.split(reply.text).visible.split()
    )


def test_many_languages_are_here() -> None:
    assert {reply.language for reply in REPLIES} >= {
        *("en", "ar", "he", "fr", "de", "es", "pt", "it", "nl", "pl", "ru", "uk", "tr", "fa", "sv", "da", "no", "fi"),
        *("zh", "ja", "cs", "hu", "ro", "el", "ko"),
    }
    assert len(REPLIES) >= 200
    assert sum(reply.language in ("ar", "he") for reply in REPLIES) >= 40


def test_an_empty_mail_is_empty() -> None:
    assert reply_text.split("") == reply_text.ReplyText("", "")


def test_when_all_is_quoted_all_is_shown() -> None:
    text = "> Which size?\n> The large one?"
    assert reply_text.split(text) == reply_text.ReplyText(text, "")


@pytest.mark.parametrize(
    "subject",
    ["Fwd: Your order", "FW: Your order", "WG: Bestellung", "تحويل: طلبك", "转发：订单", "[EXTERNAL] Fwd: Hi"],
)
def test_a_mail_passed_on_is_shown_whole(subject: str) -> None:
    text = (
        "Is this yours?\n\nFrom: Bob <bob@x.example>\nSent: Monday, 2 March 2026 10:15\nTo: Alice\nSubject: Hi\n\nPay!"
    )
    assert reply_text.split(text).visible == "Is this yours?"
    assert reply_text.split(text, subject) == reply_text.ReplyText(text, "")


@pytest.mark.parametrize("subject", ["Re: Fwd: Your order", "Tr", "Fwd", "", "AW: WG: Bestellung"])
def test_an_answer_to_what_was_passed_on_is_an_answer(subject: str) -> None:
    text = "Yes.\n\nOn Mon, Mar 2, 2026 at 10:15 AM Ghusn <help@ghusn.example> wrote:\n\n> Is this yours?"
    assert reply_text.split(text, subject).visible == "Yes."


def test_lines_past_the_first_ten_thousand_are_kept() -> None:
    text = "\n".join(f"line {number}" for number in range(30_000))
    assert reply_text.split(text).visible == text


def test_lines_past_the_first_ten_thousand_of_a_quote_are_quoted() -> None:
    quote = "\n".join(f"line {number}" for number in range(30_000))
    split = reply_text.split(f"Yes.\n\n-----Original Message-----\n{quote}")
    assert split.visible == "Yes."
    assert split.quoted.endswith("line 29999")
