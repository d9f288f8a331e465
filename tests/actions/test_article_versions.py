"""What an article said before: who changed it when, and back again."""

import pytest

from chalicelib import clock
from chalicelib.actions import change_category, publish_article, restore_article
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.errors import NotFound, VersionMismatch
from chalicelib.store import article_versions, articles, writers
from chalicelib.store.changes import Changes
from chalicelib.store.table import ArticleRow, ArticleTextRow, ArticleVersionRow, TranslationRow

TEXTS = {
    "en": {"title": "My board has split", "body": "Dry it."},
    "ar": {"title": "تشقّق لوح التقطيع", "body": "جفّفه."},
}


@pytest.fixture
def by_bob(bob):
    return Actor("agent", bob.id)


@pytest.fixture
def category(cloud):
    return change_category.create({"en": {"name": "Caring"}})


@pytest.fixture
def article(category, by_bob):
    return publish_article.create(Draft(category.id, TEXTS, publish=True, author_id=by_bob.id), by_bob)


def reworded(article, actor, **texts):
    wanted = {locale: {"body": body} for locale, body in texts.items()}
    return publish_article.change(article.id, {"translations": wanted}, actor)


def versions(article, limit=100):
    return article_versions.page(articles.get(article.id), limit).versions


def body_of(article, number, locale="en"):
    return article_versions.get(articles.get(article.id), number).texts[locale].body


def older_than_versions(article):
    """The rows as they were written before versions were kept."""
    for row in (*ArticleVersionRow.scan(), *ArticleTextRow.scan()):
        row.delete()
    for row in TranslationRow.scan():
        row.update(
            [TranslationRow.since.remove(), TranslationRow.updated_at.remove(), TranslationRow.outdated.remove()]
        )
    head = next(iter(ArticleRow.scan()))
    head.update([ArticleRow.text_version.remove(), ArticleRow.updated_by.remove()])
    return articles.get(article.id)


def test_every_change_of_the_text_is_a_version_with_who_and_when(article, by_bob, bob):
    written_at = articles.get(article.id).updated_at
    clock.shift(3600)
    reworded(article, by_bob, en="Dry it slowly.")
    newest, first = versions(article)

    assert (first.number, first.at, first.by, first.changed) == (1, written_at, bob.id, ("en", "ar"))
    assert (newest.number, newest.by, newest.changed) == (2, bob.id, ("en",))
    assert (newest.at - first.at).total_seconds() >= 3600
    assert (body_of(article, 1), body_of(article, 2), body_of(article, 2, "ar")) == (
        "Dry it.",
        "Dry it slowly.",
        "جفّفه.",
    )
    assert writers.names([newest.by, None], "ar") == {bob.id: "بوب", "": ""}


def test_a_change_of_category_or_visibility_is_a_version_and_publishing_is_none(article, by_bob):
    other = change_category.create({"en": {"name": "Orders"}})
    publish_article.archive(article.id, by_bob)
    publish_article.change(article.id, {"category_id": other.id, "visibility": "agents"}, by_bob)
    publish_article.publish(article.id, by_bob)
    publish_article.change(article.id, {"position": 7}, by_bob)
    newest, first = versions(article)

    assert (newest.number, newest.changed) == (3, ("category_id", "visibility"))
    assert (first.visibility, newest.visibility, newest.category_id) == ("public", "agents", other.id)
    assert articles.get(article.id).version == 5


def test_a_save_that_changes_nothing_makes_no_version(article, by_bob):
    same = publish_article.change(article.id, {"translations": TEXTS, "visibility": "public"}, by_bob)

    assert same == articles.get(article.id)
    assert [one.number for one in versions(article)] == [1]


def test_the_words_of_a_version_are_kept_once(article, by_bob):
    reworded(article, by_bob, en="Dry it slowly.")
    reworded(article, by_bob, en="Dry it slowly, in the shade.")

    assert len(list(ArticleTextRow.scan())) == 4


def test_an_old_version_is_restored_as_a_new_one(article, by_bob):
    moved = {"en": {"title": "A crack", "body": "Oil it.", "slug": "a-crack"}}
    publish_article.change(article.id, {"translations": moved, "visibility": "agents"}, by_bob)
    restored = restore_article.restore(article.id, 1, by_bob)

    assert (restored.translations["en"].title, restored.translations["en"].body) == ("My board has split", "Dry it.")
    assert (restored.visibility, restored.translations["en"].slug) == ("agents", "a-crack")
    assert [one.number for one in versions(article)] == [3, 2, 1]
    assert body_of(article, 2) == "Oil it."


def test_restoring_what_stands_changes_nothing(article, by_bob):
    assert restore_article.restore(article.id, 1, by_bob).version == 1


def test_a_language_that_came_later_stays_when_an_old_version_is_restored(category, by_bob):
    article = publish_article.create(Draft(category.id, {"en": TEXTS["en"]}), by_bob)
    publish_article.change(article.id, {"translations": {"ar": TEXTS["ar"]}}, by_bob)
    reworded(article, by_bob, en="Oil it.")
    restored = restore_article.restore(article.id, 1, by_bob)

    assert {locale: text.body for locale, text in restored.translations.items()} == {"en": "Dry it.", "ar": "جفّفه."}


def test_versions_are_read_page_by_page_newest_first(article, by_bob):
    for number in range(5):
        reworded(article, by_bob, en=f"Text {number}")
    found, after = [], None
    while True:
        page = article_versions.page(articles.get(article.id), 2, after)
        found += [one.number for one in page.versions]
        after = page.after
        if after is None:
            break

    assert found == [6, 5, 4, 3, 2, 1]


def test_a_version_that_is_not_there_is_not_found(article, by_bob):
    publish_article.archive(article.id, by_bob)
    for number in (0, 2, 99):
        with pytest.raises(NotFound) as refusal:
            restore_article.restore(article.id, number, by_bob)
        assert refusal.value.code == "version-not-found"


def test_an_article_older_than_versions_has_its_current_one(article, by_bob):
    old = older_than_versions(article)

    assert [(one.number, one.by) for one in versions(old)] == [(1, by_bob.id)]
    assert body_of(old, 1) == "Dry it."


def test_the_first_change_of_an_article_older_than_versions_loses_nothing(article, by_bob):
    older_than_versions(article)
    publish_article.archive(article.id, by_bob)
    reworded(article, Actor("agent", "agt_charlie"), en="Dry it slowly.")
    newest, first = versions(article)

    assert (newest.number, newest.by, newest.changed) == (3, "agt_charlie", ("en",))
    assert first.number == 2
    assert (body_of(article, 2), body_of(article, 3), body_of(article, 3, "ar")) == (
        "Dry it.",
        "Dry it slowly.",
        "جفّفه.",
    )


def test_who_saves_upon_somebody_elses_change_is_told_whose_it_was(article, by_bob):
    reworded(article, by_bob, en="Dry it slowly.")
    with pytest.raises(VersionMismatch, match=r"version 2 now: Bob changed it at \d{4}-\d\d-\d\d \d\d:\d\d UTC"):
        publish_article.change(article.id, {"visibility": "agents"}, by_bob, version=1)


def test_the_texts_of_a_list_of_versions_are_not_read(article, by_bob):
    reworded(article, by_bob, en="x" * 200_000)

    assert not any(hasattr(one, "body") for one in versions(article))
    assert len(body_of(article, 2)) == 200_000


def test_what_moved_among_its_neighbours_meanwhile_keeps_its_place(article, by_bob):
    stale = articles.get(article.id)
    row = next(iter(ArticleRow.scan()))
    row.update([ArticleRow.position.set(50)])
    change = Changes()
    articles.save(change, stale, stale)

    assert not change.took()
    assert reworded(article, by_bob, en="Dry it slowly.").position == 50


def test_what_the_system_does_is_not_written_down_to_the_last_writer_anew(article, by_bob, bob):
    assert publish_article.archive(article.id, SYSTEM).updated_by == bob.id
