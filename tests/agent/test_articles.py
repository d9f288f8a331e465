"""The list of articles on the desk: by category and state, in order, searched, and quick however many there are."""

import pytest

from bench import many_articles
from bench.counted import counting
from chalicelib import ids
from chalicelib.actions import change_category, lay_missing_cards, publish_article
from chalicelib.actions.publish_article import Draft
from chalicelib.agent import articles as articles_list
from chalicelib.agent import articles_categories
from chalicelib.domain.event import SYSTEM
from chalicelib.store import article_cards, articles, listings, merging
from chalicelib.store.table import ArticleCardRow, Row

HERE = "/agent/articles"


@pytest.fixture
def care(browse):
    return change_category.create({"en": {"name": "Care"}, "ar": {"name": "العناية"}})


@pytest.fixture
def delivery(browse):
    return change_category.create({"en": {"name": "Delivery"}, "ar": {"name": "التوصيل"}})


def written(category, title, publish=True, visibility="public", **translations):
    texts = {"en": {"title": title, "body": f"All about {title}."}} | translations
    return publish_article.create(Draft(category.id, texts, visibility, publish=publish), SYSTEM)


def titles(browser):
    return [one.text for one in browser.page.select(".grid .subject a")]


def test_every_article_is_listed_with_its_state_the_newest_change_first(desk, care):
    first, draft, old = written(care, "Oil"), written(care, "Wax", publish=False), written(care, "Soap")
    publish_article.archive(old.id, SYSTEM)
    publish_article.change(first.id, {"visibility": "customers"}, SYSTEM)
    desk.go(HERE)

    assert titles(desk) == ["Oil", "Soap", "Wax"]
    assert [one.text for one in desk.page.select(".grid .pill")] == ["Published", "Archived", "Draft"]
    assert "Signed-in customers" in desk.text
    assert draft.state == "draft"


def test_filters_leave_what_fits(desk, care, delivery):
    written(care, "Oil"), written(care, "Wax", publish=False), written(delivery, "Customs", visibility="agents")
    written(delivery, "Parcels", ar={"title": "الطرود", "body": "كلّ شيء."})

    assert titles(desk.go(f"{HERE}?state=draft")) == ["Wax"]
    assert titles(desk.go(f"{HERE}?visibility=agents")) == ["Customs"]
    assert titles(desk.go(f"{HERE}?language=missing-ar&state=published")) == ["Customs", "Oil"]
    assert titles(desk.go(f"{HERE}?category={delivery.id}")) == ["Customs", "Parcels"]
    assert titles(desk.go(f"{HERE}?category={delivery.id}&state=draft")) == []
    assert "No article fits" in desk.text


def test_a_language_that_is_missing_is_marked(desk, care):
    written(care, "Oil")

    assert "Arabic is missing" in desk.go(HERE).page.select_one(".grid").text


def test_what_was_saved_a_moment_ago_is_found_before_any_index_has_it(desk, care):
    written(care, "Oil"), written(care, "Beeswax", publish=False)

    assert titles(desk.go(f"{HERE}?q=oil")) == ["Oil"]
    assert titles(desk.go(f"{HERE}?q=beeswax")) == ["Beeswax"]
    assert titles(desk.go(f"{HERE}?q=xyzzy")) == []
    assert titles(desk.go(f"{HERE}?q=%F0%9F%8C%B3")) == []


def test_an_article_is_moved_within_its_category(desk, care):
    one, two, three = (written(care, title) for title in ("One", "Two", "Three"))
    desk.go(f"{HERE}?category={care.id}")
    desk.send(f"{HERE}/{three.id}/move", button="up")
    assert titles(desk) == ["One", "Three", "Two"]
    desk.send(f"{HERE}/{one.id}/move", button="down")
    assert titles(desk) == ["Three", "One", "Two"]

    assert [listing.article_id for listing in listings.of(care.id)] == [three.id, one.id, two.id]
    assert articles.get(two.id).version == two.version


def test_an_article_that_is_saved_keeps_its_place(desk, care):
    _, two = (written(care, title) for title in ("One", "Two"))
    desk.go(f"{HERE}?category={care.id}").send(f"{HERE}/{two.id}/move", button="up")
    publish_article.change(two.id, {"visibility": "customers"}, SYSTEM)

    assert titles(desk.go(f"{HERE}?category={care.id}")) == ["Two", "One"]


def test_a_long_list_is_turned_page_by_page(desk, care):
    for number in range(27):
        written(care, f"Article {number}", publish=bool(number % 2))
    first = titles(desk.go(HERE))
    desk.go(desk.page.select_one("a[rel=next]")["href"])

    assert len(first) == 25
    assert set(first).isdisjoint(titles(desk))
    assert len(titles(desk)) == 2


def test_a_category_is_shown_a_page_at_a_time_too(desk, care):
    for number in range(26):
        written(care, f"Article {number}")
    desk.go(f"{HERE}?category={care.id}")
    assert "26 articles" in desk.text
    desk.go(desk.page.select_one("a[rel=next]")["href"])

    assert titles(desk) == ["Article 25"]


def test_what_few_articles_fit_is_found_behind_many_that_do_not(desk, bob, care, monkeypatch):
    monkeypatch.setattr(article_cards, "SIEVED_AT_ONCE", 5)
    texts = {"en": {"title": "Bob's own", "body": "Oil it."}}
    publish_article.create(Draft(care.id, texts, author_id=bob.id, publish=True), SYSTEM)
    for number in range(30):
        written(care, f"Article {number}")
    author = f"author={bob.id}"

    for asked in (author, f"{author}&category={care.id}", f"{author}&state=published&language=missing-ar"):
        assert titles(desk.go(f"{HERE}?{asked}")) == ["Bob's own"], asked
        assert not desk.page.select("a[rel=next]")
    assert titles(desk.go(f"{HERE}?{author}&state=draft")) == []


def test_a_page_is_short_rather_than_slow_and_leads_on(desk, bob, care, monkeypatch):
    monkeypatch.setattr(article_cards, "SIEVED_AT_ONCE", 3)
    monkeypatch.setattr(merging, "ROUNDS", 2)
    texts = {"en": {"title": "Bob's own", "body": "Oil it."}}
    publish_article.create(Draft(care.id, texts, author_id=bob.id, publish=True), SYSTEM)
    for number in range(6):
        written(care, f"Article {number}")
    desk.go(f"{HERE}?state=published&author={bob.id}")

    assert "No article fits so far" in desk.text
    assert titles(desk.go(desk.page.select_one("a[rel=next]")["href"])) == ["Bob's own"]


def test_an_article_on_a_later_page_is_moved_there(desk, care):
    made = [written(care, f"Article {number}") for number in range(30)]
    desk.go(f"{HERE}?category={care.id}").go(desk.page.select_one("a[rel=next]")["href"])
    assert titles(desk) == [f"Article {number}" for number in range(25, 30)]
    desk.send(f"{HERE}/{made[29].id}/move", button="up")

    assert titles(desk) == [*(f"Article {number}" for number in range(25, 28)), "Article 29", "Article 28"]


def test_a_list_of_very_many_says_so_and_counts_no_further(desk, care, monkeypatch):
    monkeypatch.setattr(articles_list, "MOST_COUNTED", 2)
    monkeypatch.setattr(articles_categories, "MOST_COUNTED", 2)
    for number in range(3):
        written(care, f"Article {number}")

    assert "More than 2 articles" in desk.go(f"{HERE}?category={care.id}").text
    assert "More than 2 articles" in desk.go(f"{HERE}/categories").text


def test_a_page_of_the_list_asks_as_often_of_two_hundred_articles_as_of_ten(desk, care):
    asked = {}
    for count in (10, 200):
        many_articles.publish(care.id, count, kinds=(ArticleCardRow,))
        for path in ("", f"?category={care.id}", "?state=published&visibility=public", "/categories"):
            desk.go(HERE + path)
            with counting() as asked[count, path]:
                desk.go(HERE + path)
            assert asked[count, path].calls == asked[10, path].calls, path


def test_nobody_sees_the_list_who_does_not_work_here(browse, care):
    written(care, "Oil", visibility="agents")

    assert browse().go(HERE).address == "/agent/sign-in"
    assert browse("charlie@example.org").go(HERE).address == "/agent/sign-in"


@pytest.mark.parametrize("query", ["after=junk", "from=junk", "category=junk", "state=junk", "language=missing-fr"])
def test_an_address_that_makes_no_sense_shows_the_list(desk, care, query):
    written(care, "Oil")

    assert titles(desk.go(f"{HERE}?{query}")) == ["Oil"]


def test_what_is_not_there_cannot_be_moved(desk, care):
    written(care, "Oil")
    token = desk.go(HERE + f"?category={care.id}").page.find("input", attrs={"name": "csrf"})["value"]

    assert desk.post(f"{HERE}/{ids.new('art')}/move", csrf=token, category=care.id, to="up").status == 404
    assert desk.post(f"{HERE}/junk/move", csrf=token, category=care.id, to="up").status == 404


def test_an_article_older_than_the_list_is_laid_into_it_at_night(desk, care):
    article = written(care, "Oil")
    for row in [*Row.query(f"ARTICLES#{article.state}"), *Row.query(f"CATEGORY#{care.id}")]:
        row.delete()
    assert titles(desk.go(HERE)) == []

    assert lay_missing_cards.lay() == 1
    assert lay_missing_cards.lay() == 0
    assert titles(desk.go(HERE)) == ["Oil"]
    publish_article.delete(article.id, SYSTEM)
    assert lay_missing_cards.lay() == 0
    assert titles(desk.go(HERE)) == []
