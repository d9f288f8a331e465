"""Drafts beside published articles, through the API."""

import pytest

from tests.api.test_article_history import in_hours

TEXTS = {"en": {"title": "Oil", "body": "Use oil."}, "ar": {"title": "الزيت", "body": "بالزيت."}}


@pytest.fixture
def category(api):
    return api.post("/v1/categories", {"translations": {"en": {"name": "Caring"}}}).json


@pytest.fixture
def article(api, category):
    return api.post("/v1/articles", {"category_id": category["id"], "translations": TEXTS, "publish": True}).json


def drafted(api, article, body="Use walnut oil.", **more):
    return api.patch(f"/v1/articles/{article['id']}", {"translations": {"en": {"body": body}}, "draft": True, **more})


def test_a_draft_stands_beside_what_readers_see_until_it_is_published(api, article):
    told = drafted(api, article, minor=True).json
    draft = told["drafts"].pop("en")
    assert (told["translations"], told["drafts"]) == (article["translations"], {})
    assert (draft["title"], draft["body"], draft["slug"], draft["minor"], draft["outdated"]) == (
        *("Oil", "Use walnut oil.", "oil"),
        *(True, False),
    )
    assert api.get(f"/v1/articles/{article['id']}").json["drafts"]["en"] == draft
    assert api.get("/v1/search/articles", q="walnut").json["data"] == []

    published = api.post(f"/v1/articles/{article['id']}/publish").json
    assert (published["translations"]["en"]["body"], published["drafts"]) == ("Use walnut oil.", {})


def test_a_change_without_more_words_is_published_as_ever(api, article):
    told = api.patch(f"/v1/articles/{article['id']}", {"translations": {"en": {"body": "Use wax."}}}).json

    assert (told["translations"]["en"]["body"], told["drafts"]) == ("Use wax.", {})


def test_a_draft_over_a_newer_one_takes_a_look_at_it_first(api, article):
    etag = f'"{drafted(api, article).json["version"]}"'
    late = {"translations": {"en": {"body": "Use wax."}}, "draft": True}
    address = f"/v1/articles/{article['id']}"
    assert api.patch(address, late, if_match='"1"').code == "version-mismatch"
    assert api.delete(f"{address}/drafts", if_match='"1"').code == "version-mismatch"

    assert api.patch(address, late, if_match=etag).json["drafts"]["en"]["body"] == "Use wax."


def test_drafts_are_discarded_all_or_one(api, article):
    address = f"/v1/articles/{article['id']}"
    api.patch(address, {"translations": {"en": {"body": "a"}, "ar": {"body": "b"}}, "draft": True})
    assert api.delete(f"{address}/drafts/en").status == 204
    assert list(api.get(address).json["drafts"]) == ["ar"]
    assert api.delete(f"{address}/drafts").status == 204

    told = api.get(address).json
    assert (told["drafts"], told["translations"]) == ({}, article["translations"])
    assert api.delete(f"{address}/drafts/en").status == 204
    assert api.delete("/v1/articles/nonsense/drafts").code == "article-not-found"


def test_a_draft_is_published_at_a_time_and_holds_nothing_but_texts(api, article):
    at = in_hours(1)
    assert drafted(api, article, publish_at=at).json["publish_at"][:19] == at[:19]
    refused = drafted(api, article, visibility="agents")

    assert (refused.status, refused.code) == (422, "not-in-draft")


def test_articles_with_drafts_are_listed(api, article, category):
    api.post("/v1/articles", {"category_id": category["id"], "translations": TEXTS})
    drafted(api, article)

    for wanted, found in [("any", 1), ("en", 1), ("ar", 0)]:
        assert len(api.get("/v1/articles", drafts=wanted).json["data"]) == found


def test_a_version_says_whether_it_was_ever_public(api, article):
    drafted(api, article)
    listed = api.get(f"/v1/articles/{article['id']}/versions").json["data"]

    assert [(one["number"], one["published"]) for one in listed] == [(2, False), (1, True)]
    assert not api.get(f"/v1/articles/{article['id']}/versions/2").json["published"]
