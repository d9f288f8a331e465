"""Which of several near words was meant: the one that is mistyped most easily."""

import pytest

from chalicelib.search import mistakes


@pytest.mark.parametrize("word", ["", "a", "password", "كلمه"])
def test_the_same_is_no_mistake(word):
    assert mistakes.cost(word, word) == 0


@pytest.mark.parametrize(
    ("typed", "likelier", "other"),
    [
        ("leter", "letter", "later"),
        ("form", "from", "fort"),
        ("calender", "calendar", "calendor"),
        ("ضرف", "ظرف", "صحف"),
        ("rebund", "refund", "nebund"),
    ],
    ids=["a doubled letter", "two swapped", "vowels alike", "Arabic letters alike", "not the first letter"],
)
def test_easy_mistakes_weigh_less(typed, likelier, other):
    assert mistakes.cost(typed, likelier) < mistakes.cost(typed, other)


def test_every_error_counts():
    assert (
        mistakes.cost("pasword", "password")
        < mistakes.cost("pasward", "password")
        < mistakes.cost("psaward", "password")
    )
    assert mistakes.cost("", "abc") > 2
