"""The desk's settings: an admin gives a team its door and signatures, every agent blocks and unblocks senders."""

import pytest

from chalicelib.actions import change_staff
from chalicelib.actions.change_blocked_sender import block
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.domain.event import Actor
from chalicelib.store import blocked_senders, staff
from tests.actions.conftest import mail, store_mail

TEAMS = "/agent/settings/teams"
NEW = "/agent/settings/new-team"
BLOCKED = "/agent/settings/blocked-senders"
WORKSHOP = {
    "name_en": "Workshop", "name_ar": "الورشة", "email": "Workshop@ghusn.example",
    "signature_en": "The workshop\nTuesday to Saturday", "signature_ar": "الورشة",
}  # fmt: skip
SYSTEM = Actor("system")


@pytest.fixture
def team(boss):
    return change_staff.create_team({"names": {"en": "Workshop"}, "email": "workshop@ghusn.example"})


def only_team():
    (found,) = staff.read().teams.values()
    return found


def typed(browser):
    return {field["name"]: field.get("value") or field.get_text().strip() for field in browser.page.select(".input")}


def test_settings_lead_to_the_teams(desk):
    desk.go("/agent/settings")
    assert desk.page.select_one(f'main a[href="{TEAMS}"]')
    assert desk.page.select_one('.side a[href="/agent/settings"]')["aria-current"] == "true"


def test_an_admin_makes_a_team_with_a_door(boss):
    boss.go(NEW).send(NEW, **WORKSHOP)

    assert (boss.address, boss.status) == (f"{TEAMS}?done=made", 200)
    made = only_team()
    assert (made.names, made.email) == ({"en": "Workshop", "ar": "الورشة"}, "workshop@ghusn.example")
    assert made.signatures == {"en": WORKSHOP["signature_en"], "ar": "الورشة"}
    assert "workshop@ghusn.example" in boss.text and "Tuesday to Saturday" in boss.text


def test_a_form_sent_twice_makes_one_team(boss):
    boss.go(NEW)
    fields = {one["name"]: one["value"] for one in boss.page.select("#form input[type=hidden]")} | WORKSHOP
    for _ in range(2):
        assert boss.post(NEW, **fields).status == 200
    assert only_team().names["en"] == "Workshop"


def test_an_admin_changes_a_team(boss, team):
    boss.go(f"{TEAMS}/{team.id}")
    assert typed(boss)["email"] == "workshop@ghusn.example"
    boss.send(f"{TEAMS}/{team.id}", email="", name_en="", name_ar="الورشة", signature_en="See you")

    changed = only_team()
    assert (changed.email, changed.signatures) == (None, {"en": "See you"})
    assert changed.names == {"en": "Workshop", "ar": "الورشة"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"email": "workshop"}, ["email"]),
        ({"email": "bob@ghusn.example"}, ["email"]),
        ({"email": "help@ghusn.example"}, ["email"]),
        ({"name_en": "", "name_ar": " "}, ["name_en"]),
        ({"name_en": "x" * 201}, ["name_en"]),
        ({"signature_ar": "ا" * 2001}, ["signature_ar"]),
        ({"email": "workshop", "name_en": "x" * 201}, ["name_en", "email"]),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_all_that_was_typed_stays(boss, fields, wrong):
    wanted = WORKSHOP | fields
    boss.go(NEW).send(NEW, **wanted)

    assert (boss.status, boss.errors) == (422, wrong)
    assert boss.page.title.get_text().startswith("Error:")
    assert {name: value.strip() for name, value in wanted.items()} == typed(boss)
    assert staff.read().teams == {}


def test_a_change_that_somebody_else_overtook_is_asked_for_again(boss, team):
    boss.go(f"{TEAMS}/{team.id}")
    change_staff.change_team(team.id, {"names": {"en": "Wood"}})
    boss.send(f"{TEAMS}/{team.id}", name_en="Boards")
    assert (boss.status, typed(boss)["name_en"], only_team().names["en"]) == (422, "Boards", "Wood")

    boss.send(f"{TEAMS}/{team.id}")
    assert (boss.status, only_team().names["en"]) == (200, "Boards")


def test_a_team_is_dissolved_and_taken_back(boss, team):
    boss.go(f"{TEAMS}/{team.id}").send(f"{TEAMS}/{team.id}/active")
    assert not only_team().active and "dissolved" in boss.text

    boss.go(f"{TEAMS}/{team.id}").send(f"{TEAMS}/{team.id}/active")
    assert only_team().active


def test_who_is_no_admin_sees_the_teams_and_changes_none(desk, workshop):
    assert "Workshop" in desk.go(TEAMS).text
    assert not desk.page.select(f'main a[href^="{TEAMS}/"], main a[href="{NEW}"]')
    assert (desk.go(f"{TEAMS}/{workshop.id}").address, desk.go(NEW).address) == (TEAMS, TEAMS)
    csrf = desk.go(TEAMS).page.select_one("input[name=csrf]")["value"]
    for address in (NEW, f"{TEAMS}/{workshop.id}", f"{TEAMS}/{workshop.id}/active"):
        assert desk.post(address, csrf=csrf, **WORKSHOP).status == 403
    assert only_team().names == workshop.names and only_team().active


def test_a_team_that_is_none_is_not_found(boss):
    assert boss.go(f"{TEAMS}/tea_x").status == 404


def test_a_forged_form_changes_nothing(boss, team):
    assert boss.post(f"{TEAMS}/{team.id}", csrf="0" * 32, **WORKSHOP).status == 403
    assert boss.post(BLOCKED, csrf="0" * 32, value="example.org").status == 403
    assert only_team() == team and blocked_senders.page(1).senders == ()


def test_an_agent_blocks_a_domain_and_unblocks_it(desk):
    desk.go(BLOCKED).send(BLOCKED, value="@Example.org")
    assert desk.address == f"{BLOCKED}?done=blocked" and "example.org" in desk.text and "Bob" in desk.text
    assert receive_mail(store_mail(mail())).reason == "blocked-sender"

    (one,) = blocked_senders.page(1).senders
    desk.send(f"{BLOCKED}/{one.id}/unblock")
    assert desk.address == f"{BLOCKED}?done=unblocked"
    assert receive_mail(store_mail(mail("Me again"))).outcome == "message"


@pytest.mark.parametrize("value", ["", "alice", "ghusn.example", "bob@ghusn.example"])
def test_what_cannot_be_blocked_is_told_beside_the_field(desk, value):
    desk.go(BLOCKED).send(BLOCKED, value=value)

    assert (desk.status, desk.errors, typed(desk)) == (422, ["value"], {"value": value})


def test_a_long_list_of_blocked_senders_goes_on_on_the_next_page(desk):
    for count in range(26):
        block(f"{count}.example.org", SYSTEM)
    first = desk.go(BLOCKED).page.select(".row .subject")
    second = desk.go(desk.page.select_one("a[rel=next]")["href"]).page.select(".row .subject")

    assert (len(first), len(second)) == (25, 1)


def test_who_is_unblocked_already_is_unblocked(desk):
    one = block("example.org", SYSTEM)
    csrf = desk.go(BLOCKED).page.select_one("input[name=csrf]")["value"]
    for _ in range(2):
        assert desk.post(f"{BLOCKED}/{one.id}/unblock", csrf=csrf).status == 200


def test_a_sender_is_blocked_on_his_own_page(desk, ticket):
    here = f"/agent/customers/{ticket.customer_id}"
    desk.go(here).send(f"{here}/block")
    assert blocked_senders.is_blocked("alice@example.org")

    desk.send(f"{here}/unblock")
    assert not blocked_senders.is_blocked("alice@example.org")


def test_a_customers_page_says_that_his_domain_is_blocked(desk, ticket):
    block("example.org", SYSTEM)
    desk.go(f"/agent/customers/{ticket.customer_id}")

    assert "whole domain blocked" in desk.text
    assert not [form for form in desk.page.select("form") if "block" in form["action"]]


def test_only_an_address_of_his_own_is_blocked_there(desk, ticket):
    here = f"/agent/customers/{ticket.customer_id}"
    csrf = desk.go(here).page.select_one("input[name=csrf]")["value"]
    for action in ("block", "unblock"):
        assert desk.post(f"{here}/{action}", csrf=csrf, value="charlie@example.org").status == 404
    assert not blocked_senders.is_blocked("charlie@example.org")
