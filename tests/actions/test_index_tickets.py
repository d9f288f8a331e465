"""The ticket index: what changed is found at once, whether it was published or not."""

from dataclasses import replace

import pytest

from chalicelib import clock
from chalicelib.actions import index_tickets, merge_customers
from chalicelib.actions.change_customer import change as change_customer
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.search_tickets import search
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.event import SYSTEM
from chalicelib.search import tickets as index
from chalicelib.store import keys, shop, tickets
from chalicelib.store.table import Row
from chalicelib.store.ticket_lists import Wanted
from tests.actions.ticket_finding import ask, found, publish


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


def test_a_renamed_customer_is_found_by_his_new_name(run):
    ticket = ask("Hello", name="Alice")
    run()
    publish()
    change_customer(ticket.customer_id, {"name": "Aliciana"}, None, SYSTEM)
    run()

    assert found("aliciana") == [ticket.id]


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
