"""What a published article is to become, beside what its readers see: saved, published, scheduled, discarded."""

from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import change_category, publish_article, restore_article, run_due, search_articles
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.article_card import card_of
from chalicelib.domain.article_draft import is_outdated
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid, VersionMismatch
from chalicelib.store import article_cards, article_versions, articles, listings
from chalicelib.store.article_cards import Sieve
from chalicelib.store.table import ArticleRow, ArticleTextRow, ArticleVersionRow, EventRow, TranslationRow

BY_BOB, BY_CHARLIE = Actor("agent", "agt_bob"), Actor("agent", "agt_charlie")
HOUR = timedelta(hours=1)


@pytest.fixture
def category(cloud):
    return change_category.create({"en": {"name": "Caring"}})


@pytest.fixture
def article(category):
    texts = {"en": {"title": "Oil", "body": "Use oil."}, "ar": {"title": "الزيت", "body": "بالزيت."}}
    return publish_article.create(Draft(category.id, texts, publish=True), BY_BOB)


def drafted(article, actor=BY_BOB, version=None, publish_at=None, **texts):
    wanted = {"translations": {locale: {"body": body} for locale, body in texts.items()}}
    wanted |= {"publish_at": publish_at} if publish_at else {}
    return publish_article.change(article.id, wanted, actor, version=version, draft=True)


def reworded(article, **texts):
    wanted = {"translations": {locale: {"body": body} for locale, body in texts.items()}}
    return publish_article.change(article.id, wanted, BY_BOB)


def shown(article, locale="en"):
    return articles.get(article.id).translations[locale].body


def drafts(article):
    return {locale: one.body for locale, one in articles.with_drafts(article.id).drafts.items()}


def versions(article):
    found = article_versions.page(articles.with_drafts(article.id), 100).versions
    return [(one.number, one.published, tuple(sorted(one.changed))) for one in found]


def told(article):
    return [row.type for row in EventRow.scan() if row.article_id == article.id]


def test_readers_meet_nothing_of_a_draft(article, run):
    run()
    before = articles.get(article.id)
    clock.shift(60)
    drafted(article, en="Use walnut oil.")
    run()

    after = articles.get(article.id)
    assert (after.translations, after.updated_at, after.drafts) == (before.translations, before.updated_at, {})
    assert listings.of(article.category_id)[0].updated_at == before.updated_at
    assert told(article) == ["article.published"]
    for audience in ("public", "agents"):
        assert search_articles.search("walnut", locale="en", audience=audience).hits == ()
    assert drafts(article) == {"en": "Use walnut oil."}


def test_publishing_lets_readers_see_the_drafts(article, run):
    drafted(article, en="Use walnut oil.", ar="بزيت الجوز.")
    publish_article.publish(article.id, BY_CHARLIE)
    run()

    assert (shown(article), shown(article, "ar"), drafts(article)) == ("Use walnut oil.", "بزيت الجوز.", {})
    assert [hit.article_id for hit in search_articles.search("walnut", locale="en").hits] == [article.id]
    assert told(article) == ["article.published"] * 2
    assert not any(text.outdated for text in articles.get(article.id).translations.values())


def test_a_language_that_readers_do_not_have_yet_can_be_a_draft(category):
    article = publish_article.create(Draft(category.id, {"en": {"title": "Oil"}}, publish=True), BY_BOB)
    publish_article.change(article.id, {"translations": {"ar": {"title": "الزيت"}}}, BY_BOB, draft=True)

    assert list(articles.get(article.id).translations) == ["en"]
    assert articles.id_of("ar", "alzyt") is None
    found = publish_article.publish(article.id, BY_BOB)
    assert (found.translations["ar"].title, found.drafts) == ("الزيت", {})
    assert articles.id_of("ar", found.translations["ar"].slug) == article.id


def test_a_draft_is_written_on_piece_by_piece_and_is_none_once_it_says_what_is_shown(article):
    drafted(article, en="Use walnut oil.")
    publish_article.change(article.id, {"translations": {"en": {"title": "Oiling"}}}, BY_BOB, draft=True)
    drafted(article, ar="بزيت الجوز.")
    assert drafts(article) == {"en": "Use walnut oil.", "ar": "بزيت الجوز."}
    assert articles.with_drafts(article.id).drafts["en"].title == "Oiling"

    publish_article.change(
        article.id, {"translations": {"en": {"title": "Oil", "body": "Use oil."}}}, BY_BOB, draft=True
    )
    assert list(drafts(article)) == ["ar"]


def test_a_change_that_is_published_leaves_the_draft_and_marks_it(article):
    drafted(article, en="Use walnut oil.")
    reworded(article, en="Use oil, thinly.")
    found = articles.with_drafts(article.id)
    assert (shown(article), drafts(article)) == ("Use oil, thinly.", {"en": "Use walnut oil."})
    assert is_outdated(found, "en")

    drafted(article, en="Use walnut oil, thinly.")
    assert not is_outdated(articles.with_drafts(article.id), "en")


def test_who_saves_over_a_newer_draft_is_told_whose_it_is(article):
    drafted(article, en="Use walnut oil.")
    for attempt in (
        lambda: drafted(article, BY_CHARLIE, version=1, en="Use wax."),
        lambda: publish_article.publish(article.id, BY_CHARLIE, version=1),
        lambda: publish_article.discard_drafts(article.id, BY_CHARLIE, version=1),
    ):
        with pytest.raises(VersionMismatch):
            attempt()

    assert drafts(article) == {"en": "Use walnut oil."}
    assert drafted(article, BY_CHARLIE, version=2, en="Use wax.").version == 3


def test_every_draft_is_a_version_that_was_never_public(article):
    drafted(article, en="Use walnut oil.")
    drafted(article, ar="بزيت الجوز.")
    publish_article.publish(article.id, BY_BOB)

    assert versions(article) == [
        (4, True, ("ar", "en")),
        (3, False, ("ar",)),
        (2, False, ("en",)),
        (1, True, ("ar", "en")),
    ]
    first = article_versions.get(articles.get(article.id), 2).texts
    second = article_versions.get(articles.get(article.id), 3).texts
    assert (first["en"].body, first["ar"].body) == ("Use walnut oil.", "بالزيت.")
    assert (second["en"].body, second["ar"].body) == ("Use walnut oil.", "بزيت الجوز.")


def test_what_a_draft_article_said_before_it_was_published_was_never_public(category):
    article = publish_article.create(Draft(category.id, {"en": {"title": "Oil", "body": "Use"}}), BY_BOB)
    reworded(article, en="Use oil.")
    assert [published for _, published, _ in versions(article)] == [False, False]

    publish_article.publish(article.id, BY_BOB)
    assert [published for _, published, _ in versions(article)] == [True, False]


def test_a_discarded_draft_stays_among_the_versions_and_comes_back_from_there(article):
    drafted(article, en="Use walnut oil.", ar="بزيت الجوز.", publish_at=clock.now() + HOUR)
    publish_article.discard_drafts(article.id, BY_BOB, "ar")
    assert drafts(article) == {"en": "Use walnut oil."}
    found = publish_article.discard_drafts(article.id, BY_BOB)
    assert (found.drafts, found.publish_at, shown(article)) == ({}, None, "Use oil.")

    restore_article.restore(article.id, 2, BY_BOB, draft=True)
    assert (shown(article), drafts(article)) == ("Use oil.", {"en": "Use walnut oil.", "ar": "بزيت الجوز."})
    restore_article.restore(article.id, 2, BY_BOB)
    assert (shown(article), drafts(article)) == ("Use walnut oil.", {})


def test_drafts_are_published_when_their_time_comes(article, run):
    drafted(article, en="Use walnut oil.", publish_at=clock.now() + HOUR)
    for minutes, body in [(59, "Use oil."), (2, "Use walnut oil.")]:
        clock.shift(60 * minutes)
        run_due.sweep()
        run()
        assert shown(article) == body

    found = articles.with_drafts(article.id)
    assert (found.state, found.publish_at, found.drafts) == ("published", None, {})


def test_a_time_without_a_draft_is_refused(article):
    with pytest.raises(Conflict) as refusal:
        drafted(article, en="Use oil.", publish_at=clock.now() + HOUR)

    assert refusal.value.code == "not-a-draft"


def test_a_draft_whose_address_went_elsewhere_is_refused_and_at_its_time_keeps_the_old_one(article, category, run):
    wanted = {"translations": {"en": {"body": "Use wax.", "slug": "wax"}}, "publish_at": clock.now() + HOUR}
    publish_article.change(article.id, wanted, BY_BOB, draft=True)
    publish_article.create(Draft(category.id, {"en": {"title": "Wax"}}), BY_BOB)
    with pytest.raises(Invalid) as refusal:
        publish_article.publish(article.id, BY_BOB)
    assert (refusal.value.code, refusal.value.faults[0].pointer) == ("slug-taken", "/translations/en/slug")

    clock.shift(3700)
    publish_article.publish_due(article.id)
    found = articles.get(article.id).translations["en"]
    assert (found.body, found.slug) == ("Use wax.", article.translations["en"].slug)


@pytest.mark.parametrize(("field", "value"), [("visibility", "agents"), ("category_id", "cat_other"), ("position", 7)])
def test_a_draft_holds_texts_alone(article, field, value):
    with pytest.raises(Invalid) as refusal:
        publish_article.change(article.id, {field: value}, BY_BOB, draft=True)

    assert (refusal.value.code, refusal.value.faults[0].pointer) == ("not-in-draft", f"/{field}")


def test_what_readers_do_not_see_is_a_draft_without_a_second_one(article):
    drafted(article, en="Use walnut oil.")
    archived = publish_article.archive(article.id, BY_BOB)
    assert (archived.translations["en"].body, archived.drafts) == ("Use walnut oil.", {})
    assert versions(article)[0][1] is False

    assert drafted(article, en="Use wax.").drafts == {}
    assert shown(article) == "Use wax."
    publish_article.delete(article.id, BY_BOB)
    assert articles.with_drafts(article.id).drafts == {}


def test_the_desks_lists_tell_of_drafts_as_the_newest_change(article, category):
    clock.shift(60)
    drafted(article, BY_CHARLIE, en="Use walnut oil.")
    found = articles.with_drafts(article.id)
    [card], [place] = article_cards.of_category(category.id), article_cards.newest(Sieve("published"), None, 5)

    assert card == place.card == card_of(found)
    assert (card.drafts, card.updated_by, card.titles["en"]) == (("en",), "agt_charlie", "Oil")
    assert card.updated_at > found.updated_at
    publish_article.discard_drafts(article.id, BY_BOB)
    assert len(article_cards.newest(Sieve(), None, 5)) == 1


def make_older_than_versions():
    for row in (*ArticleVersionRow.scan(), *ArticleTextRow.scan()):
        row.delete()
    for row in TranslationRow.scan():
        row.update([TranslationRow.since.remove()])
    next(iter(ArticleRow.scan())).update([ArticleRow.text_version.remove()])


def test_an_article_older_than_versions_loses_nothing_to_a_draft_of_its_address(article):
    make_older_than_versions()
    publish_article.change(article.id, {"translations": {"en": {"slug": "walnut"}}}, BY_BOB, draft=True)
    assert versions(article) == [(1, True, ())]
    reworded(article, en="Use walnut oil.")

    assert versions(article) == [(3, True, ("en",)), (1, True, ())]
    assert article_versions.get(articles.get(article.id), 1).texts["en"].body == "Use oil."


def test_an_article_older_than_versions_loses_nothing_to_its_first_draft(article):
    make_older_than_versions()
    drafted(article, en="Use walnut oil.")

    assert versions(article) == [(2, False, ("en",)), (1, True, ())]
    assert article_versions.get(articles.get(article.id), 1).texts["en"].body == "Use oil."
    assert not is_outdated(articles.with_drafts(article.id), "en")
    reworded(article, ar="بزيت.")
    assert not is_outdated(articles.with_drafts(article.id), "en")
