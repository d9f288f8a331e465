"""Articles: written, published, found, changed and taken away again."""

import pytest

from chalicelib.actions import change_category, publish_article, update_search
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.article import category_at
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid, NotFound
from chalicelib.search import articles as index
from chalicelib.store import articles, listings
from chalicelib.store.changes import Changes

BY_BOB = Actor("agent", "agt_bob")
TEXTS = {
    "en": {"title": "My board has split", "body": "# Save it\n\nDry it **slowly**."},
    "ar": {"title": "تشقّق لوح التقطيع", "body": "جفّفه ببطء."},
}


@pytest.fixture
def category(cloud):
    index.forget()
    return change_category.create({"en": {"name": "Caring"}, "ar": {"name": "العناية"}})


def published(category, **fields):
    return publish_article.create(Draft(category.id, TEXTS, publish=True, **fields), BY_BOB)


def found(query, locale="en", audience="public"):
    return [hit.article_id for hit in index.search(query, locale=locale, audience=audience, now_fresh=True).hits]


def test_a_published_article_is_found_in_both_languages(run, category):
    article = published(category)
    run()

    assert found("split board") == [article.id]
    assert found("تشقق الالواح", "ar") == [article.id]
    assert [item.titles["en"] for item in listings.of(category.id)] == ["My board has split"]
    assert articles.id_of("en", "my-board-has-split") == article.id


def test_a_draft_is_neither_listed_nor_found(run, category):
    publish_article.create(Draft(category.id, TEXTS), BY_BOB)
    run()

    assert found("board") == []
    assert listings.of(category.id) == []


def test_an_archived_article_is_gone_from_list_and_search_and_kept_in_the_table(run, category):
    article = published(category)
    run()
    publish_article.archive(article.id, BY_BOB)
    run()

    assert found("board") == []
    assert listings.of(category.id) == []
    assert articles.get(article.id).translations["en"].title == "My board has split"


def test_an_internal_article_is_found_by_agents_only(run, category):
    article = published(category, visibility="agents")
    run()

    assert found("board") == []
    assert found("board", audience="customers") == []
    assert found("board", audience="agents") == [article.id]


def test_a_change_reaches_the_search_and_the_old_address_still_leads_there(run, category):
    article = published(category)
    renamed = {"en": {"title": "Closing a crack", "body": "Oil.", "slug": "closing-a-crack"}}
    publish_article.change(article.id, {"translations": renamed}, BY_BOB)
    run()

    assert found("crack") == [article.id]
    assert articles.id_of("en", "my-board-has-split") == articles.id_of("en", "closing-a-crack") == article.id
    assert set(articles.get(article.id).translations) == {"en", "ar"}


def test_two_articles_of_one_title_have_two_addresses(category):
    first, second = published(category), published(category)

    assert first.translations["en"].slug != second.translations["en"].slug


def test_a_slug_that_is_taken_is_refused_by_name(category):
    published(category)
    with pytest.raises(Invalid) as refusal:
        wanted = {"en": {"title": "Another", "body": "", "slug": "my-board-has-split"}}
        publish_article.create(Draft(category.id, wanted), BY_BOB)

    assert refusal.value.faults[0].pointer == "/translations/en/slug"


def test_an_unknown_category_is_refused(cloud):
    with pytest.raises(Invalid) as refusal:
        publish_article.create(Draft("cat_none", TEXTS), BY_BOB)

    assert refusal.value.code == "unknown-category"


def test_a_category_with_articles_stays(category):
    published(category)
    with pytest.raises(Conflict):
        change_category.delete(category.id)


def test_no_article_is_published_into_a_category_that_goes_at_that_moment(category, monkeypatch):
    draft = publish_article.create(Draft(category.id, TEXTS), BY_BOB)
    refuse = publish_article._refuse_unknown_category
    looked = []

    def gone_after_the_look(category_id):
        refuse(category_id)
        if not looked:
            looked.append(category_id)
            change_category.delete(category_id)

    monkeypatch.setattr(publish_article, "_refuse_unknown_category", gone_after_the_look)
    with pytest.raises(Invalid) as refusal:
        publish_article.publish(draft.id, BY_BOB)

    assert refusal.value.code == "unknown-category"
    assert articles.get(draft.id).state == "draft"


def test_a_category_into_which_an_article_is_published_at_that_moment_stays(category, monkeypatch):
    draft = publish_article.create(Draft(category.id, TEXTS), BY_BOB)
    refuse = change_category._refuse_needed
    looked = []

    def published_after_the_look(category_id):
        refuse(category_id)
        if not looked:
            looked.append(category_id)
            publish_article.publish(draft.id, BY_BOB)

    monkeypatch.setattr(change_category, "_refuse_needed", published_after_the_look)
    with pytest.raises(Conflict):
        change_category.delete(category.id)

    assert articles.category(category.id).translations == category.translations
    assert [one.article_id for one in listings.of(category.id)] == [draft.id]


def test_an_article_whose_category_was_lost_can_still_be_changed(category):
    article = published(category)
    change = Changes()
    articles.delete_category(change, articles.category(category.id))
    change.commit()

    changed = publish_article.change(article.id, {"translations": {"en": {"title": "A split board"}}}, BY_BOB)
    assert changed.translations["en"].title == "A split board"


def test_an_empty_category_goes(category):
    change_category.delete(category.id)

    assert articles.categories() == []
    with pytest.raises(NotFound):
        change_category.delete(category.id)


def test_the_whole_index_is_made_anew_from_the_table(run, category):
    article = published(category)
    update_search.rebuild()

    assert found("board") == [article.id]


def test_of_a_translation_only_what_is_given_changes(category):
    article = published(category)
    changed = publish_article.change(article.id, {"translations": {"en": {"title": "A split board"}}}, BY_BOB)

    assert changed.translations["en"].title == "A split board"
    assert changed.translations["en"].body == TEXTS["en"]["body"]
    assert changed.translations["ar"].says_as(article.translations["ar"])


def test_a_new_language_without_a_title_or_name_is_refused(category):
    article = publish_article.create(Draft(category.id, {"en": TEXTS["en"]}), BY_BOB)
    with pytest.raises(Invalid) as no_title:
        publish_article.change(article.id, {"translations": {"ar": {"body": "جفّفه ببطء."}}}, BY_BOB)
    only_english = change_category.create({"en": {"name": "Orders"}})
    with pytest.raises(Invalid) as no_name:
        change_category.change(only_english.id, {"translations": {"ar": {"description": "…"}}})

    assert no_title.value.faults[0].pointer == "/translations/ar/title"
    assert no_name.value.faults[0].pointer == "/translations/ar/name"


def test_two_categories_of_one_name_have_two_addresses(category):
    second = change_category.create({"en": {"name": "Caring"}})

    assert second.translations["en"].slug != category.translations["en"].slug
    with pytest.raises(Invalid, match="caring"):
        change_category.change(second.id, {"translations": {"en": {"slug": "caring"}}})


def test_an_article_whose_category_is_gone_is_not_published(category):
    draft = publish_article.create(Draft(category.id, TEXTS), BY_BOB)
    change_category.delete(category.id)
    with pytest.raises(Invalid) as refusal:
        publish_article.publish(draft.id, BY_BOB)

    assert refusal.value.code == "unknown-category"


def test_a_former_address_of_a_category_leads_there_for_good(category):
    for slug in ("care", "wood", "caring"):
        change_category.change(category.id, {"translations": {"en": {"slug": slug}}})
    found = articles.category(category.id)

    assert (found.translations["en"].slug, found.translations["en"].former) == ("caring", ("care", "wood"))
    assert [category_at(articles.categories(), slug) for slug in ("care", "wood", "caring", "none")] == [
        *[found] * 3,
        None,
    ]


def test_no_other_category_takes_an_address_that_one_had(category):
    change_category.change(category.id, {"translations": {"en": {"slug": "wood"}}})
    with pytest.raises(Invalid, match="caring"):
        change_category.create({"en": {"name": "Another", "slug": "caring"}})

    assert change_category.create({"en": {"name": "Caring"}}).translations["en"].slug.startswith("caring-")
