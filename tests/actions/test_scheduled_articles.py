"""Articles that are published when their time comes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import change_category, publish_article, run_due
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid
from chalicelib.store import articles, listings, timers
from chalicelib.store.changes import Changes
from chalicelib.store.table import EventRow

BY_BOB = Actor("agent", "agt_bob")
TEXTS = {"en": {"title": "Closed over the holidays", "body": "We are back in January."}}
HOUR = timedelta(hours=1)


@pytest.fixture
def category(cloud):
    return change_category.create({"en": {"name": "News"}})


@pytest.fixture
def article(category):
    return publish_article.create(Draft(category.id, TEXTS, publish_at=clock.now() + HOUR), BY_BOB)


def waiting():
    """Whether anything of an article waits before a timer; events wait there, too, until they are dispatched."""
    return [key for key in timers.due(clock.now() + timedelta(days=999), 50) if key[1] == "ARTICLE"]


def told(article):
    return [row.type for row in EventRow.scan() if row.article_id == article.id]


def minutes(run, count):
    clock.shift(60 * count)
    run_due.sweep()
    run()


def test_a_draft_is_published_when_its_time_comes(run, article):
    minutes(run, 59)
    assert articles.get(article.id).state == "draft"
    assert listings.of(article.category_id) == []

    minutes(run, 2)
    found = articles.get(article.id)
    assert (found.state, found.publish_at, found.updated_by) == ("published", None, "agt_bob")
    assert [one.article_id for one in listings.of(article.category_id)] == [article.id]
    assert (told(article), waiting()) == (["article.published"], [])


def test_its_publication_is_the_systems_and_makes_no_version(run, article):
    minutes(run, 61)
    (event,) = [row for row in EventRow.scan() if row.article_id == article.id]

    assert event.actor["type"] == "system"
    assert articles.get(article.id).text_version == 1


def test_a_second_run_of_the_same_job_publishes_nothing_again(run, article):
    clock.shift(3700)
    publish_article.publish_due(article.id)
    publish_article.publish_due(article.id)

    assert articles.get(article.id).version == 2
    assert told(article) == ["article.published"]


def test_a_publication_whose_job_was_lost_is_tried_again(run, article):
    clock.shift(3700)
    assert timers.lease(waiting()[0], clock.now())
    assert run_due.sweep() == 0

    minutes(run, 16)
    assert articles.get(article.id).state == "published"


def test_a_publication_that_was_put_off_waits_for_the_later_time(run, article):
    publish_article.change(article.id, {"publish_at": clock.now() + 3 * HOUR}, BY_BOB)
    minutes(run, 61)
    assert articles.get(article.id).state == "draft"

    minutes(run, 121)
    assert articles.get(article.id).state == "published"


def test_a_publication_that_was_put_off_at_the_last_moment_does_not_happen(run, article):
    clock.shift(3700)
    run_due.sweep()
    publish_article.change(article.id, {"publish_at": clock.now() + HOUR}, BY_BOB)
    run()

    assert articles.get(article.id).state == "draft"


def test_a_text_may_change_until_then(run, article):
    publish_article.change(article.id, {"translations": {"en": {"body": "Back in February."}}}, BY_BOB)
    minutes(run, 61)

    found = articles.get(article.id)
    assert (found.state, found.translations["en"].body) == ("published", "Back in February.")


@pytest.mark.parametrize("undo", ["cancel", "archive", "delete", "publish"])
def test_what_became_of_it_meanwhile_stands(run, article, undo):
    if undo == "cancel":
        publish_article.change(article.id, {"publish_at": None}, BY_BOB)
    else:
        getattr(publish_article, undo)(article.id, BY_BOB)
    before = articles.get(article.id)
    assert (waiting(), before.publish_at) == ([], None)

    minutes(run, 61)
    assert articles.get(article.id) == before


def test_a_time_that_is_past_is_refused_by_name(category, article):
    for at in (clock.now(), clock.now() - HOUR):
        for attempt in (
            lambda at=at: publish_article.change(article.id, {"publish_at": at}, BY_BOB),
            lambda at=at: publish_article.create(Draft(category.id, TEXTS, publish_at=at), BY_BOB),
        ):
            with pytest.raises(Invalid) as refusal:
                attempt()
            assert (refusal.value.code, refusal.value.faults[0].pointer) == ("in-past", "/publish_at")


def test_a_time_that_came_is_no_obstacle_to_other_changes(run, article):
    clock.shift(3700)
    same = {"publish_at": article.publish_at, "translations": {"en": {"body": "Back in February."}}}

    assert publish_article.change(article.id, same, BY_BOB).translations["en"].body == "Back in February."


def test_only_a_draft_is_published_later(category, article):
    publish_article.publish(article.id, BY_BOB)
    with pytest.raises(Conflict) as refusal:
        publish_article.change(article.id, {"publish_at": clock.now() + HOUR}, BY_BOB)
    with pytest.raises(Conflict):
        publish_article.create(Draft(category.id, TEXTS, publish=True, publish_at=clock.now() + HOUR), BY_BOB)

    assert refusal.value.code == "not-a-draft"


def test_an_article_whose_category_is_gone_stays_a_draft_and_is_not_tried_for_ever(run, article):
    # Past the refusal to delete a category that still holds it, as two people may at the same moment.
    change = Changes()
    articles.delete_category(change, replace(articles.category(article.category_id)))
    change.commit()
    minutes(run, 61)

    found = articles.get(article.id)
    assert (found.state, found.publish_at, waiting()) == ("draft", None, [])


def test_a_category_with_an_article_that_is_to_come_stays(article):
    with pytest.raises(Conflict) as refusal:
        change_category.delete(article.category_id)

    assert refusal.value.code == "category-not-empty"
