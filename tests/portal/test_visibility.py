"""Who may not read an article meets it at no door of the help centre: one article of each kind, and every way in."""

import json

import pytest

from tests.conftest import playing_aws
from tests.portal.every_kind import ALICE, KINDS, LISTS, PUBLIC, SIGNED_IN, furnished, met

# The feed and the site map are XML; only their words count here.
pytestmark = pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")


@pytest.fixture(scope="module")
def cloud():
    """One for all: these tests only read, or vote."""
    with playing_aws():
        yield


@pytest.fixture(scope="module")
def help_centre(cloud):
    """One article of each kind, in the same category, about the same thing; and one more that leads to the others."""
    return furnished()


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
