"""The help centre in both languages: home, search, categories, articles, and who may read what."""

from urllib.parse import quote

import pytest

from chalicelib.actions import change_category, page_category, publish_article, update_search
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.portal import home
from chalicelib.search import articles as index

ALICE = "alice@example.org"
BODY = (
    "Almost always.\n\n## Dry it\n\nSlowly.\n\n<script>alert(1)</script>\n\n## Oil *it*\n\n[more](javascript:alert(1))"
)


@pytest.fixture
def care(cloud):
    names = {"en": {"name": "Caring for wood", "slug": "care"}, "ar": {"name": "العناية بالخشب", "slug": "inaya"}}
    return change_category.create(names, icon="leaf")


@pytest.fixture
def split(care):
    texts = {
        "en": {"title": "My board has split", "body": BODY, "slug": "split-board"},
        "ar": {"title": "تشقّق اللوح", "body": "نعم في أغلب الأحيان.", "slug": "tashaqquq"},
    }
    return publish(care, texts)


def publish(category, texts, visibility="public"):
    made = publish_article.create(Draft(category.id, texts, visibility, publish=True), SYSTEM)
    update_search.index_article(made.id)
    index.forget()
    return made


@pytest.mark.parametrize(("asked", "shown"), [("ar-TN,en;q=0.5", "ar"), ("fr, en;q=0.2, ar;q=0.8", "ar"), ("de", "en")])
def test_the_way_in_follows_the_browsers_language(browse, asked, shown):
    assert browse(language=asked).go("/").address == f"/{shown}/"


def test_the_way_in_remembers_the_language_chosen(browse):
    browser = browse(language="en").go("/ar/search")

    assert browser.go("/").address == "/ar/"


def test_the_home_page_leads_to_categories_and_articles(browse, split):
    browser = browse().go("/en/")

    assert browser.page.select_one('a[href="/en/categories/care"]')
    assert browser.page.select_one('a[href="/en/articles/split-board"]')


def test_a_search_marks_the_words_it_found(browse, split):
    browser = browse().go("/en/search?q=boards")

    assert browser.page.select_one("mark").text.lower().startswith("board")
    assert browser.page.select_one('ol a[href="/en/articles/split-board"]')
    assert browser.heading == "1 answer for “boards”"


def test_an_arabic_search_needs_no_marks_on_its_letters(browse, split):
    browser = browse(language="ar").go("/ar/search?q=تشقق")

    assert browser.page.select_one('ol a[href="/ar/articles/tashaqquq"]')


@pytest.mark.parametrize("q", ["", " ", "zzz qqq", "<script>alert(1)</script>", '" OR 1:*', "x" * 5000])
def test_whatever_is_searched_for_a_page_comes(browse, split, q):
    browser = browse()
    browser._load("GET", f"/en/search?q={quote(q)}", b"")

    assert browser.status == 200
    assert not [one for one in browser.page.select("script") if not one.get("src")]


def test_an_article_is_shown_with_its_sections_and_without_what_could_run(browse, split):
    browser = browse().go("/en/articles/split-board")
    prose = browser.page.select_one(".prose")

    assert browser.heading == "My board has split"
    assert [one["href"] for one in browser.page.select("nav[aria-labelledby=toc] a")] == ["#dry-it", "#oil-it"]
    assert [one["id"] for one in prose.select("h2")] == ["dry-it", "oil-it"]
    assert not prose.select("script, a[href^=javascript]")


def test_an_article_leads_to_its_other_language(browse, split):
    browser = browse().go("/en/articles/split-board")
    browser.go(browser.page.select_one("nav a[hreflang=ar]")["href"])

    assert browser.address == "/ar/articles/tashaqquq"
    assert browser.page.html["dir"] == "rtl"


def test_an_address_of_the_other_language_leads_to_the_right_one(browse, split):
    assert browse().go("/en/articles/tashaqquq").address == "/en/articles/split-board"


def test_an_article_in_one_language_says_so_in_the_other(browse, care):
    publish(care, {"ar": {"title": "الزيت", "body": "زيت معدنيّ.", "slug": "zayt"}})
    browser = browse().go("/en/articles/zayt")

    assert "not written in English yet" in browser.text
    assert browser.page.select_one("article[lang=ar][dir=rtl]")


@pytest.mark.parametrize("page", ["/en/search?q=secret", "/en/categories/care", "/en/", "/en/articles/secret"])
def test_what_is_for_agents_shows_nowhere(browse, care, page):
    publish(care, {"en": {"title": "Secret claims", "body": "Secret.", "slug": "secret"}}, "agents")

    assert "Secret" not in browse(ALICE).go(page).page.get_text()


def test_what_is_for_customers_needs_a_sign_in(browse, care):
    publish(care, {"en": {"title": "Wholesale", "body": "Prices.", "slug": "wholesale"}}, "customers")

    assert browse().go("/en/articles/wholesale").address == "/en/sign-in"
    assert browse().go("/en/account/categories/care").address == "/en/sign-in"
    assert "Wholesale" not in browse(ALICE).go("/en/categories/care").text

    alice = browse(ALICE).go("/en/articles/wholesale")
    assert (alice.heading, alice.address) == ("Wholesale", "/en/account/articles/wholesale")
    assert alice.header("cache-control") == "no-store"
    assert not alice.page.select("link[rel=canonical]")
    alice.go("/en/account/categories/care")
    assert alice.page.select_one('ul a[href="/en/account/articles/wholesale"]')


def test_a_public_article_has_no_second_address_for_customers(browse, split):
    assert browse(ALICE).go("/en/account/articles/split-board").address == "/en/articles/split-board"


def test_the_former_address_of_an_article_leads_on_for_good(browse, split):
    publish_article.change(split.id, {"translations": {"en": {"slug": "board-has-split"}}}, SYSTEM)
    browser = browse()
    answer = browser._gateway.answer(browser._request("GET", "/en/articles/split-board", "", b"", ""))

    assert (answer.status, dict(answer.headers)["Location"]) == (301, "/en/articles/board-has-split")
    assert browser.go("/en/articles/split-board").heading == "My board has split"


def test_an_archived_article_is_gone(browse, split):
    publish_article.archive(split.id, SYSTEM)

    assert browse().go("/en/articles/split-board").status == 404


@pytest.mark.parametrize("page", ["/en/articles/none", "/en/categories/none", "/fr", "/fr/search", "/en/tickets/new/x"])
def test_a_page_that_is_none_is_not_found(browse, page):
    assert browse().go(page).status in (403, 404)


def test_the_theme_is_chosen_without_a_script_and_stays(browse):
    browser = browse().go("/en/search?q=oil")
    browser.send("/en/theme", button="dark")

    assert browser.address == "/en/search?q=oil"
    assert browser.page.html["data-theme"] == "dark"
    assert browser.go("/ar/search").page.html["data-theme"] == "dark"


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_no_link_leads_out_of_the_house(browse, next):
    assert browse().post("/en/theme", theme="dark", next=next).address == "/en/"


@pytest.mark.parametrize("page", ["/en/", "/en/search"])
def test_every_page_forbids_what_it_does_not_need(browse, page):
    browser = browse().go(page)

    policy = browser.header("content-security-policy")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert browser.header("x-content-type-options") == "nosniff"
    assert browser.header("referrer-policy") == "same-origin"


def test_a_script_reads_no_cookie_but_those_that_tell_nothing(browse):
    browser = browse(ALICE).go("/en/search")
    readable = {one.partition("=")[0] for one in browser.set_cookies if "HttpOnly" not in one}

    assert readable == {"__Host-diwan_locale", "__Host-diwan_signed_in"}
    assert all("Secure" in one and "SameSite=Lax" in one for one in browser.set_cookies)


def test_a_page_comes_even_when_the_table_cannot_be_read(browse, monkeypatch):
    from chalicelib.store import articles, shop

    def broken(*_):
        raise OSError("no table")

    browser = browse()
    monkeypatch.setattr(articles, "categories", broken)
    monkeypatch.setattr(shop, "read", broken)

    assert browser.go("/ar/").status == 500
    assert browser.page.html["lang"] == "ar"
    assert "no table" not in browser.text


@pytest.mark.parametrize(("path", "lang"), [("/en/nope", "en"), ("/ar/nope", "ar")])
def test_an_address_that_leads_nowhere_says_so_in_the_visitors_language(browse, path, lang):
    browser = browse().go(path)

    assert browser.status == 404
    assert browser.page.html["lang"] == lang
    assert browser.heading


@pytest.mark.parametrize(
    "path",
    ["/en/articles/a/b/c/d", "/en/a/b", "/en/tickets/1/x/y/z", "/en/categories", "/en/articles", "/ar/" + "x/" * 40],
)
def test_an_address_of_any_depth_that_leads_nowhere_gets_our_page(browse, path):
    browser = browse().go(path)

    assert browser.status == 404
    assert browser.page.html["lang"] == path[1:3]
    assert browser.page.select_one("form[role=search]")
    assert browser.header("cache-control") == "no-store"
    assert "set-cookie" not in {name.lower() for name, _ in browser.headers}


@pytest.mark.parametrize("path", ["/agent/nope", "/agent/a/b/c", "/agent/settings/x/y/z"])
def test_the_desk_has_a_page_for_its_lost_addresses_too(browse, path):
    assert browse().go(path).status == 404
    assert browse().go(path).page.h1


def test_a_lost_address_suggests_the_articles_its_words_may_have_meant(browse, split):
    for path in ("/en/articles/how-my-board-split", "/en/boards/split.html", "/fr/articles/board"):
        links = [one["href"] for one in browse().go(path).page.select("main ul a")]
        assert links == ["/en/articles/split-board"], path


def test_a_lost_address_suggests_nothing_that_is_not_for_everybody(browse, care):
    publish(care, {"en": {"title": "Wholesale prices", "body": "x", "slug": "wholesale"}}, "customers")

    assert not browse(ALICE).go("/en/articles/wholesale-prices").page.select("main ul a")


def test_an_address_that_only_takes_forms_says_so(browse):
    browser = browse().go("/en/theme")

    assert (browser.status, browser.header("allow")) == (405, "POST")
    assert browser.page.h1


@pytest.fixture
def two_of_a_name(care):
    """Two articles of one slug, each in a language of its own."""
    publish(care, {"ar": {"title": "Delivery", "body": "نصّ عربيّ.", "slug": "delivery"}})
    publish(care, {"en": {"title": "Delivery", "body": "In English.", "slug": "delivery"}})


def test_each_of_two_articles_of_one_slug_is_listed_at_its_own_address(browse, two_of_a_name):
    for page in ("/en/categories/care", "/ar/categories/inaya"):
        listed = browse().go(page).page.select("main a[href*='/articles/']")
        assert {one["href"] for one in listed} == {"/en/articles/delivery", "/ar/articles/delivery"}

    assert "نصّ عربيّ." in browse().go("/ar/articles/delivery").text
    assert "In English." in browse().go("/en/articles/delivery").text


def test_the_other_language_of_an_article_is_never_another_article(browse, two_of_a_name):
    for page, other in (
        ("/en/articles/delivery", "/ar/categories/inaya"),
        ("/ar/articles/delivery", "/en/categories/care"),
    ):
        links = {one["href"] for one in browse().go(page).page.select("header a[hreflang], header a[lang]")}
        assert links == {other}


def test_a_former_address_leads_to_no_other_article_of_that_slug(browse, care):
    made = publish(care, {"ar": {"title": "التوصيل", "body": "نصّ عربيّ.", "slug": "shipping"}})
    publish(care, {"en": {"title": "Delivery", "body": "In English.", "slug": "delivery"}})
    publish_article.change(made.id, {"translations": {"ar": {"slug": "delivery"}}}, SYSTEM)

    browser = browse().go("/en/articles/shipping")
    assert (browser.address, "نصّ عربيّ." in browser.text) == ("/ar/articles/delivery", True)


def test_the_way_to_an_article_for_customers_sets_no_cookie(browse, care):
    publish(care, {"en": {"title": "Wholesale", "body": "Prices.", "slug": "wholesale"}}, "customers")
    browser = browse()
    answer = browser._gateway.answer(browser._request("GET", "/en/articles/wholesale", "", b"", ""))

    assert (answer.status, dict(answer.headers)["Location"]) == (303, "/en/account/articles/wholesale")
    assert "set-cookie" not in {name.lower() for name, _ in answer.headers}


def test_the_home_page_reads_no_more_of_a_large_category_than_it_needs(browse, care, monkeypatch):
    for number in range(4):
        publish(care, {"en": {"title": f"Oil {number}", "body": "Oil it.", "slug": f"oil-{number}"}})
    monkeypatch.setattr(home, "LISTINGS_READ", 2)
    links = browse().go("/en/").page.select("main a[href*='/articles/']")

    assert [one["href"] for one in links] == ["/en/articles/oil-0", "/en/articles/oil-1"]


@pytest.mark.parametrize("email", ["", ALICE], ids=["stranger", "customer"])
def test_a_large_category_comes_in_pages(browse, care, monkeypatch, email):
    for number in range(5):
        publish(care, {"en": {"title": f"Oil {number}", "body": "Oil it.", "slug": f"oil-{number}"}})
    monkeypatch.setattr(page_category, "A_PAGE", 2)
    monkeypatch.setattr(page_category, "MOST", 2)
    browser, address = browse(email), "/en/account/categories/care" if email else "/en/categories/care"
    listed = []
    while address:
        links = browser.go(address).page.select("main .links a[href*='/articles/']")
        listed.append([one.get_text() for one in links])
        onwards = browser.page.select_one("main a[rel=next]")
        address = onwards["href"] if onwards else ""

    assert listed == [["Oil 0", "Oil 1"], ["Oil 2", "Oil 3"], ["Oil 4"]]
    assert browser.page.select_one("header a[hreflang=ar]")["href"].endswith("/categories/inaya/3")
    assert browser.page.select_one("main a[rel=prev]")["href"].endswith("/categories/care/2")


@pytest.mark.parametrize("page", ["0", "1", "01", "2", "-1", "x", "²", "999999999"])
def test_a_page_that_a_category_has_not_is_not_found(browse, split, page):
    assert browse().go(f"/en/categories/care/{quote(page)}").status == 404
