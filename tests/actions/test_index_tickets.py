"""The ticket index: what changed is found at once, and published in time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import clock, ids
from chalicelib.actions import index_tickets, merge_customers, run_due, search_tickets
from chalicelib.actions.change_customer import change as change_customer
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.search_tickets import search
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.event import SYSTEM
from chalicelib.errors import Contention
from chalicelib.search import tickets as index
from chalicelib.store import keys, shop, tickets, unindexed
from chalicelib.store.table import Row
from chalicelib.store.ticket_lists import Wanted


def ask(text, subject="A question", sender="alice@example.org", name="Alice", **fields):
    """A customer's ticket."""
    return receive(Incoming("email", text, Person("email", sender, name), subject=subject, fields=fields)).ticket


def found(query, limit=25, **wanted):
    return [hit.ticket.id for hit in search(query, Wanted(**wanted), limit).hits]


def publish():
    """Publish everything, and have it read from the shards alone."""
    clock.shift(600)
    left = index_tickets.publish()
    assert unindexed.read(10).stamps == {} or left
    return left


def test_a_new_ticket_is_found_before_anything_ran(cloud):
    ticket = ask("My olive-wood board has split")

    assert found("split board") == [ticket.id]


def test_a_ticket_is_found_when_marked_and_when_published(run):
    ticket = ask("My olive-wood board has split")
    run()
    clock.shift(600)
    assert found("boards") == [ticket.id]

    assert publish() == 0
    assert found("boards") == [ticket.id]
    assert index.months() == {keys.month(ticket.created_at)}


@pytest.mark.parametrize("published", [False, True])
def test_a_note_is_found_by_agents(run, bob, published):
    ticket = ask("Hello")
    run()
    publish()
    reply(ticket.id, bob, Reply("The supplier is Zeitouna", visibility="internal"))
    run()
    if published:
        publish()

    assert found("zeitouna") == [ticket.id]


def test_a_change_that_was_published_is_found_as_it_is_now(run):
    ticket = ask("Hello", subject="Bowls")
    run()
    publish()
    change_ticket(ticket.id, {"subject": "Spoons", "status": "solved"}, SYSTEM)
    run()

    assert found("bowls") == []
    assert found("spoons", statuses=("solved",)) == [ticket.id]
    assert found("spoons", statuses=("new", "open")) == []
    publish()
    assert found("bowls") == []
    assert found("spoons", statuses=("solved",)) == [ticket.id]


def test_a_change_that_nobody_marked_yet_is_shown_as_it_is(run):
    ticket = ask("Hello", subject="Bowls")
    run()
    publish()
    change_ticket(ticket.id, {"status": "solved"}, SYSTEM)

    assert found("bowls", statuses=("new",)) == []
    assert [hit.ticket.status for hit in search("bowls", Wanted(), 10).hits] == ["solved"]


def test_a_ticket_that_is_gone_is_not_found_and_leaves_the_index(run):
    kept, gone = ask("A red bowl"), ask("A blue bowl")
    run()
    publish()
    Row(keys.ticket(gone.id)).delete()

    assert found("bowl") == [kept.id]
    index_tickets.mark([gone.id])
    publish()
    assert found("bowl") == [kept.id]
    assert index.search("blue").total == 0


def test_what_is_gone_or_fits_no_more_is_not_counted(run):
    kept, gone, solved = ask("A red bowl"), ask("A blue bowl"), ask("A green bowl")
    run()
    publish()
    Row(keys.ticket(gone.id)).delete()
    change_ticket(solved.id, {"status": "solved"}, SYSTEM)

    page = search("bowl", Wanted(statuses=("new",)), 10)

    assert [hit.ticket.id for hit in page.hits] == [kept.id]
    assert page.total == 1


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


def test_a_renamed_customer_is_found_by_his_new_name(run):
    ticket = ask("Hello", name="Alice")
    run()
    publish()
    change_customer(ticket.customer_id, {"name": "Aliciana"}, None, SYSTEM)
    run()

    assert found("aliciana") == [ticket.id]


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


def test_an_erased_ticket_is_not_found(run, monkeypatch):
    ticket = ask("A red bowl")
    run()
    publish()
    row = tickets.row_of(replace(tickets.get(ticket.id), erased_at=clock.now()), shop.read().rules)
    row.save()

    assert found("bowl") == found(f"#{ticket.number}") == []
    index_tickets.mark([ticket.id])
    publish()
    index.forget()
    assert index.search("bowl").total == 0


def test_a_merged_customers_tickets_are_those_of_his_survivor(run):
    lost, kept = ask("A red bowl", sender="old@example.org"), ask("A blue bowl", sender="new@example.org")
    merge_customers.merge(lost.customer_id, kept.customer_id, SYSTEM)
    run()

    assert set(found("bowl", customer_id=kept.customer_id)) == {lost.id, kept.id}
    assert set(found("old@example.org")) == {lost.id, kept.id}


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
