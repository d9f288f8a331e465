"""The help centre's search by the API: filters, other languages, synonyms, what an author has just saved, bad input."""

import pytest

from chalicelib.actions import update_search
from chalicelib.search import articles as index
from chalicelib.store import searches, unindexed_articles
from tests.search.samples import HOSTILE


@pytest.fixture
def category(api):
    index.forget()
    made = api.post("/v1/categories", {"translations": {"en": {"name": "Money"}}})
    assert made.status == 201, made.text
    return made.json["id"]


@pytest.fixture
def write(api, category):
    def written(title, body="", locale="en", **fields):
        texts = {locale: {"title": title, "body": body}}
        made = api.post("/v1/articles", {"category_id": category, "translations": texts, "publish": True, **fields})
        assert made.status == 201, made.text
        return made.json

    return written


@pytest.fixture
def published(write):
    """An article that the index shows."""

    def made(*given, **fields):
        article = write(*given, **fields)
        update_search.index_article(article["id"])
        return article["id"]

    return made


@pytest.fixture
def alike(api):
    def made(*words, locale="en", **fields):
        told = api.post("/v1/synonyms", {"locale": locale, "words": list(words), **fields})
        assert told.status == 201, told.text
        update_search.index_synonyms()
        return told.json

    return made


def search(api, q, **query):
    index.forget()
    answer = api.get("/v1/search/articles", q=q, **query)
    assert answer.status == 200, answer.text
    return answer.json


def found(api, q, **query):
    return [hit["article_id"] for hit in search(api, q, **query)["data"]]


class TestFilters:
    def test_a_category_and_a_language_narrow(self, api, category, published):
        refund = published("Refunds")
        other = api.post("/v1/categories", {"translations": {"en": {"name": "Other"}}}).json["id"]
        elsewhere = published("Refunds again", category_id=other)

        assert set(found(api, "refund")) == {refund, elsewhere}
        assert found(api, "refund", category_id=category) == [refund]
        assert found(api, "refund", category_id="cat_none") == []
        assert found(api, "refund", locale="ar") == []

    def test_without_a_language_all_are_searched(self, api, published):
        refund = published("استرداد المبلغ", locale="ar")

        assert found(api, "استرداد") == [refund]
        assert found(api, "استرداد", locale="en") == []

    def test_misspelt_words_are_mended(self, api, published):
        refund = published("Refunds")
        answer = search(api, "refnuds")

        assert ([hit["article_id"] for hit in answer["data"]], answer["did_you_mean"]) == ([refund], "refunds")


class TestWhatWasJustSaved:
    """Bob, who writes articles, sees what he saved at once; visitors see it when the index was published."""

    def test_an_article_is_found_by_agents_before_it_is_in_the_index(self, api, write):
        made = write("Refunds")["id"]

        assert found(api, "refund", audience="agents") == [made]
        assert found(api, "refund") == []
        update_search.index_article(made)
        assert found(api, "refund") == found(api, "refund", audience="agents") == [made]

    def test_a_changed_article_is_found_by_its_new_words_only_and_once(self, api, published):
        old, other = published("Refunds", "How it works."), published("Money", "Refunds take a week.")
        api.patch(f"/v1/articles/{old}", {"translations": {"en": {"title": "Vouchers", "body": "A voucher."}}})

        assert found(api, "voucher", audience="agents") == [old]
        assert found(api, "refund", audience="agents") == [other]
        assert found(api, "refund") == [old, other]

    def test_it_is_ranked_counted_and_narrowed_among_the_others(self, api, published, write):
        published("Money", "Refunds and other words take a week or two.")
        fresh = write("Refunds", "A refund.")["id"]
        answer = search(api, "refund", audience="agents")

        assert answer["total"] == 2
        assert answer["data"][0]["article_id"] == fresh
        assert "<mark>refund</mark>" in answer["data"][0]["snippet"]
        assert found(api, "refund", audience="agents", category_id="cat_none") == []
        assert found(api, "refund", audience="agents", locale="ar") == []

    def test_an_archived_article_is_gone_at_once(self, api, published):
        made = published("Refunds")
        api.post(f"/v1/articles/{made}/archive")

        assert found(api, "refund", audience="agents") == []

    def test_a_mark_goes_when_the_index_shows_the_change_and_stays_when_it_does_not(self, api, write, monkeypatch):
        made = write("Refunds")["id"]
        documents_of = update_search.documents_of

        def overtaken(ids):
            read = documents_of(ids)
            monkeypatch.setattr(update_search, "documents_of", documents_of)
            api.patch(f"/v1/articles/{made}", {"translations": {"en": {"title": "Vouchers"}}})
            return read

        monkeypatch.setattr(update_search, "documents_of", overtaken)
        update_search.index_article(made)
        assert set(unindexed_articles.read()) == {made}
        assert found(api, "voucher", audience="agents") == [made]
        update_search.index_article(made)
        assert unindexed_articles.read() == {}


class TestSynonyms:
    def test_a_word_finds_what_stands_for_it(self, api, published, alike):
        refund = published("Refunds")
        assert found(api, "reimbursement") == []
        alike("refund", "reimbursement", "money back")

        assert found(api, "reimbursement") == found(api, "money back") == [refund]
        assert search(api, "reimbursement")["did_you_mean"] is None

    def test_the_word_itself_counts_more_than_what_stands_for_it(self, api, published, alike):
        for number in range(3):
            published(f"Refunds {number}")
        itself, other = published("Refunds of orders"), published("Reimbursement of orders")
        alike("refund", "reimbursement")

        order = found(api, "refund")
        assert set(order) >= {itself, other}
        assert order.index(itself) < order.index(other)

    def test_all_words_of_a_side_must_be_there(self, api, published, alike):
        published("Money for nothing")
        both = published("Get your money back")
        alike("refund", "money back")

        assert found(api, "refund") == [both]

    def test_they_are_of_one_language(self, api, published, alike):
        refund = published("Refunds")
        alike("refund", "ristorno", locale="ar")

        assert found(api, "ristorno", locale="en") == []
        assert found(api, "ristorno") == [refund]

    def test_arabic_ones_are_found_in_any_form(self, api, published, alike):
        refund = published("استرداد المبلغ", locale="ar")
        alike("استرداد", "إرجاع النقود", locale="ar")

        assert found(api, "ارجاع نقودي", locale="ar") == [refund]

    def test_a_misspelt_synonym_is_mended(self, api, published, alike):
        refund = published("Refunds")
        alike("refund", "reimbursement")

        answer = search(api, "reimbrusement")
        assert ([hit["article_id"] for hit in answer["data"]], answer["did_you_mean"]) == ([refund], "reimbursement")

    def test_those_of_agents_tell_visitors_nothing(self, api, published, alike):
        refund = published("Refunds")
        alike("refund", "zephyrine", visibility="agents")
        alike("refund", "rebate", visibility="customers")

        for q in ("zephyrine", "zephyrin", "rebate", "rebatte"):
            answer = search(api, q)
            assert (answer["data"], answer["did_you_mean"]) == ([], None)
        assert found(api, "zephyrine", audience="customers") == []
        assert found(api, "rebate", audience="customers") == found(api, "zephyrine", audience="agents") == [refund]

    def test_they_are_changed_and_taken_away(self, api, published, alike):
        refund, made = published("Refunds"), alike("refund", "rebate")
        path = f"/v1/synonyms/{made['id']}"
        changed = api.patch(path, {"words": ["refund", "ristorno"]}, If_Match='"1"')
        update_search.index_synonyms()

        assert (changed.json["words"], changed.json["version"]) == (["refund", "ristorno"], 2)
        assert (found(api, "ristorno"), found(api, "rebate")) == ([refund], [])
        assert api.patch(path, {"words": ["a1", "b2"]}, If_Match='"1"').code == "version-mismatch"
        assert api.delete(path).status == 204
        update_search.index_synonyms()
        assert found(api, "ristorno") == []
        assert (api.get(path).code, api.patch(path, {}).code, api.delete(path).code) == ("synonyms-not-found",) * 3

    def test_a_rebuild_keeps_them(self, api, published, alike):
        refund = published("Refunds")
        alike("refund", "rebate")
        update_search.rebuild()

        assert found(api, "rebate") == [refund]

    def test_they_are_listed_by_language_and_word_and_made_once(self, api, alike):
        alike("zeta", "omega"), alike("alpha", "beta"), alike("استرداد", "إرجاع", locale="ar")
        body = {"locale": "en", "words": ["gamma", "delta"]}
        once = api.post("/v1/synonyms", body, Idempotency_Key="one").json

        assert api.post("/v1/synonyms", body, Idempotency_Key="one").json == once
        assert [one["words"][0] for one in api.walk("/v1/synonyms", limit=1)] == ["استرداد", "alpha", "gamma", "zeta"]
        assert [one["words"][0] for one in api.walk("/v1/synonyms", locale="ar")] == ["استرداد"]
        assert api.get(f"/v1/synonyms/{once['id']}").json == once

    def test_words_are_cleaned(self, api, alike):
        made = alike("  money \u00a0 back\u200f", "Refund", "refund", "\u202erefunds of it")

        assert made["words"] == ["money back", "Refund", "refunds of it"]

    @pytest.mark.parametrize(
        ("words", "faults"),
        [
            (["refund"], {"/words": "too-few"}),
            ([], {"/words": "too-few"}),
            (["refund", "😀"], {"/words/1": "no-searchable-word"}),
            (["how to", "refund"], {"/words/0": "no-searchable-word"}),
            (["refund", "Refunds", "refunded"], {"/words": "too-few-synonyms"}),
            (["refund", "two\nlines"], {"/words/1": "invalid-characters"}),
            (["refund", "x" * 61], {"/words/1": "too-long"}),
            ([f"word{n}" for n in range(21)], {"/words": "too-many"}),
        ],
        ids=["one", "none", "a sign", "stop words", "one word", "two lines", "a long one", "many"],
    )
    def test_what_cannot_be_a_set_is_refused_by_name(self, api, words, faults):
        assert api.post("/v1/synonyms", {"locale": "en", "words": words}).faults == faults

    def test_there_may_not_be_more_than_an_index_can_carry(self, api, alike, monkeypatch):
        monkeypatch.setattr("chalicelib.domain.synonyms.MOST", 1)
        alike("refund", "rebate")

        assert api.post("/v1/synonyms", {"locale": "en", "words": ["order", "purchase"]}).code == "limit-reached"

    def test_a_key_needs_the_scope(self, key):
        reader = key("articles:read")
        assert reader.get("/v1/synonyms").status == reader.get("/v1/searches").status == 200
        assert reader.post("/v1/synonyms", {"locale": "en", "words": ["refund", "rebate"]}).code == "missing-scope"
        assert key("tickets:*").get("/v1/synonyms").code == key("tickets:*").get("/v1/searches").code == "missing-scope"


class TestWhatWasSearchedFor:
    @pytest.fixture(autouse=True)
    def some(self, cloud):
        for locale, query, hits in (("en", "oil", 3), ("en", "gift wrap", 0), ("en", "oil", 2), ("ar", "هدية", 0)):
            searches.count(locale, query, hits)

    def test_it_is_listed_the_most_searched_first(self, api):
        listed = api.walk("/v1/searches", limit=2)

        assert [(one["query"], one["locale"], one["searches"], one["in_vain"], one["hits"]) for one in listed] == [
            ("oil", "en", 2, 0, 2),
            ("gift wrap", "en", 1, 1, 0),
            ("هدية", "ar", 1, 1, 0),
        ]

    def test_it_is_narrowed_to_what_was_not_found_and_to_a_language(self, api):
        assert [one["query"] for one in api.walk("/v1/searches", found="false")] == ["gift wrap", "هدية"]
        assert [one["query"] for one in api.walk("/v1/searches", found="false", locale="ar")] == ["هدية"]
        assert [one["query"] for one in api.walk("/v1/searches", found="true")] == ["oil"]

    def test_what_was_answered_since_is_searched_in_vain_no_more(self, api):
        searches.count("en", "gift wrap", 1)

        assert [one["query"] for one in api.walk("/v1/searches", found="false", locale="en")] == []

    def test_days_are_counted_back_from_today(self, api, cloud):
        from chalicelib import clock

        clock.shift(3 * 86_400)
        searches.count("en", "oil", 1)

        assert [(one["query"], one["searches"]) for one in api.walk("/v1/searches", days="3")] == [("oil", 1)]
        assert api.walk("/v1/searches", days="4", locale="en")[0]["searches"] == 3
        assert api.get("/v1/searches", days="91").code == "invalid-parameter"

    def test_it_is_kept_for_ninety_days(self, api):
        from chalicelib import clock

        clock.shift(91 * 86_400)
        assert api.walk("/v1/searches", days="90") == []


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_that_can_be_typed_is_refused(api, published, query):
    published("Order")
    typed = query.encode("utf-8", "replace").decode()
    answer = api.get("/v1/search/articles", q=typed)

    assert answer.status == (200 if len(typed) <= 10_000 else 400), answer.text
