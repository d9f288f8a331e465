"""Articles through the API: versions, translations that fell behind, publication at a time, order."""

from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import publish_article

TEXTS = {
    "en": {"title": "My board has split", "body": "Dry it."},
    "ar": {"title": "تشقّق لوح التقطيع", "body": "جفّفه."},
}


@pytest.fixture
def category(api):
    return api.post("/v1/categories", {"translations": {"en": {"name": "Caring"}}}).json


@pytest.fixture
def write(api, category):
    def written(**fields):
        made = api.post("/v1/articles", {"category_id": category["id"], "translations": TEXTS, **fields})
        assert made.status == 201, made.text
        return made.json

    return written


@pytest.fixture
def article(write):
    return write(publish=True)


def reword(api, article, body, locale="en"):
    return api.patch(f"/v1/articles/{article['id']}", {"translations": {locale: {"body": body}}}).json


def in_hours(hours):
    return (clock.now() + timedelta(hours=hours)).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def test_versions_are_listed_newest_first_with_who_wrote_them(api, article):
    reword(api, article, "Dry it slowly.")
    newest, first = api.walk(f"/v1/articles/{article['id']}/versions", limit=1)

    assert (newest["number"], newest["changed"], first["number"], first["changed"]) == (2, ["en"], 1, ["en", "ar"])
    assert (newest["author"]["type"], newest["author"]["name"]) == ("api_key", "Shop")
    assert newest["titles"] == {"en": "My board has split", "ar": "تشقّق لوح التقطيع"}
    assert "translations" not in newest


def test_a_version_is_read_and_restored(api, article):
    reword(api, article, "Oil it.")
    address = f"/v1/articles/{article['id']}/versions/1"

    assert api.get(address).json["translations"]["en"] == {"title": "My board has split", "body": "Dry it."}
    restored = api.post(f"{address}/restore")
    assert (restored.status, restored.json["version"], restored.headers["etag"]) == (200, 3, '"3"')
    assert restored.json["translations"]["en"]["body"] == "Dry it."


def test_a_restoration_is_done_once_and_only_upon_what_was_seen(api, article):
    reword(api, article, "Oil it.")
    address = f"/v1/articles/{article['id']}/versions/1/restore"
    stale = api.post(address, If_Match='"1"')
    first, again = api.post(address, Idempotency_Key="back"), api.post(address, Idempotency_Key="back")

    assert stale.code == "version-mismatch"
    assert "Shop changed it at" in stale.json["detail"]
    assert again.json == first.json
    assert len(api.walk(f"/v1/articles/{article['id']}/versions")) == 3


@pytest.mark.parametrize("number", ["0", "2", "999999999", "9999999999", "-1", "one", "%D9%A1"])
def test_a_version_that_is_not_there_is_not_found(api, article, number):
    address = f"/v1/articles/{article['id']}/versions/{number}"

    assert (api.get(address).code, api.post(f"{address}/restore").code) == ("version-not-found", "version-not-found")


def test_versions_of_no_article_are_not_found(api, article):
    api.delete(f"/v1/articles/{article['id']}")

    assert api.get(f"/v1/articles/{article['id']}/versions").code == "article-not-found"
    assert api.get(f"/v1/articles/{article['id']}/versions/1").code == "article-not-found"


def test_reading_versions_takes_less_than_restoring_them(key, article):
    reader = key("articles:read")

    assert reader.get(f"/v1/articles/{article['id']}/versions/1").status == 200
    assert reader.post(f"/v1/articles/{article['id']}/versions/1/restore").code == "missing-scope"


def test_a_translation_that_fell_behind_is_marked_until_somebody_says_it_holds(api, article):
    changed = reword(api, article, "Dry it slowly.")
    address = f"/v1/articles/{article['id']}/translations"

    assert {name: text["outdated"] for name, text in changed["translations"].items()} == {"en": False, "ar": True}
    assert changed["translations"]["ar"]["updated_at"] == article["updated_at"]
    held = api.post(f"{address}/ar/confirm")
    assert held.json["translations"]["ar"]["outdated"] is False
    assert api.post(f"{address}/fr/confirm").code == "translation-not-found"
    assert api.post(f"{address}/en/confirm", If_Match='"1"').code == "version-mismatch"


def test_a_draft_is_published_at_a_time(api, write):
    draft = write(publish_at=in_hours(2))
    address = f"/v1/articles/{draft['id']}"

    assert (draft["state"], draft["publish_at"]) == ("draft", api.get(address).json["publish_at"])
    later = api.patch(address, {"publish_at": in_hours(3)}).json
    assert later["publish_at"] > draft["publish_at"]
    clock.shift(2.5 * 3600)
    publish_article.publish_due(draft["id"])
    assert api.get(address).json["state"] == "draft"
    clock.shift(3600)
    publish_article.publish_due(draft["id"])
    published = api.get(address).json
    assert (published["state"], published["publish_at"]) == ("published", None)


def test_a_time_to_publish_is_taken_back(api, write):
    draft = write(publish_at=in_hours(2))

    assert api.patch(f"/v1/articles/{draft['id']}", {"publish_at": None}).json["publish_at"] is None


def test_a_time_that_cannot_be_is_refused_by_name(api, write, article, category):
    address = f"/v1/articles/{write()['id']}"
    past = api.patch(address, {"publish_at": in_hours(-1)})
    both = {"category_id": category["id"], "translations": TEXTS, "publish": True, "publish_at": in_hours(1)}

    assert (past.status, past.code, past.faults) == (422, "in-past", {"/publish_at": "in-past"})
    assert api.patch(address, {"publish_at": "tomorrow"}).faults == {"/publish_at": "invalid-time"}
    assert api.patch(address, {"publish_at": "9999-12-31T00:00:00Z"}).faults == {"/publish_at": "out-of-range"}
    assert api.patch(f"/v1/articles/{article['id']}", {"publish_at": in_hours(1)}).code == "not-a-draft"
    assert api.post("/v1/articles", both).code == "not-a-draft"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"visibility": "agents"}, ["internal"]),
        ({"locale": "ar"}, ["both", "behind"]),
        ({"outdated": "ar"}, ["behind"]),
        ({"outdated": "en"}, []),
        ({"outdated": "any"}, ["behind"]),
        ({"state": "draft", "locale": "en"}, ["draft"]),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "-".join(value.values()),
)
def test_articles_are_listed_by_what_they_are(api, write, filters, found):
    english = {"en": TEXTS["en"]}
    made = {
        "both": write(publish=True),
        "behind": write(publish=True),
        "internal": write(publish=True, visibility="agents", translations=english),
        "draft": write(translations=english),
    }
    reword(api, made["behind"], "Oil it.")

    assert {one["id"] for one in api.walk("/v1/articles", **filters)} == {made[name]["id"] for name in found}


def test_an_article_goes_behind_another_of_its_category(api, write, category):
    first, second, third = (write(publish=True, position=place * 1000)["id"] for place in range(3))
    moved = api.post(f"/v1/articles/{third}/move", {"after": first})

    assert (moved.status, moved.json["version"], moved.json["position"]) == (200, 1, 500)
    assert api.post(f"/v1/articles/{second}/move", {"after": None}).status == 200
    assert in_order(api, [first, second, third]) == [second, first, third]


def in_order(api, ids):
    articles = [api.get(f"/v1/articles/{id}").json for id in ids]
    return [one["id"] for one in sorted(articles, key=lambda one: (one["position"], one["id"]))]


def test_an_article_goes_behind_nothing_that_is_not_beside_it(api, write, article):
    other = api.post("/v1/categories", {"translations": {"en": {"name": "Orders"}}}).json
    elsewhere = write(category_id=other["id"])["id"]
    address = f"/v1/articles/{article['id']}/move"

    for after in (elsewhere, article["id"], "art_none", "", None):
        refused = api.post(address, {"after": after})
        assert refused.status == (200 if after is None else 422), refused.text
    assert api.post(address, {"after": elsewhere}).faults == {"/after": "unknown-neighbour"}
    assert api.post(address, {}).faults == {"/after": "required"}


def test_categories_are_put_in_order(api, category):
    others = [api.post("/v1/categories", {"translations": {"en": {"name": name}}}).json["id"] for name in "AB"]
    assert api.post(f"/v1/categories/{others[1]}/move", {"after": None}).status == 200
    assert [one["id"] for one in api.walk("/v1/categories")] == [others[1], category["id"], others[0]]

    again = [api.post(f"/v1/categories/{category['id']}/move", {"after": others[0]}) for _ in range(2)]
    assert [one["id"] for one in api.walk("/v1/categories")] == [others[1], others[0], category["id"]]
    assert again[0].json == again[1].json == api.get(f"/v1/categories/{category['id']}").json
    assert api.post(f"/v1/categories/{others[0]}/move", {"after": others[0]}).code == "unknown-neighbour"
