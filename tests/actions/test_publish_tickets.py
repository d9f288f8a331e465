"""When the ticket index is published and rebuilt, and what is kept of it when either goes wrong."""

from datetime import timedelta

import pytest

from chalicelib import clock, ids
from chalicelib.actions import index_tickets, run_due
from chalicelib.errors import Contention
from chalicelib.search import tickets as index
from chalicelib.store import keys, tickets, unindexed
from tests.actions.ticket_finding import ask, found, publish


def test_the_index_is_published_when_a_mark_is_five_minutes_old(run):
    ask("A red bowl")
    run()
    clock.shift(240)
    assert (run_due.sweep(), run(), index.months()) == (0, 0, set())
    clock.shift(60)
    run_due.sweep()
    run()

    assert index.months() == {keys.month(clock.now())}
    assert unindexed.read(10).stamps == {}
    assert run_due.sweep() == 0


def test_many_changes_are_published_at_once(run):
    unindexed.mark([ids.new("tkt") for _ in range(unindexed.MANY)])

    assert run_due.sweep() == 1


def test_what_changes_while_the_index_is_published_stays_marked(run, monkeypatch):
    ticket = ask("A red bowl")
    run()
    read = tickets.get_all

    def change_meanwhile(ticket_ids):
        found = read(ticket_ids)
        index_tickets.mark([ticket.id])
        return found

    monkeypatch.setattr(tickets, "get_all", change_meanwhile)
    clock.shift(600)

    assert index_tickets.publish() == 1
    assert list(unindexed.read(10).stamps) == [ticket.id]
    clock.shift(301)
    assert run_due.sweep() == 1


def test_a_publication_that_died_before_it_cleared_is_done_again(run, monkeypatch):
    ticket = ask("A red bowl")
    run()
    with monkeypatch.context() as dying:
        dying.setattr(unindexed, "clear", lambda shown, generation: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            index_tickets.publish()

    assert found("bowl") == [ticket.id]
    assert publish() == 0
    assert found("bowl") == [ticket.id]


def test_whoever_searches_sees_a_publication_whose_marks_are_gone(run):
    first = ask("A red bowl")
    run()
    publish()
    assert found("bowl") == [first.id]
    second = ask("A blue bowl")
    run()
    publish()

    assert set(found("bowl")) == {first.id, second.id}


def test_nobody_publishes_while_the_index_is_rebuilt(run):
    ticket = ask("A red bowl")
    run()
    assert unindexed.hold(clock.now() + timedelta(minutes=10))

    assert index_tickets.publish() == 1
    assert index.months() == set()
    with pytest.raises(Contention):
        index_tickets.rebuild(keys.month(ticket.created_at))
    unindexed.let_go()
    assert publish() == 0


def test_a_rebuild_finds_what_no_event_told_of(run):
    ticket = ask("A red bowl")
    clock.shift(600)

    assert index_tickets.rebuild_missing() == [keys.month(ticket.created_at)]
    assert found("bowl") == [ticket.id]
    assert not unindexed.is_held()


def test_shards_of_another_format_are_made_anew(run, monkeypatch):
    ticket = ask("A red bowl")
    with monkeypatch.context() as earlier:
        earlier.setattr(index, "FORMAT", "t0.0")
        index_tickets.rebuild_missing()
    clock.shift(600)
    index.forget()

    assert found("bowl") == []
    index_tickets.rebuild_missing()
    assert found("bowl") == [ticket.id]


def test_a_long_rebuild_goes_on_in_the_next_night_with_the_older_months(run, bob, monkeypatch):
    old = ask("A red bowl")
    clock.shift(timedelta(days=32).total_seconds())
    young = ask("A blue bowl")
    clock.shift(600)
    monkeypatch.setattr(index_tickets, "_LONGEST_NIGHT", timedelta(seconds=-1))
    months = keys.month(young.created_at), keys.month(old.created_at)

    assert index_tickets.rebuild_missing() == [months[0]]
    assert index.months() == {months[0]}
    monkeypatch.setattr(index_tickets, "_LONGEST_NIGHT", timedelta(minutes=6))
    assert index_tickets.rebuild_missing() == list(months)
    assert set(found("bowl")) == {old.id, young.id}
