"""Searching the help centre, through S3 and back."""

import pytest

from chalicelib.search import articles
from tests.search.samples import article, found

HOSTILE = {
    "nothing": "",
    "blanks": " \t\n ",
    "emoji": "😀🫒👩‍👩‍👧",
    "stop words": "how do I the of",
    "Arabic stop words": "كيف من على",
    "right-to-left marks": "\u200f\u202eorder\u202c\u2066\u200f",
    "NUL": "\x00order\x00",
    "lone surrogate": "order \ud800",
    "query syntax": 'order" AND (title:* OR -body:[a TO b]) ~2 ^9 {!x} \\',
    "one word of 10,000 letters": "x" * 10_000,
    "10,000 signs": "order now " * 1_000,
    "10,000 different words": " ".join(f"w{n}" for n in range(10_000)),
    "marks only": "\u064b" * 500,
    "SQL": "'; DROP TABLE articles; --",
}


@pytest.fixture
def help_centre(bucket: str) -> str:
    articles.apply(
        [
            article("art_password", "Resetting your password", "Press “Forgot password” on the sign-in page."),
            article("art_password", "إعادة تعيين كلمة المرور", "إذا نَسِيتَ كلمة المرور فاضغط على الرابط.", locale="ar"),
            article(
                "art_returns", "Returns and refunds", "Send your order back within 30 days.", category_id="cat_money"
            ),
            article(
                "art_care", "العناية بخشب الزيتون", "ادهن الأوعية بالزيت كل شهر.", locale="ar", category_id="cat_care"
            ),
            article(
                "art_oil",
                "Oiling olive wood",
                "Oil your boards once a month, order or no order.",
                category_id="cat_care",
            ),
        ]
    )
    return bucket


def test_a_bucket_never_published_to_is_an_empty_help_centre(bucket: str) -> None:
    assert articles.search("anything", locale=None) == articles.Results()


def test_the_title_counts_more_than_the_body(bucket: str) -> None:
    filler = "We pack every parcel by hand."
    articles.apply(
        [
            article("art_body", "Parcels", f"{filler} Shipping."),
            article("art_title", "Shipping", f"{filler} Parcels here."),
        ]
    )
    assert found("shipping") == ["art_title", "art_body"]


@pytest.mark.parametrize("query", ["كلمة المرور", "كلمه المرور", "كَلِمَة المُرُور", "مرور", "وكلمات المرور"])
def test_arabic_is_found_however_it_is_spelt(help_centre: str, query: str) -> None:
    assert found(query, locale="ar") == ["art_password"]


def test_hamza_and_tashkeel_do_not_move_a_score(help_centre: str) -> None:
    scores = [
        articles.search(query, locale="ar").hits[0].score
        for query in ("إعادة تعيين كلمة المرور", "اعاده تعيين كلمه المرور", "إِعَادَة تَعْيِين كَلِمَة المُرُور")
    ]
    assert len(set(scores)) == 1


@pytest.mark.parametrize("query", ["refund", "refunding", "RETURNED"])
def test_english_is_found_in_any_form(help_centre: str, query: str) -> None:
    assert found(query) == ["art_returns"]


@pytest.mark.parametrize(
    ("query", "meant", "first"),
    [
        ("pasword", "password", "art_password"),
        ("reset my passwrod", "reset my password", "art_password"),
        ("  refnuds?", "refunds?", "art_returns"),
        ("resetitng", "resetting", "art_password"),
        ("العنايه بخشب الزيتوون", "العنايه بخشب الزيتون", "art_care"),
        ("تعييين", "تعيين", "art_password"),
    ],
)
def test_misspelt_words_are_mended(help_centre: str, query: str, meant: str, first: str) -> None:
    results = articles.search(query, locale=None)
    assert results.did_you_mean == meant
    assert results.hits[0].article_id == first


@pytest.mark.parametrize("query", ["password", "كلمه المرور", "quantum chromodynamics", "rfd", "12345678"])
def test_words_that_are_known_or_unlike_any_other_are_left_alone(help_centre: str, query: str) -> None:
    assert articles.search(query, locale=None).did_you_mean is None


def test_only_the_language_asked_for_is_found(help_centre: str) -> None:
    both = articles.search("password المرور", locale=None)
    assert {hit.locale for hit in both.hits} == {"en", "ar"}
    assert [hit.locale for hit in articles.search("password المرور", locale="ar").hits] == ["ar"]
    assert articles.search("password", locale="fr").total == 0


def test_a_category_narrows_the_hits_but_not_the_counts(help_centre: str) -> None:
    results = articles.search("order", locale="en", category_id="cat_care")
    assert [hit.article_id for hit in results.hits] == ["art_oil"]
    assert results.total == 1
    assert results.categories == {"cat_money": 1, "cat_care": 1}


def test_pages_follow_each_other(bucket: str) -> None:
    articles.apply([article(f"art_{n:02}", f"Order {'wood ' * n}") for n in range(25)])
    pages = [articles.search("order", locale="en", limit=10, offset=offset) for offset in (0, 10, 20, 30)]
    seen = [hit.article_id for page in pages for hit in page.hits]
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert len(set(seen)) == 25
    assert {page.total for page in pages} == {25}


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-5, -5), (10**12, 0), (10, 10**12)])
def test_absurd_pages_are_held_to_limits(help_centre: str, limit: int, offset: int) -> None:
    assert articles.search("order", locale="en", limit=limit, offset=offset).total == 2


def test_a_hit_carries_what_a_page_of_results_shows(help_centre: str) -> None:
    hit = articles.search("reset", locale="en").hits[0]
    assert (hit.title, hit.title_html) == ("Resetting your password", "<mark>Resetting</mark> your password")
    assert (hit.slug, hit.category_id, hit.updated_at) == ("slug-of-art_password", "cat_orders", 1_790_000_000)
    assert hit.score > 0


def test_markup_in_an_article_is_shown_as_text(bucket: str) -> None:
    articles.apply([article(title="<b>Order</b>", body="<script>order()</script>")])
    hit = articles.search("order", locale="en").hits[0]
    assert hit.title_html == "&lt;b&gt;<mark>Order</mark>&lt;/b&gt;"
    assert hit.snippet == "&lt;script&gt;<mark>order</mark>()&lt;/script&gt;"


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_typed_makes_search_fail(help_centre: str, query: str) -> None:
    results = articles.search(query, locale="en", category_id=None)
    assert results.total >= len(results.hits)
    articles.search("order", locale=query, category_id=query)


def test_what_follows_the_first_thousand_signs_is_not_read(help_centre: str) -> None:
    assert found("y" * 990 + " refund") == ["art_returns"]
    assert found("y" * 1_000 + " refund") == []


def test_nothing_stored_makes_indexing_fail(bucket: str) -> None:
    articles.apply([article(f"art_{n}", query, query + " findable") for n, query in enumerate(HOSTILE.values())])
    assert articles.search("findable", locale="en").total >= 11


def test_a_later_text_takes_the_place_of_the_earlier(help_centre: str) -> None:
    articles.apply([article("art_returns", "Sending things back", "Within 14 days.")])
    assert found("refund") == []
    assert found("sending") == ["art_returns"]


def test_a_change_in_one_language_leaves_the_other(help_centre: str) -> None:
    articles.apply([article("art_password", "Forgotten secrets", "…")])
    assert found("كلمة المرور") == ["art_password"]


def test_a_deleted_article_is_gone_in_all_languages(help_centre: str) -> None:
    articles.apply([], ["art_password"])
    assert found("password المرور") == []
    assert found("order") != []


def test_the_same_article_twice_in_one_change_is_one(bucket: str) -> None:
    articles.apply([article("art_1", "Old words"), article("art_1", "New words")])
    assert articles.search("words", locale="en").total == 1
    assert found("new") == ["art_1"]


def test_a_change_that_changes_nothing_publishes_nothing(help_centre: str) -> None:
    before = articles.apply([])
    assert articles.apply([], ["art_unknown"]) == before


def test_a_rebuild_holds_what_it_was_given_and_nothing_else(help_centre: str) -> None:
    articles.rebuild(article(f"art_new{n}", "Fresh start") for n in range(3))
    assert found("order") == []
    assert len(found("fresh")) == 3


def test_a_rebuild_of_nothing_is_an_empty_help_centre(help_centre: str) -> None:
    articles.rebuild([])
    assert found("order") == []


class TestAudiences:
    """Charlie, who is signed out, must not learn a word of what agents tell each other."""

    @pytest.fixture(autouse=True)
    def three_articles(self, bucket: str) -> None:
        articles.apply(
            [
                article("art_public", "Refund times", "A refund takes five days."),
                article("art_customers", "Refund of vouchers", "Voucher refunds.", visibility="customers"),
                article(
                    "art_agents",
                    "Refund fraud playbook",
                    "Codename Zephyrine.",
                    visibility="agents",
                    category_id="cat_x",
                ),
            ]
        )

    @pytest.mark.parametrize(("audience", "total"), [("public", 1), ("customers", 2), ("agents", 3)])
    def test_each_audience_finds_its_own(self, audience: str, total: int) -> None:
        results = articles.search("refund", locale="en", audience=audience)
        assert results.total == len(results.hits) == sum(results.categories.values()) == total

    def test_spelling_does_not_speak_of_hidden_words(self) -> None:
        assert articles.search("Zephyrline", locale="en", audience="agents").did_you_mean == "zephyrine"
        assert articles.search("Zephyrline", locale="en", audience="customers").did_you_mean is None

    def test_an_article_made_internal_is_gone_with_its_words(self) -> None:
        assert articles.search("voucherz", locale="en", audience="customers", now_fresh=True).did_you_mean
        articles.apply([article("art_customers", "Refund of vouchers", "Voucher refunds.", visibility="agents")])
        after = articles.search("voucherz", locale="en", audience="customers", now_fresh=True)
        assert (after.did_you_mean, after.total) == (None, 0)
        assert found("voucher", audience="agents") == ["art_customers"]

    def test_an_article_made_public_is_found_by_all(self) -> None:
        articles.apply([article("art_agents", "Refund fraud", "", visibility="public")])
        assert "art_agents" in found("fraud", audience="public")

    def test_an_unknown_audience_is_refused(self) -> None:
        with pytest.raises(KeyError):
            articles.search("refund", locale="en", audience="everyone")
