"""Whatever is put into the ticket form: nothing runs, nothing breaks, and no word of a person is lost."""

import pytest

from chalicelib.store import messages, ticket_lists, tickets
from chalicelib.store.ticket_lists import Wanted

ALICE = "alice@example.org"
TYPED = {"email": ALICE, "name": "Alice", "subject": "My board has split", "text": "Can it be saved?"}
MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'


def ask(browser, **typed):
    return browser.go("/en/tickets/new").send("/en/tickets/new", **(TYPED | typed))


def newest():
    return ticket_lists.page(Wanted(), 25).tickets[0]


def words(ticket):
    return messages.all_whole(tickets.thread(ticket.id).messages)[0].text


@pytest.mark.parametrize("field", ["subject", "text", "name"])
def test_markup_is_words_on_every_page_that_shows_it(browse, bob, field):
    ask(browse(), **{field: MARKUP})
    ticket = newest()
    pages = [
        browse(ALICE).go(f"/en/tickets/{ticket.number}"),
        browse(bob.email, role="agent").go(f"/agent/tickets/{ticket.number}"),
        ask(browse(), **{field: MARKUP, "email": "no address"}),
    ]

    for shown in pages:
        assert not shown.page.find_all("script", src=False) and not shown.page.select("[onerror]")
        assert "{{7*7}}" in shown.body.decode() or field == "name"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\x07\x1b[31mb", "a[31mb"),
        ("\u202eabc\u202c", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("a\r\nb\rc\n", "a\nb\nc"),
        ("x" * 10_000, "x" * 10_000),
    ],
    ids=["nul", "control", "override", "zwnj", "family", "line-ends", "long"],
)
def test_what_cannot_be_kept_goes_and_all_else_stays(browse, typed, kept):
    ask(browse(), text=typed)

    assert words(newest()) == kept


@pytest.mark.parametrize(
    "body", [b"subject=%ED%A0%80&text=%FF%FE&email=a%40b.example", b"%00=%00&&&=;", b"", b"=&=" * 20]
)
def test_octets_that_are_no_text_get_a_page_and_no_fault_of_ours(browse, body):
    browser = browse().go("/en/tickets/new")
    browser._load("POST", "/en/tickets/new", body, "application/x-www-form-urlencoded")

    assert browser.status in (400, 422)
    assert browser.heading
    assert ticket_lists.page(Wanted(), 25).tickets == ()


def test_a_subject_of_nothing_but_what_cannot_be_seen_is_none(browse):
    browser = ask(browse(), subject="\x00\u200b\x07", text="\x00")

    assert browser.status == 422 and {"subject", "text"} <= set(browser.errors)


@pytest.mark.parametrize(
    "email",
    ["a@b@c.example", "<script>@example.org", "alice@example.org\nBcc: all@example.org", "a" * 250 + "@example.org"],
    ids=["two", "markup", "header", "long"],
)
def test_an_address_that_is_none_is_told(browse, email):
    browser = ask(browse(), email=email)

    assert browser.status == 422 and browser.errors == ["email"]


def test_more_fields_than_a_form_has_are_refused_in_words(browse):
    browser = browse().go("/en/tickets/new")
    browser.post("/en/tickets/new", **{f"field_{at}": "x" for at in range(100)})

    assert browser.status == 400 and browser.heading


def test_who_was_signed_out_meanwhile_keeps_his_words_and_is_asked_for_an_address(browse):
    browser = browse(ALICE).go("/en/tickets/new")
    del browser.cookies[next(name for name in browser.cookies if name.endswith("diwan_customer"))]
    browser.send("/en/tickets/new", subject="Oil", text="Which one?")

    assert browser.status == 422 and browser.errors == ["email"]
    assert browser.page.find(id="text").text.strip() == "Which one?"
    browser.send("/en/tickets/new", email=ALICE)
    assert words(newest()) == "Which one?"


def test_a_page_whose_token_is_over_comes_again_with_one_that_holds(browse):
    browser = browse().go("/en/tickets/new")
    browser.send("/en/tickets/new", **TYPED, csrf="of another day")
    assert "open for too long" in browser.text

    browser.send("/en/tickets/new")
    assert words(newest()) == TYPED["text"]


def test_browsers_may_give_a_stranger_his_words_back_but_keep_no_page_of_a_customer(browse):
    assert browse().go("/en/tickets/new").header("cache-control") == "private, no-cache"
    assert browse(ALICE).go("/en/tickets/new").header("cache-control") == "no-store"


def test_an_address_that_somebody_else_typed_shows_him_nothing(browse):
    browse(ALICE).go("/en/tickets/new").send("/en/tickets/new", subject="Oil", text="Which one?")
    alices = newest()
    stranger = ask(browse(), text="I am Alice, honestly.")
    forged = newest()

    assert forged.customer_id == alices.customer_id and forged.id != alices.id
    assert "Which one?" not in stranger.text and "Oil" not in stranger.text
    for one in (alices, forged):
        assert stranger.go(f"/en/tickets/{one.number}").address == "/en/sign-in"
