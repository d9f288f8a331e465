"""Of much that changed, and of long threads, the ticket index takes only so much at once."""

from chalicelib import clock
from chalicelib.actions import index_tickets, run_due, search_tickets
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.search_tickets import search
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.event import SYSTEM
from chalicelib.store import keys, tickets, unindexed
from chalicelib.store.table import Row
from chalicelib.store.ticket_lists import Wanted
from tests.actions.ticket_finding import ask, found, publish


def test_of_too_many_changes_the_older_tickets_are_found_as_they_were_published(run, monkeypatch):
    old, young = ask("Hello", subject="Bowls"), ask("Hello", subject="Bowls")
    run()
    publish()
    monkeypatch.setattr(search_tickets, "MOST_FRESH", 1)
    for ticket in (old, young):
        change_ticket(ticket.id, {"subject": "Spoons"}, SYSTEM)
    run()
    clock.shift(600)

    assert found("spoons") == [young.id]
    assert found("bowls") == [old.id]


def test_a_long_thread_is_found_by_its_newest_messages(run, bob):
    ticket = ask("A red bowl " + "word " * 5_000)
    reply(ticket.id, bob, Reply("Oiled with linseed"))
    run()

    assert found("linseed") == [ticket.id]
    assert tickets.get(ticket.id).message_count == 2


def test_a_ticket_is_found_by_what_was_said_last_in_so_many_signs(run, bob, monkeypatch):
    monkeypatch.setattr(index_tickets, "MOST_SIGNS", 50)
    ticket = ask("A walnut bowl")
    for text in ("Oiled with linseed, and then it was waxed", "Nothing else was done to it"):
        reply(ticket.id, bob, Reply(text))
    run()

    assert found("nothing") == found("linseed") == [ticket.id]
    assert found("waxed") == found("walnut") == []
    publish()
    assert found("linseed") == [ticket.id]
    assert found("walnut") == []


def test_a_search_analyses_only_so_much_and_the_next_goes_on_from_there(run, monkeypatch):
    monkeypatch.setattr(index_tickets, "MOST_SIGNS_AT_ONCE", 10)
    opened = {ask(f"The bowl number {n}").id for n in range(20)}
    run()

    counts = [len(found("bowl")) for _ in range(3)]

    assert counts == [8, 16, 20]
    assert set(found("bowl")) == opened


def test_what_was_not_analysed_in_time_is_found_as_it_was_published(run, monkeypatch):
    changed, gone = ask("Hello", subject="Bowls"), ask("Hello", subject="Bowls")
    run()
    publish()
    monkeypatch.setattr(index_tickets, "MOST_SIGNS_AT_ONCE", 0)
    change_ticket(changed.id, {"subject": "Spoons"}, SYSTEM)
    index_tickets.mark([changed.id, gone.id])
    Row(keys.ticket(gone.id)).delete()

    page = search("bowls", Wanted(), 10)

    assert [(hit.ticket.id, hit.ticket.subject) for hit in page.hits] == [(changed.id, "Spoons")]
    assert page.total == 1
    assert found("spoons") == []


def test_a_publication_takes_only_so_much_and_leaves_the_rest_marked(run, monkeypatch):
    monkeypatch.setattr(index_tickets, "MOST_SIGNS_PUBLISHED", 10)
    opened = {ask(f"The bowl number {n}").id for n in range(10)}
    run()
    clock.shift(600)

    assert index_tickets.publish() == 2
    assert set(found("bowl")) == opened
    assert index_tickets.publish() == 0
    assert set(found("bowl")) == opened


def test_a_heap_of_changes_is_published_one_job_after_the_other(run, monkeypatch):
    monkeypatch.setattr(unindexed, "MANY", 2)
    monkeypatch.setattr(index_tickets, "MOST_PUBLISHED", 2)
    opened = [ask(f"Bowl {n}").id for n in range(5)]
    run()
    run_due.sweep()
    run()
    clock.shift(600)
    run_due.sweep()
    run()

    assert unindexed.read(10).stamps == {}
    assert set(found("bowl")) == set(opened)


def test_a_snippet_looks_through_only_so_much(run, bob, monkeypatch):
    monkeypatch.setattr(search_tickets, "MOST_SIGNS_READ", 50)
    ticket = ask("A walnut bowl", subject="Walnut")
    for text in ("Oiled with linseed, and waxed", "Nothing else was done to it"):
        reply(ticket.id, bob, Reply(text))
    run()

    [hit] = search("linseed", Wanted(), 10).hits
    assert "<mark>linseed</mark>" in hit.snippet.lower()
    [hit] = search("walnut", Wanted(), 10).hits
    assert "<mark>" not in hit.snippet
