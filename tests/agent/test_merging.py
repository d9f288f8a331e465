"""On the desk two tickets become one, come apart, and are split, by plain forms; the portal leads to what stands."""

import pytest

from chalicelib.actions import merge_tickets, send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import SYSTEM
from chalicelib.store import tickets
from tests.agent.conftest import ALICE


@pytest.fixture
def other(ticket):
    return receive(Incoming("email", "Which oil?", ALICE, subject="The oil")).ticket


def page_of(ticket):
    return f"/agent/tickets/{ticket.number}"


def test_a_ticket_is_merged_by_its_number_and_taken_out_again(desk, ticket, other):
    desk.go(page_of(ticket)).send(f"{page_of(ticket)}/merge", into=f"#{other.number}")
    assert desk.address.startswith(page_of(other))
    assert "The tickets are one now." in desk.text
    (mark,) = desk.page.select(".msg a.tag")
    assert (mark["href"], mark.text) == (page_of(ticket), f"from #{ticket.number}")

    desk.go(page_of(ticket))
    assert desk.page.select_one(".banner a")["href"] == page_of(other)
    assert not desk.page.select(".composer")
    desk.send(f"{page_of(ticket)}/unmerge")
    assert "The ticket stands for itself again." in desk.text
    assert tickets.get(ticket.id).merged_into is None
    assert desk.page.select(".composer")


def test_a_form_that_unmerges_and_is_sent_twice_has_worked(desk, ticket, other):
    merge_tickets.merge(ticket.id, other.id, SYSTEM)
    desk.go(page_of(ticket))
    form = desk.page.select_one('form[action$="/unmerge"]')
    fields = {one["name"]: one["value"] for one in form.select("input")}
    for _ in range(2):
        desk.post(f"{page_of(ticket)}/unmerge", **fields)
        assert "The ticket stands for itself again." in desk.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("999999", "There is no ticket"),
        ("", "There is no ticket"),
        ("{other} or 3", "There is no ticket"),
        ("10 {other}", "There is no ticket"),
        ("{own}", "the ticket itself"),
        ("{foreign}", "another customer"),
    ],
)
def test_what_cannot_be_merged_is_told(desk, ticket, other, typed, words):
    foreign = receive(Incoming("email", "Mine", Person("email", "charlie@example.org"))).ticket
    desk.go(page_of(ticket))
    desk.send(
        f"{page_of(ticket)}/merge", into=typed.format(own=ticket.number, foreign=foreign.number, other=other.number)
    )

    assert desk.status in (409, 422)
    assert words in desk.text
    assert tickets.get(ticket.id).merged_into is None


def test_picked_messages_become_a_ticket_of_their_own(desk, bob, ticket):
    answer = send_reply.reply(ticket.id, bob, Reply("Linseed.")).message
    desk.go(page_of(ticket))
    desk.go(desk.page.select_one('a[href$="?split=1"]')["href"])
    assert {one["form"] for one in desk.page.select('[name^="pick-"]')} == {"split"}
    token = desk.page.select_one("#split [name=csrf]")["value"]
    fields = {"csrf": token, f"pick-{answer.id}": "on", "subject": "The oil"}
    desk.post(f"{page_of(ticket)}/split", **fields)

    assert desk.heading == "The oil"
    assert page_of(ticket) in [one["href"] for one in desk.page.select(".sys a")]
    assert [one.text for one in tickets.thread(ticket.id).messages] == ["Can it be saved?"]
    desk.go(page_of(ticket))
    assert "Messages of this ticket were moved to" in desk.text


def test_splitting_nothing_or_everything_is_told(desk, ticket):
    (only,) = tickets.thread(ticket.id).messages
    for picked, words in (({}, "Pick the messages"), ({f"pick-{only.id}": "on"}, "keeps at least one")):
        desk.go(f"{page_of(ticket)}?split=1")
        token = desk.page.select_one("#split [name=csrf]")["value"]
        desk.post(f"{page_of(ticket)}/split", csrf=token, subject="", **picked)
        assert desk.status == 422
        assert words in desk.text


def test_a_reply_to_a_ticket_that_was_merged_meanwhile_is_kept(desk, ticket, other):
    desk.go(page_of(ticket))
    merge_tickets.merge(ticket.id, other.id, SYSTEM)
    desk.send(f"{page_of(ticket)}/replies", text="Yes.")

    assert desk.status == 409
    assert "merged into another one" in desk.text


def test_the_customer_is_led_to_what_stands_for_her_ticket(browse, desk, ticket, other):
    merge_tickets.merge(ticket.id, other.id, SYSTEM)
    alice = browse("alice@example.org")

    assert alice.go(f"/en/tickets/{ticket.number}").address == f"/en/tickets/{other.number}"
    assert "Can it be saved?" in alice.text and "Which oil?" in alice.text
    assert [one["href"] for one in alice.go("/en/tickets").page.select("a.row")] == [f"/en/tickets/{other.number}"]
    assert browse("charlie@example.org").go(f"/en/tickets/{ticket.number}").status == 404


def test_who_is_two_customers_merged_sees_the_tickets_of_both(browse, desk, ticket):
    from chalicelib.actions import merge_customers

    hers = receive(Incoming("sms", "By SMS", Person("phone", "+21620555014", "A."))).ticket
    merge_customers.merge(hers.customer_id, ticket.customer_id, SYSTEM)
    alice = browse("alice@example.org")

    assert len(alice.go("/en/tickets").page.select("a.row")) == 2
    assert "By SMS" in alice.go(f"/en/tickets/{hers.number}").text
    assert browse("charlie@example.org").go(f"/en/tickets/{hers.number}").status == 404


def test_two_customers_who_are_one_person_are_merged_and_taken_apart(desk, ticket):
    other = receive(Incoming("sms", "By SMS", Person("phone", "+21620555014", "A."))).ticket
    here = f"/agent/customers/{ticket.customer_id}"
    desk.go(here).send(f"{here}/merge", contact="20 555 014")
    assert desk.address == here
    assert "20 555 014" in desk.page.select_one("#contacts").text
    assert len(desk.go(f"{here}?view=tickets").page.select("a.row")) == 2

    desk.go(f"/agent/customers/{other.customer_id}")
    assert desk.heading == "Alice"
    desk.send(f"/agent/customers/{other.customer_id}/unmerge")
    assert len(desk.go(f"{here}?view=tickets").page.select("a.row")) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [("charlie@example.org", "Nobody has written"), ("ALICE@example.org", "own address"), (" ", "Nobody")],
)
def test_a_customer_who_cannot_be_merged_is_told(desk, ticket, typed, words):
    here = f"/agent/customers/{ticket.customer_id}"
    desk.go(here).send(f"{here}/merge", contact=typed)

    assert desk.status == 422
    assert words in desk.text


def test_pressing_merge_twice_merges_once(desk, ticket, other):
    page = desk.go(page_of(ticket)).page
    for _ in range(2):
        desk.page = page
        desk.send(f"{page_of(ticket)}/merge", into=str(other.number))

    assert "The tickets are one now." in desk.text
