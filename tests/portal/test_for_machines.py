"""What search engines and feed readers fetch: the site map, robots.txt, the feeds."""

from xml.etree import ElementTree

import pytest
from botocore.client import BaseClient

from chalicelib.actions import change_category, page_category, publish_article
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.portal import site_map

SITE = "https://help.ghusn.example"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def care(cloud):
    names = {"en": {"name": "Caring for wood", "slug": "care"}, "ar": {"name": "العناية بالخشب", "slug": "inaya"}}
    return change_category.create(names, icon="leaf")


def publish(category, slug, visibility="public", publish=True, title="Oil & <wax>", languages=("en", "ar")):
    texts = {one: {"title": title, "body": "Almost **always**.", "slug": f"{slug}-{one}"} for one in languages}
    return publish_article.create(Draft(category.id, texts, visibility, publish=publish), SYSTEM)


def fetch(browse, address):
    browser = browse()
    path, _, query = address.partition("?")
    return browser._gateway.answer(browser._request("GET", path, query, b"", ""))


def read(browse, address):
    answer = fetch(browse, address)
    assert answer.status == 200
    assert "s-maxage=" in dict(answer.headers)["Cache-Control"]
    return ElementTree.fromstring(answer.body)


def addresses(found):
    return [one.text for one in found.iter(f"{MAP}loc")]


def test_the_map_names_every_public_page_in_every_language_and_no_other(browse, care):
    publish(care, "split-board")
    publish(care, "wholesale", "customers")
    publish(care, "claims", "agents")
    publish(care, "unfinished", publish=False)

    assert addresses(read(browse, "/sitemap.xml")) == [
        f"{SITE}/en/", f"{SITE}/ar/", f"{SITE}/en/categories/care", f"{SITE}/ar/categories/inaya",
        f"{SITE}/en/articles/split-board-en", f"{SITE}/ar/articles/split-board-ar",
    ]  # fmt: skip


def test_each_of_them_names_its_other_language_and_when_it_changed(browse, care):
    made = publish(care, "split-board")
    entry = read(browse, "/sitemap.xml").findall(f"{MAP}url")[-1]

    assert {one.get("hreflang"): one.get("href") for one in entry.iter(LINK)} == {
        "en": f"{SITE}/en/articles/split-board-en",
        "ar": f"{SITE}/ar/articles/split-board-ar",
        "x-default": f"{SITE}/en/articles/split-board-en",
    }
    assert entry.find(f"{MAP}lastmod").text == made.updated_at.isoformat(timespec="seconds")


def test_a_map_too_long_for_one_file_comes_in_parts(browse, care, monkeypatch):
    for number in range(5):
        publish(care, f"oil-{number}")
    monkeypatch.setattr(page_category, "A_PAGE", 2)
    monkeypatch.setattr(page_category, "MOST", 2)
    monkeypatch.setattr(site_map, "PAGES", 1)
    read(browse, "/sitemap.xml")
    index = read(browse, "/sitemap.xml")
    parts = addresses(index)

    assert index.tag == f"{MAP}sitemapindex"
    assert parts == [f"{SITE}/sitemap.xml?part={number}" for number in (1, 2, 3)]
    named = [one for part in parts for one in addresses(read(browse, part.removeprefix(SITE)))]
    assert (len(named), len(set(named))) == (14, 14)
    assert fetch(browse, "/sitemap.xml?part=4").status == 404


@pytest.mark.parametrize("part", ["0", "-1", "x", "99999999", "%00", "²"])
def test_a_part_that_is_none_is_not_found(browse, part):
    assert fetch(browse, f"/sitemap.xml?part={part}").status == 404


def test_robots_are_kept_from_what_is_about_one_person_and_shown_the_map(browse):
    lines = fetch(browse, "/robots.txt").body.decode().splitlines()

    assert {"Disallow: /agent", "Disallow: /v1/", "Disallow: /ar/tickets", "Disallow: /en/account"} <= set(lines)
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
    assert not [one for one in lines if one.endswith(("/articles", "/categories", "/static", "Disallow: /"))]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_feed_has_what_rfc_4287_asks_for(browse, care, lang):
    publish(care, "split-board")
    feed = read(browse, f"/{lang}/feed.xml")

    assert feed.tag == f"{ATOM}feed"
    assert {one.tag for one in feed} >= {
        f"{ATOM}{name}" for name in ("id", "title", "updated", "author", "link", "entry")
    }
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Oil & <wax>"
    assert entry.find(f"{ATOM}summary").text == "Almost always."
    assert entry.find(f"{ATOM}link").get("href") == f"{SITE}/{lang}/articles/split-board-{lang}"
    assert feed.find(f"{ATOM}updated").text == entry.find(f"{ATOM}updated").text


def test_a_feed_tells_the_newest_first_and_nothing_that_not_everybody_may_read(browse, care):
    publish(care, "first", title="First")
    publish(care, "arabic", title="Arabic", languages=("ar",))
    publish(care, "wholesale", "customers", title="Wholesale")
    publish(care, "claims", "agents", title="Claims")
    publish(care, "unfinished", publish=False, title="Unfinished")
    publish(care, "second", title="Second")

    titles = [one.text for one in read(browse, "/en/feed.xml").iter(f"{ATOM}title")]
    assert titles == ["Ghusn help centre", "Second", "First"]


@pytest.mark.parametrize("title", ["]]>\ufffe", "&amp;<![CDATA[", "\u202eoil", "a\u0001b"], ids=range(4))
def test_no_title_breaks_a_feed(browse, care, title):
    publish(care, "odd", title=title)

    assert len(list(read(browse, "/en/feed.xml").iter(f"{ATOM}entry"))) == 1


def test_an_empty_help_centre_has_a_feed_and_a_map(browse):
    assert not list(read(browse, "/en/feed.xml").iter(f"{ATOM}entry"))
    assert addresses(read(browse, "/sitemap.xml")) == [f"{SITE}/en/", f"{SITE}/ar/"]


def test_a_feed_is_not_starved_by_what_is_for_agents(browse, care):
    publish(care, "first", title="First")
    publish(care, "second", title="Second")
    for number in range(5):
        publish(care, f"claims-{number}", "agents", title="Claims")

    assert [one.text for one in read(browse, "/en/feed.xml").iter(f"{ATOM}title")][1:] == ["Second", "First"]


def test_a_feed_reads_its_articles_at_once(browse, care, monkeypatch):
    for number in range(3):
        publish(care, f"oil-{number}")
    asked = []
    call = BaseClient._make_api_call
    monkeypatch.setattr(BaseClient, "_make_api_call", lambda *given: asked.append(given[1]) or call(*given))

    assert len(list(read(browse, "/en/feed.xml").iter(f"{ATOM}entry"))) == 3
    assert (asked.count("BatchGetItem"), asked.count("Query")) == (1, 1)
