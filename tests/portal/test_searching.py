"""Searching the help centre as visitors do, what they are told while they type, and what is counted of it."""

import json
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from chalicelib.actions import change_category, note_search, publish_article, update_search
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.search import articles as index
from chalicelib.store import searches

ALICE = "alice@example.org"
SPLIT = {
    "en": {"title": "My board has split", "body": "Dry it, then oil it.", "slug": "split-board"},
    "ar": {"title": "تشقّق اللوح", "body": "جفّفه ثم ادهنه بالزيت.", "slug": "tashaqquq"},
}


@pytest.fixture
def care(cloud):
    names = {"en": {"name": "Caring for wood", "slug": "care"}, "ar": {"name": "العناية بالخشب", "slug": "inaya"}}
    return change_category.create(names, icon="leaf")


@pytest.fixture
def publish(care):
    def published(texts, visibility="public"):
        made = publish_article.create(Draft(care.id, texts, visibility, publish=True), SYSTEM)
        update_search.index_article(made.id)
        index.forget()
        return made

    return published


@pytest.fixture
def split(publish):
    return publish(SPLIT)


def told(browser, q, lang="en"):
    browser._load("GET", f"/{lang}/suggest?q={quote(q)}", b"")
    assert browser.status == 200
    return json.loads(browser.page.decode(formatter=None))


def found(browser, q):
    """What the page's script knows of the results of a search."""
    return browser.go(f"/en/search?q={q}").page.select_one("ol[data-opened]").attrs


def tell_opened(browser, results, **fields):
    """Tell as the script does when a result is pressed; the status of the answer."""
    told = {"q": results["data-q"], "csrf": results["data-csrf"]}
    return browser.post(results["data-opened"], **told | fields).status


def titles(browser, q, lang="en"):
    return [one["title"] for one in told(browser, q, lang)["suggestions"]]


def test_what_has_no_answer_here_is_answered_in_the_other_language_and_the_page_says_so(browse, split):
    browser = browse().go("/en/search?q=" + quote("تشقق"))

    assert browser.page.select_one('ol a[href="/ar/articles/tashaqquq"][lang=ar]')
    assert "Nothing in this language matches." in browser.text


def test_a_language_is_chosen_as_a_filter(browse, split):
    browser = browse()

    assert not browser.go("/en/search?q=board&language=ar").page.select("ol a")
    assert (
        browser.go("/en/search?q=board&language=all").page.select_one("aside [aria-current=true]").text
        == "All languages"
    )
    assert browser.go("/en/search?q=board&language=xx").page.select_one('ol a[href="/en/articles/split-board"]')


def test_a_misspelt_word_is_mended_and_the_page_says_how(browse, split):
    page = browse().go("/en/search?q=baord+split").page
    assert "These are the answers for “board split”." in " ".join(p.get_text() for p in page.select("main p"))


def test_what_only_nearer_words_find_is_not_called_the_closest_answer(browse, split):
    page = browse().go("/en/search?q=baord").page
    assert page.h1.get_text() == "No answers for “baord”. Did you mean “board”?"
    assert page.h1.a["href"] == "/en/search?q=board"
    assert page.select("main ol a") and not page.select("main ol .card")


def test_articles_for_customers_are_found_at_an_address_that_no_cache_keeps(browse, publish):
    publish({"en": {"title": "Wholesale prices", "body": "", "slug": "wholesale"}}, "customers")

    assert browse(ALICE).go("/en/search?q=wholesale").page.select_one('a[href="/en/account/articles/wholesale"]')
    assert titles(browse(ALICE), "whol") == ["Wholesale prices"]
    assert titles(browse(), "whol") == []


class TestSuggestions:
    def test_titles_are_suggested_from_two_letters_on(self, browse, split):
        browser = browse()

        assert told(browser, "bo") == {
            "suggestions": [
                {
                    "title": "My board has split",
                    "title_html": "My <mark>board</mark> has split",
                    "url": "/en/articles/split-board",
                }
            ],
            "did_you_mean": None,
        }
        assert titles(browser, "b") == titles(browser, "") == []
        assert titles(browser, "my board spl") == ["My board has split"]

    def test_they_are_kept_by_no_cache(self, browse, split):
        browser = browse()
        told(browser, "bo")

        assert browser.header("cache-control") == "no-store"
        assert browser.header("content-type").startswith("application/json")

    def test_arabic_words_are_known_by_their_beginning_with_and_without_the_article(self, browse, split):
        browser = browse()

        assert titles(browser, "اللو", "ar") == titles(browser, "لو", "ar") == ["تشقّق اللوح"]
        assert titles(browser, "تشق", "ar") == ["تشقّق اللوح"]

    def test_what_was_misspelt_is_mended(self, browse, split):
        answer = told(browse(), "baord")

        assert [one["title"] for one in answer["suggestions"]] == ["My board has split"]
        assert answer["did_you_mean"] == "board"

    def test_the_other_language_stands_in(self, browse, split):
        assert titles(browse(), "تشق", "en") == ["تشقّق اللوح"]

    def test_there_are_at_most_eight_and_titles_that_begin_so_come_first(self, browse, publish):
        publish({"en": {"title": "The oil we use on boards", "body": ""}})
        for number in range(10):
            publish({"en": {"title": f"Board number {number}", "body": ""}})

        found = titles(browse(), "board")
        assert len(found) == 8
        assert all(title.startswith("Board") for title in found)

    @pytest.mark.parametrize("q", ["x" * 5_000, "😀😀", "\u200f\u202e", "%", "\x00bo", '"<script>', "🫒 bo"])
    def test_whatever_is_typed_an_answer_comes(self, browse, split, q):
        assert told(browse(), q)["suggestions"] is not None


class TestCounting:
    """What authors may learn of searches: words, and nobody's name."""

    @pytest.fixture(autouse=True)
    def an_article(self, split):
        pass

    def test_searches_are_counted_by_query_and_language(self, browse):
        for q in ("Split board", "split  board?", "gift wrap"):
            browse().go(f"/en/search?q={quote(q)}")

        assert [(one.query, one.searches, one.in_vain, one.hits) for one in searches.read(30, ["en", "ar"])] == [
            ("split board", 2, 0, 1),
            ("gift wrap", 1, 1, 0),
        ]
        assert [one.query for one in searches.in_vain(30, ["en"])] == ["gift wrap"]
        assert searches.read(30, ["ar"]) == []

    def test_what_only_the_other_language_answers_was_searched_in_vain(self, browse):
        browse().go("/en/search?q=" + quote("تشقق"))

        assert [one.query for one in searches.in_vain(1, ["en"])] == ["تشقق"]

    def test_what_was_misspelt_and_found_was_not_searched_in_vain(self, browse):
        browse().go("/en/search?q=baord")

        assert [(one.query, one.in_vain, one.hits) for one in searches.read(1, ["en"])] == [("baord", 0, 1)]
        assert searches.in_vain(1, ["en"]) == []

    def test_an_article_opened_from_what_was_found_is_counted_once(self, browse):
        browser = browse()
        results = found(browser, "baord")
        assert [one.query for one in searches.unopened(1, ["en"])] == ["baord"]

        assert [tell_opened(browser, results) for _ in range(2)] == [204, 204]
        assert [(one.searches, one.opened) for one in searches.read(1, ["en"])] == [(1, 1)]
        assert searches.unopened(1, ["en"]) == []

    def test_what_nobody_searched_for_was_not_opened(self, browse):
        browser = browse()
        results = found(browser, "board")
        for q in ("never asked", "alice@example.org"):
            assert tell_opened(browser, results, q=q) == 204

        assert [(one.query, one.opened) for one in searches.read(1, ["en"])] == [("board", 0)]

    def test_no_other_page_and_no_robot_can_tell_that_something_was_opened(self, browse):
        browser = browse()
        results = found(browser, "board")
        assert tell_opened(browser, results, csrf="guessed") == 403
        browser.user_agent = "Googlebot/2.1"
        assert tell_opened(browser, results) == 204

        assert [one.opened for one in searches.read(1, ["en"])] == [0]

    def test_coming_back_turning_pages_and_narrowing_count_nothing(self, browse):
        browser = browse().go("/en/search?q=board")
        for address in ("?q=board", "?q=board&page=2", "?q=board&category=cat_1", "?q=board&language=ar", "?q=", ""):
            browser.go(f"/en/search{address}")

        assert [(one.query, one.searches) for one in searches.read(30, ["en"])] == [("board", 1)]

    def test_robots_are_not_counted(self, browse):
        for name in ("Googlebot/2.1", "curl/8", ""):
            browser = browse()
            browser.user_agent = name
            browser.go("/en/search?q=board")

        assert searches.read(30, ["en"]) == []

    @pytest.mark.parametrize(
        "q",
        [
            "alice@example.org",
            "order of alice@example.org lost",
            "100234",
            "+216 20 555 014",
            "١٠٠٢٣٤",
            "https://x.example/reset",
            "shop.com",
            "20 / 555 / 014",
            "alice＠example.tn",
            "a " * 60,
            "😀",
        ],
    )
    def test_nothing_that_may_be_private_is_kept(self, browse, q):
        browse().go("/en/search?q=" + quote(q))

        assert searches.read(30, ["en"]) == []

    def test_many_at_once_do_not_write_without_end(self, browse, monkeypatch):
        monkeypatch.setattr(note_search, "time", SimpleNamespace(monotonic=lambda: 0.0))
        note_search.forget()
        for number in range(60):
            note_search.note(f"word {number}", "en", 0, visitor="v", agent="Firefox")

        assert len(searches.read(30, ["en"])) == 40

    def test_a_search_is_answered_even_if_it_cannot_be_counted(self, browse, monkeypatch):
        def broken(*_):
            raise OSError("no table")

        monkeypatch.setattr(searches, "count", broken)
        assert browse().go("/en/search?q=board").heading == "1 answer for “board”"
