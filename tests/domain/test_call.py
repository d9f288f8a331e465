"""Phone calls: what can have happened, and what it does to the ticket."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import call as calls
from chalicelib.domain import ticket as life
from chalicelib.domain.call import Call
from chalicelib.domain.message import Author, Message
from chalicelib.domain.ticket import STATUSES, Ticket

NOW = datetime(2026, 3, 14, 9, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
BOB = Author("agent", "agt_bob", "Bob")
ANSWERED, MISSED, UNHEARD = Call("in", "answered", 170), Call("in", "missed"), Call("out", "no_answer")
VOICEMAIL = Call("in", "voicemail", 20)


def ticket(status="open", **fields):
    made = Ticket("tkt_1", 2041, "My board", status, "email", "cus_alice", "en", NOW, NOW, reply_channel="email")
    return replace(made, **fields)


def message(call, author=BOB, visibility="public"):
    return Message("msg_1", "tkt_1", author, visibility, "phone", "Call", LATER, call=call)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (1, 1), (59, 1), (60, 1), (61, 2), (170, 3), (calls.MAX_SECONDS, 1440)]
)
def test_a_minute_that_was_begun_counts(seconds, minutes):
    assert Call("in", "answered", seconds).minutes == minutes


@pytest.mark.parametrize(
    "call",
    [
        ANSWERED, MISSED, VOICEMAIL, UNHEARD, Call("out", "answered", 1), Call("out", "busy"), Call("out", "failed"),
        Call("out", "voicemail", 30), Call("in", "answered", calls.MAX_SECONDS), Call("in", "answered"),
    ],
    ids=str,
)  # fmt: skip
def test_these_can_have_happened(call):
    assert calls.fault(call) is None
    assert calls.of(call.as_dict()) == call


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (Call("sideways", "answered"), "direction"),
        (Call("in", "abandoned"), "outcome"),
        (Call("in", "no_answer"), "outcome"),
        (Call("in", "busy"), "outcome"),
        (Call("out", "missed"), "outcome"),
        (Call("in", "answered", -1), "seconds"),
        (Call("in", "answered", calls.MAX_SECONDS + 1), "seconds"),
        (Call("in", "missed", 3), "seconds"),
        (Call("out", "failed", 3), "seconds"),
    ],
    ids=str,
)
def test_these_cannot_and_the_field_is_named(call, field):
    assert calls.fault(call)[0] == field


@pytest.mark.parametrize("visibility", ["public", "internal"])
@pytest.mark.parametrize("status", STATUSES)
def test_who_was_spoken_to_waits_no_more(status, visibility):
    called = life.called(ticket(status, waiting_since=NOW), message(ANSWERED, visibility=visibility))

    assert (called.status, called.waiting_since, called.message_count) == ("pending", None, 1)


def test_the_agent_may_name_what_the_ticket_becomes():
    assert life.called(ticket(), message(ANSWERED), "solved").status == "solved"
    assert life.called(ticket("pending"), message(UNHEARD), "on_hold").status == "on_hold"


@pytest.mark.parametrize("call", [MISSED, VOICEMAIL])
@pytest.mark.parametrize(("before", "after"), [("new", "new"), ("pending", "open"), ("solved", "open")])
def test_who_was_missed_waits_for_us(call, before, after):
    called = life.called(ticket(before), message(call))

    assert (called.status, called.waiting_since) == (after, LATER)


@pytest.mark.parametrize("outcome", ["no_answer", "busy", "failed", "voicemail"])
@pytest.mark.parametrize("status", STATUSES)
def test_whom_we_did_not_reach_has_heard_nothing(status, outcome):
    called = life.called(ticket(status, waiting_since=NOW), message(Call("out", outcome)))

    assert (called.status, called.waiting_since) == (status, NOW)


@pytest.mark.parametrize(
    ("call", "status", "waiting_since"),
    [(ANSWERED, "pending", None), (MISSED, "new", LATER), (VOICEMAIL, "new", LATER), (UNHEARD, "pending", None)],
    ids=str,
)
def test_a_call_opens_a_ticket(call, status, waiting_since):
    opened = life.opened_by_call(ticket("new"), message(call))

    assert (opened.status, opened.waiting_since) == (status, waiting_since)


def test_a_call_opens_a_ticket_in_the_status_that_was_named():
    assert life.opened_by_call(ticket("new"), message(ANSWERED), "solved").solved_at == LATER


def test_a_call_does_not_say_where_written_answers_go():
    alice = Author("customer", "cus_alice", "Alice")

    assert life.called(ticket(), message(MISSED, alice)).reply_channel == "email"


def test_a_call_inside_is_not_what_the_customer_reads_last():
    called = life.called(ticket(last_public_id="msg_0", preview="before"), message(ANSWERED, visibility="internal"))

    assert (called.last_public_id, called.preview) == ("msg_0", "before")
