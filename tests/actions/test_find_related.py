"""What a reader of an article may want to read next."""

import pytest

from chalicelib.actions import change_category, publish_article, update_search
from chalicelib.actions.find_related import related
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import Actor
from chalicelib.search import articles as index

BY_BOB = Actor("agent", "agt_bob")


@pytest.fixture
def help_centre(cloud):
    """Titles of articles to the articles; all are in the index."""
    care, orders = (change_category.create({"en": {"name": name}}) for name in ("Caring", "Orders"))
    told = [
        (care, "Oiling a chopping board", "public"),
        (care, "A chopping board has split", "public"),
        (care, "Spoons and forks", "public"),
        (orders, "Returning a chopping board", "public"),
        (orders, "Paying by card", "public"),
        (orders, "Chopping boards for traders", "customers"),
        (care, "Handling claims about a chopping board", "agents"),
    ]
    made = {
        title: publish_article.create(
            Draft(home.id, {"en": {"title": title, "body": f"About: {title}."}}, visibility, publish=True), BY_BOB
        )
        for home, title, visibility in told
    }
    update_search.rebuild()
    index.forget()
    return made


def titles(help_centre, title, audience="public", most=10, locale="en"):
    return [one.title for one in related(help_centre[title], locale, audience, most)]


def test_what_says_similar_things_comes_first_and_then_the_neighbours(help_centre):
    found = titles(help_centre, "Oiling a chopping board")

    assert found[0] == "A chopping board has split"
    assert set(found) == {"A chopping board has split", "Returning a chopping board", "Spoons and forks"}
    assert found[-1] == "Spoons and forks"


def test_an_article_is_not_related_to_itself_and_no_more_are_named_than_wanted(help_centre):
    assert "Oiling a chopping board" not in titles(help_centre, "Oiling a chopping board")
    assert len(titles(help_centre, "Oiling a chopping board", most=1)) == 1


@pytest.mark.parametrize(
    ("audience", "sees_trade", "sees_claims"),
    [("public", False, False), ("customers", True, False), ("agents", True, True)],
)
def test_nobody_is_led_to_what_he_may_not_read(help_centre, audience, sees_trade, sees_claims):
    found = titles(help_centre, "Oiling a chopping board", audience)

    assert ("Chopping boards for traders" in found) is sees_trade
    assert ("Handling claims about a chopping board" in found) is sees_claims


def test_what_was_withdrawn_a_moment_ago_is_not_named_though_the_index_still_has_it(help_centre):
    publish_article.archive(help_centre["A chopping board has split"].id, BY_BOB)
    publish_article.change(help_centre["Returning a chopping board"].id, {"visibility": "agents"}, BY_BOB)

    assert titles(help_centre, "Oiling a chopping board") == ["Spoons and forks"]


def test_a_reader_is_led_to_articles_of_his_language_only(help_centre):
    assert titles(help_centre, "Oiling a chopping board", locale="ar") == []


def test_an_article_like_no_other_leads_to_its_neighbours(help_centre):
    assert set(titles(help_centre, "Paying by card")) == {"Returning a chopping board"}
