"""Who may not read an article meets it at no door of the help centre: one article of each kind, and every way in."""

import json
from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import change_category, publish_article, update_search
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.errors import DiwanError
from chalicelib.search import articles as index

# The feed and the site map are XML; only their words count here.
pytestmark = pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")

ALICE = "alice@example.org"
# Each kind has a word of its own, which stands in its title, its text and its address.
KINDS = ("publicum", "customarium", "agentium", "draftium", "futurum", "archivium", "deletium")
PUBLIC, SIGNED_IN = {"publicum"}, {"publicum", "customarium"}


@pytest.fixture
def help_centre(cloud):
    """One article of each kind, in the same category, about the same thing; and one more that leads to the others."""
    care = change_category.create({"en": {"name": "Caring for wood", "slug": "care"}})
    made = {kind: write(care, kind) for kind in (*KINDS, "leading")}
    for article in made.values():
        update_search.index_article(article.id)
    index.forget()
    return made


def write(category, kind):
    visibility = {"customarium": "customers", "agentium": "agents"}.get(kind, "public")
    texts = {"en": {"title": f"Oiling the board {kind}", "body": f"Oil the board, {kind}.", "slug": f"board-{kind}"}}
    later = clock.now() + timedelta(days=1) if kind == "futurum" else None
    draft = Draft(category.id, texts, visibility, publish=kind not in ("draftium", "futurum"), publish_at=later)
    article = publish_article.create(draft, SYSTEM)
    if kind == "archivium":
        publish_article.archive(article.id, SYSTEM)
    if kind == "deletium":
        publish_article.delete(article.id, SYSTEM)
    return article


def met(browser, address):
    """The kinds of article that what stands there tells of."""
    browser.go(address)
    told = browser.body.decode()
    return {kind for kind in KINDS if kind in told}


LISTS = [
    "/en/",
    "/en/categories/care",
    "/en/search?q=oiling+board",
    "/en/search?q=oiling+board&language=all",
    "/ar/search?q=oiling+board",
    "/en/suggest?q=oiling+bo",
    "/ar/suggest?q=oiling+bo",
    "/en/feed.xml",
    "/sitemap.xml",
    "/en/articles/board-leading",
    "/en/articles/oiling-board-that-is-not-there",
    "/en/nothing-about-oiling-board",
]


@pytest.mark.parametrize("address", LISTS)
def test_a_stranger_meets_what_is_public_and_nothing_else(browse, help_centre, address):
    assert met(browse(), address) <= PUBLIC


@pytest.mark.parametrize("address", [one for one in LISTS if "nothing" not in one and "not-there" not in one])
def test_and_each_of_those_doors_does_tell_of_what_is_public(browse, help_centre, address):
    assert "publicum" in met(browse(), address)


@pytest.mark.parametrize("address", [*LISTS, "/en/account/categories/care"])
def test_a_customer_who_signed_in_meets_no_more_than_he_may(browse, help_centre, address):
    assert met(browse(ALICE), address) <= SIGNED_IN


@pytest.mark.parametrize(
    "address", ["/en/account/categories/care", "/en/search?q=oiling+board", "/en/suggest?q=oiling+bo"]
)
def test_and_what_is_for_customers_he_meets_there(browse, help_centre, address):
    assert met(browse(ALICE), address) == SIGNED_IN


@pytest.mark.parametrize("email", ["", ALICE], ids=["stranger", "customer"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["", "account/"], ids=["public", "account"])
def test_an_address_opens_to_its_readers_and_to_nobody_else(browse, help_centre, email, kind, place):
    browser = browse(email).go(f"/en/{place}articles/board-{kind}")
    readable = kind in (SIGNED_IN if email else PUBLIC)

    assert (f"Oil the board, {kind}." in browser.text) is readable
    if kind not in SIGNED_IN:
        assert (browser.status, kind in browser.text) == (404, False)


@pytest.mark.parametrize("email", ["", ALICE], ids=["stranger", "customer"])
def test_the_ticket_form_suggests_what_its_writer_may_read(browse, help_centre, email):
    browser = browse(email).go("/en/tickets/new")
    token = browser.page.select_one("input[name=csrf]")["value"]
    browser.post("/en/tickets/suggestions", csrf=token, subject="Oiling a board", text="How do I oil the board?")
    found = {kind for kind in KINDS if kind in browser.body.decode()}

    assert json.loads(browser.body)["suggestions"]
    assert found <= (SIGNED_IN if email else PUBLIC)


@pytest.mark.parametrize("email", ["", ALICE], ids=["stranger", "customer"])
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_votes_on_what_he_may_not_read_nor_learns_of_it(browse, help_centre, email, kind):
    browser = browse(email)
    browser.post(f"/en/votes/{help_centre[kind].id}", helpful="yes", locale="en")

    assert (browser.status == 404) is (kind not in (SIGNED_IN if email else PUBLIC))
    assert (kind in browser.text) is (kind in (SIGNED_IN if email else PUBLIC))


@pytest.mark.parametrize("end", ["archive", "delete", "hide"])
def test_what_is_withdrawn_is_met_nowhere_any_more(browse, help_centre, end):
    article = help_centre["publicum"]
    if end == "hide":
        publish_article.change(article.id, {"visibility": "agents"}, SYSTEM)
    else:
        getattr(publish_article, end)(article.id, SYSTEM)
    update_search.index_article(article.id)
    index.forget()

    assert [address for address in LISTS if met(browse(), address)] == []
    assert browse().go("/en/articles/board-publicum").status == 404


def test_a_slug_that_was_a_withdrawn_articles_is_no_other_articles(help_centre):
    home = help_centre["publicum"].category_id
    for kind in ("archivium", "deletium", "agentium"):
        taken = {"en": {"title": "Another", "slug": f"board-{kind}"}}
        with pytest.raises(DiwanError) as refusal:
            publish_article.create(Draft(home, taken), SYSTEM)
        assert refusal.value.code == "slug-taken"
