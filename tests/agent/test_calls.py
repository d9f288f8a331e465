"""Calls on the desk: written down in a form, read in the thread."""

import pytest

from chalicelib.actions import send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.call import MAX_SECONDS, Call
from chalicelib.store import deliveries, tickets

MISSED = Call("in", "missed")


def log(desk, goal, call="in-answered", length="", text="", inside="", **more):
    return desk.send(f"{goal}/calls", call=call, length=length, text=text, inside=inside, **more)


def page_of(ticket):
    return f"/agent/tickets/{ticket.number}"


def customer_of(ticket):
    return f"/agent/customers/{ticket.customer_id}"


def last(ticket):
    return tickets.thread(ticket.id).messages[-1]


def test_an_agent_writes_down_a_call_in_its_ticket(desk, ticket, bob):
    log(desk.go(page_of(ticket)), page_of(ticket), length="2:50", text="She oils it first.")

    call = last(ticket)
    assert "The call is saved." in desk.text
    assert (call.call, call.text, call.is_public) == (Call("in", "answered", 170), "She oils it first.", True)
    assert (call.author.id, deliveries.of_message(ticket.id, call.id)) == (bob.id, [])
    assert tickets.get(ticket.id).status == "pending"
    assert "Incoming call · 3 minutes" in desk.page.select("article")[-1].text


def test_a_call_of_which_nothing_was_written_is_one_line(desk, ticket):
    log(desk.go(page_of(ticket)), page_of(ticket), call="out-no_answer")
    article = desk.page.select("article")[-1]

    assert "Outgoing call · nobody answered" in article.text
    assert article.select_one(".body") is None
    assert last(ticket).text == "Call: nobody answered"


def test_a_call_that_the_customer_made_in_vain_stands_on_the_customers_side(desk, browse, ticket, bob):
    log(desk.go(page_of(ticket)), page_of(ticket), call="in-missed")
    ours = desk.page.select("article")[-1]
    theirs = browse("alice@example.org").go(f"/en/tickets/{ticket.number}").page.select("article")[-1]

    assert "theirs" in ours["class"] and ours.select_one("header b").text == "Alice"
    assert f"written down by {bob.name}" in ours.text
    assert "mine" in theirs["class"] and theirs.select_one("header b").text == "You"
    assert bob.name not in theirs.text


def test_a_call_for_agents_only_stands_as_a_note(desk, ticket):
    log(desk.go(page_of(ticket)), page_of(ticket), length="1", text="Angry.", inside="yes")
    note = desk.page.select_one("article.note")

    assert last(ticket).is_note
    assert "Incoming call · 1 minute" in note.text and "Angry." in note.text


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("", 0), ("3", 180), ("٣", 180), ("3:20", 200), ("٣:٢٠", 200), ("0:40", 40), ("1440", MAX_SECONDS)],
    ids=ascii,
)
def test_minutes_are_read_in_any_digits(desk, ticket, typed, seconds):
    log(desk.go(page_of(ticket)), page_of(ticket), length=typed)

    assert last(ticket).call.seconds == seconds


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"length": "three"}, "This is no length of a call."),
        ({"length": "-3"}, "This is no length of a call."),
        ({"length": "3:75"}, "This is no length of a call."),
        ({"length": "1441"}, "This is no length of a call."),
        ({"call": "in-missed", "length": "3"}, "Nobody spoke in such a call"),
        ({"call": "in-busy"}, "That could not be written down."),
        ({"call": "sideways"}, "That could not be written down."),
        ({"text": "x" * 70_000}, "This is longer than we can take"),
    ],
    ids=ascii,
)
def test_what_is_no_call_is_said_at_the_field_and_nothing_typed_is_lost(desk, ticket, fields, words):
    log(desk.go(page_of(ticket)), page_of(ticket), **{"text": "She said …", **fields})

    assert (desk.status, tickets.get(ticket.id).message_count) == (422, 1)
    assert words in desk.page.select_one("#call-error").text
    assert desk.page.select_one("#call-form details").has_attr("open")
    assert desk.page.select_one("#call-text").text.strip() == fields.get("text", "She said …")


def test_the_same_form_writes_one_call(desk, ticket):
    once = desk.go(page_of(ticket)).page.select_one("#call-form [name=once]")["value"]
    for _ in range(2):
        log(desk.go(page_of(ticket)), page_of(ticket), length="3", once=once)

    assert tickets.get(ticket.id).message_count == 2


def test_a_call_opens_a_ticket_from_the_customers_page(desk, ticket):
    log(desk.go(customer_of(ticket)), customer_of(ticket), length="3", text="About the spoon.", subject="My spoon")

    assert desk.heading == "My spoon"
    assert "Incoming call · 3 minutes" in desk.text and "About the spoon." in desk.text


def test_a_call_from_the_customers_page_goes_into_the_ticket_that_was_chosen(desk, ticket):
    log(desk.go(customer_of(ticket)), customer_of(ticket), call="in-missed", ticket=str(ticket.number))

    assert (desk.heading, last(ticket).call) == ("My board has split", MISSED)
    assert (tickets.get(ticket.id).status, tickets.get(ticket.id).waiting_since) == ("new", ticket.waiting_since)


def test_a_new_ticket_without_a_subject_is_named_for_its_call(desk, ticket):
    log(desk.go(customer_of(ticket)), customer_of(ticket), call="in-missed")

    assert desk.heading == "Missed call"


@pytest.mark.parametrize("number", ["charlies", "9999999", "abc"])
def test_a_call_goes_into_nobody_elses_ticket(desk, ticket, number):
    charlie = receive(Incoming("email", "Mine.", Person("email", "charlie@example.org"))).ticket
    chosen = str(charlie.number) if number == "charlies" else number
    log(desk.go(customer_of(ticket)), customer_of(ticket), ticket=chosen)

    assert (desk.status, tickets.get(charlie.id).message_count) == (404, 1)


def test_a_call_is_refused_on_the_customers_page_by_the_field(desk, ticket):
    log(desk.go(customer_of(ticket)), customer_of(ticket), length="three", subject="My spoon")

    assert (desk.status, desk.errors) == (422, ["length"])
    assert desk.page.select_one("#call-subject")["value"] == "My spoon"


def test_the_customer_reads_the_calls_in_the_portal(browse, ticket, bob):
    send_reply.reply(ticket.id, bob, Reply("", channel="phone", call=Call("out", "answered", 61)))
    send_reply.reply(ticket.id, bob, Reply("Angry.", "internal", "phone", call=MISSED))
    page = browse("alice@example.org", "customer").go(f"/en/tickets/{ticket.number}")

    assert "Our call · 2 minutes" in page.text
    assert "Angry." not in page.text and "missed" not in page.text


@pytest.mark.parametrize(
    ("seconds", "words"), [(60, "دقيقة واحدة"), (120, "دقيقتان"), (180, "3 دقائق"), (660, "11 دقيقة")]
)
def test_minutes_are_counted_as_arabic_counts(browse, ticket, bob, seconds, words):
    send_reply.reply(ticket.id, bob, Reply("", channel="phone", call=Call("in", "answered", seconds)))
    page = browse("alice@example.org", "customer").go(f"/ar/tickets/{ticket.number}")

    assert f"مكالمتك · {words}" in page.text
