"""A help centre of thousands of articles: a page costs what it costs with ten of them, and shows all there is, once."""

import re
from dataclasses import replace

import pytest

from bench import many_articles
from bench.counted import counting
from chalicelib.actions import (
    change_category,
    lay_missing_cards,
    order_articles,
    page_category,
    publish_article,
    update_search,
)
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.errors import Conflict
from chalicelib.inbound import schedules
from chalicelib.portal import site_map
from chalicelib.search import articles as index
from chalicelib.store import articles, keys
from chalicelib.store.table import ArticleCardRow, ListingRow, Row

CHARLIE = "charlie@example.org"
HERE, OWN = "/en/categories/care", "/en/account/categories/care"


@pytest.fixture
def care(cloud):
    return category("care")


@pytest.fixture
def short_pages(monkeypatch):
    """Three articles a page, and no more than four."""
    monkeypatch.setattr(page_category, "A_PAGE", 3)
    monkeypatch.setattr(page_category, "MOST", 4)


def category(slug):
    return change_category.create({"en": {"name": slug.title(), "slug": slug}, "ar": {"name": "العناية", "slug": slug}})


def publish(care, title, position=0, visibility="public"):
    texts = {"en": {"title": title, "body": "Oil it.", "slug": title.lower()}}
    return publish_article.create(Draft(care.id, texts, visibility, position=position, publish=True), SYSTEM)


def fetch(browser, path, **headers):
    request = browser._request("GET", *path.partition("?")[::2], b"", "")
    return browser._gateway.answer(replace(request, headers=[*request.headers, *headers.items()]))


def titles(browser):
    return [one.get_text() for one in browser.page.select("main .stack .links a[href*='/articles/']")]


def mapped(browser, part=""):
    """The articles that the site map names."""
    answer = fetch(browser, f"/sitemap.xml{part}")
    assert answer.status == 200
    return set(re.findall(r"/en/articles/([^<]+)</loc>", answer.body.decode()))


def walked(browser, address=HERE):
    """What each page shows, from the first to the last."""
    shown = []
    while address:
        shown.append(titles(browser.go(address)))
        onwards = browser.page.select_one("main a[rel=next]")
        address = onwards["href"] if onwards else ""
    return shown


def test_a_page_asks_as_much_of_the_table_with_two_thousand_articles_as_with_ten(browse, care):
    for slug in ("oil", "wax", "soap"):
        category(slug)
    most = {
        "/en/": 6,
        "/ar/": 6,
        HERE: 3,
        f"{HERE}/2": 3,
        "/en/feed.xml": 2,
        "/sitemap.xml": 2,
        "/sitemap.xml?part=2": 3,
    }
    browser, asked = browse(), {}
    for count in (10, 2000):
        many_articles.publish(care.id, count, kinds=(ListingRow,))
        fetch(browser, HERE)
        for path in most:
            with counting() as asked[count, path]:
                answer = fetch(browser, path)
            assert answer.status == (404 if count == 10 and path.endswith("2") else 200), path

    for path, calls in most.items():
        assert asked[2000, path].calls <= calls, path
    for path in ("/en/", HERE, "/en/feed.xml"):
        assert asked[10, path].calls == asked[2000, path].calls
    assert asked[2000, f"{HERE}/2"].rows <= 50 and asked[2000, "/en/"].rows <= 4 + 4 * 24
    assert asked[2000, "/sitemap.xml?part=2"].rows <= 20 * 50 + 2
    assert len(browser.go(f"{HERE}/2").page.select("main .stack .links a[href*='/articles/']")) == 40


@pytest.mark.parametrize("number", [1, 2])
def test_a_page_is_another_one_once_an_article_on_it_was_moved_renamed_or_archived(browse, care, short_pages, number):
    made = [publish(care, f"Oil-{one}", one * 1000) for one in range(6)]
    browser, path = browse(), HERE if number == 1 else f"{HERE}/2"
    here = made[3 * number - 2]
    changes = [
        lambda: order_articles.move(care.id, here.id, 1),
        lambda: publish_article.change(here.id, {"translations": {"en": {"title": "Wax"}}}, SYSTEM),
        lambda: publish_article.archive(here.id, SYSTEM),
        lambda: publish_article.publish(here.id, SYSTEM),
        lambda: publish_article.change(here.id, {"visibility": "agents"}, SYSTEM),
    ]
    browser.go(HERE)
    for change in changes:
        tag = dict(fetch(browser, path).headers)["ETag"]
        assert fetch(browser, path, **{"If-None-Match": tag}).status == 304
        change()
        answer = fetch(browser, path, **{"If-None-Match": tag})
        assert answer.status == 200 and dict(answer.headers)["ETag"] != tag
        assert "s-maxage=60" in dict(answer.headers)["Cache-Control"]
    assert "Wax" not in str(walked(browser))


def test_whatever_became_of_a_category_each_of_its_articles_stands_on_one_page_in_its_order(browse, care, short_pages):
    made = [publish(care, f"Oil-{one}", one * 1000) for one in range(8)]
    browser = browse()
    assert [len(page) for page in walked(browser)] == [3, 3, 2]

    publish_article.archive(made[3].id, SYSTEM)
    order_articles.move(care.id, made[7].id, -7)
    publish(care, "Between", articles.get(made[2].id).position + 1)
    publish(care, "Wholesale", 500, "customers"), publish(care, "Claims", 500, "agents")
    shown = [title for page in walked(browser) for title in page]
    assert shown == ["Oil-7", "Oil-0", "Oil-1", "Oil-2", "Between", "Oil-4", "Oil-5", "Oil-6"]


def test_a_page_that_grew_too_long_and_one_that_fell_empty_have_their_category_laid_out_anew(browse, care, short_pages):
    made = [publish(care, f"Oil-{one}", one * 1000) for one in range(9)]
    browser = browse()
    assert [len(page) for page in walked(browser)] == [3, 3, 3]

    for one in made[3:6]:
        publish_article.archive(one.id, SYSTEM)
    assert titles(browser.go(f"{HERE}/2")) == ["Oil-6", "Oil-7", "Oil-8"]
    assert browser.go(f"{HERE}/3").status == 404
    for one in range(2):
        publish(care, f"Wax-{one}", 100 + one)
    assert [len(page) for page in walked(browser)] == [3, 3, 2]


def test_at_night_pages_that_became_too_short_are_filled(browse, care, short_pages):
    made = [publish(care, f"Oil-{one}", one * 1000) for one in range(9)]
    browser = browse()
    browser.go(HERE)
    for one in (0, 1, 3, 4, 6):
        publish_article.archive(made[one].id, SYSTEM)
    assert [len(page) for page in walked(browser)] == [1, 1, 2]

    page_category.lay_out_all()
    assert walked(browser) == [["Oil-2", "Oil-5", "Oil-7"], ["Oil-8"]]


def test_the_site_map_names_all_of_a_category_whose_pages_nobody_turned_yet(browse, care, short_pages, monkeypatch):
    for one in range(11):
        publish(care, f"Oil-{one:02}", one * 1000)
    browser = browse()
    assert mapped(browser) == {f"oil-{one:02}" for one in range(11)}

    monkeypatch.setattr(site_map, "PAGES", 3)
    other = category("wax")
    for one in range(6):
        publish(other, f"Wax-{one}", one * 1000)
    assert len(mapped(browser, "?part=1") | mapped(browser, "?part=2")) == 17
    assert b"<sitemapindex" in fetch(browser, "/sitemap.xml").body


def test_a_part_of_the_site_map_names_what_is_left_once_a_category_lost_the_pages_it_begins_with(
    browse, care, short_pages, monkeypatch
):
    monkeypatch.setattr(site_map, "PAGES", 3)
    made = [publish(care, f"Oil-{one:02}", one * 1000) for one in range(11)]
    publish(category("wax"), "Wax", 5)
    browser = browse()
    walked(browser)
    for one in made[9:]:
        publish_article.archive(one.id, SYSTEM)

    assert mapped(browser, "?part=2") == {"wax"}


def test_a_former_address_of_a_category_leads_to_the_same_page_of_it_that_it_named(browse, care, short_pages):
    for one in range(7):
        publish(care, f"Oil-{one}", one * 1000)
    browser = browse()
    walked(browser)
    change_category.change(care.id, {"translations": {"en": {"slug": "caring"}}})

    led = {
        path: dict(fetch(browser, path).headers)["Location"] for path in (HERE, f"{HERE}/2", "/ar/categories/caring/2")
    }
    assert led == {
        HERE: "/en/categories/caring",
        f"{HERE}/2": "/en/categories/caring/2",
        "/ar/categories/caring/2": "/ar/categories/care/2",
    }
    assert fetch(browser, f"{HERE}/junk").status == fetch(browser, f"{HERE}/1").status == 404


def test_customers_find_what_is_theirs_in_its_place_and_strangers_nothing_of_it(browse, care, short_pages):
    for one in range(6):
        publish(care, f"Oil-{one}", one * 1000, "customers" if one % 2 else "public")
    publish(care, "Claims", 0, "agents")

    assert walked(browse(CHARLIE), OWN) == [["Oil-0", "Oil-1", "Oil-2"], ["Oil-3", "Oil-4", "Oil-5"]]
    assert walked(browse()) == [["Oil-0", "Oil-2", "Oil-4"]]


def test_a_deleted_category_leaves_nothing_behind(browse, care, short_pages):
    made = [publish(care, f"Oil-{one}") for one in range(5)]
    browse().go(HERE)
    for one in made:
        publish_article.delete(one.id, SYSTEM)
    change_category.delete(care.id)

    assert list(Row.query(f"CATEGORY#{care.id}")) == []


def test_articles_of_an_earlier_diwan_are_listed_again(browse, care):
    made = publish(care, "Oil")
    lie_as_before(care, made)
    browser = browse()
    assert walked(browser) == [[]]

    assert lay_missing_cards.lay_former() == 1
    assert walked(browser) == [["Oil"]]
    assert lay_missing_cards.lay_former() == 0
    assert articles.newest("en", 5) == [made.id]


def test_articles_of_an_earlier_diwan_are_searched_in_the_first_night_too_and_never_without_having_been_laid(
    cloud, care, monkeypatch
):
    made = publish(care, "Oil")
    update_search.index_article(made.id)
    lie_as_before(care, made)
    with monkeypatch.context() as broken:
        broken.setattr(lay_missing_cards, "_lay", failing)
        with pytest.raises(schedules.NightFailed):
            schedules.every_night()
    assert index.search("oil", locale="en", now_fresh=True).total == 1

    schedules.every_night()
    assert index.search("oil", locale="en", now_fresh=True).total == 1


@pytest.mark.parametrize("left", [ListingRow, ArticleCardRow])
def test_a_category_with_articles_of_an_earlier_diwan_is_not_deleted_before_they_were_laid(care, left):
    made = publish(care, "Oil")
    lie_as_before(care, made, left)
    with pytest.raises(Conflict):
        change_category.delete(care.id)

    lay_missing_cards.lay()
    publish_article.delete(made.id, SYSTEM)
    change_category.delete(care.id)


def test_what_an_earlier_diwan_laid_of_an_article_that_was_changed_or_deleted_since_goes_at_night(care):
    changed, deleted = publish(care, "Oil"), publish(care, "Wax")
    lie_as_before(care, changed), lie_as_before(care, deleted)
    publish_article.change(changed.id, {"translations": {"en": {"title": "Walnut oil"}}}, SYSTEM)
    publish_article.delete(deleted.id, SYSTEM)
    lay_missing_cards.lay()

    kept = {row.sk.partition("#")[0] for row in Row.query(f"CATEGORY#{care.id}")}
    assert kept == {"LISTED", "PLACED"} and lay_missing_cards.lay_former() == 0


def lie_as_before(care, made, *kinds):
    """Lay what lists the article where it lay before keys told its order."""
    keyed = {ListingRow: keys.former_listing, ArticleCardRow: keys.former_article_card}
    for row in Row.query(f"CATEGORY#{care.id}"):
        if made.id in row.sk and type(row) in keyed:
            told = {name: value for name, value in row.attribute_values.items() if name not in ("pk", "sk")}
            row.delete()
            if type(row) in (kinds or keyed):
                type(row)(keyed[type(row)](care.id, made.id), **told).save()


def failing(*_):
    raise OSError("no table")
