"""Public pages come out of a cache: the same for everybody, whoever he is and whatever he sends along."""

import pytest

from infra.local.gateway import Request
from tests.portal.browser import HOST

ALICE = "alice@example.org"
PAGES = ["/en/", "/ar/"]


def fetch(browser, path, query="", **headers):
    """The answer to the very request, with no cookies but those given."""
    named = [("Host", HOST), ("Accept", "text/html"), *((name.replace("_", "-"), one) for name, one in headers.items())]
    return browser._gateway.answer(Request("GET", path, query, named, b"", "192.0.2.1"))


def header(answer, name):
    return next((value for key, value in answer.headers if key.lower() == name), "")


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_is_the_same_octets_for_everybody(browse, page):
    alice = browse(ALICE)
    cookies = "; ".join(f"{name}={value}" for name, value in (alice.cookies | {"__Host-diwan_theme": "dark"}).items())

    stranger = fetch(alice, page)
    known = fetch(alice, page, "utm_source=mail", Cookie=cookies, Accept_Language="ar", User_Agent="Mozilla/5.0")

    assert known.body == stranger.body
    assert header(known, "etag") == header(stranger, "etag")
    assert "set-cookie" not in {name.lower() for name, _ in known.headers + stranger.headers}
    assert b"csrf" not in known.body
    assert "s-maxage=" in header(known, "cache-control")


@pytest.mark.parametrize("weakened", ["{}", "W/{}", 'W/"other", {}'])
def test_who_has_the_page_already_is_told_so_in_few_octets(browse, weakened):
    browser = browse()
    tag = header(fetch(browser, "/en/"), "etag")
    again = fetch(browser, "/en/", If_None_Match=weakened.format(tag))

    assert (again.status, again.body) == (304, b"")
    assert header(again, "etag") == tag
    assert "s-maxage=" in header(again, "cache-control")
    assert fetch(browser, "/ar/", If_None_Match=tag).status == 200


def test_pages_of_one_person_are_kept_by_nobody(browse):
    alice = browse(ALICE)

    for page in ("/en/search", "/en/tickets", "/en/preferences"):
        assert alice.go(page).header("cache-control") == "no-store"


def test_home_fetches_the_newest_ticket_of_who_is_signed_in(browse):
    alice = browse(ALICE)
    alice.go("/en/tickets/new").send("/en/tickets/new", subject="My <b>board</b> has split", text="It is long.")

    alice.go("/en/account/latest")

    assert "My <b>board</b> has split" in alice.text
    assert alice.page.find("html") is None


def test_nobody_else_is_told_of_a_ticket(browse):
    browse(ALICE).go("/en/tickets/new").send("/en/tickets/new", subject="My board has split", text="It is long.")

    assert browse().go("/en/account/latest").status == 204
    assert browse("charlie@example.org").go("/en/account/latest").status == 204


def test_the_mark_of_being_signed_in_comes_and_goes_with_the_session(browse):
    alice = browse(ALICE)
    assert alice.cookies["__Host-diwan_signed_in"] == "1"

    alice.go("/en/search").send("/en/sign-out")

    assert "__Host-diwan_signed_in" not in alice.cookies


def test_a_mark_whose_session_is_over_is_taken_away(browse):
    alice = browse(ALICE)
    del alice.cookies["__Host-diwan_customer"]

    alice.go("/en/account/latest")

    assert alice.status == 204
    assert "Max-Age=0" in next(one for one in alice.set_cookies[-2:] if "signed_in" in one)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([("Origin", f"https://{HOST}")], 303),
        ([("Origin", f"https://{HOST}"), ("Sec-Fetch-Site", "same-origin")], 303),
        ([("Sec-Fetch-Site", "same-origin")], 303),
        ([("Origin", "https://evil.example")], 403),
        ([("Origin", "null")], 403),
        ([("Origin", f"https://{HOST}"), ("Sec-Fetch-Site", "cross-site")], 403),
        ([("Origin", f"https://{HOST}"), ("Sec-Fetch-Site", "same-site")], 403),
        ([], 403),
    ],
    ids=["origin", "both", "fetch-site", "foreign", "null", "cross-site", "same-site", "nothing"],
)
def test_a_form_of_a_cached_page_is_taken_from_our_pages_only(browse, headers, status):
    sent = [("Host", HOST), ("Content-Type", "application/x-www-form-urlencoded"), *headers]
    request = Request("POST", "/en/theme", "", sent, b"theme=dark", "192.0.2.1")

    assert browse()._gateway.answer(request).status == status


ODD_WAYS_BACK = [
    "http://[",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\[",
    "/\t/evil.example",
    "en/",
]


@pytest.mark.parametrize("back", ODD_WAYS_BACK, ids=range(len(ODD_WAYS_BACK)))
def test_a_way_back_that_is_no_path_of_ours_leads_to_the_start(browse, bob, back):
    stranger, agent = browse(), browse("bob@ghusn.example", role="agent").go("/agent/tickets")
    csrf = agent.page.select_one("input[name=csrf]")["value"]

    assert stranger.post("/ar/theme", theme="dark", next=back).address == "/ar/"
    for door in ("/agent/theme", "/agent/language"):
        assert agent.post(door, csrf=csrf, theme="dark", locale="en", next=back).address == "/agent/tickets"


def test_a_way_back_may_hold_whatever_a_path_may(browse):
    assert browse().post("/en/theme", theme="dark", next="/en/search?q=//[&x=http://[").address.startswith("/en/search")


@pytest.mark.parametrize("page", ["/en/", "/", "/sitemap.xml", "/en/feed.xml", "/agent", "/en/nothing"])
def test_who_asks_for_the_headers_of_a_page_is_told_them_alone(browse, page):
    gateway = browse()._gateway
    full, head = (
        gateway.answer(Request(method, page, "", [("Host", HOST), ("Accept", "text/html")], b"", "192.0.2.1"))
        for method in ("GET", "HEAD")
    )

    assert (head.status, head.body) == (full.status, b"")
    assert {name for name, _ in head.headers} == {name for name, _ in full.headers}
    assert header(head, "etag") == header(full, "etag")


@pytest.mark.parametrize("address", ["/", "/{lang}", "/{lang}/{rest+}", "/agent/{rest+}"])
def test_api_gateway_is_told_that_pages_answer_head(browse, address):
    from app import app

    assert {"GET", "HEAD", "POST"} <= set(app.routes[address])
