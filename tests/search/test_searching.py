"""Asking the help centre, through S3 and back."""

import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.search import articles, spelling
from tests.search.samples import HELP_CENTRE, HOSTILE, found


@pytest.fixture(scope="module", autouse=True)
def help_centre(shared_bucket: str) -> None:
    articles.apply(HELP_CENTRE)


@pytest.mark.parametrize("query", ["كلمة المرور", "كلمه المرور", "كَلِمَة المُرُور", "مرور", "وكلمات المرور"])
def test_arabic_is_found_however_it_is_spelt(query: str) -> None:
    assert found(query, locale="ar") == ["art_password"]


def test_hamza_and_tashkeel_do_not_move_a_score() -> None:
    scores = [
        articles.search(query, locale="ar").hits[0].score
        for query in ("إعادة تعيين كلمة المرور", "اعاده تعيين كلمه المرور", "إِعَادَة تَعْيِين كَلِمَة المُرُور")
    ]
    assert len(set(scores)) == 1


@pytest.mark.parametrize("query", ["refund", "refunding", "RETURNED"])
def test_english_is_found_in_any_form(query: str) -> None:
    assert found(query) == ["art_returns"]


@pytest.mark.parametrize(
    ("query", "meant", "first"),
    [
        ("pasword", "password", "art_password"),
        ("reset my passwrod", "reset my password", "art_password"),
        ("  refnuds?", "refunds?", "art_returns"),
        ("resetitng", "resetting", "art_password"),
        ("oilnig the board", "oiling the board", "art_oil"),
        ("العنايه بخشب الزيتوون", "العنايه بخشب الزيتون", "art_care"),
        ("تعييين", "تعيين", "art_password"),
    ],
)
def test_misspelt_words_are_mended(query: str, meant: str, first: str) -> None:
    results = articles.search(query, locale=None)
    assert results.did_you_mean == meant
    assert results.hits[0].article_id == first


@pytest.mark.parametrize("query", ["password", "كلمه المرور", "quantum chromodynamics", "rfd", "12345678"])
def test_words_that_are_known_or_unlike_any_other_are_left_alone(query: str) -> None:
    assert articles.search(query, locale=None).did_you_mean is None


def test_a_word_nobody_writes_is_looked_for_by_what_is_derived_from_its_stem(tmp_path: Path) -> None:
    spelling.write(tmp_path, [("freezer", 2), ("freezers", 3), ("free", 9), ("freezeproofing", 1)])
    assert spelling.Speller(tmp_path).mend("freezing", 1) == ["freezers"]


def test_a_word_is_not_mended_into_one_that_is_near_by_its_stem_alone(tmp_path: Path) -> None:
    spelling.write(tmp_path, [("unsure", 2), ("سائر", 1)])
    speller = spelling.Speller(tmp_path)
    assert speller.mend("unsrue", 1) == ["unsure"]
    assert [speller.mend(word, errors) for word in ("insurance", "طائرة") for errors in (1, 2)] == [[], [], [], []]


def test_only_the_language_asked_for_is_found() -> None:
    both = articles.search("password المرور", locale=None)
    assert {hit.locale for hit in both.hits} == {"en", "ar"}
    assert [hit.locale for hit in articles.search("password المرور", locale="ar").hits] == ["ar"]
    assert articles.search("password", locale="fr").total == 0


def test_a_category_narrows_the_hits_but_not_the_counts() -> None:
    results = articles.search("order", locale="en", category_id="cat_care")
    assert [hit.article_id for hit in results.hits] == ["art_oil"]
    assert results.total == 1
    assert results.categories == {"cat_money": 1, "cat_care": 1}


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-5, -5), (10**12, 0), (10, 10**12)])
def test_absurd_pages_are_held_to_limits(limit: int, offset: int) -> None:
    assert articles.search("order", locale="en", limit=limit, offset=offset).total == 2


def test_a_hit_carries_what_a_page_of_results_shows() -> None:
    hit = articles.search("reset", locale="en").hits[0]
    assert (hit.title, hit.title_html) == ("Resetting your password", "<mark>Resetting</mark> your password")
    assert (hit.slug, hit.category_id, hit.updated_at) == ("slug-of-art_password", "cat_orders", 1_790_000_000)
    assert hit.score > 0


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_typed_makes_search_fail(query: str) -> None:
    results = articles.search(query, locale="en", category_id=None)
    assert results.total >= len(results.hits)
    articles.search("order", locale=query, category_id=query)


def test_what_follows_the_first_thousand_signs_is_not_read() -> None:
    assert found("y" * 990 + " refund") == ["art_returns"]
    assert found("y" * 1_000 + " refund") == []


def test_search_is_imported_without_what_is_heavy() -> None:
    """A handler that never searches must not pay for the engine, the stemmer or the SDK."""
    heavy = "{'tantivy', 'snowballstemmer', 'botocore'}"
    code = f"import sys, chalicelib.search.articles; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
