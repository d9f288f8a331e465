"""The table of a ticket's life, row by row."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import ticket as life
from chalicelib.domain.message import Attachment, Author, Message
from chalicelib.domain.ticket import Rules, Ticket
from chalicelib.errors import Invalid

NOW = datetime(2026, 3, 14, 9, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ALICE = Author("customer", "cus_alice", "Alice")
BOB = Author("agent", "agt_bob", "Bob")


def ticket(status="new", **fields):
    made = Ticket("tkt_1", 2041, "My board", status, "email", "cus_alice", "en", NOW, NOW)
    return replace(made, **fields)


def message(author=ALICE, visibility="public", at=LATER, **fields):
    return Message("msg_1", "tkt_1", author, visibility, "sms", "A coin almost fits.", at, **fields)


def test_a_customer_opens_a_ticket_and_waits_from_then_on():
    opened = life.opened_by_customer(ticket(), message(at=NOW))

    assert (opened.status, opened.waiting_since, opened.message_count) == ("new", NOW, 1)


def test_an_agent_opens_a_ticket_and_nobody_waits():
    opened = life.opened_by_agent(ticket(), message(BOB))

    assert (opened.status, opened.waiting_since) == ("pending", None)


@pytest.mark.parametrize(("before", "after"), [("new", "open"), ("open", "open"), ("pending", "pending")])
def test_assigning_opens_a_new_ticket_and_no_other(before, after):
    assert life.assign(ticket(before), "agt_bob").status == after


def test_taking_the_assignee_away_leaves_the_status():
    assert life.assign(ticket("new", assignee_id="agt_bob"), None).status == "new"


@pytest.mark.parametrize("before", life.STATUSES)
def test_a_public_answer_makes_any_ticket_pending(before):
    answered = life.agent_wrote(ticket(before, waiting_since=NOW), message(BOB))

    assert (answered.status, answered.waiting_since) == ("pending", None)


@pytest.mark.parametrize("status", life.STATUSES)
def test_a_public_answer_may_name_another_status(status):
    assert life.agent_wrote(ticket("open"), message(BOB), status).status == status


@pytest.mark.parametrize("status", life.STATUSES)
def test_a_note_changes_neither_status_nor_waiting(status):
    noted = life.noted(ticket(status, waiting_since=NOW, preview="before"), message(BOB, "internal"))

    assert (noted.status, noted.waiting_since, noted.preview) == (status, NOW, "before")
    assert noted.last_public_id is None


@pytest.mark.parametrize("status", ["new", "open"])
def test_a_customers_further_message_keeps_the_status_and_the_first_waiting(status):
    written = life.customer_wrote(ticket(status, waiting_since=NOW), message())

    assert (written.status, written.waiting_since) == (status, NOW)


@pytest.mark.parametrize("status", ["pending", "on_hold", "solved", "closed"])
def test_a_customers_message_opens_what_rested(status):
    written = life.customer_wrote(ticket(status, solved_at=NOW, closed_at=NOW), message())

    assert (written.status, written.waiting_since) == ("open", LATER)
    assert (written.solved_at, written.closed_at) == (None, None)


@pytest.mark.parametrize("status", life.STATUSES)
def test_an_automatic_mail_is_recorded_without_bearing(status):
    recorded = life.recorded(ticket(status), message(automatic=True))

    assert (recorded.status, recorded.waiting_since, recorded.message_count) == (status, None, 1)
    assert recorded.reply_contact is None


def test_lists_show_the_names_of_the_files_of_a_message_without_words():
    photos = tuple(Attachment(f"att_{n}", f"crack-{n}.jpg", "image/jpeg", 9, "key") for n in (1, 2))

    assert (
        life.recorded(ticket(), replace(message(), text=" \n", attachments=photos)).preview
        == "crack-1.jpg · crack-2.jpg"
    )
    assert life.recorded(ticket(), message(attachments=photos)).preview == "A coin almost fits."


def test_a_strangers_words_are_neither_preview_nor_the_customers_channel():
    recorded = life.recorded(ticket(preview="before"), message(unknown_sender=True, contact="charlie@example.net"))

    assert (recorded.preview, recorded.reply_contact) == ("before", None)


@pytest.mark.parametrize("status", ["solved", "closed"])
def test_done_tickets_wait_for_nobody(status):
    done = life.set_status(ticket("open", waiting_since=NOW), status, LATER)

    assert (done.waiting_since, done.solved_at) == (None, LATER)


def test_closing_keeps_when_it_was_solved():
    closed = life.set_status(life.set_status(ticket("open"), "solved", NOW), "closed", LATER)

    assert (closed.solved_at, closed.closed_at) == (NOW, LATER)


def test_an_unknown_status_is_refused_with_the_known_ones():
    with pytest.raises(Invalid, match="on_hold"):
        life.set_status(ticket(), "finished", NOW)


def test_a_solved_ticket_closes_seven_days_later():
    solved = life.set_status(ticket("open"), "solved", NOW)

    assert life.next_at(solved, Rules()) == NOW + timedelta(days=7)
    assert life.next_at(ticket("open"), Rules()) is None


@pytest.mark.parametrize(("days", "takes"), [(0, True), (30, True), (30.1, False)])
def test_a_closed_ticket_takes_replies_for_thirty_days(days, takes):
    closed = life.set_status(ticket("open"), "closed", NOW)

    assert life.takes_replies(closed, NOW + timedelta(days=days), Rules()) is takes


def test_a_change_that_changes_nothing_leaves_the_time():
    assert life.changed(ticket("open"), {"priority": "normal", "status": "open"}, LATER) == ticket("open")


def test_a_change_says_before_and_after_but_never_a_text():
    before = ticket("open", tags=("care",))
    after = life.changed(before, {"status": "solved", "tags": ("care", "oil"), "subject": "Private words"}, LATER)

    assert life.differences(before, after) == {
        "status": ["open", "solved"],
        "tags": [["care"], ["care", "oil"]],
        "subject": [None, None],
    }
