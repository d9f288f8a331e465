"""Lists stay exact while tickets are added to them."""

from datetime import timedelta

import pytest

from chalicelib import clock, ids
from chalicelib.domain.agent import Agent
from chalicelib.domain.ticket import Rules, Ticket
from chalicelib.store import staff, ticket_lists, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.ticket_lists import ANY, Wanted
from tests.store.test_ticket_lists import forty_tickets, new_team, numbers, walk


@pytest.fixture
def team(cloud):
    return new_team()


@pytest.fixture
def world(team):
    return forty_tickets(team)


def test_nothing_that_changed_within_the_last_seconds_is_listed_yet(world):
    change = Changes()
    new = Ticket(ids.new("tkt"), 999, "New", "open", "api", "cus_1", "en", clock.now(), clock.now())
    tickets.add(change, new, Rules())
    change.commit()

    page = ticket_lists.page(Wanted(updated_since=clock.now() - timedelta(days=1)), 10)
    assert new.id not in [t.id for t in page.tickets]
    clock.shift(11)
    page = ticket_lists.page(Wanted(updated_since=clock.now() - timedelta(days=1)), 10)
    assert new.id in [t.id for t in page.tickets]


def test_tickets_born_while_paging_do_not_push_in(world):
    first = ticket_lists.page(Wanted(sort="created"), 10)
    change = Changes()
    born = Ticket(ids.new("tkt"), 999, "New", "open", "api", "cus_1", "en", clock.now(), clock.now())
    tickets.add(change, born, Rules())
    change.commit()

    rest, after = [], first.after
    while after:
        page = ticket_lists.page(Wanted(sort="created"), 10, after)
        rest += [t.id for t in page.tickets]
        after = page.after

    assert [t.id for t in first.tickets] + rest == [t.id for t in reversed(world)]


def test_a_listed_ticket_is_as_the_api_shows_it(world):
    long = Ticket(
        ids.new("tkt"),
        998,
        "س" * 300,
        "open",
        "api",
        "cus_9",
        "ar",
        clock.now(),
        clock.now(),
        custom_fields={"order": "7"},
    )
    change = Changes()
    tickets.add(change, long, Rules())
    change.commit()

    (listed,) = ticket_lists.page(Wanted(customer_id="cus_9", team_id=ANY), 5).tickets

    assert (listed.subject, listed.custom_fields, listed.version) == (long.subject, {"order": "7"}, 1)


def test_tickets_of_past_months_are_listed_in_a_shop_that_imported_nothing(team):
    change, then = Changes(), clock.now() - timedelta(days=100)
    staff.add_agent(change, Agent(ids.new("agt"), "Bob", "bob@x.org", "agent", then))
    old = Ticket(ids.new("tkt"), next(numbers), "Board", "solved", "api", "cus_1", "en", then, then)
    tickets.add(change, old, Rules())
    change.commit()
    staff.forget()

    assert walk(Wanted(), 25) == [[old.id]]
    assert walk(Wanted(sort="created"), 25) == [[old.id]]
