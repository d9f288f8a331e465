"""The article editor: written, previewed, published, scheduled; and nothing typed is lost, whoever else is writing."""

import json
from datetime import timedelta

import pytest

from chalicelib import clock, i18n
from chalicelib.actions import change_category, publish_article
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.store import article_cards, articles
from chalicelib.store.article_cards import ALL
from tests.portal import samples

HERE = "/agent/articles"
NEW = f"{HERE}/new"


@pytest.fixture
def care(browse):
    return change_category.create({"en": {"name": "Care"}, "ar": {"name": "العناية"}})


def written(category, publish=True, **translations):
    texts = translations or {"en": {"title": "Oil", "body": "Use **oil**."}}
    return publish_article.create(Draft(category.id, texts, publish=publish), SYSTEM)


def both(category):
    return written(category, en={"title": "Oil", "body": "Use oil."}, ar={"title": "الزيت", "body": "استعمل الزيت."})


def newest():
    [place] = article_cards.newest(ALL, None, 1)
    return articles.get(place.card.article_id)


def test_an_article_is_written_in_both_languages_and_published(desk, care, bob):
    desk.go(NEW)
    desk.send(
        NEW, "publish", category_id=care.id, title_en="Oil", body_en="Use it.", title_ar="الزيت", body_ar="يُستعمل."
    )
    article = newest()

    assert desk.address == f"{HERE}/{article.id}?done=published"
    assert "Published. Readers find it within seconds." in desk.text
    assert (article.state, article.author_id) == ("published", bob.id)
    assert {locale: text.title for locale, text in article.translations.items()} == {"en": "Oil", "ar": "الزيت"}


def test_a_draft_is_saved_and_says_when_and_by_whom(desk, care):
    desk.go(NEW).send(NEW, "save", category_id=care.id, title_en="Oil")

    assert newest().state == "draft"
    assert desk.page.find(id="saved").text.startswith("Saved · Today")
    assert "Bob" in desk.page.find(id="saved").text


def test_a_button_pressed_twice_writes_one_article(desk, care):
    desk.go(NEW)
    page = desk.page
    desk.send(NEW, "save", category_id=care.id, title_en="Oil")
    first = desk.address
    desk.page = page
    desk.send(NEW, "save", category_id=care.id, title_en="Oil")

    assert desk.address == first
    assert len(article_cards.newest(ALL, None, 5)) == 1


def test_the_preview_button_shows_what_readers_will_see_and_saves_nothing(desk, care):
    article = written(care)
    desk.go(f"{HERE}/{article.id}")
    desk.send(f"{HERE}/{article.id}", "preview", body_en="Use **wax** <script>alert(1)</script>")

    shown = desk.page.find(id="preview-en")
    assert shown.strong.text == "wax"
    assert shown.script is None
    assert "<script>" in desk.page.find(id="body_en").text
    assert articles.get(article.id) == article


def test_the_script_is_given_the_same_preview(desk, care, browse):
    token = desk.go(NEW).page.find("input", attrs={"name": "csrf"})["value"]
    desk.post(f"{HERE}/preview", csrf=token, body="## Oil\n\nUse **wax** <script>alert(1)</script>")

    assert desk.header("content-type") == "text/plain; charset=utf-8"
    assert desk.page.h2.text == "Oil"
    assert desk.page.h2.get("id") is None
    assert desk.page.script is None
    assert browse().post(f"{HERE}/preview", body="x").address == "/agent/sign-in"


def test_a_published_article_is_changed_and_the_other_language_falls_behind(desk, care):
    article = both(care)
    desk.go(f"{HERE}/{article.id}").send(f"{HERE}/{article.id}", "publish", body_en="Use walnut oil.")

    assert articles.get(article.id).translations["ar"].outdated
    warning = desk.page.select_one(".banner[data-behind=ar]")
    assert "The English text was changed after it." in warning.text
    assert warning.ins.text.strip() == "walnut"

    desk.send(f"{HERE}/{article.id}", "holds-ar", title_ar="زيت الجوز")
    assert not articles.get(article.id).translations["ar"].outdated
    assert desk.page.find(id="title_ar")["value"] == "زيت الجوز"
    assert articles.get(article.id).translations["ar"].title == "الزيت"


def test_who_saves_on_top_of_somebody_else_sees_both_and_loses_nothing(desk, care, bob):
    article = written(care)
    desk.go(f"{HERE}/{article.id}")
    publish_article.change(article.id, {"translations": {"en": {"body": "Use **wax**."}}}, Actor("agent", bob.id))
    desk.send(f"{HERE}/{article.id}", "publish", body_en="Use soap.", title_ar="الزيت", body_ar="نعم.")

    assert desk.status == 412
    assert "Bob saved this article while you were writing" in desk.text
    difference = desk.page.select_one(".banner .difference")
    assert (difference.find("del").text, difference.ins.text) == ("oil", "wax")
    assert desk.page.find(id="body_en").text.strip() == "Use soap."
    assert articles.get(article.id).translations["en"].body == "Use **wax**."

    desk.send(f"{HERE}/{article.id}", "publish")
    saved = articles.get(article.id)
    assert (saved.translations["en"].body, saved.translations["ar"].body) == ("Use soap.", "نعم.")


def test_a_draft_comes_out_by_itself_at_the_time_that_was_chosen(desk, care):
    at = (clock.now() + timedelta(days=2)).astimezone(i18n.zone(samples.SHOP.time_zone))
    article = written(care, publish=False)
    desk.go(f"{HERE}/{article.id}")
    desk.send(f"{HERE}/{article.id}", "schedule", publish_on=f"{at:%Y-%m-%dT%H:%M}")

    assert "Scheduled" in desk.page.select_one(".pill").text
    assert articles.get(article.id).publish_at == at.replace(second=0, microsecond=0)
    assert desk.page.find(id="publish_on")["value"] == f"{at:%Y-%m-%dT%H:%M}"

    desk.send(f"{HERE}/{article.id}", "save", publish_on="")
    assert articles.get(article.id).publish_at is None


def test_a_new_article_can_be_scheduled_at_once(desk, care):
    desk.go(NEW).send(NEW, "schedule", category_id=care.id, title_en="Oil", publish_on="2999-06-01T09:00")

    assert newest().state == "draft"
    assert newest().publish_at.year == 2999


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"title_en": "", "body_en": ""}, ["title_en"]),
        ({"title_en": "", "body_en": "Words"}, ["title_en"]),
        ({"title_en": "x" * 251}, ["title_en"]),
        ({"category_id": ""}, ["category_id"]),
        ({"category_id": "cat_01"}, ["category_id"]),
        ({"slug_en": "A slug"}, ["slug_en"]),
        ({"slug_en": "taken"}, ["slug_en"]),
        ({"publish_on": "yesterday"}, ["publish_on"]),
        ({"publish_on": "2001-01-01T10:00"}, ["publish_on"]),
    ],
    ids=["wordless", "untitled", "long title", "no category", "unknown category", "bad slug", "taken slug", "no time",
         "past"],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(desk, care, typed, wrong):
    written(care, en={"title": "Taken", "body": ""})
    fields = {"category_id": care.id, "title_en": "Oil", "body_en": "Use it.", "body_ar": ""} | typed
    desk.go(NEW).send(NEW, "save", **fields)

    assert (desk.status, desk.errors) == (422, wrong)
    assert desk.page.find(id="body_en").text.strip() == fields["body_en"]
    assert len(article_cards.newest(ALL, None, 5)) == 1


def test_a_time_is_wanted_only_of_who_schedules(desk, care):
    desk.go(NEW).send(NEW, "schedule", category_id=care.id, title_en="Oil")

    assert desk.errors == ["publish_on"]


def test_an_archived_article_is_published_again(desk, care):
    article = written(care)
    desk.go(f"{HERE}/{article.id}").send(f"{HERE}/{article.id}", "archive")
    assert articles.get(article.id).state == "archived"
    desk.send(f"{HERE}/{article.id}", "publish")

    assert articles.get(article.id).state == "published"


def test_words_that_found_nothing_open_an_article_about_them(desk, care):
    desk.go(f"{NEW}?q=walnut+oil&locale=en&category={care.id}")

    assert desk.page.find(id="title_en")["value"] == "walnut oil"
    assert desk.page.select_one("#category_id option[selected]").text == "Care"


def test_a_title_in_another_language_is_text_and_no_markup(desk, care):
    article = written(care, en={"title": "<b>Oil</b> & \u202esoap", "body": "![x](javascript:alert(1))"})
    desk.go(f"{HERE}/{article.id}")

    assert desk.heading == "<b>Oil</b> & \u202esoap"
    assert desk.page.find(id="preview-en").img is None


def test_what_is_not_there_has_no_editor(desk, care, browse):
    article = written(care)
    assert browse().go(f"{HERE}/{article.id}").address == "/agent/sign-in"
    publish_article.delete(article.id, SYSTEM)
    assert desk.go(f"{HERE}/{article.id}").status == 404
    assert desk.go(f"{HERE}/nonsense").status == 404


def test_an_article_to_link_to_is_found_as_one_types(desk, care):
    from chalicelib.actions import update_search

    shown = both(care)
    hidden = publish_article.create(
        Draft(care.id, {"en": {"title": "Oil prices", "body": "Secret."}}, "agents", publish=True), SYSTEM
    )
    update_search.index_articles([shown.id, hidden.id])
    desk.go(f"{HERE}/find?q=oil&locale=ar")
    assert desk.header("content-type").startswith("application/json")
    found = {one["title"]: one for one in json.loads(desk.page.text)["articles"]}

    assert found["الزيت"]["url"] == f"/ar/articles/{shown.translations['ar'].slug}"
    assert found["الزيت"]["link"].startswith("https://help.ghusn.example/ar/articles/")
    assert found["الزيت"]["refused"] is None
    assert found["Oil prices"]["refused"] == "For agents only: customers cannot open it."


def test_a_picture_is_given_a_form_that_takes_exactly_it(desk, care, browse):
    token = desk.go(NEW).page.find("input", attrs={"name": "csrf"})["value"]
    picture = {"name": "My board.PNG", "type": "image/png", "size": "2048"}
    desk.post(f"{HERE}/images", csrf=token, **picture)
    told = json.loads(desk.page.text)

    assert desk.status == 201
    assert told["path"].endswith("/my-board.png")
    assert told["fields"]["Content-Type"] == "image/png"
    assert browse().post(f"{HERE}/images", **picture).address == "/agent/sign-in"
    assert desk.post(f"{HERE}/images", **picture).status == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "image/svg+xml"},
        {"type": "text/html"},
        {"size": "5000001"},
        {"size": "0"},
        {"size": "x"},
    ],
)
def test_what_is_no_picture_is_refused_in_words(desk, care, wrong):
    token = desk.go(NEW).page.find("input", attrs={"name": "csrf"})["value"]
    desk.post(f"{HERE}/images", csrf=token, **{"name": "x", "type": "image/png", "size": "9"} | wrong)

    assert desk.status == 422
    assert json.loads(desk.page.text)["detail"].startswith("A picture ")


def test_the_page_for_pictures_shows_none_but_ours(desk, care):
    there = "media/img_01M82KQYPSN4B79PP832SG6B21/board.png"

    assert desk.go(f"{HERE}/images?key={there}").page.find(id="markdown")["value"].endswith(f"(/{there})")
    for key in ("media/../secret", "attachments/x", "//evil.example/x.png", "media/img_1/<b>.png"):
        assert desk.go(f"{HERE}/images?key={key}").page.find(id="markdown") is None
