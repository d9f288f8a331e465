"""The difference between two versions of a text, as a person reads it."""

import random
from difflib import SequenceMatcher

import pytest

from chalicelib.domain import difference as module
from chalicelib.domain.difference import difference, is_same


def told(before, after):
    return [
        (block.kind, block.text if block.kind != "changed" else marked(block)) for block in difference(before, after)
    ]


def marked(block):
    signs = {"same": "{}", "added": "[+{}]", "removed": "[-{}]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in block.pieces)


def sides(before, after):
    pieces = [piece for block in difference(before, after) for piece in block.pieces]
    return (
        "".join(piece.text for piece in pieces if piece.kind != "added"),
        "".join(piece.text for piece in pieces if piece.kind != "removed"),
    )


def test_what_stays_is_told_as_such():
    assert told("Dry it.\nOil it.\n", "Dry it.\nOil it.\n") == [("same", "Dry it.\nOil it.\n")]
    assert is_same(difference("Dry it.", "Dry it."))
    assert not is_same(difference("Dry it.", "Oil it."))
    assert difference("", "") == []


def test_a_changed_word_is_told_within_its_line():
    assert told("First.\nDry the board quickly.\nLast.\n", "First.\nDry the board slowly.\nLast.\n") == [
        ("same", "First.\n"),
        ("changed", "Dry the board [-quickly][+slowly].\n"),
        ("same", "Last.\n"),
    ]


def test_an_arabic_word_with_its_marks_is_one_word():
    assert told("جفّف اللوح قليلًا في الظلّ.", "جفّف اللوح كثيرًا في الظلّ.") == [
        ("changed", "جفّف اللوح [-قليلًا][+كثيرًا] في الظلّ.")
    ]


def test_lines_that_come_and_go_are_told_as_lines():
    assert told("One.\nTwo.\n", "One.\nAnd a half.\nTwo.\n") == [
        ("same", "One.\n"),
        ("added", "And a half.\n"),
        ("same", "Two.\n"),
    ]
    assert told("One.\nTwo.\n", "Two.\n") == [("removed", "One.\n"), ("same", "Two.\n")]


def test_lines_that_have_nothing_in_common_are_not_mixed():
    assert told("Keep it out of the sun.\n", "We deliver on Mondays!\n") == [
        ("removed", "Keep it out of the sun.\n"),
        ("added", "We deliver on Mondays!\n"),
    ]


def test_everything_is_new_where_there_was_nothing():
    assert told("", "One.\nTwo.") == [("added", "One.\nTwo.")]
    assert told("One.\nTwo.", "") == [("removed", "One.\nTwo.")]


@pytest.mark.parametrize("seed", range(20))
def test_both_texts_can_be_read_off_it_whatever_they_are(seed):
    rolled = random.Random(seed)
    signs = ["a", "b", "oil ", "dry ", "\n", "\r\n", " ", "\u2028", "ّ", "لوح ", "<b>", "&", "👍🏽"]
    before, after = ("".join(rolled.choices(signs, k=rolled.randrange(200))) for _ in range(2))

    assert sides(before, after) == (before, after)


def test_no_markup_of_its_own_is_put_between():
    assert sides("<i>old</i> & so on", "<i>new</i> & so on") == ("<i>old</i> & so on", "<i>new</i> & so on")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\n" * 50_000, "b\nb\na\n" * 33_000),
        ("a b " * 50_000, "b b a " * 33_000),
        ("\n" * 200_000, "\n" * 199_990 + "x"),
        ("!?" * 100_000, "?!" * 99_999),
        (" ".join(map(str, range(34_000))), " ".join(map(str, range(33_999))) + " other"),
        (
            "".join(f"U{n}\n" + "a\nb\n" * 45 for n in range(800)),
            "".join(f"U{n}\n" + "b\na\n" * 45 for n in range(800)),
        ),
    ],
    ids=["lines", "words", "empty lines", "signs", "one long line", "stretches between landmarks"],
)
def test_a_text_of_200_000_characters_costs_no_more_than_the_pairs_it_may(monkeypatch, before, after):
    compared = []

    class Counting(SequenceMatcher):
        def __init__(self, junk, old, new, autojunk):
            compared.append(len(old) * len(new))
            super().__init__(junk, old, new, autojunk)

    monkeypatch.setattr(module, "SequenceMatcher", Counting)

    assert sides(before, after) == (before, after)
    assert max(compared, default=0) <= module._PAIRS_AT_ONCE
    assert sum(compared) <= module._PAIRS_IN_ALL
