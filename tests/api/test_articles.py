"""The help centre through the API: written, published, found, archived."""

import pytest

from chalicelib.actions import update_search
from chalicelib.domain.article import VISIBILITIES
from chalicelib.search import articles as index

TEXTS = {
    "en": {"title": "My board has split", "body": "# Save it\n\nDry it **slowly**."},
    "ar": {"title": "تشقّق لوح التقطيع", "body": "جفّفه ببطء."},
}


@pytest.fixture
def category(api):
    index.forget()
    made = api.post("/v1/categories", {"translations": {"en": {"name": "Caring"}, "ar": {"name": "العناية"}}})
    assert made.status == 201, made.text
    return made.json


@pytest.fixture
def article(api, category):
    made = api.post("/v1/articles", {"category_id": category["id"], "translations": TEXTS, "publish": True})
    assert made.status == 201, made.text
    return made.json


def found(api, q, **query):
    index.forget()
    return [hit["article_id"] for hit in api.get("/v1/search/articles", q=q, **query).json["data"]]


def test_an_article_is_written_published_and_found_in_both_languages(api, category, article):
    update_search.index_article(article["id"])

    assert (article["state"], article["visibility"], article["category_id"]) == ("published", "public", category["id"])
    assert article["translations"]["en"]["slug"] == "my-board-has-split"
    assert article["translations"]["en"]["url"] == "https://help.ghusn.example/en/articles/my-board-has-split"
    assert found(api, "split board", locale="en") == [article["id"]]
    assert found(api, "تشقق الالواح", locale="ar") == [article["id"]]
    assert api.get(f"/v1/articles/{article['id']}").json == article


def test_a_hit_has_a_link_and_a_safe_snippet(api, category):
    text = {"title": "Oil & care", "body": "Use <script>x()</script> oil on the board."}
    made = api.post("/v1/articles", {"category_id": category["id"], "translations": {"en": text}, "publish": True}).json
    update_search.index_article(made["id"])
    index.forget()
    answer = api.get("/v1/search/articles", q="oil board").json
    (hit,) = answer["data"]

    assert (answer["total"], answer["did_you_mean"]) == (1, None)
    assert hit["url"] == "https://help.ghusn.example/en/articles/oil-care"
    assert "<mark>" in hit["snippet"]
    assert "<script>" not in hit["snippet"]
    assert set(hit) == {"article_id", "locale", "title", "url", "snippet", "score"}


def test_internal_articles_are_found_only_when_asked_for(api, category):
    body = {"category_id": category["id"], "visibility": "agents", "translations": TEXTS, "publish": True}
    made = api.post("/v1/articles", body).json
    update_search.index_article(made["id"])

    assert found(api, "split board") == []
    assert found(api, "split board", audience="agents") == [made["id"]]


def test_a_draft_is_published_then_archived_then_published_again(api, category):
    draft = api.post("/v1/articles", {"category_id": category["id"], "translations": TEXTS}).json
    address = f"/v1/articles/{draft['id']}"

    assert draft["state"] == "draft"
    assert api.post(f"{address}/publish").json["state"] == "published"
    assert api.post(f"{address}/archive").json["state"] == "archived"
    assert api.post(f"{address}/publish", {}).json["state"] == "published"
    assert api.post(f"{address}/archive").json["state"] == "archived"


def test_a_deleted_article_is_found_no_more(api, article):
    address = f"/v1/articles/{article['id']}"
    stale = api.send("DELETE", address, headers={"If-Match": '"7"'})
    gone = api.delete(address)

    assert (stale.status, gone.status) == (412, 204)
    assert {api.get(address).code, api.delete(address).code, api.post(f"{address}/publish").code} == {
        "article-not-found"
    }
    assert api.walk("/v1/articles") == []
    update_search.index_article(article["id"])
    assert found(api, "split board") == []


def test_only_what_is_given_changes_within_each_language_too(api, article):
    address = f"/v1/articles/{article['id']}"
    changed = api.patch(address, {"translations": {"en": {"title": "A split board"}}}, If_Match='"1"').json
    stale = api.patch(address, {"visibility": "agents"}, If_Match='"1"')

    assert changed["translations"]["en"]["title"] == "A split board"
    assert changed["translations"]["en"]["body"] == TEXTS["en"]["body"]
    assert changed["translations"]["ar"] == {**article["translations"]["ar"], "outdated": True}
    assert (stale.status, stale.code) == (412, "version-mismatch")


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"translations": {}}, {"/translations": "no-translation"}),
        ({"translations": {"fr": TEXTS["en"]}}, {"/translations/fr": "unknown-field"}),
        ({"translations": {"en": {"body": "x"}}}, {"/translations/en/title": "required"}),
        (
            {"translations": {"en": {"title": "x", "slug": "Not A Slug"}}},
            {"/translations/en/slug": "invalid-characters"},
        ),
        ({"translations": {"en": {"title": "x", "slug": "a-slug\n"}}}, {"/translations/en/slug": "invalid-characters"}),
        ({"translations": {"en": {"title": "x", "body": "ض" * 199_999}}}, {"/translations/en/body": "too-big"}),
        ({"category_id": "cat_01JD0000000000000000000000"}, {"/category_id": "unknown-category"}),
        ({"visibility": "secret"}, {"/visibility": "unknown-value"}),
    ],
)
def test_what_is_wrong_with_an_article_is_named(api, category, fields, faults):
    refused = api.post("/v1/articles", {"category_id": category["id"], "translations": TEXTS, **fields})

    assert (refused.status, refused.faults) == (422, faults)


def test_a_long_article_is_answered_again_as_the_first_time(api, category):
    body = {"category_id": category["id"], "translations": {"en": {"title": "Long", "body": "كلمة " * 30_000}}}
    first = api.post("/v1/articles", body, Idempotency_Key="long")
    again = api.post("/v1/articles", body, Idempotency_Key="long")

    assert first.status == again.status == 201
    assert again.json == first.json
    assert len(api.walk("/v1/articles")) == 1


def test_articles_are_listed_newest_first_and_by_category_and_state(api, category, article):
    draft = api.post("/v1/articles", {"category_id": category["id"], "translations": TEXTS}).json

    assert [one["id"] for one in api.walk("/v1/articles", limit=1)] == [draft["id"], article["id"]]
    assert [one["id"] for one in api.walk("/v1/articles", state="draft")] == [draft["id"]]
    assert api.walk("/v1/articles", category_id="cat_none") == []


def test_categories_are_listed_in_order_changed_and_deleted(api, category):
    other = api.post("/v1/categories", {"translations": {"en": {"name": "Orders"}}, "position": 1}).json
    address = f"/v1/categories/{other['id']}"
    renamed = api.patch(address, {"translations": {"en": {"name": "Your order"}}}).json

    assert [one["id"] for one in api.walk("/v1/categories", limit=1)] == [category["id"], other["id"]]
    assert (renamed["translations"]["en"]["name"], renamed["translations"]["en"]["slug"]) == ("Your order", "orders")
    assert api.get(address).json == renamed
    assert api.delete(address).status == 204
    assert (api.get(address).status, api.delete(address).code) == (404, "category-not-found")


def test_a_category_with_articles_stays(api, category, article):
    refused = api.delete(f"/v1/categories/{category['id']}")

    assert (refused.status, refused.code) == (409, "category-not-empty")


@pytest.mark.parametrize("query", [{}, {"q": "x", "locale": "fr"}, {"q": "x", "limit": 0}, {"q": "x" * 10_001}])
def test_a_search_that_makes_no_sense_is_refused(api, query):
    assert (api.get("/v1/search/articles", **query).status) == 400


@pytest.mark.parametrize(
    ("audience", "kinds"),
    [(None, {"public"}), ("public", {"public"}), ("customers", {"public", "customers"}), ("agents", set(VISIBILITIES))],
)
def test_a_search_finds_what_its_audience_may_read(api, category, audience, kinds):
    made = {}
    for kind in VISIBILITIES:
        texts = {"en": {"title": f"Oiling a board {kind}", "body": "Oil it."}}
        body = {"category_id": category["id"], "visibility": kind, "translations": texts}
        made[kind] = api.post("/v1/articles", {**body, "publish": True}).json["id"]
        api.post("/v1/articles", body)
    for id in made.values():
        update_search.index_article(id)

    wanted = {"audience": audience} if audience else {}
    assert set(found(api, "oiling board", **wanted)) == {made[kind] for kind in kinds}
