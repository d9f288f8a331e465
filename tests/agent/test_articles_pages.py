"""Beside the articles themselves: their versions, the categories, synonyms, what was searched, and what fails."""

import pytest

from chalicelib.actions import change_category, change_staff, change_synonyms, publish_article, vote_on_article
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.store import articles, searches, synonyms

HERE = "/agent/articles"
CATEGORIES = f"{HERE}/categories"
SYNONYMS = f"{HERE}/synonyms"


@pytest.fixture
def admin(desk, bob):
    change_staff.change_agent(bob.id, {"role": "admin"}, SYSTEM)
    return desk


@pytest.fixture
def care(browse):
    return change_category.create({"en": {"name": "Care"}, "ar": {"name": "العناية"}}, position=0)


def written(category, body="Use oil.", publish=True):
    texts = {"en": {"title": "Oil", "body": body}}
    return publish_article.create(Draft(category.id, texts, publish=publish), SYSTEM)


def said(article, body, actor=SYSTEM):
    return publish_article.change(article.id, {"translations": {"en": {"body": body}}}, actor)


def names(browser):
    return [one.text for one in browser.page.select(".rows .subject")]


def restore(browser, article, number):
    """Press the button beside that version."""
    form = browser.page.select_one(f'form[method=post]:has(button[value="{number}"])')
    fields = {one["name"]: one["value"] for one in form.select("input")}
    return browser.post(f"{HERE}/{article.id}/versions", number=str(number), **fields)


def token(browser):
    return browser.page.find("input", attrs={"name": "csrf"})["value"]


def test_versions_say_who_changed_what_and_show_the_difference_of_any_two(desk, care, bob):
    article = written(care)
    said(article, "Use walnut oil.", Actor("agent", bob.id))
    said(article, "Use walnut oil, twice.", Actor("agent", bob.id))
    desk.go(f"{HERE}/{article.id}/versions")
    assert len(names(desk)) == 3
    assert "Bob" in desk.text

    desk.go(f"{HERE}/{article.id}/versions?from=1&to=2")
    assert [one.text.strip() for one in desk.page.select(".difference ins")] == ["walnut"]
    desk.go(f"{HERE}/{article.id}/versions?from=3&to=1")
    assert "twice" in desk.page.select_one(".difference ins:last-of-type").text


def test_a_version_is_restored_and_nothing_is_lost_by_it(desk, care):
    article = written(care)
    said(article, "Wrong.")
    restore(desk.go(f"{HERE}/{article.id}/versions"), article, 1)

    assert "Restored." in desk.text
    assert articles.get(article.id).translations["en"].body == "Use oil."
    assert len(names(desk.go(f"{HERE}/{article.id}/versions"))) == 3


def test_nothing_is_restored_over_a_change_that_was_not_seen(desk, care):
    article = written(care)
    said(article, "Second.")
    desk.go(f"{HERE}/{article.id}/versions")
    said(article, "Third.")
    restore(desk, article, 1)

    assert desk.status == 412
    assert articles.get(article.id).translations["en"].body == "Third."


@pytest.mark.parametrize("query", ["from=1", "from=7&to=9", "from=x&to=y", "before=x", "from=1&to=1"])
def test_versions_that_are_not_there_are_not_compared(desk, care, query):
    article = written(care)

    assert desk.go(f"{HERE}/{article.id}/versions?{query}").page.select(".difference") == []
    assert desk.status == 200


def test_an_admin_makes_changes_orders_and_deletes_categories(admin, care):
    admin.go(f"{CATEGORIES}/new")
    admin.send(f"{CATEGORIES}/new", name_en="Delivery", name_ar="التوصيل", description_en="Parcels", icon="truck")
    assert names(admin) == ["Care", "Delivery"]
    made = articles.categories()[1]
    assert (made.icon, made.translations["en"].description) == ("truck", "Parcels")

    admin.send(f"{CATEGORIES}/{made.id}/move", "up")
    assert names(admin) == ["Delivery", "Care"]
    admin.go(f"{CATEGORIES}/{made.id}").send(f"{CATEGORIES}/{made.id}", name_en="Shipping")
    assert names(admin) == ["Shipping", "Care"]
    admin.go(f"{CATEGORIES}/{made.id}").send(f"{CATEGORIES}/{made.id}/delete")
    assert names(admin) == ["Care"]


def test_a_category_that_holds_a_draft_cannot_go(admin, care):
    written(care, publish=False)
    admin.go(f"{CATEGORIES}/{care.id}").send(f"{CATEGORIES}/{care.id}/delete")

    assert admin.status == 409
    assert "It still holds articles" in admin.text
    assert [one.id for one in articles.categories()] == [care.id]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name_en": ""}, "name_en"),
        ({"name_ar": "x" * 251}, "name_ar"),
        ({"description_en": "x" * 501}, "description_en"),
    ],
    ids=["nameless", "long name", "long description"],
)
def test_what_is_wrong_with_a_category_is_said_beside_its_field(admin, care, typed, wrong):
    admin.go(f"{CATEGORIES}/new").send(f"{CATEGORIES}/new", **{"name_en": "Delivery", "icon": "truck"} | typed)

    assert (admin.status, admin.errors) == (422, [wrong])


def test_a_category_changed_meanwhile_is_not_overwritten(admin, care):
    admin.go(f"{CATEGORIES}/{care.id}")
    change_category.change(care.id, {"icon": "leaf"})
    admin.send(f"{CATEGORIES}/{care.id}", name_en="Mine")

    assert "Somebody else changed this category meanwhile." in admin.text
    assert articles.category(care.id).translations["en"].name == "Care"


def test_agents_see_categories_and_only_admins_change_them(desk, care):
    assert names(desk.go(CATEGORIES)) == ["Care"]
    assert desk.go(f"{CATEGORIES}/new").address == CATEGORIES
    csrf = token(desk)
    for action in (f"{CATEGORIES}/{care.id}", f"{CATEGORIES}/{care.id}/delete", f"{CATEGORIES}/{care.id}/move"):
        assert desk.post(action, csrf=csrf, name_en="Mine", icon="leaf").status == 403
    assert articles.category(care.id) == care


def test_only_an_admin_deletes_an_article_for_good_and_no_published_one(desk, care, bob):
    shown, draft = written(care), written(care, publish=False)
    csrf = token(desk.go(f"{HERE}/{draft.id}"))
    fields = {"csrf": csrf, "action": "delete", "version": "1", "category_id": care.id, "visibility": "public"}
    assert desk.post(f"{HERE}/{draft.id}", title_en="Oil", **fields).status == 403
    change_staff.change_agent(bob.id, {"role": "admin"}, SYSTEM)
    assert desk.post(f"{HERE}/{shown.id}", title_en="Oil", **fields).status == 403
    desk.go(f"{HERE}/{draft.id}").send(f"{HERE}/{draft.id}", "delete")

    assert "The article is gone." in desk.text
    assert desk.go(f"{HERE}/{draft.id}").status == 404


def test_words_that_mean_the_same_are_added_changed_and_taken_away(desk):
    desk.go(SYNONYMS).send(SYNONYMS, words="parcel\npackage, box", locale="en")
    [made] = synonyms.read()
    assert (made.words, made.locale) == (("parcel", "package", "box"), "en")

    desk.go(f"{SYNONYMS}/{made.id}").send(f"{SYNONYMS}/{made.id}", words="طرد، شحنة", locale="ar")
    assert synonyms.read()[0].words == ("طرد", "شحنة")
    desk.send(f"{SYNONYMS}/{made.id}/delete")
    assert synonyms.read() == []


@pytest.mark.parametrize("words", ["", "parcel", "the\nparcel", "Parcel\nparcels", "x" * 61 + "\nparcel"])
def test_words_that_are_no_synonyms_are_refused_and_kept_in_the_form(desk, words):
    desk.go(SYNONYMS).send(SYNONYMS, words=words, locale="en")

    assert (desk.status, desk.errors) == (422, ["words"])
    assert desk.page.find(id="words").text.strip() == words
    assert synonyms.read() == []


def test_synonyms_changed_meanwhile_are_not_overwritten(desk):
    made = change_synonyms.create({"locale": "en", "words": ["parcel", "package"]})
    desk.go(f"{SYNONYMS}/{made.id}")
    change_synonyms.change(made.id, {"words": ["parcel", "box"]})
    desk.send(f"{SYNONYMS}/{made.id}", words="mine\nyours")

    assert "Somebody else changed these words meanwhile." in desk.text
    assert synonyms.read()[0].words == ("parcel", "box")


def test_what_was_searched_in_vain_leads_to_an_article_and_to_a_synonym(desk, care):
    searches.count("en", "dishwasher safe", 0)
    searches.count("en", "oil", 3)
    desk.go(f"{HERE}/searches")
    assert [one.bdi.text for one in desk.page.select(".grid td.wide")] == ["dishwasher safe"]

    links = [one["href"] for one in desk.page.select(".grid a")]
    assert desk.go(links[0]).page.find(id="title_en")["value"] == "dishwasher safe"
    assert desk.go(links[1]).page.find(id="words").text.strip() == "dishwasher safe"
    assert "oil" in desk.go(f"{HERE}/searches?which=all&locale=en&days=7").page.select_one(".grid").text
    assert "Nothing was searched for in vain" in desk.go(f"{HERE}/searches?locale=ar").text


def test_searches_that_led_to_no_article_are_told_from_those_that_did(desk, care):
    for query in ("oil", "wax"):
        searches.count("en", query, 3)
    searches.count_opened("en", "oil")
    rows = desk.go(f"{HERE}/searches?which=all").page.select(".grid tbody tr")

    assert {row.bdi.text: [cell.text for cell in row.select("td.nowrap")][:3] for row in rows} == {
        "oil": ["1", "0", "1"],
        "wax": ["1", "0", "0"],
    }
    unopened = desk.go(f"{HERE}/searches?which=unopened").page
    assert [one.bdi.text for one in unopened.select(".grid td.wide")] == ["wax"]


def test_articles_that_help_nobody_are_listed_with_reasons_and_words(desk, care):
    article = written(care)
    for visitor, words in enumerate(("Which oil?", "", "<b>Bad</b>")):
        vote_on_article.vote(article.id, "en", f"visitor-{visitor}", False, "unclear", words)
    vote_on_article.vote(article.id, "en", "visitor-4", True)
    desk.go(f"{HERE}/failing")

    assert names(desk) == ["Oil"]
    assert "25% of 4 votes" in desk.text and "since it was rewritten" not in desk.text
    assert "Hard to follow · 3" in desk.text
    assert {one.text for one in desk.page.select(".said blockquote")} == {"Which oil?", "<b>Bad</b>"}
    assert desk.page.select(".said b") == []


def test_one_angry_reader_makes_no_article_fail(desk, care):
    vote_on_article.vote(written(care).id, "en", "visitor", False, "wrong")

    assert "No article fails its readers" in desk.go(f"{HERE}/failing").text


@pytest.mark.parametrize("place", ["categories", "searches", "failing", "synonyms"])
def test_customers_and_strangers_see_none_of_it(browse, care, place):
    searches.count("en", "secret", 0)

    assert browse().go(f"{HERE}/{place}").address == "/agent/sign-in"
    assert browse("charlie@example.org").go(f"{HERE}/{place}").address == "/agent/sign-in"
