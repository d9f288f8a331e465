"""Lists page exactly, whatever partitions they are spread over."""

import itertools
from datetime import timedelta

import pytest

from chalicelib import clock, ids
from chalicelib.domain.agent import Agent, Team
from chalicelib.domain.ticket import STATUSES, Rules, Ticket
from chalicelib.store import shop, staff, ticket_lists, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.ticket_lists import ANY, Wanted

numbers = itertools.count(1)


@pytest.fixture
def team(cloud):
    change, made = Changes(), Team(ids.new("tea"), {"en": "Workshop"}, clock.now())
    staff.add_team(change, made)
    change.commit()
    staff.forget()
    return made.id


@pytest.fixture
def world(team):
    """Forty tickets over both teams, all statuses and four months, newest last."""
    now = clock.now()
    made = []
    for at in range(40):
        when = now - timedelta(days=3 * (40 - at))
        made.append(
            Ticket(
                id=ids.new("tkt"),
                number=next(numbers),
                subject="Board",
                status=STATUSES[at % 6],
                channel="sms" if at % 3 else "email",
                customer_id=f"cus_{at % 4}",
                locale="en",
                created_at=when,
                updated_at=when,
                team_id=team if at % 2 else None,
                assignee_id="agt_bob" if at % 5 == 0 else None,
                tags=("care",) if at % 7 == 0 else (),
            )
        )
    for ticket in made:
        change = Changes()
        tickets.add(change, ticket, Rules())
        change.commit()
    settings = shop.read()
    shop.save(settings.__class__(**{**vars(settings), "first_month": f"{made[0].updated_at:%Y-%m}"}))
    return made


def walk(wanted, limit):
    after, pages = None, []
    while True:
        page = ticket_lists.page(wanted, limit, after)
        assert len(page.tickets) <= limit
        pages.append([t.id for t in page.tickets])
        after = page.after
        if after is None:
            return pages


@pytest.mark.parametrize("limit", [1, 7, 40, 100])
@pytest.mark.parametrize("sort", ["updated", "created"])
def test_every_ticket_comes_once_newest_first(world, sort, limit):
    found = [id for page in walk(Wanted(sort=sort), limit) for id in page]

    assert found == [t.id for t in reversed(world)]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(statuses=("open",)),
        Wanted(statuses=("solved", "new")),
        Wanted(assignee_id="agt_bob"),
        Wanted(assignee_id=None, statuses=("new", "open")),
        Wanted(team_id=None),
        Wanted(customer_id="cus_1"),
        Wanted(channel="email", tag="care"),
        Wanted(team_id=None, assignee_id="agt_bob", sort="created"),
        Wanted(statuses=("closed",), customer_id="cus_2", sort="created"),
    ],
    ids=repr,
)
def test_a_filter_lists_exactly_what_fits(world, wanted):
    found = [id for page in walk(wanted, 3) for id in page]

    assert found == [t.id for t in reversed(world) if wanted.holds(t)]


@pytest.mark.parametrize("limit", [1, 4, 100])
@pytest.mark.parametrize("sort", ["updated", "created"])
@pytest.mark.parametrize("statuses", [(), ("open", "closed")])
def test_the_tickets_of_merged_customers_are_one_list(world, sort, statuses, limit):
    people = ("cus_0", "cus_1", "cus_3")
    wanted = Wanted(customer_id="cus_0", customer_ids=people, statuses=statuses, sort=sort)
    found = [id for page in walk(wanted, limit) for id in page]

    assert found == [t.id for t in reversed(world) if t.customer_id in people and t.status in (statuses or STATUSES)]


def test_a_teams_list_holds_its_own_only(world, team):
    found = [id for page in walk(Wanted(team_id=team), 4) for id in page]

    assert found == [t.id for t in reversed(world) if t.team_id == team]


def test_what_changed_since_comes_oldest_first(world):
    since = world[10].updated_at
    found = [id for page in walk(Wanted(updated_since=since), 4) for id in page]

    assert found == [t.id for t in world[10:]]


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


def test_a_follower_stays_further_behind_than_a_new_team_stays_unknown():
    assert ticket_lists.LAG.total_seconds() > staff.REMEMBERED_SECONDS
