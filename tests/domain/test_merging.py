"""What a ticket becomes when another is merged into it and taken out again, whatever happened in between."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import merging
from chalicelib.domain import ticket as life
from chalicelib.domain.message import Author, Message
from chalicelib.domain.parts import Parts
from chalicelib.domain.ticket import Ticket

NOW = datetime(2026, 3, 14, 9, 12, tzinfo=UTC)
ALICE = Author("customer", "cus_alice", "Alice")
BOB = Author("agent", "agt_bob", "Bob")


def at(hours):
    return NOW + timedelta(hours=hours)


def message(id, ticket_id, author=ALICE, hours=0, **fields):
    return Message(id, ticket_id, author, "public", "email", f"Text of {id}", at(hours), **fields)


def ticket(id, status, **fields):
    made = Ticket(id, 1, "Board", status, "email", "cus_alice", "en", NOW, NOW, message_count=1)
    return replace(made, **fields)


def told(one):
    return {name: value for name, value in vars(one).items() if name not in ("updated_at", "parts")}


@pytest.fixture
def pending():
    """A ticket with an answer of ours, which waits for Alice."""
    return ticket("tkt_a", "pending", last_public_id="msg_1", preview="Text of msg_1")


@pytest.fixture
def new():
    return ticket("tkt_b", "new", waiting_since=at(2), last_public_id="msg_2", preview="Text of msg_2")


REST = [message("msg_1", "tkt_a", BOB)]


@pytest.mark.parametrize(
    ("survivor", "loser", "becomes"),
    [
        ("pending", "new", "open"),
        ("closed", "open", "open"),
        ("new", "open", "new"),
        ("pending", "solved", "pending"),
        ("solved", "on_hold", "solved"),
    ],
)
def test_the_survivor_waits_for_us_if_either_did(survivor, loser, becomes):
    assert merging.joined(ticket("tkt_a", survivor), ticket("tkt_b", loser), NOW).status == becomes


def test_who_waits_while_the_ticket_is_on_hold_still_waits_in_a_solved_one():
    held = ticket("tkt_b", "on_hold", waiting_since=at(1))
    joined = merging.joined(ticket("tkt_a", "solved", solved_at=NOW), held, NOW)

    assert (joined.status, joined.waiting_since, joined.solved_at) == ("open", at(1), None)


@pytest.mark.parametrize(("one", "other", "earlier"), [(1, 2, 1), (2, 1, 1), (None, 2, 2), (1, None, 1)])
def test_the_customer_waits_since_he_first_began_to(one, other, earlier):
    survivor = ticket("tkt_a", "open", waiting_since=at(one) if one else None)
    loser = ticket("tkt_b", "open", waiting_since=at(other) if other else None)

    assert merging.joined(survivor, loser, NOW).waiting_since == at(earlier)


def test_both_stand_as_before_once_they_are_apart(pending, new):
    joined, away = merging.joined(pending, new, NOW), merging.put_away(new, pending, NOW)

    assert told(merging.parted(joined, away, REST, at(3))) == told(pending)
    assert told(merging.taken_back(away, at(3))) == told(new)
    assert merging.parted(joined, away, REST, at(3)).parts == Parts()


def test_what_an_agent_set_meanwhile_stays(pending, new):
    joined = life.set_status(merging.joined(pending, new, NOW), "on_hold", at(3))

    assert merging.parted(joined, new, REST, at(4)).status == "on_hold"


def test_who_wrote_meanwhile_still_waits(pending, new):
    question = message("msg_3", "tkt_a", hours=3)
    joined = life.customer_wrote(merging.joined(pending, new, NOW), question)
    parted = merging.parted(joined, new, [*REST, question], at(4))

    assert (parted.status, parted.waiting_since) == ("open", question.created_at)


def test_the_order_in_which_they_are_taken_out_does_not_matter(pending, new):
    third = ticket("tkt_c", "new", waiting_since=at(1), last_public_id="msg_3")
    joined = merging.joined(merging.joined(pending, new, NOW), third, NOW)
    last = message("msg_3", "tkt_c", hours=1)
    left = merging.parted(joined, new, [*REST, last], at(4))
    assert (left.status, left.waiting_since, left.parts.joined_ids) == ("open", last.created_at, ["tkt_c"])

    assert told(merging.parted(left, third, REST, at(5))) == told(pending)


@pytest.mark.parametrize(
    ("moved", "status", "waiting_since"),
    [
        ([message("msg_1", "a", hours=1), message("msg_2", "a", hours=2)], "open", at(1)),
        ([message("msg_1", "a", hours=1), message("msg_2", "a", BOB, hours=2)], "pending", None),
        ([message("msg_1", "a", BOB, hours=1), message("msg_2", "a", hours=2, automatic=True)], "pending", None),
        ([replace(message("msg_1", "a", BOB), visibility="internal")], "open", None),
    ],
)
def test_the_newest_message_that_counts_says_whose_move_it_is(moved, status, waiting_since):
    made = merging.split_off(ticket("tkt_n", "new"), moved)

    assert (made.status, made.waiting_since, made.message_count) == (status, waiting_since, len(moved))
