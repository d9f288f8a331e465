"""Tickets found in OpenSearch, through the actions: what was just written, changed or went, and while it is down."""

import pytest

from chalicelib import clock
from chalicelib.actions import index_tickets
from chalicelib.actions.change_customer import change as change_customer
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.search_tickets import search
from chalicelib.domain.event import SYSTEM
from chalicelib.errors import Unavailable
from chalicelib.search import tickets as shards
from chalicelib.store import customers, keys, tickets, unindexed
from chalicelib.store.table import Row
from chalicelib.store.ticket_lists import Wanted
from tests.actions.ticket_finding import ask, found, publish
from tests.search.playing_opensearch import playing


@pytest.fixture(autouse=True)
def server(run, monkeypatch):
    with playing(monkeypatch) as server:
        yield server


def test_a_ticket_is_found_before_anything_ran_when_marked_and_when_published(run):
    ticket = ask("My olive-wood board has split")
    assert found("boards") == [ticket.id]
    run()
    clock.shift(600)
    assert found("boards") == [ticket.id]

    assert publish() == 0
    assert found("boards") == [ticket.id]
    assert shards.months() == set()


def test_what_opensearch_does_not_show_yet_stays_marked_and_is_found(run, server):
    ticket = ask("A red bowl")
    run()
    clock.shift(600)
    server.lag = 20

    assert index_tickets.publish() == 1
    assert found("bowl") == [ticket.id]
    for _ in range(20):
        found("bowl")
    assert index_tickets.publish() == 0
    assert found("bowl") == [ticket.id]


def test_a_change_is_found_as_it_is_now_however_it_is_published(run):
    ticket = ask("Hello", subject="Bowls")
    run()
    publish()
    change_ticket(ticket.id, {"subject": "Spoons", "status": "solved"}, SYSTEM)
    run()

    for _ in range(2):
        assert (found("bowls"), found("spoons", statuses=("solved",))) == ([], [ticket.id])
        publish()


def test_a_new_name_of_the_customer_is_a_younger_state_of_his_tickets(run):
    ticket = ask("Hello", name="Alice")
    run()
    publish()
    change_customer(ticket.customer_id, {"name": "Aliciana"}, None, SYSTEM)
    run()
    publish()

    assert found("aliciana") == [ticket.id]


def test_a_customer_who_is_erased_is_the_last_state_of_a_ticket(run):
    ticket = ask("Hello")
    customer = customers.get(ticket.customer_id)

    assert index_tickets._version(ticket, None) > index_tickets._version(ticket, customer)


def test_a_ticket_that_is_gone_leaves_the_index(run, server):
    kept, gone = ask("A red bowl"), ask("A blue bowl")
    run()
    publish()
    Row(keys.ticket(gone.id)).delete()
    assert found("bowl") == [kept.id]
    index_tickets.mark([gone.id])
    publish()

    (index,) = server.indexes.values()
    assert gone.id not in index.seen and kept.id in index.seen


def test_the_night_builds_what_is_missing_and_nothing_twice(run):
    ticket = ask("A red bowl")
    clock.shift(600)

    assert index_tickets.rebuild_missing() == [keys.month(ticket.created_at)]
    assert found("bowl") == [ticket.id]


def test_a_snippet_shows_the_words_found(run):
    ask("It is olive wood & old.")
    run()
    publish()

    (hit,) = search("olive", Wanted(), 10).hits
    assert hit.snippet == "It is <mark>olive</mark> wood &amp; old."


def test_while_it_is_down_what_is_called_so_is_found_and_all_else_says_so(run, server):
    ticket = ask("A red bowl", sender="alice@example.org")
    run()
    server.broken = 503

    assert found(f"#{ticket.number}") == found(str(ticket.number)) == found("alice@example.org") == [ticket.id]
    with pytest.raises(Unavailable):
        found("bowl")


def test_what_could_not_be_published_stays_marked_for_the_queue_to_try_again(run, server):
    ticket = ask("A red bowl")
    run()
    server.broken = 503
    with pytest.raises(Unavailable):
        index_tickets.publish()
    assert list(unindexed.read(10).stamps) == [ticket.id]
    server.broken = 0

    assert publish() == 0
    assert found("bowl") == [ticket.id]
    assert tickets.get(ticket.id).version >= 1
