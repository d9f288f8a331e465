"""The draft of a published article on the desk, which no reader sees: written, scheduled, published, discarded."""

from datetime import timedelta

import pytest

from chalicelib import clock, i18n
from chalicelib.actions import change_category, publish_article, vote_on_article
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.store import articles, votes
from tests.portal import samples

HERE = "/agent/articles"


@pytest.fixture
def care(browse):
    return change_category.create({"en": {"name": "Care"}, "ar": {"name": "العناية"}})


@pytest.fixture
def article(care):
    return publish_article.create(
        Draft(care.id, {"en": {"title": "Oil", "body": "Use **oil**."}}, publish=True), SYSTEM
    )


@pytest.fixture
def editor(desk, article):
    return desk.go(f"{HERE}/{article.id}")


def press(desk, article, action, **fields):
    return desk.send(f"{HERE}/{article.id}", action, **{"minor": ""} | fields)


def drafts(article):
    return {locale: one.body for locale, one in articles.with_drafts(article.id).drafts.items()}


def body(article):
    return articles.get(article.id).translations["en"].body


def shown_in(desk):
    return desk.page.find(id="body_en").text.strip()


def test_saving_keeps_a_draft_that_only_agents_see(editor, article, browse):
    press(editor, article, "save", body_en="Use **wax**.", title_ar="الزيت")
    assert "Draft saved. Readers still see what was published." in editor.text
    assert (body(article), list(articles.get(article.id).translations)) == ("Use **oil**.", ["en"])
    assert drafts(article) == {"en": "Use **wax**.", "ar": ""}

    editor.go(f"{HERE}/{article.id}")
    banner = editor.page.find(id="draft")
    assert (shown_in(editor), editor.page.select_one("#preview-en strong").text) == ("Use **wax**.", "wax")
    assert (banner.find("del").text, banner.find("ins").text) == ("oil", "wax")
    assert "Bob" in editor.page.find(id="saved").text
    reader = browse().go("/en/articles/oil")
    assert "oil" in reader.text
    assert "wax" not in reader.text
    assert "English has a draft" in editor.go(f"{HERE}?language=drafted-en").text
    assert article.id not in editor.go(f"{HERE}?language=drafted-ar&visibility=agents").text


def test_keys_that_send_the_form_without_a_button_publish_nothing(editor, article):
    press(editor, article, "", body_en="Half a thought")

    assert (body(article), drafts(article)) == ("Use **oil**.", {"en": "Half a thought"})


def test_publishing_puts_the_form_in_place_of_what_readers_saw(editor, article):
    press(editor, article, "save", body_en="Use **wax**.", title_ar="الزيت")
    press(editor, article, "publish", body_en="Use **soap**.", title_ar="", slug_ar="")

    assert "Published." in editor.text
    assert (body(article), drafts(article)) == ("Use **soap**.", {})
    assert list(articles.get(article.id).translations) == ["en"]
    assert editor.page.find(id="draft") is None


def test_a_discarded_draft_is_gone_and_stays_among_the_versions(editor, article):
    press(editor, article, "save", body_en="Use **wax**.")
    press(editor, article, "discard", body_en="")
    assert "Draft discarded." in editor.text
    assert (shown_in(editor), drafts(article)) == ("Use **oil**.", {})

    editor.go(f"{HERE}/{article.id}/versions")
    tags = [[tag.text for tag in row.select(".tag")] for row in editor.page.select(".rows .subject")]
    assert tags == [["never public"], ["current"]]
    form = editor.page.select_one('form[method=post]:has(button[name=draft][value="2"])')
    fields = {one["name"]: one["value"] for one in form.select("input")}
    editor.post(f"{HERE}/{article.id}/versions", draft="2", **fields)
    assert (shown_in(editor), body(article)) == ("Use **wax**.", "Use **oil**.")
    assert "draft" in [tag.text for tag in editor.go(f"{HERE}/{article.id}/versions").page.select(".tag")]


def test_of_two_who_write_on_a_draft_the_second_sees_what_the_first_wrote(editor, article, bob):
    wanted = {"translations": {"en": {"body": "Use **wax**."}}}
    publish_article.change(article.id, wanted, Actor("agent", bob.id), draft=True)
    for action in ("save", "publish", "discard"):
        press(editor, article, action, body_en="Use **soap**.", version="1")
        assert editor.status == 412
        assert "Bob saved this article while you were writing" in editor.text
        difference = editor.page.select_one("[role=alert] .difference")
        assert (difference.find("del").text, difference.ins.text) == ("oil", "wax")
        assert shown_in(editor) == "Use **soap**."

    press(editor, article, "save")
    assert (drafts(article), body(article)) == ({"en": "Use **soap**."}, "Use **oil**.")


def test_a_draft_that_readers_were_ahead_of_says_so(editor, article):
    press(editor, article, "save", body_en="Use **wax**.")
    publish_article.change(article.id, {"translations": {"en": {"body": "Use **thin** oil."}}}, SYSTEM)

    assert "The published English text was changed after this draft was begun." in editor.go(editor.address).text
    press(editor, article, "save")
    assert "was changed after this draft was begun" not in editor.text


def test_a_draft_comes_out_at_the_time_that_was_chosen(editor, article):
    at = (clock.now() + timedelta(days=2)).astimezone(i18n.zone(samples.SHOP.time_zone))
    typed = f"{at:%Y-%m-%dT%H:%M}"
    press(editor, article, "schedule", publish_on=typed)
    assert (editor.status, editor.errors) == (422, ["publish_on"])

    press(editor, article, "schedule", publish_on=typed, body_en="Use **wax**.")
    assert articles.get(article.id).publish_at == at.replace(second=0, microsecond=0)
    assert "It takes its place by itself" in editor.go(f"{HERE}/{article.id}").text
    press(editor, article, "save", publish_on="")
    assert (articles.get(article.id).publish_at, drafts(article)) == (None, {"en": "Use **wax**."})


def test_who_may_read_it_changes_at_once_and_by_a_button_of_its_own(editor, article):
    press(editor, article, "save", body_en="Use **wax**.", visibility="agents")
    assert (editor.status, editor.errors) == (422, ["visibility"])
    assert drafts(article) == {}

    press(editor, article, "place", body_en="Use **wax**.", visibility="agents")
    assert "Changed for readers." in editor.text
    assert (articles.get(article.id).visibility, body(article), drafts(article)) == ("agents", "Use **oil**.", {})
    assert shown_in(editor) == "Use **wax**."
    press(editor, article, "save")
    assert drafts(article) == {"en": "Use **wax**."}


@pytest.mark.parametrize(("minor", "counted"), [("yes", 1), ("", 0)], ids=["minor", "more"])
def test_a_minor_change_leaves_the_votes_as_they_are(editor, article, minor, counted):
    vote_on_article.vote(article.id, "en", "alice", False)
    press(editor, article, "save", body_en="Use **oil**!", minor=minor)
    assert editor.page.find(id="minor").has_attr("checked") == bool(minor)
    press(editor, article, "publish", minor=minor)

    assert votes.judged(articles.get(article.id))["en"].votes == counted
    facts = editor.page.select_one(".facts").text
    assert "of 1 vote" in facts
    assert ("since it was rewritten" in facts) is (not minor)


def test_failing_articles_are_judged_since_they_were_rewritten(editor, article):
    for visitor in ("alice", "charlie", "daisy"):
        vote_on_article.vote(article.id, "en", visitor, False, "other", "Which oil?")
    assert "Which oil?" in editor.go(f"{HERE}/failing").text
    publish_article.change(article.id, {"translations": {"en": {"body": "Use walnut oil."}}}, SYSTEM)
    assert "No article fails its readers" in editor.go(f"{HERE}/failing").text

    for visitor in ("alice", "charlie", "daisy"):
        vote_on_article.vote(article.id, "en", visitor, False, "other", "How much?")
    assert "How much?" in editor.go(f"{HERE}/failing").text
    assert "Which oil?" not in editor.text
    link = editor.page.select_one('main a[href^="/agent/tickets?"]')
    assert link["href"].startswith("/agent/tickets?q=Oil&since=20")
    assert "since it was rewritten; in all: 0% of 6 votes" in " ".join(editor.text.split())


def test_votes_in_all_are_not_told_where_nobody_voted_before_it_was_rewritten(editor, article):
    publish_article.change(article.id, {"translations": {"en": {"body": "Use walnut oil."}}}, SYSTEM)
    for visitor in ("alice", "charlie", "daisy"):
        vote_on_article.vote(article.id, "en", visitor, False)

    assert "0% of 3 votes" in editor.go(f"{HERE}/failing").text
    assert "in all" not in editor.text
