"""An agent's day: the inbox by view, a reply, a note, a change, a customer; nothing of it for who is not signed in."""

import re

import pytest

from chalicelib.actions import change_staff, change_ticket, erase_ticket, send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint, Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.run_job import Watch
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import SYSTEM
from chalicelib.store import staff, tickets
from chalicelib.store.table import AgentRow, Row
from tests.agent.conftest import ALICE


def numbers(desk):
    return [one["href"].rpartition("/")[2] for one in desk.page.select(".grid .subject a")]


def open_page(desk, ticket):
    return desk.go(f"/agent/tickets/{ticket.number}")


@pytest.mark.parametrize("page", ["/agent", "/agent/tickets", "/agent/tickets/1001", "/agent/customers/cus_x"])
def test_a_stranger_is_sent_to_the_sign_in_page(browse, page):
    browser = browse().go(page)

    assert browser.address == "/agent/sign-in"
    assert browser.page.find("input", attrs={"name": "email"})


def test_an_address_that_is_no_agents_gets_the_same_answer(browse, bob):
    said = []
    for email in (bob.email, "mallory@ghusn.example"):
        browser = browse().go("/agent/sign-in").send("/agent/sign-in", email=email)
        said.append(browser.text.replace(email, "…"))

    assert said[0] == said[1]


def test_an_agent_who_left_is_out_at_once(desk, bob):
    row = next(row for row in Row.scan() if isinstance(row, AgentRow))
    row.update(actions=[AgentRow.active.set(False)])
    staff.forget()

    assert desk.go("/agent/tickets").address == "/agent/sign-in"


def test_each_view_lists_what_its_name_says(desk, bob, ticket):
    other = receive(Incoming("sms", "Which oil?", Person("phone", "+21620555014"))).ticket
    change_ticket.change_ticket(ticket.id, {"assignee_id": bob.id}, SYSTEM)
    send_reply.reply(ticket.id, bob, Reply("Yes."))

    listed = {view: numbers(desk.go(f"/agent/tickets?view={view}")) for view in ("mine", "unassigned", "open", "all")}
    mine, others = str(ticket.number), str(other.number)
    assert listed == {"mine": [mine], "unassigned": [others], "open": [others], "all": [mine, others]}


def test_a_team_has_a_list_of_its_own(desk, workshop, ticket):
    receive(Incoming("email", "Which oil?", ALICE))
    change_ticket.change_ticket(ticket.id, {"team_id": workshop.id}, SYSTEM)
    desk.go("/agent/tickets")
    desk.go(desk.page.select_one(".views a")["href"])

    assert numbers(desk) == [str(ticket.number)]


def test_a_team_that_was_dissolved_keeps_its_tickets_and_is_offered_to_no_other(desk, workshop, ticket):
    other = receive(Incoming("sms", "Which oil?", Person("phone", "+21620555014"))).ticket
    change_ticket.change_ticket(ticket.id, {"team_id": workshop.id}, SYSTEM)
    change_staff.change_team(workshop.id, {"active": False})
    offered = {
        one.number: [option["value"] for option in open_page(desk, one).page.select("select[name=team_id] option")]
        for one in (ticket, other)
    }

    assert offered == {ticket.number: ["", workshop.id], other.number: [""]}


def test_a_long_inbox_goes_on_on_the_next_page(desk):
    for count in range(26):
        receive(Incoming("email", f"Question {count}", ALICE))
    first = numbers(desk.go("/agent/tickets?view=unassigned"))
    second = numbers(desk.go(desk.page.select_one("a[rel=next]")["href"]))

    assert (len(first), len(second), set(first) & set(second)) == (25, 1, set())


def test_a_reply_goes_out_and_the_ticket_waits(desk, ticket):
    open_page(desk, ticket)
    desk.send(f"/agent/tickets/{ticket.number}/replies", text="Yes, it can.")

    thread = tickets.thread(ticket.id)
    assert (thread.ticket.status, thread.messages[-1].text) == ("pending", "Yes, it can.")
    assert thread.deliveries[thread.messages[-1].id, "reply"].to == "alice@example.org"
    assert "Your reply is on its way." in desk.text
    assert "Sending…" in desk.text


def test_a_reply_may_solve_it(desk, ticket):
    open_page(desk, ticket).send(f"/agent/tickets/{ticket.number}/replies", text="Done.", button="solved")

    assert tickets.get(ticket.id).status == "solved"


def test_a_note_goes_to_nobody(desk, ticket):
    open_page(desk, ticket)
    desk.send(f"/agent/tickets/{ticket.number}/notes", text="Third board of this batch.")

    thread = tickets.thread(ticket.id)
    assert (thread.ticket.status, thread.messages[-1].visibility) == ("new", "internal")
    assert {one.purpose for one in thread.deliveries.values()} == {"receipt"}
    assert desk.page.select_one(".note").find(string=lambda text: "Third board" in text)


@pytest.mark.parametrize("road", ["replies", "notes"])
def test_nothing_to_say_is_said(desk, ticket, road):
    open_page(desk, ticket).send(f"/agent/tickets/{ticket.number}/{road}", text=" ")

    assert desk.status == 422
    assert desk.errors == ["text"]
    assert len(tickets.thread(ticket.id).messages) == 1


def test_pressing_send_twice_sends_once(desk, ticket):
    page = open_page(desk, ticket).page
    for _ in range(2):
        desk.page = page
        desk.send(f"/agent/tickets/{ticket.number}/replies", text="Yes, it can.")

    assert len(tickets.thread(ticket.id).messages) == 2
    assert desk.status == 200
    assert "Your reply is on its way." in desk.text


def test_who_wrote_past_a_newer_message_is_shown_it_and_keeps_his_text(desk, ticket):
    open_page(desk, ticket)
    receive(Incoming("email", "Wait, one more thing", ALICE, hints=(Hint(ticket.id, "in-reply-to"),)))
    desk.send(f"/agent/tickets/{ticket.number}/replies", text="Yes, it can.")

    assert desk.status == 409
    assert "A newer message came in" in desk.text
    assert "Wait, one more thing" in desk.text
    assert desk.page.find(id="text").text.strip() == "Yes, it can."
    desk.send(f"/agent/tickets/{ticket.number}/replies", text="Yes, both.")
    assert tickets.thread(ticket.id).messages[-1].text == "Yes, both."


def test_assigning_opens_a_new_ticket(desk, bob, ticket):
    open_page(desk, ticket).send(f"/agent/tickets/{ticket.number}", assignee_id=bob.id)

    changed = tickets.get(ticket.id)
    assert (changed.assignee_id, changed.status) == (bob.id, "open")


def test_team_and_status_are_set_and_taken_back(desk, workshop, ticket):
    open_page(desk, ticket).send(f"/agent/tickets/{ticket.number}", team_id=workshop.id, status="on_hold")
    assert (tickets.get(ticket.id).team_id, tickets.get(ticket.id).status) == (workshop.id, "on_hold")

    desk.send(f"/agent/tickets/{ticket.number}", team_id="")
    assert tickets.get(ticket.id).team_id is None


def test_a_change_on_top_of_somebody_elses_is_refused(desk, ticket):
    open_page(desk, ticket)
    change_ticket.change_ticket(ticket.id, {"priority": "high"}, SYSTEM)
    desk.send(f"/agent/tickets/{ticket.number}", status="solved")

    assert desk.status == 409
    assert tickets.get(ticket.id).status == "new"


def test_an_erased_ticket_stays_as_it_is(desk, ticket):
    erase_ticket.erase(ticket.id, SYSTEM, "", Watch())
    open_page(desk, ticket).send(f"/agent/tickets/{ticket.number}", status="open")

    assert desk.status == 409
    assert "This ticket was erased with its customer" in desk.text
    assert tickets.get(ticket.id).status == "closed"


def test_a_status_that_is_none_is_refused(desk, ticket):
    open_page(desk, ticket).send(f"/agent/tickets/{ticket.number}", status="finished")

    assert desk.status == 422
    assert tickets.get(ticket.id).status == "new"


def test_a_forged_form_changes_nothing(desk, ticket):
    desk.post(f"/agent/tickets/{ticket.number}/replies", text="Pay here", csrf="guessed")

    assert desk.status == 403
    assert len(tickets.thread(ticket.id).messages) == 1


def test_the_customer_stands_beside_the_ticket_with_the_others(desk, ticket):
    other = receive(Incoming("email", "Which oil?", ALICE, subject="Oil")).ticket
    open_page(desk, ticket)

    assert "alice@example.org" in desk.page.select_one(".panel").text
    assert desk.page.select_one(f'.panel a[href="/agent/tickets/{other.number}"]')
    desk.go(desk.page.select_one(".person a")["href"])
    assert desk.heading == "Alice"
    desk.go(desk.page.find("a", string="Tickets", href=re.compile("view="))["href"])
    assert len(desk.page.select("a.row")) == 2


@pytest.mark.parametrize("page", ["/agent/tickets/9999999", "/agent/tickets/abc", "/agent/customers/cus_none"])
def test_what_is_not_there_is_not_found(desk, page):
    assert desk.go(page).status == 404


def test_the_desk_speaks_arabic_when_asked(desk, ticket):
    desk.go("/agent/tickets").send("/agent/language", button="ar")

    assert desk.page.html["dir"] == "rtl"
    assert desk.heading == "الوارد"
