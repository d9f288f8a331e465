"""Changing what the help centre holds, and who finds it."""

import pytest

from chalicelib.search import articles
from tests.search.samples import HELP_CENTRE, HOSTILE, article, found


@pytest.fixture
def help_centre(bucket: str) -> None:
    articles.apply(HELP_CENTRE)


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


def test_a_product_code_is_found_however_it_is_parted(bucket: str) -> None:
    articles.apply([article("art_lid", "Spare lid GH-88340"), article("art_jar", "Jar GH88341")])
    assert [found(query) for query in ("gh88340", "GH-88340", "gh 88340", "GH-88341")] == [["art_lid"]] * 3 + [
        ["art_jar", "art_lid"]
    ]


def test_an_empty_help_centre_suggests_nothing(bucket: str) -> None:
    assert articles.suggest("anything", locale=None) == articles.Suggestions()


def test_pages_follow_each_other(bucket: str) -> None:
    articles.apply([article(f"art_{n:02}", f"Order {'wood ' * n}") for n in range(25)])
    pages = [articles.search("order", locale="en", limit=10, offset=offset) for offset in (0, 10, 20, 30)]
    seen = [hit.article_id for page in pages for hit in page.hits]
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert len(set(seen)) == 25
    assert {page.total for page in pages} == {25}


def test_markup_in_an_article_is_shown_as_text(bucket: str) -> None:
    articles.apply([article(title="<b>Order</b>", body="<script>order()</script>")])
    hit = articles.search("order", locale="en").hits[0]
    assert hit.title_html == "&lt;b&gt;<mark>Order</mark>&lt;/b&gt;"
    assert hit.snippet == "&lt;script&gt;<mark>order</mark>()&lt;/script&gt;"


def test_nothing_stored_makes_indexing_fail(bucket: str) -> None:
    articles.apply([article(f"art_{n}", query, query + " findable") for n, query in enumerate(HOSTILE.values())])
    assert articles.search("findable", locale="en").total >= 11


def test_a_later_text_takes_the_place_of_the_earlier(help_centre: None) -> None:
    articles.apply([article("art_returns", "Sending things back", "Within 14 days.")])
    assert found("refund") == []
    assert found("sending") == ["art_returns"]


def test_a_change_in_one_language_leaves_the_other(help_centre: None) -> None:
    articles.apply([article("art_password", "Forgotten secrets", "…")])
    assert found("كلمة المرور") == ["art_password"]


def test_a_deleted_article_is_gone_in_all_languages(help_centre: None) -> None:
    articles.apply([], ["art_password"])
    assert found("password المرور") == []
    assert found("order") != []


def test_a_word_of_deleted_articles_alone_is_mended_like_any_unknown_one(bucket: str) -> None:
    articles.apply([article("art_old", "Bourds"), article("art_new", "Boards"), article("art_else", "Returns")])
    articles.apply([], ["art_old"])
    results = articles.search("bourds", locale="en", now_fresh=True)
    assert (results.did_you_mean, [hit.article_id for hit in results.hits]) == ("boards", ["art_new"])


def test_the_same_article_twice_in_one_change_is_one(bucket: str) -> None:
    articles.apply([article("art_1", "Old words"), article("art_1", "New words")])
    assert articles.search("words", locale="en").total == 1
    assert found("new") == ["art_1"]


def test_a_change_that_changes_nothing_publishes_nothing(help_centre: None) -> None:
    before = articles.apply([])
    assert articles.apply([], ["art_unknown"]) == before


def test_a_rebuild_holds_what_it_was_given_and_nothing_else(help_centre: None) -> None:
    articles.rebuild(article(f"art_new{n}", "Fresh start") for n in range(3))
    assert found("order") == []
    assert len(found("fresh")) == 3


def test_a_rebuild_of_nothing_is_an_empty_help_centre(help_centre: None) -> None:
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
