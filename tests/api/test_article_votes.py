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
    counted = {"helpful": 1, "unhelpful": 1, "reasons": reasons}
    assert told["translations"] == {"en": {**counted, "current": counted}}
    assert [(one["locale"], one["reason"], one["words"], one["current"]) for one in told["complaints"]] == [
        ("en", "missing", "How long in winter?", True)
    ]


def test_votes_on_a_text_that_was_rewritten_are_told_apart(api, article):
    vote(article["id"], "en", "charlie", False, "missing")
    api.patch(f"/v1/articles/{article['id']}", {"translations": {"en": {"body": "Dry it slowly."}}})
    told = api.get(f"/v1/articles/{article['id']}/votes").json
    current = told["translations"]["en"].pop("current")

    assert (told["translations"]["en"]["unhelpful"], current["unhelpful"]) == (1, 0)
    assert [one["current"] for one in told["complaints"]] == [False]
    api.patch(f"/v1/articles/{article['id']}", {"translations": {"en": {"body": "Dry it!"}}, "minor": True})
    vote(article["id"], "en", "charlie", True)
    told = api.get(f"/v1/articles/{article['id']}/votes").json["translations"]["en"]
    assert (told["helpful"], told["unhelpful"], told["current"]["helpful"]) == (1, 1, 1)


def test_an_article_that_nobody_voted_on_has_no_counts(api, article):
    told = api.get(f"/v1/articles/{article['id']}/votes").json

    assert told == {"article_id": article["id"], "translations": {}, "complaints": []}


@pytest.mark.parametrize("wanted", ["art_01JD0000000000000000000000", "nonsense"])
def test_votes_of_no_article_are_not_found(api, wanted):
    assert api.get(f"/v1/articles/{wanted}/votes").code == "article-not-found"


def test_votes_take_the_scope_of_articles(key, article):
    assert key("tickets:*").get(f"/v1/articles/{article['id']}/votes").code == "missing-scope"
