"""What is suggested while somebody types, and to whom."""

import pytest

from chalicelib.search import articles
from tests.search.samples import HELP_CENTRE, HOSTILE, article


@pytest.fixture(scope="module", autouse=True)
def help_centre(shared_bucket: str) -> None:
    articles.apply(
        [
            *HELP_CENTRE,
            article("art_agents", "Retention playbook", "Codename Zephyrine.", visibility="agents"),
            article("art_customers", "Return of vouchers", "Vouchers.", visibility="customers"),
        ]
    )


def suggested(query: str, **others: object) -> list[str]:
    return [one.article_id for one in articles.suggest(query, **({"locale": None} | others)).found]


@pytest.mark.parametrize("query", ["re", "retu", "returns and ref", "RETURNS", "return r"])
def test_the_last_word_is_the_beginning_of_one(query: str) -> None:
    assert "art_returns" in suggested(query)


def test_one_letter_begins_nothing() -> None:
    assert suggested("r") == suggested("") == suggested("   ") == []


def test_titles_come_before_what_stands_in_the_text() -> None:
    assert suggested("oil", locale="en")[0] == "art_oil"
    assert suggested("mont") == ["art_oil"]


def test_an_article_is_suggested_once() -> None:
    assert suggested("password").count("art_password") == 1


@pytest.mark.parametrize("query", ["المر", "مرو", "كلمة الم", "اعاد", "إعا", "تَعْي"])
def test_arabic_is_suggested_however_it_is_spelt(query: str) -> None:
    assert suggested(query, locale="ar") == ["art_password"]


@pytest.mark.parametrize(("audience", "reads"), [("public", set()), ("customers", {"art_customers"})])
def test_nobody_is_told_of_what_he_may_not_read(audience: str, reads: set[str]) -> None:
    told = {one for query in ("re", "vouc", "codena") for one in suggested(query, audience=audience)}
    assert told & {"art_agents", "art_customers"} == reads
    assert suggested("zeph", audience=audience) == []
    assert articles.suggest("zephyrime", locale=None, audience=audience).did_you_mean is None
    assert suggested("codena", audience="agents") == ["art_agents"]


def test_what_was_typed_is_marked_and_all_else_escaped() -> None:
    assert articles.suggest("resetting your pa", locale="en").found[0].title_html == (
        "<mark>Resetting</mark> your <mark>password</mark>"
    )


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_typed_makes_it_fail(query: str) -> None:
    assert len(articles.suggest(query, locale="en").found) <= 8
