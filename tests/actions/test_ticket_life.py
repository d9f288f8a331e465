"""A ticket's life over time: timers, counters, and the feed that tells of all of it."""

from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import change_staff, run_due
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint, Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.recount import recount
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.event import Actor
from chalicelib.errors import Invalid, VersionMismatch
from chalicelib.store import counters, events, tickets

ALICE = Person("email", "alice@example.org", "Alice")
BY_BOB = Actor("agent", "agt_bob")


@pytest.fixture
def ticket(cloud):
    return receive(Incoming("api", "Can it be saved?", ALICE, subject="My board")).ticket


def pass_days(days, run):
    clock.shift(timedelta(days=days).total_seconds())
    run_due.sweep()
    run()


def test_a_solved_ticket_closes_after_seven_days(run, ticket):
    change_ticket(ticket.id, {"status": "solved"}, BY_BOB)
    pass_days(6, run)
    assert tickets.get(ticket.id).status == "solved"

    pass_days(1.1, run)

    assert tickets.get(ticket.id).status == "closed"


def test_a_message_within_thirty_days_of_closing_opens_the_ticket_again(run, ticket):
    change_ticket(ticket.id, {"status": "closed"}, BY_BOB)
    clock.shift(29 * 86400)

    again = receive(Incoming("api", "It split again", ALICE, hints=(Hint(ticket.id, "api"),)))

    assert (again.ticket.id, again.ticket.status) == (ticket.id, "open")


def test_a_message_later_than_that_opens_a_new_ticket_linked_to_it(run, ticket):
    change_ticket(ticket.id, {"status": "closed"}, BY_BOB)
    clock.shift(31 * 86400)

    later = receive(Incoming("api", "It split again", ALICE, hints=(Hint(ticket.id, "api"),)))

    assert later.is_new
    assert later.ticket.linked_ticket_id == ticket.id


def test_such_a_ticket_is_of_the_same_team_as_long_as_that_works(team, ticket):
    change_ticket(ticket.id, {"status": "closed", "team_id": team.id}, BY_BOB)
    clock.shift(31 * 86400)

    later = receive(Incoming("api", "It split again", ALICE, hints=(Hint(ticket.id, "api"),)))
    change_staff.change_team(team.id, {"active": False})
    latest = receive(Incoming("api", "And again", ALICE, hints=(Hint(ticket.id, "api"),)))

    assert (later.ticket.team_id, latest.ticket.team_id) == (team.id, None)


def test_a_ticket_that_is_assigned_is_open(bob, ticket):
    assert change_ticket(ticket.id, {"assignee_id": bob.id}, BY_BOB).status == "open"


def test_an_unknown_agent_is_refused_by_name(ticket):
    with pytest.raises(Invalid) as refusal:
        change_ticket(ticket.id, {"assignee_id": "agt_nobody"}, BY_BOB)

    assert refusal.value.faults[0].pointer == "/assignee_id"


def test_a_change_decided_on_an_old_version_is_refused(ticket):
    change_ticket(ticket.id, {"priority": "high"}, BY_BOB, version=1)

    with pytest.raises(VersionMismatch):
        change_ticket(ticket.id, {"priority": "low"}, BY_BOB, version=1)


def test_a_change_that_changes_nothing_writes_nothing(ticket):
    assert change_ticket(ticket.id, {"priority": "normal"}, BY_BOB).version == 1


def test_every_change_is_in_the_feed_once_and_the_counters_agree(run, bob, ticket):
    reply(ticket.id, bob, Reply("Yes."))
    change_ticket(ticket.id, {"status": "solved", "assignee_id": bob.id}, BY_BOB)
    run()

    feed = events.feed_after(0, 100)
    assert [e.type for e in feed] == ["customer.created", "ticket.created", "message.sent", "ticket.solved"]
    assert [e.sequence for e in feed] == [1, 2, 3, 4]
    assert feed[3].changes["status"] == ["pending", "solved"]
    assert counters.read()["team:none:done"] == 1
    assert recount() == {}


def test_an_event_that_the_stream_lost_is_dispatched_by_the_sweep(run, ticket):
    clock.shift(240)
    run_due.sweep()

    from tests.actions.conftest import _run_queues

    _run_queues()

    assert sorted(e.type for e in events.feed_after(0, 10)) == ["customer.created", "ticket.created"]


def test_nobody_waits_in_a_ticket_that_an_automatic_mail_opened(cloud):
    opened = receive(Incoming("email", "I am away", ALICE, subject="Out of office", automatic=True)).ticket

    assert (opened.status, opened.waiting_since) == ("new", None)


def test_an_automatic_mail_to_a_ticket_closed_long_ago_is_kept_there_and_opens_nothing(run, ticket):
    change_ticket(ticket.id, {"status": "closed"}, BY_BOB)
    clock.shift(31 * 86400)

    kept = receive(Incoming("email", "I am away", ALICE, hints=(Hint(ticket.id, "in-reply-to"),), automatic=True))

    assert (kept.ticket.id, kept.is_new, kept.ticket.status) == (ticket.id, False, "closed")
