"""Who is in copy sees the ticket that his mails lead to, and answers there; it is not his to close."""

import pytest

from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.merge_tickets import merge
from chalicelib.actions.receive_message import receive
from chalicelib.domain.event import SYSTEM
from chalicelib.store import tickets

CHARLIE = "charlie@example.org"


@pytest.fixture
def ticket(browse):
    alice = Person("email", "alice@example.org", "Alice")
    opened = receive(Incoming("email", "Can it be saved?", alice, subject="My board", cc=(CHARLIE,))).ticket
    return f"/en/tickets/{opened.number}"


def test_who_is_in_copy_reads_the_ticket_and_answers_in_it(browse, ticket):
    charlie = browse(CHARLIE).go(ticket)

    assert "Can it be saved?" in charlie.text and "You see this because you are in copy." in charlie.text
    assert [one.get_text() for one in charlie.page.select("article header b")] == ["Alice"]
    charlie.send(ticket, text="It is my board, too.")
    assert (charlie.status, charlie.address) == (200, ticket)
    assert [one.get_text() for one in charlie.page.select("article header b")] == ["Alice", "You"]
    alice = browse("alice@example.org").go(ticket)
    assert "It is my board, too." in alice.text
    assert alice.page.select_one("article header b").get_text() == "You"


def test_it_is_not_his_to_close(browse, ticket):
    charlie = browse(CHARLIE).go(ticket)

    assert charlie.page.select_one("form[action$='/solved']") is None
    form = charlie.page.select_one("form.composer")
    form["action"] = f"{ticket}/solved"
    assert charlie.send(f"{ticket}/solved").status == 404


def test_who_was_taken_off_and_who_never_was_in_copy_find_nothing(browse, ticket):
    assert browse("mallory@example.org").go(ticket).status == 404

    change_ticket(tickets.id_of(int(ticket.rpartition("/")[2])), {"cc": ()}, SYSTEM)
    assert browse(CHARLIE).go(ticket).status == 404


def test_who_is_in_copy_of_a_merged_ticket_only_writes_nothing_into_what_stands_for_it(browse, ticket):
    alice = Person("email", "alice@example.org", "Alice")
    other = receive(Incoming("email", "One more thing.", alice, subject="Wheels")).ticket
    charlie = browse(CHARLIE).go(ticket)
    merge(tickets.id_of(int(ticket.rpartition("/")[2])), other.id, SYSTEM)
    change_ticket(other.id, {"cc": ()}, SYSTEM)

    assert charlie.send(ticket, text="Still here.").status == 404
    assert "Still here." not in [one.text for one in tickets.thread(other.id).messages]
