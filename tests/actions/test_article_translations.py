"""The languages of an article beside each other: which one fell behind."""

import pytest

from chalicelib import clock
from chalicelib.actions import change_category, publish_article, word_article
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import Actor
from chalicelib.errors import NotFound, VersionMismatch

BY_BOB = Actor("agent", "agt_bob")
TEXTS = {
    "en": {"title": "My board has split", "body": "Dry it."},
    "ar": {"title": "تشقّق لوح التقطيع", "body": "جفّفه."},
}


@pytest.fixture
def article(cloud):
    category = change_category.create({"en": {"name": "Caring"}})
    return publish_article.create(Draft(category.id, TEXTS, publish=True), BY_BOB)


def reworded(article, **texts):
    wanted = {locale: {"body": body} for locale, body in texts.items()}
    return publish_article.change(article.id, {"translations": wanted}, BY_BOB)


def outdated(article):
    return [locale for locale, text in article.translations.items() if text.outdated]


def test_a_new_article_is_outdated_in_no_language(article):
    assert outdated(article) == []
    assert {text.updated_at for text in article.translations.values()} == {article.created_at}


def test_who_changes_one_language_leaves_the_other_behind(article):
    clock.shift(60)
    changed = reworded(article, en="Dry it slowly.")

    assert outdated(changed) == ["ar"]
    assert changed.translations["en"].updated_at == changed.updated_at
    assert changed.translations["ar"].updated_at == article.created_at


def test_a_language_that_fell_behind_catches_up_and_leaves_nobody_behind(article):
    reworded(article, en="Dry it slowly.")

    assert outdated(reworded(article, ar="جفّفه ببطء.")) == []


def test_who_changes_both_languages_at_once_leaves_none_behind(article):
    assert outdated(reworded(article, en="Dry it slowly.", ar="جفّفه ببطء.")) == []


def test_somebody_says_that_a_translation_still_holds(article):
    changed = reworded(article, en="Dry it slowly!")
    held = word_article.still_holds(article.id, "ar", BY_BOB)

    assert outdated(held) == []
    assert held.translations["ar"].updated_at == changed.translations["ar"].updated_at
    assert outdated(reworded(article, en="Dry it.")) == ["ar"]


def test_what_is_not_outdated_holds_anyway(article):
    assert word_article.still_holds(article.id, "ar", BY_BOB).version == article.version


def test_only_a_language_that_the_article_has_can_hold(article):
    with pytest.raises(NotFound) as refusal:
        word_article.still_holds(article.id, "fr", BY_BOB)

    assert refusal.value.code == "translation-not-found"


def test_who_has_not_seen_the_newest_text_cannot_say_that_another_holds(article):
    reworded(article, en="Dry it slowly.")
    with pytest.raises(VersionMismatch):
        word_article.still_holds(article.id, "ar", BY_BOB, version=1)


def test_a_language_that_is_added_is_a_translation_of_the_others(cloud):
    category = change_category.create({"en": {"name": "Caring"}})
    article = publish_article.create(Draft(category.id, {"en": TEXTS["en"]}), BY_BOB)

    assert outdated(publish_article.change(article.id, {"translations": {"ar": TEXTS["ar"]}}, BY_BOB)) == []


def test_a_new_address_changes_no_words(article):
    moved = publish_article.change(article.id, {"translations": {"en": {"slug": "a-crack"}}}, BY_BOB)

    assert outdated(moved) == []
    assert moved.translations["en"].updated_at == article.created_at
