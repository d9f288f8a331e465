"""The pages of a category whose articles moved away from where its pages begin."""

import pytest

from chalicelib.actions import change_category, order_articles, page_category, publish_article
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM


@pytest.fixture
def care(cloud, monkeypatch):
    """Three articles a page, and no more than four."""
    monkeypatch.setattr(page_category, "A_PAGE", 3)
    monkeypatch.setattr(page_category, "MOST", 4)
    return change_category.create({lang: {"name": "Care", "slug": "care"} for lang in ("en", "ar")})


def publish(care, title, position):
    texts = {"en": {"title": title, "body": "Oil it.", "slug": title.lower()}}
    return publish_article.create(Draft(care.id, texts, position=position, publish=True), SYSTEM)


def lengths(care):
    last = page_category.page(care.id, "public", 1).last
    return [len(page_category.page(care.id, "public", number + 1).listings) for number in range(last)]


def test_a_move_that_gives_all_articles_a_number_of_their_own_leaves_no_page_empty(care):
    made = [publish(care, f"Oil-{one}", 0) for one in range(5)]
    assert lengths(care) == [3, 2]

    order_articles.put_behind(made[-1], None)
    assert lengths(care) == [3, 2]


def test_the_first_page_is_not_empty_once_all_that_stood_on_it_is_archived(care):
    made = [publish(care, f"Oil-{one}", one * 1000) for one in range(5)]
    assert lengths(care) == [3, 2]

    for one in made[:3]:
        publish_article.archive(one.id, SYSTEM)
    assert lengths(care) == [2]


def test_a_category_that_lost_all_its_articles_is_one_empty_page(care):
    made = [publish(care, f"Oil-{one}", one * 1000) for one in range(5)]
    assert lengths(care) == [3, 2]

    for one in made:
        publish_article.archive(one.id, SYSTEM)
    assert lengths(care) == [0]


def test_at_night_pages_are_filled_anew_though_there_are_as_many_as_before(care):
    made = [publish(care, f"Oil-{one}", one * 1000) for one in range(8)]
    assert lengths(care) == [3, 3, 2]

    publish_article.archive(made[0].id, SYSTEM)
    page_category.lay_out_all()
    assert lengths(care) == [3, 3, 1]
