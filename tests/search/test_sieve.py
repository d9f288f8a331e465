"""The sieve lets through what is asked for, in whatever spelling: a word kept back would be found and not marked."""

import pytest

from bench.bench_relevance import judged
from chalicelib.search import text
from chalicelib.search.sieve import Sieve
from infra.local.seed.load import DEMO

ENGLISH = ["dying", "skies", "hoping", "ability", "hesitancy", "RELATIONAL", "K", "x", "7"]
OTHERS = [
    "٢٠٢٦",
    "Café",
    "ﬁne",
    "Ⅷ",
    "كَلِمَةُ",
    "كلمتكم",
    "جزءين",
    "مسؤولة",
    "وبالآلة",
    "هي",
    "ﻛﺘﺐ",
    "ﷺ",
    "کتاب",
    "wifiشبكة",
    "شبكةwifi",
    "сообщения",
    "עברית",
]


def one_by_one(terms: set[str], words: set[str]) -> dict[str, frozenset[str]]:
    """What is to be found, with every word analysed."""
    read = {word: frozenset(terms.intersection(text.terms(word))) for word in words}
    return {word: found for word, found in read.items() if found}


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_word_of_the_help_centre_that_a_query_asks_for_is_found(locale: str) -> None:
    words = {word for page in DEMO.glob(f"articles/*/{locale}.md") for word in text.words(page.read_text("utf-8"))}
    assert len(words) > 1_000
    for asked in judged(locale):
        terms = set(text.analyse(asked.asked["query"]))
        assert Sieve(terms).found(words) == one_by_one(terms, words)


@pytest.mark.parametrize("word", ENGLISH + OTHERS)
def test_a_word_is_found_by_what_it_is_asked_for_by(word: str) -> None:
    terms = set(text.terms(word))
    assert Sieve(terms).found(["other", "كلام", word]) == one_by_one(terms, {"other", "كلام", word})
    assert word in Sieve(terms).found([word])


def test_what_was_looked_at_in_one_text_is_found_in_the_next() -> None:
    sieve = Sieve(["oil"])
    sieve.found(["oil", "olive"])
    assert sieve.found(["oils", "oil"]) == {"oil": {"oil"}, "oils": {"oil"}}
