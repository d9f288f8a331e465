"""Agents and teams come and go; there is always an admin, and what has gone is still found."""

import pytest

from chalicelib import ids, settings
from chalicelib.actions import change_staff, sign_in
from chalicelib.store import staff
from chalicelib.web import session
from chalicelib.web.session import Session
from tests.api.conftest import Caller, new_ticket

DORA = {"name": "Dora", "names": {"ar": "دورا"}, "email": "Dora@Example.org", "role": "admin", "locale": "ar"}


@pytest.fixture
def dora(api):
    return api.post("/v1/agents", DORA).json


def address(agent):
    return f"/v1/agents/{agent['id']}"


def test_an_agent_is_made_and_listed(api, bob, team):
    made = api.post("/v1/agents", {**DORA, "team_ids": [team.id]})

    assert (made.status, made.headers["etag"]) == (201, '"1"')
    assert made.json | {"id": "", "created_at": "", "updated_at": ""} == {
        **DORA, "id": "", "email": "dora@example.org", "team_ids": [team.id], "active": True, "created_at": "",
        "updated_at": "", "version": 1, "notifications": "assigned",
    }  # fmt: skip
    assert api.get(address(made.json)).json == made.json
    assert [one["id"] for one in api.walk("/v1/agents", limit=1)] == [bob.id, made.json["id"]]
    assert sign_in.local_link("dora@example.org", "agent")


def test_an_agent_is_made_once(api):
    first = api.post("/v1/agents", DORA, Idempotency_Key="one")
    again = api.post("/v1/agents", DORA, Idempotency_Key="one")

    assert (again.status, again.json) == (201, first.json)
    assert len(api.walk("/v1/agents")) == 2


def test_an_address_belongs_to_one_agent(api, bob, dora):
    for refused in (api.post("/v1/agents", {**DORA, "email": "BOB@ghusn.example"}),
                    api.patch(address(dora), {"email": bob.email})):  # fmt: skip
        assert (refused.status, refused.code, refused.faults) == (409, "email-taken", {"/email": "email-taken"})
    assert api.patch(address(dora), {"email": "d@example.org"}).json["email"] == "d@example.org"
    assert staff.agent_by_email("dora@example.org") is None
    assert api.post("/v1/agents", DORA).status == 201


def test_an_agent_may_be_mailed_nothing(api, bob):
    made = api.post("/v1/agents", {**DORA, "notifications": "none"}).json
    changed = api.patch(f"/v1/agents/{bob.id}", {"notifications": "none"})

    assert (made["notifications"], changed.json["notifications"]) == ("none", "none")
    assert not staff.agent(bob.id).wants_notices
    assert api.patch(f"/v1/agents/{bob.id}", {"notifications": "all"}).faults == {"/notifications": "unknown-value"}


def test_only_what_is_given_changes(api, dora):
    changed = api.patch(address(dora), {"names": {"en": "Dora C."}}, If_Match='"1"')

    assert changed.json == {**dora, "names": {"ar": "دورا", "en": "Dora C."}, "version": 2,
                            "updated_at": changed.json["updated_at"]}  # fmt: skip
    assert api.patch(address(dora), {"name": "D"}, If_Match='"1"').code == "version-mismatch"
    assert api.get(address(dora), {"If-None-Match": '"2"'}).status == 304


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"email": "dora"}, {"/email": "invalid-email"}),
        ({"role": "owner"}, {"/role": "unknown-value"}),
        ({"team_ids": ["tea_1"]}, {"/team_ids": "unknown-team"}),
        ({"names": {"fr": "D"}}, {"/names/fr": "unknown-field"}),
        ({"locale": "fr"}, {"/locale": "unknown-value"}),
        ({"name": ""}, {"/name": "blank"}),
    ],
)
def test_what_no_agent_can_have_is_refused_by_its_place(api, dora, fields, faults):
    assert api.post("/v1/agents", {**DORA, "email": "d@example.org", **fields}).faults == faults
    assert api.patch(address(dora), fields).faults == faults


def test_who_was_let_go_can_do_nothing_and_is_still_named(api, key, bob, dora):
    theirs = key("tickets:*", agent_id=dora["id"])
    api.post("/v1/agents", {**DORA, "email": "eve@example.org"})
    link = sign_in.local_link("dora@example.org", "agent")
    assert theirs.get("/v1/tickets").status == 200
    assert api.delete(address(dora)).status == 204

    assert api.get(address(dora)).json["active"] is False
    assert theirs.get("/v1/tickets").status == 401
    assert sign_in.spend(link.rpartition("/")[2], None) is None
    assert api.post("/v1/api-keys", {"name": "x", "scopes": ["admin"], "agent_id": dora["id"]}).code == "unknown-agent"
    ticket = api.post("/v1/tickets", new_ticket()).json
    assert api.patch(f"/v1/tickets/{ticket['id']}", {"assignee_id": dora["id"]}).code == "unknown-agent"
    back = api.patch(address(dora), {"active": True})
    assert (back.status, back.json["active"]) == (200, True)
    assert theirs.get("/v1/tickets").status == 401


def test_a_session_ends_with_the_agent(api, gateway, dora):
    api.post("/v1/agents", {**DORA, "email": "eve@example.org"})
    cookie = session.begin("agent", Session(dora["id"], dora["email"]))[0].partition(";")[0]
    browser = Caller(gateway, None)
    assert browser.get("/agent/tickets", {"Cookie": cookie}).status == 200
    api.delete(address(dora))

    assert browser.get("/agent/tickets", {"Cookie": cookie}).status == 303


def test_the_last_admin_stays(api, dora):
    for refused in (api.delete(address(dora)), api.patch(address(dora), {"role": "agent"}),
                    api.patch(address(dora), {"active": False})):  # fmt: skip
        assert (refused.status, refused.code) == (409, "last-admin")
    api.post("/v1/agents", {**DORA, "email": "eve@example.org"})
    assert api.patch(address(dora), {"role": "agent"}).status == 200


def test_of_two_admins_who_let_each_other_go_at_the_same_moment_one_stays(api, dora, monkeypatch):
    eve = api.post("/v1/agents", {**DORA, "email": "eve@example.org"}).json
    check = staff.check

    def overtaken(edit, one):
        monkeypatch.setattr(staff, "check", check)
        assert api.delete(address(eve)).status == 204
        check(edit, one)

    monkeypatch.setattr(staff, "check", overtaken)

    assert api.delete(address(dora)).code == "last-admin"


def test_a_key_cannot_let_its_own_agent_go(api, bob, dora):
    assert api.delete(f"/v1/agents/{bob.id}").code == "own-key"
    assert api.get("/v1/agents").status == 200


def test_a_key_that_is_made_while_its_agent_leaves_stops_with_him(api, gateway, dora, monkeypatch):
    api.post("/v1/agents", {**DORA, "email": "eve@example.org"})
    stop, made = change_staff._stop_keys, []

    def overtaken(edit, agent, actor):
        stop(edit, agent, actor)
        if not made:
            made.append(api.post("/v1/api-keys", {"name": "x", "scopes": ["admin"], "agent_id": dora["id"]}).json)

    monkeypatch.setattr(change_staff, "_stop_keys", overtaken)

    assert api.delete(address(dora)).status == 204
    assert Caller(gateway, made[0]["key"]).get("/v1/tickets").status == 401


def test_very_many_keys_stop_with_their_agent(api, key, dora, monkeypatch):
    monkeypatch.setattr(change_staff, "KEYS_AT_ONCE", 2)
    api.post("/v1/agents", {**DORA, "email": "eve@example.org"})
    theirs = [key(agent_id=dora["id"]) for _ in range(5)]

    assert api.delete(address(dora)).status == 204
    assert [one.get("/v1/tickets").status for one in theirs] == [401] * 5


@pytest.mark.parametrize(
    "address", ["علي@example.org", "a\u202eb@example.org", "x@exa_mple.net", "a" * 65 + "@example.org"]
)
def test_nobody_works_at_an_address_no_mail_can_be_sent_to(api, dora, address):
    made = api.post("/v1/teams", {"names": {"en": "Workshop"}}).json
    answers = [
        api.post("/v1/agents", {**DORA, "email": address}),
        api.patch(f"/v1/agents/{dora['id']}", {"email": address}),
        api.post("/v1/teams", {"names": {"en": "Counter"}, "email": address}),
        api.patch(f"/v1/teams/{made['id']}", {"email": address}),
    ]

    assert [(one.status, one.faults) for one in answers] == [(422, {"/email": "invalid-email"})] * 4


def test_who_was_changed_meanwhile_is_not_let_go(api):
    agent = api.post("/v1/agents", {**DORA, "role": "agent"}).json
    team = api.post("/v1/teams", {"names": {"en": "Workshop"}}).json
    for path in (address(agent), f"/v1/teams/{team['id']}"):
        assert api.delete(path, If_Match='"77"').code == "version-mismatch"
        assert api.get(path).json["active"]
        assert api.delete(path, If_Match=api.get(path).headers["etag"]).status == 204


def test_a_team_is_made_changed_and_dissolved(api):
    made = api.post("/v1/teams", {"names": {"en": "Workshop"}}, Idempotency_Key="one")
    path = f"/v1/teams/{made.json['id']}"

    assert (made.status, made.json["name"], made.json["version"]) == (201, "Workshop", 1)
    assert api.post("/v1/teams", {"names": {"en": "Workshop"}}, Idempotency_Key="one").json == made.json
    changed = api.patch(path, {"names": {"ar": "الورشة"}}, If_Match='"1"', Accept_Language="ar")
    assert (changed.json["names"], changed.json["name"]) == ({"en": "Workshop", "ar": "الورشة"}, "الورشة")
    assert api.patch(path, {"names": {"ar": "و"}}, If_Match='"1"').code == "version-mismatch"
    assert api.delete(path).status == 204
    assert [(one["id"], one["active"]) for one in api.walk("/v1/teams")] == [(made.json["id"], False)]


DOOR = "workshop@example.org"


def test_a_team_has_a_door_and_signatures(api):
    made = api.post("/v1/teams", {"names": {"en": "Workshop"}, "email": "Workshop@Example.org",
                                  "signatures": {"en": "The workshop\nTuesday to Saturday"}})  # fmt: skip
    path = f"/v1/teams/{made.json['id']}"

    assert (made.json["email"], made.json["signatures"]) == (DOOR, {"en": "The workshop\nTuesday to Saturday"})
    changed = api.patch(path, {"signatures": {"ar": "الورشة"}}, If_Match='"1"').json
    assert (changed["email"], changed["signatures"]["ar"], len(changed["signatures"])) == (DOOR, "الورشة", 2)
    assert api.patch(path, {"signatures": {"en": None, "ar": " "}}).json["signatures"] == {}
    assert api.patch(path, {"email": None}).json["email"] is None
    assert api.patch(path, {"email": DOOR}, If_Match='"1"').code == "version-mismatch"
    assert api.get(path).json["email"] is None


def test_a_team_has_no_customers_address_which_an_agent_may_have(api):
    api.post("/v1/customers", {"name": "Alice", "email": "alice@example.org"})
    team = api.post("/v1/teams", {"names": {"en": "Orders"}}).json

    assert api.patch(f"/v1/teams/{team['id']}", {"email": "alice@example.org"}).code == "email-taken"
    assert api.post("/v1/agents", {**DORA, "email": "alice@example.org"}).status == 201


@pytest.mark.parametrize("blocked", ["dora@example.net", "example.net"])
def test_nobody_of_ours_has_a_blocked_address(api, bob, blocked):
    left = api.post("/v1/agents", {**DORA, "role": "agent", "email": "dora@example.net"}).json
    team = api.post("/v1/teams", {"names": {"en": "Orders"}}).json
    api.delete(address(left))
    api.post("/v1/blocked-senders", {"value": blocked})
    api.post("/v1/blocked-senders", {"value": "carol@example.net"})

    for refused in (
        api.patch(address(left), {"active": True}),
        api.post("/v1/agents", {**DORA, "email": "carol@example.net"}),
        api.patch(f"/v1/agents/{bob.id}", {"email": "carol@example.net"}),
        api.patch(f"/v1/teams/{team['id']}", {"email": "carol@example.net"}),
    ):
        assert (refused.status, refused.code) == (409, "email-blocked")


def test_an_address_is_one_teams_or_one_agents(api, bob):
    team = api.post("/v1/teams", {"names": {"en": "Workshop"}, "email": DOOR}).json
    other = api.post("/v1/teams", {"names": {"en": "Orders"}}).json

    for taken in (DOOR.upper(), bob.email, settings.support_email(), "reply+x@ghusn.example"):
        for refused in (api.patch(f"/v1/teams/{other['id']}", {"email": taken}),
                        api.post("/v1/teams", {"names": {"en": "x"}, "email": taken})):  # fmt: skip
            assert (refused.status, refused.code, refused.faults) == (409, "email-taken", {"/email": "email-taken"})
    for taken in (DOOR, settings.support_email(), "reply+x@ghusn.example"):
        assert api.post("/v1/agents", {**DORA, "email": taken}).code == "email-taken"
        assert api.patch(f"/v1/agents/{bob.id}", {"email": taken}).code == "email-taken"
    assert api.patch(f"/v1/teams/{team['id']}", {"email": DOOR, "names": {"ar": "الورشة"}}).status == 200
    assert len(api.walk("/v1/teams")) == 2


def test_a_door_that_was_given_up_is_free_again(api):
    team = api.post("/v1/teams", {"names": {"en": "Workshop"}, "email": DOOR}).json
    api.patch(f"/v1/teams/{team['id']}", {"email": "wood@example.org"})

    assert api.post("/v1/agents", {**DORA, "email": DOOR}).status == 201
    assert api.post("/v1/teams", {"names": {"en": "x"}, "email": "wood@example.org"}).code == "email-taken"


def test_of_an_agent_and_a_team_who_take_one_address_at_the_same_moment_one_has_it(api, monkeypatch):
    add = staff.add_team

    def overtaken(edit, team):
        monkeypatch.setattr(staff, "add_team", add)
        assert api.post("/v1/agents", {**DORA, "email": DOOR}).status == 201
        return add(edit, team)

    monkeypatch.setattr(staff, "add_team", overtaken)

    assert api.post("/v1/teams", {"names": {"en": "Workshop"}, "email": DOOR}).code == "email-taken"


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"email": "workshop"}, {"/email": "invalid-email"}),
        ({"email": 1}, {"/email": "wrong-type"}),
        ({"email": ""}, {"/email": "invalid-email"}),
        ({"signatures": {"fr": "L'atelier"}}, {"/signatures/fr": "unknown-field"}),
        ({"signatures": {"en": "x" * 2001}}, {"/signatures/en": "too-long"}),
        ({"signatures": None}, {"/signatures": "wrong-type"}),
    ],
)
def test_what_no_team_can_have_is_refused_by_its_place(api, fields, faults):
    team = api.post("/v1/teams", {"names": {"en": "Workshop"}}).json

    assert api.patch(f"/v1/teams/{team['id']}", fields).faults == faults
    assert api.post("/v1/teams", {"names": {"en": "x"}, **fields}).faults == faults


def test_a_team_has_a_name(api):
    assert api.post("/v1/teams", {"names": {}}).faults == {"/names": "no-translation"}
    assert api.post("/v1/teams", {}).faults == {"/names": "required"}


def test_the_tickets_of_a_team_that_was_dissolved_stay_found_but_it_is_given_no_more(api, ticket):
    team = api.post("/v1/teams", {"names": {"en": "Workshop"}}).json
    api.patch(f"/v1/tickets/{ticket['id']}", {"team_id": team["id"]})
    other = api.post("/v1/tickets", new_ticket()).json
    api.delete(f"/v1/teams/{team['id']}")

    assert {one["id"] for one in api.walk("/v1/tickets")} == {ticket["id"], other["id"]}
    assert [one["id"] for one in api.walk("/v1/tickets", team_id=team["id"])] == [ticket["id"]]
    assert api.patch(f"/v1/tickets/{ticket['id']}", {"status": "solved"}).json["team_id"] == team["id"]
    refused = api.patch(f"/v1/tickets/{other['id']}", {"team_id": team["id"]})
    assert (refused.code, refused.faults) == ("unknown-team", {"/team_id": "unknown-team"})
    assert api.post("/v1/tickets", new_ticket(team_id=team["id"])).code == "unknown-team"
    assert api.post("/v1/agents", {**DORA, "team_ids": [team["id"]]}).code == "unknown-team"


def test_there_are_not_more_teams_than_a_list_can_read(api, monkeypatch):
    monkeypatch.setattr(change_staff, "MAX_TEAMS", 1)
    assert api.post("/v1/teams", {"names": {"en": "One"}}).status == 201
    assert api.post("/v1/teams", {"names": {"en": "Two"}}).code == "limit-reached"


@pytest.mark.parametrize(("area", "prefix"), [("agents", "agt"), ("teams", "tea")])
def test_what_is_none_is_not_found(api, area, prefix):
    for id in (ids.new(prefix), "x"):
        path = f"/v1/{area}/{id}"
        for refused in (api.get(path), api.patch(path, {}), api.delete(path)):
            assert (refused.status, refused.code) == (404, f"{area[:-1]}-not-found")


@pytest.mark.parametrize("area", ["agents", "teams"])
def test_whoever_may_read_tickets_may_read_who_answers_and_only_admins_change_it(key, dora, area):
    reader = key("tickets:*", "customers:*", "articles:*")

    assert reader.get(f"/v1/{area}").status == 200
    for refused in (reader.post(f"/v1/{area}", {}), reader.patch(f"/v1/{area}/x", {}), reader.delete(f"/v1/{area}/x")):
        assert (refused.status, refused.code) == (403, "missing-scope")
