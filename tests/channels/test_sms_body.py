"""What goes out of an answer by SMS: all of it, or its beginning and a link to the whole."""

import pytest

from chalicelib.channels import sms_body, sms_text

LINK = "https://help.ghusn.example/en/t/1042-" + "a" * 17


def of(text: str, files: int = 0, locale: str = "en", max_parts: int = 6, **more: bool) -> str:
    return sms_body.of_answer(text, files, LINK, locale, max_parts, **more)


@pytest.mark.parametrize("text", ["Yes.", "a" * 918, "م" * 402, "😀" * 198], ids=["short", "GSM", "Arabic", "emoji"])
def test_what_fits_goes_out_as_it_is(text: str) -> None:
    assert of(text) == text


@pytest.mark.parametrize(
    "text",
    ["a" * 919, "م" * 403, "😀" * 199, "😀" * 1600, "word " * 400, "كلمة " * 400],
    ids=["GSM", "Arabic", "emoji", "1600 emoji", "words", "Arabic words"],
)
def test_a_longer_one_is_its_beginning_and_the_link(text: str) -> None:
    body = of(text)
    beginning = body.partition("\n")[0]

    assert body.endswith(f"Read on: {LINK}")
    assert beginning.rstrip(".…") and text.startswith(beginning.rstrip(".…"))
    assert sms_text.count(body).parts <= 3


@pytest.mark.parametrize("max_parts", range(1, 11))
@pytest.mark.parametrize("text", ["word " * 800, "كلمة " * 800, "😀" * 1600], ids=["en", "ar", "emoji"])
def test_no_answer_takes_more_parts_than_the_shop_allows(text: str, max_parts: int) -> None:
    body = of(text, max_parts=max_parts)
    assert LINK in body
    assert sms_text.count(body).parts <= max_parts


def test_a_beginning_ends_with_a_whole_word() -> None:
    words = "Oil the board, clamp it, and give it two days; then sand it. " * 30
    beginning = of(words).partition("...")[0]
    assert beginning.split()[-1].strip(".,;") in words.replace(",", "").replace(";", "").replace(".", "").split()
    assert not beginning.endswith((",", ";", " "))


@pytest.mark.parametrize("piece", ["🇹🇳", "👩‍👩‍👧", "👍🏽", "e\u0301"], ids=["flag", "family", "skin", "accent"])
def test_nothing_that_is_one_character_to_its_reader_is_cut_through(piece: str) -> None:
    for shift in range(4):
        text = "a" * shift + piece * 500
        beginning = of(text).partition("…")[0].removeprefix("a" * shift)
        assert beginning and beginning.replace(piece, "") == ""


def test_the_dots_do_not_make_a_plain_text_dear() -> None:
    assert sms_text.count(of("word " * 400)).encoding == "GSM-7"
    assert "…" in of("كلمة " * 400)


def test_the_words_are_in_the_tickets_language() -> None:
    assert "تتمّة الرسالة:" in of("كلمة " * 400, locale="ar")


def test_more_than_1600_octets_never_go_out_whatever_the_shop_allows() -> None:
    assert len(of("字" * 600, max_parts=10).encode()) <= 1600
    assert LINK in of("字" * 600, max_parts=10)


@pytest.mark.parametrize(
    ("text", "files", "body"),
    [
        ("See the photo.", 1, f"See the photo.\n1 file: {LINK}"),
        ("See both.", 2, f"See both.\n2 files: {LINK}"),
        ("", 3, f"3 files: {LINK}"),
        ("\x00\x07", 1, f"1 file: {LINK}"),
        ("\x07", 0, LINK),
    ],
)
def test_files_are_a_link_away(text: str, files: int, body: str) -> None:
    assert of(text, files) == body


def test_a_long_answer_with_files_has_one_link_for_all() -> None:
    assert of("word " * 400, 2).count(LINK) == 1


def test_what_was_written_elsewhere_leads_back_there() -> None:
    assert of("Yes.", linked=True) == f"Yes.\n{LINK}"


def test_where_not_even_the_words_have_room_the_link_goes_alone() -> None:
    assert sms_body.of_answer("كلمة " * 400, 0, LINK + "a" * 100, "ar", 1) == LINK + "a" * 100
