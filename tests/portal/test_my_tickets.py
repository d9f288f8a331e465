"""My tickets: open and solved ones from every channel, who had the last word, a search that knows no note."""

from datetime import timedelta

import pytest

from chalicelib import clock, ids
from chalicelib.actions import (
    change_customer,
    change_organization,
    merge_customers,
    search_own_tickets,
    send_reply,
)
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.domain.message import Attachment
from chalicelib.portal import my_tickets
from chalicelib.store import customers

ALICE, CHARLIE, NOUR = "alice@example.org", "charlie@example.org", "nour@zitouna.example"


ALICE_HERSELF = Person("email", ALICE, "Alice")


def file(name):
    return Attachment(ids.new("att"), name, "application/octet-stream", 9, f"files/{name}")


def write(subject, text="Words.", email=ALICE, name="Alice", channel="email"):
    return receive(Incoming(channel, text, Person("email", email, name), subject=subject)).ticket


def answer(ticket, bob, text="We looked at it.", visibility="public"):
    return send_reply.reply(ticket.id, bob, Reply(text, visibility=visibility))


def subjects(browser):
    return [one.get_text() for one in browser.page.select(".rows .subject")]


def tabs(browser):
    return [" ".join(one.get_text().split()) for one in browser.page.select("nav.tabs a")]


def test_open_and_solved_tickets_stand_apart(browse):
    board, bowl = write("My board"), write("My bowl")
    change_ticket(bowl.id, {"status": "solved"}, SYSTEM)
    browser = browse(ALICE).go("/en/tickets")

    assert tabs(browser) == ["Open 1", "Solved 1"]
    assert subjects(browser) == [board.subject]
    assert subjects(browser.go("/en/tickets?show=solved")) == [bowl.subject]


def test_who_never_wrote_is_told_where_the_conversation_would_live(browse):
    assert "When you write to us" in browse(ALICE).go("/en/tickets").text


def test_an_empty_tab_says_so(browse):
    write("My board")
    browser = browse(ALICE)

    assert "Nothing solved yet" in browser.go("/en/tickets?show=solved").text
    assert "لا تذاكر محلولة بعد" in browser.go("/ar/tickets?show=solved").text


def test_an_answer_is_unread_until_it_was_looked_at(browse, bob):
    ticket = write("My board")
    browser = browse(ALICE)
    assert not browser.go("/en/tickets").page.select(".row.unread")

    answer(ticket, bob)
    row = browser.go("/en/tickets").page.select_one(".row.unread")
    assert "Bob: We looked at it." in " ".join(row.get_text(" ").split()).replace(" :", ":")

    browser.go(f"/en/tickets/{ticket.number}")
    assert not browser.go("/en/tickets").page.select(".row.unread")
    answer(ticket, bob, "A note.", "internal")
    assert not browser.go("/en/tickets").page.select(".row.unread")


def test_what_she_said_last_is_hers(browse):
    write("My board", "It has split.")

    assert "You: It has split." in browse(ALICE).go("/en/tickets").text


def test_a_search_finds_what_was_said_and_knows_no_note(browse, bob):
    board, _ = write("My board", "It has split along the grain."), write("My bowl")
    answer(board, bob, "Linseed oil will mend it.")
    answer(board, bob, "She complains a lot.", "internal")
    browser = browse(ALICE)

    for q in ("grain", "linseed", "boards", f"#{board.number}"):
        assert subjects(browser.go("/en/tickets").send_query("/en/tickets", q=q)) == ["My board"], q
    for q in ("complains", "😀", "the", "x" * 500, "%00"):
        assert "Nothing matches" in browser.go("/en/tickets").send_query("/en/tickets", q=q).text, q


def test_a_search_finds_the_names_of_files_but_for_those_of_notes(browse, bob):
    ticket = receive(
        Incoming("email", "Look.", ALICE_HERSELF, subject="My board", attachments=(file("crack.jpg"),))
    ).ticket
    send_reply.reply(ticket.id, bob, Reply("Hm.", visibility="internal", attachments=(file("claim.pdf"),)))
    browser = browse(ALICE)

    assert subjects(browser.go("/en/tickets?q=crack.jpg")) == ["My board"]
    assert subjects(browser.go("/en/tickets?q=claim")) == []


def test_a_search_says_when_it_did_not_read_the_oldest_tickets_whole(browse, monkeypatch):
    monkeypatch.setattr(search_own_tickets, "MOST_READ", 1)
    for n in range(3):
        write(f"Ticket {n}", "word " * 60 + "walnut")
    browser = browse(ALICE)

    assert subjects(browser.go("/en/tickets?q=walnut")) == ["Ticket 2"]
    assert "only subjects and last words were searched" in browser.text
    assert "only subjects and last words" in browser.go("/en/tickets?q=giraffe").text
    assert "only subjects and last words" not in browser.go("/en/tickets?q=ticket").text


def test_a_search_finds_solved_tickets_as_well(browse):
    change_ticket(write("My bowl").id, {"status": "solved"}, SYSTEM)

    assert subjects(browse(ALICE).go("/en/tickets?q=bowl")) == ["My bowl"]


def test_an_arabic_search_needs_no_marks(browse):
    write("تشقّقَ اللوحُ الكبير")

    assert subjects(browse(ALICE).go("/ar/tickets?q=%D8%AA%D8%B4%D9%82%D9%82")) == ["تشقّقَ اللوحُ الكبير"]


def test_more_than_a_page_is_turned(browse, monkeypatch):
    monkeypatch.setattr(my_tickets, "PAGE", 2)
    for n in range(5):
        write(f"Ticket {n}")
    browser = browse(ALICE).go("/en/tickets")

    assert (subjects(browser), "Page 1 of 3" in browser.text) == (["Ticket 4", "Ticket 3"], True)
    browser.go(browser.page.select_one("a[rel=next]")["href"])
    assert subjects(browser) == ["Ticket 2", "Ticket 1"]
    for page in ("99", "-1", "x", "٣"):
        assert browser.go("/en/tickets").send_query("/en/tickets", page=page).status == 200


@pytest.fixture
def zitouna(browse):
    """Nour and Alice belong to one house; Nour may follow its tickets, Charlie is of another one."""
    house = change_organization.create({"name": "Dar Zitouna"})
    other = change_organization.create({"name": "Elsewhere"})
    joins(NOUR, house, "Nour", sees_organization=True)
    joins(ALICE, house, "Alice")
    joins(CHARLIE, other, "Charlie", sees_organization=True)
    return house


def joins(email, house, name, **fields):
    change_customer.create({"name": name, "organization_id": house.id, **fields}, [ContactWish("email", email)], SYSTEM)


def customer(email):
    return customers.by_contact("email", email)


def test_who_was_granted_follows_everybodys_tickets_by_name(browse, zitouna):
    write("My board"), write("My own", email=NOUR, name="Nour"), write("Not theirs", email=CHARLIE, name="Charlie")
    browser = browse(NOUR).go("/en/tickets")

    assert tabs(browser) == ["Open 1", "Solved 0", "Everybody at Dar Zitouna"]
    browser.go("/en/tickets?show=organization")
    assert subjects(browser) == ["My own", "My board"]
    assert "Alice" in browser.text and ALICE not in browser.text
    assert subjects(browser.go("/en/tickets?show=organization&q=board")) == ["My board"]


def test_a_colleagues_ticket_is_read_and_not_written(browse, bob, zitouna):
    ticket = write("My board", "It has split.")
    answer(ticket, bob, "Linseed oil.")
    answer(ticket, bob, "A claim.", "internal")
    page = f"/en/tickets/{ticket.number}"
    browser = browse(NOUR).go(page)

    assert "Alice" in browser.text and "Linseed oil." in browser.text
    assert ALICE not in str(browser.page) and "A claim." not in browser.text
    assert not browser.page.select("form.composer, form[action$='/solved'], form[action$='/rating']")
    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    for address in (page, f"{page}/solved", f"{page}/reopen", f"{page}/rating"):
        assert browser.post(address, csrf=token, text="Mine now", answer="yes").status == 404


def test_a_colleague_without_a_name_is_called_one(browse, zitouna):
    change_customer.change(customer(ALICE).id, {"name": ""}, None, SYSTEM)
    ticket = write("My board", name="")
    browser = browse(NOUR).go("/en/tickets?show=organization")

    assert "A colleague" in browser.text and ALICE not in str(browser.page)
    assert ALICE not in str(browser.go(f"/en/tickets/{ticket.number}").page)


@pytest.mark.parametrize("email", [ALICE, CHARLIE], ids=["not granted", "of another house"])
def test_who_was_not_granted_sees_nothing_of_it(browse, zitouna, email):
    ticket = write("Mine alone", email=NOUR, name="Nour")
    browser = browse(email)

    assert "Dar Zitouna" not in browser.go("/en/tickets?show=organization").text
    assert subjects(browser) == []
    assert browser.go(f"/en/tickets/{ticket.number}").status == 404


def test_the_grant_ends_when_either_leaves(browse, zitouna):
    ticket = write("My board")
    change_customer.change(customer(ALICE).id, {"organization_id": None}, None, SYSTEM)
    browser = browse(NOUR)
    assert browser.go(f"/en/tickets/{ticket.number}").status == 404
    assert subjects(browser.go("/en/tickets?show=organization")) == []

    change_customer.change(customer(ALICE).id, {"organization_id": zitouna.id}, None, SYSTEM)
    assert browser.go(f"/en/tickets/{ticket.number}").status == 200
    change_customer.change(customer(NOUR).id, {"organization_id": None}, None, SYSTEM)
    assert browser.go(f"/en/tickets/{ticket.number}").status == 404


def test_who_was_merged_into_somebody_else_is_no_colleague_any_more(browse, zitouna):
    ticket = write("My board")
    merge_customers.merge(customer(ALICE).id, customer(CHARLIE).id, Actor("system"))

    assert browse(NOUR).go(f"/en/tickets/{ticket.number}").status == 404
    assert browse(CHARLIE).go(f"/en/tickets/{ticket.number}").status == 200
    clock.shift(timedelta(minutes=1).seconds)
    assert subjects(browse(NOUR).go("/en/tickets?show=organization")) == []
