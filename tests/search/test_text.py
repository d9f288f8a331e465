"""One analyser for what is indexed and what is asked."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.search import text


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("إعادة تعيين كلمة المرور", "اعاده تعيين كلمه المرور"),
        ("كلمة المرور", "كَلِمَةُ المُرُورِ"),
        ("كلمة المرور", "كـلـمـة المـــرور"),
        ("أحمد آمن إلى", "احمد امن الى"),
        ("مستشفى", "مستشفي"),
        ("کتابی", "كتابي"),
        ("الطلب رقم ١٠٤٢", "الطلب رقم 1042"),
        ("۱۰۴۲", "1042"),
        ("شيء", "شئ"),
        ("مسؤول", "مسوول"),
        ("كلمة\u200f المرور\u200e", "كلمة المرور"),
        ("ﻻﺋﺤﺔ", "لائحة"),
    ],
)
def test_arabic_spellings_of_one_word_are_one(plain: str, other: str) -> None:
    assert text.analyse(plain) == text.analyse(other)
    assert text.analyse(plain)


@pytest.mark.parametrize("word", ["الطلب", "والطلب", "بالطلب", "للطلب", "طلبات", "الطلبات", "وطلبها"])
def test_arabic_articles_and_endings_are_stripped(word: str) -> None:
    assert text.analyse(word) == ["طلب"]


@pytest.mark.parametrize("word", ["طلبك", "طلبكم", "لطلبكم", "وطلبك"])
def test_your_is_no_part_of_an_arabic_word(word: str) -> None:
    assert text.analyse(word)[0].endswith("طلب")


def test_the_feminine_ending_opens_before_your() -> None:
    assert text.analyse("كلمتك فاتورتكم طلباتك") == text.analyse("كلمة فاتورة طلبات")


@pytest.mark.parametrize("word", ["بنك", "حكم", "ملك"])
def test_an_ending_that_is_the_root_stays(word: str) -> None:
    assert text.analyse(word) == [word]


@pytest.mark.parametrize(("bare", "other"), [("وصول", "الوصول"), ("وثيقة", "للوثيقة"), ("وزن", "والوزن")])
def test_a_word_that_begins_with_and_is_the_same_behind_the_article(bare: str, other: str) -> None:
    assert text.analyse(bare) == text.analyse(other)


@pytest.mark.parametrize("word", ["return", "Returns", "RETURNED", "returning"])
def test_english_words_are_stemmed(word: str) -> None:
    assert text.analyse(word) == ["return"]


def test_a_possessive_is_its_noun() -> None:
    assert text.analyse("the customer’s order") == text.analyse("customers order") == ["custom", "order"]


@pytest.mark.parametrize(
    ("accented", "plain"), [("Café", "cafe"), ("cafe\u0301", "cafe"), ("Straße", "strasse"), ("ＡＢＣ", "abc")]
)
def test_other_languages_are_folded(accented: str, plain: str) -> None:
    assert text.analyse(accented) == text.analyse(plain)


def test_other_scripts_are_kept_whole() -> None:
    assert text.analyse("Доставка Заказа") == ["доставка", "заказа"]


def test_stop_words_are_left_out() -> None:
    assert text.analyse("How do I return the order?") == ["return", "order"]
    assert text.analyse("كيف يمكنني إرجاع الطلب") == text.analyse("إرجاع الطلب")


def test_stop_words_alone_are_kept() -> None:
    assert text.analyse("how to") == ["how", "to"]


def test_a_word_that_only_stems_to_a_stop_word_is_kept() -> None:
    assert text.analyse("كلية الهندسة")[0] == text.analyse("كلية")[0] == "كل"


def test_negation_is_no_stop_word() -> None:
    assert "not" in text.analyse("why is it not delivered")


def test_repeated_words_stay_repeated() -> None:
    assert text.analyse("oil oil oil") == ["oil"] * 3


@pytest.mark.parametrize("nothing", ["", "   ", "😀🫒", "\u200f\u200e", "\x00\x00", "--- !!! (())", "\ud800", "َُِّ"])
def test_text_without_words_has_no_terms(nothing: str) -> None:
    assert text.analyse(nothing) == []


def test_a_ligature_that_is_a_sentence_becomes_its_words() -> None:
    assert len(text.analyse("ﷺ")) > 1


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("your e-mail", ["email"]),
        ("lid GH-88340/b", ["GH88340b"]),
        ("WH_1000 and v2.1", ["WH1000", "v21"]),
        ("on 2026-11-22 at help.ghusn.example", []),
        ("x-y-z-a-b", []),
    ],
)
def test_words_written_in_parts_are_known_as_one(written: str, whole: list[str]) -> None:
    assert [word.written for word in text.compounds(written)] == whole


def test_words_know_their_place_in_the_original() -> None:
    original = "«كَلِمَةُ» المرور"
    assert [original[word.start : word.end] for word in text.placed_words(original)] == ["كَلِمَةُ", "المرور"]


def test_a_spelling_keeps_hamza_and_drops_tashkeel() -> None:
    assert text.spelling("إِعَادَة") == "إعادة"
    assert text.spelling("Café") == "café"


def test_threads_do_not_mix_their_words():
    words = [
        f"{start}ing{end}" for start in ("connect", "split", "board", "oil") for end in ("s", "ly", "ness", "")
    ] * 50
    wanted = [text._stem(word) for word in words]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: [text._stem(word) for word in words], range(16)))

    assert all(one == wanted for one in found)


@pytest.mark.parametrize("word", ["wont", "hasnt", "وين", "وكيف", "وما", "ابغى", "شلون"])
def test_words_that_tell_nothing_are_common_however_they_are_said(word: str) -> None:
    assert text.is_common(word)


@pytest.mark.parametrize("word", ["not", "بدون", "وصل", "لا", "ولا"])
def test_words_that_turn_a_question_round_are_not(word: str) -> None:
    assert not text.is_common(word)
