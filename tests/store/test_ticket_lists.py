"""Lists page exactly, whatever partitions they are spread over."""

import itertools
from datetime import timedelta

import pytest

from chalicelib import clock, ids
from chalicelib.domain.agent import Team
from chalicelib.domain.ticket import STATUSES, Rules, Ticket
from chalicelib.store import shop, staff, ticket_lists, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.ticket_lists import Wanted
from tests.conftest import playing_aws

numbers = itertools.count(1)


@pytest.fixture(scope="module")
def team():
    """A team in a shop to which nothing is added but `world`: the tests of this module only read."""
    with playing_aws():
        yield new_team()


@pytest.fixture(scope="module")
def world(team):
    return forty_tickets(team)


def new_team():
    change, made = Changes(), Team(ids.new("tea"), {"en": "Workshop"}, clock.now())
    staff.add_team(change, made)
    change.commit()
    staff.forget()
    return made.id


def forty_tickets(team):
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


def test_a_follower_stays_further_behind_than_a_new_team_stays_unknown():
    assert ticket_lists.LAG.total_seconds() > staff.REMEMBERED_SECONDS
