"""What readers said of an article, through the API."""

import pytest

from chalicelib.actions.vote_on_article import vote

TEXTS = {"en": {"title": "My board has split", "body": "Dry it."}}


@pytest.fixture
def article(api):
    category = api.post("/v1/categories", {"translations": {"en": {"name": "Caring"}}}).json
    return api.post("/v1/articles", {"category_id": category["id"], "translations": TEXTS, "publish": True}).json


def test_the_votes_of_an_article_are_counted_by_language_with_the_newest_words(api, article):
    vote(article["id"], "en", "alice", True)
    vote(article["id"], "en", "charlie", False, "missing", "How long in winter?")
    told = api.get(f"/v1/articles/{article['id']}/votes").json

    reasons = {"unclear": 0, "outdated": 0, "wrong": 0, "missing": 1, "other": 0}
    assert told["translations"] == {"en": {"helpful": 1, "unhelpful": 1, "reasons": reasons}}
    assert [(one["locale"], one["reason"], one["words"]) for one in told["complaints"]] == [
        ("en", "missing", "How long in winter?")
    ]


def test_an_article_that_nobody_voted_on_has_no_counts(api, article):
    told = api.get(f"/v1/articles/{article['id']}/votes").json

    assert told == {"article_id": article["id"], "translations": {}, "complaints": []}


@pytest.mark.parametrize("wanted", ["art_01JD0000000000000000000000", "nonsense"])
def test_votes_of_no_article_are_not_found(api, wanted):
    assert api.get(f"/v1/articles/{wanted}/votes").code == "article-not-found"


def test_votes_take_the_scope_of_articles(key, article):
    assert key("tickets:*").get(f"/v1/articles/{article['id']}/votes").code == "missing-scope"
