"""Lists page exactly, whatever happens meanwhile, and a cursor is worth nothing elsewhere."""

from datetime import timedelta

import pytest

from chalicelib import clock
from tests.api.conftest import new_ticket


@pytest.fixture
def six(api, team, bob):
    """Six tickets, oldest first: every second one of the team's, every third one Bob's and solved."""
    made = []
    for at in range(6):
        fields = {"team_id": team.id} if at % 2 else {}
        one = api.post("/v1/tickets", new_ticket(subject=f"Board {at}", tags=[f"t{at % 2}"], **fields)).json
        if at % 3 == 0:
            one = api.patch(f"/v1/tickets/{one['id']}", {"assignee_id": bob.id, "status": "solved"}).json
        made.append(one)
        clock.shift(1)
    return made


def ids(found):
    return [one["id"] for one in found]


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
@pytest.mark.parametrize("sort", ["updated", "created"])
def test_every_ticket_comes_once_newest_first_as_it_is_read(api, six, sort, limit):
    assert api.walk("/v1/tickets", sort=sort, limit=limit) == six[::-1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "solved"}, [3, 0]),
        ({"status": "new,open"}, [5, 4, 2, 1]),
        ({"team_id": "TEAM"}, [5, 3, 1]),
        ({"team_id": "none"}, [4, 2, 0]),
        ({"assignee_id": "BOB"}, [3, 0]),
        ({"assignee_id": "none"}, [5, 4, 2, 1]),
        ({"tag": "t1"}, [5, 3, 1]),
        ({"channel": "email"}, []),
        ({"channel": "api", "status": "solved", "team_id": "TEAM"}, [3]),
        ({"sort": "due"}, []),
    ],
)
def test_each_filter_finds_what_it_says(api, six, team, bob, query, expected):
    people = {"TEAM": team.id, "BOB": bob.id}
    wanted = {name: people.get(value, value) for name, value in query.items()}

    assert ids(api.walk("/v1/tickets", limit=2, **wanted)) == [six[at]["id"] for at in expected]


def test_a_customer_has_his_own_list(api, six):
    charlies = api.post("/v1/tickets", new_ticket(customer={"email": "charlie@example.org"})).json

    assert ids(api.walk("/v1/tickets", customer_id=charlies["customer_id"])) == [charlies["id"]]
    assert ids(api.walk("/v1/tickets", customer_id=six[0]["customer_id"], limit=4)) == ids(six[::-1])


def test_a_page_says_where_the_next_one_is(api, six):
    first = api.get("/v1/tickets", limit=4, status="new,solved")
    address, _, relation = first.headers["link"].partition("; ")
    path, _, query = address.strip("<>").removeprefix("https://help.ghusn.example").partition("?")
    second = api.send("GET", path, query=query).json

    assert (first.json["has_more"], relation) == (True, 'rel="next"')
    assert ids(first.json["data"] + second["data"]) == ids(six[::-1])
    assert (second["has_more"], second["next_cursor"]) == (False, None)


def test_what_is_born_while_paging_by_birth_does_not_push_in(api, six):
    first = api.get("/v1/tickets", sort="created", limit=3).json
    api.post("/v1/tickets", new_ticket())
    api.patch(f"/v1/tickets/{six[0]['id']}", {"priority": "high"})
    second = api.get("/v1/tickets", sort="created", limit=3, cursor=first["next_cursor"]).json

    assert ids(first["data"] + second["data"]) == ids(six[::-1])


def test_updated_since_lists_oldest_first_and_ends_ten_seconds_ago(api, six):
    since = (clock.now() - timedelta(hours=1)).isoformat()
    early = api.walk("/v1/tickets", updated_since=since, limit=2)
    clock.shift(20)
    late = api.walk("/v1/tickets", updated_since=since, limit=2)

    assert early == []
    assert ids(late) == ids(six)


def test_a_time_in_another_zone_is_the_same_time(api, six):
    clock.shift(20)
    since = six[3]["updated_at"].replace("Z", "+00:00")
    from datetime import datetime, timezone

    elsewhere = datetime.fromisoformat(since).astimezone(timezone(timedelta(hours=5))).isoformat()

    assert ids(api.walk("/v1/tickets", updated_since=elsewhere)) == ids(six[3:])


def test_a_cursor_is_refused_to_another_key_list_and_filter(api, key, six):
    cursor = api.get("/v1/tickets", limit=2, status="new").json["next_cursor"]

    assert api.get("/v1/tickets", limit=3, status="new", cursor=cursor).status == 200
    for refused in (
        key().get("/v1/tickets", limit=2, status="new", cursor=cursor),
        api.get("/v1/tickets", limit=2, cursor=cursor),
        api.get("/v1/tickets", status="new", sort="created", cursor=cursor),
        api.get("/v1/customers", cursor=cursor),
        api.get(f"/v1/tickets/{six[0]['id']}/messages", cursor=cursor),
        api.get("/v1/events", cursor=cursor),
    ):
        assert (refused.status, refused.code) == (400, "invalid-cursor")


@pytest.mark.parametrize("cursor", ["", "x", ".", "a.b", "W10.AAAA", "é.é", "x" * 1000])
def test_what_is_no_cursor_is_refused(api, bob, cursor):
    refused = api.get("/v1/tickets", cursor=cursor)

    assert (refused.status, refused.code) == (400, "invalid-cursor")


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("limit=0", {"/limit": "out-of-range"}),
        ("limit=101", {"/limit": "out-of-range"}),
        ("limit=ten", {"/limit": "wrong-type"}),
        ("limit=%D9%A1", {"/limit": "wrong-type"}),
        ("status=lost", {"/status/0": "unknown-value"}),
        ("status=new,", {"/status/1": "unknown-value"}),
        ("sort=number&channel=fax", {"/sort": "unknown-value", "/channel": "unknown-value"}),
        ("updated_since=yesterday", {"/updated_since": "invalid-time"}),
        ("updated_since=2026-01-01T00:00:00", {"/updated_since": "invalid-time"}),
        ("updated_since=2026-01-01T00:00:00Z&sort=created", {"/sort": "not-together"}),
        ("page=2", {"/page": "unknown-field"}),
        ("limit=1&limit=2", {"/limit": "repeated-parameter"}),
        ("a/b~=1&a/b~=2", {"/a~1b~0": "repeated-parameter"}),
        (f"{'x' * 500}=1&{'x' * 500}=2", {f"/{'x' * 100}": "repeated-parameter"}),
    ],
)
def test_a_parameter_that_makes_no_sense_is_named(api, query, faults):
    refused = api.send("GET", "/v1/tickets", query=query)

    assert (refused.status, refused.code, refused.faults) == (400, "invalid-parameter", faults)


def test_a_call_that_takes_no_parameters_refuses_them(api, ticket):
    assert api.get(f"/v1/tickets/{ticket['id']}", expand="customer").code == "invalid-parameter"
    assert api.send("POST", "/v1/tickets", "{}", query="dry_run=1").code == "invalid-parameter"
