"""The article index follows what the table says, whatever becomes of a job."""

import contextlib
from datetime import timedelta

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import (
    change_category,
    change_synonyms,
    publish_article,
    run_due,
    search_articles,
    update_search,
)
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.errors import Contention
from chalicelib.search import articles as index
from chalicelib.store import unindexed_articles


@pytest.fixture
def article(cloud):
    index.forget()
    category = change_category.create({"en": {"name": "Money"}})
    texts = {"en": {"title": "Refunds", "body": "Within a week."}}
    return publish_article.create(Draft(category.id, texts, publish=True), SYSTEM)


def found(query, **others):
    return [hit.article_id for hit in index.search(query, locale="en", now_fresh=True, **others).hits]


def lose_all_jobs():
    boto3.client("sqs").purge_queue(QueueUrl=settings.jobs_queue_url())


def test_synonyms_are_searched_by_as_soon_as_the_queue_is_done(run, article):
    made = change_synonyms.create({"locale": "en", "words": ["refund", "rebate"]})
    run()
    assert found("rebate") == [article.id]

    change_synonyms.delete(made.id)
    run()
    assert found("rebate") == []


def test_jobs_that_were_lost_are_made_up_for_in_minutes(run, article):
    run()
    change_synonyms.create({"locale": "en", "words": ["refund", "rebate"]})
    publish_article.change(article.id, {"translations": {"en": {"body": "With a voucher."}}}, SYSTEM)
    lose_all_jobs()
    clock.shift(int(timedelta(minutes=4).total_seconds()))
    run_due.sweep()
    run()

    assert found("rebate") == found("voucher") == [article.id]
    assert (unindexed_articles.read(), unindexed_articles.of_synonyms()) == ({}, None)


def test_the_nightly_rebuild_brings_articles_and_synonyms_that_no_job_brought(article):
    change_synonyms.create({"locale": "en", "words": ["refund", "rebate"]})
    update_search.rebuild()

    assert found("rebate") == found("refund") == [article.id]


@pytest.mark.parametrize("changes", [2, 3])
def test_a_rebuild_that_meets_changes_of_articles_begins_again_twice(article, monkeypatch, changes):
    update_search.rebuild()
    read, left = update_search._published, list(range(changes))

    def changed_meanwhile():
        yield from read()
        if left:
            left.pop()
            update_search.index_article(article.id)

    monkeypatch.setattr(update_search, "_published", changed_meanwhile)
    with contextlib.nullcontext() if changes < 3 else pytest.raises(Contention):
        update_search.rebuild()
    assert found("refund") == [article.id]


def test_synonyms_changed_while_they_are_read_are_read_again(article, monkeypatch):
    update_search.rebuild()
    change_synonyms.create({"locale": "en", "words": ["refund", "rebate"]})
    read, overtaken = update_search._synonyms, []

    def changed_meanwhile():
        sets = list(read())
        if not overtaken:
            overtaken.append(True)
            change_synonyms.create({"locale": "en", "words": ["refund", "ristorno"]})
        return iter(sets)

    monkeypatch.setattr(update_search, "_synonyms", changed_meanwhile)
    update_search.index_synonyms()
    assert unindexed_articles.of_synonyms() is not None
    update_search.index_synonyms()
    assert found("rebate") == found("ristorno") == [article.id]
    assert unindexed_articles.of_synonyms() is None


def test_agents_find_a_first_article_where_nothing_was_ever_published(article):
    assert [hit.article_id for hit in search_articles.search("refund", locale=None).hits] == [article.id]
    assert [hit.article_id for hit in search_articles.search("refnud", locale=None).hits] == []
