"""Agents and fields: made, changed and let go by an admin; what cannot be undone is asked once more."""

import pytest

from chalicelib.actions import change_field, change_staff
from chalicelib.domain.event import Actor
from chalicelib.store import field_definitions, staff

AGENTS, NEW_AGENT = "/agent/settings/agents", "/agent/settings/new-agent"
FIELDS, NEW_FIELD = "/agent/settings/fields", "/agent/settings/new-field"
DANA = {"name": "Dana", "name_ar": "دانة", "email": "Dana@ghusn.example", "role": "agent"}
WOOD = {"key": "wood", "type": "select", "name_en": "Wood", "name_ar": "الخشب", "options": "olive | Olive | زيتون\nash"}
SYSTEM = Actor("system")


def agent(name):
    return next(one for one in staff.read().agents.values() if one.name == name)


@pytest.fixture
def dana(boss):
    return change_staff.create_agent({"name": "Dana", "email": "dana@ghusn.example", "role": "agent"})


def test_an_agent_is_made_with_teams_and_can_sign_in(boss, workshop, browse):
    boss.go(NEW_AGENT).send(NEW_AGENT, **DANA, **{f"team_{workshop.id}": "yes"})

    assert boss.address == f"{AGENTS}?done=agent-made" and "dana@ghusn.example" in boss.text
    made = agent("Dana")
    assert (made.names, made.team_ids, made.role) == ({"ar": "دانة"}, (workshop.id,), "agent")
    assert browse("dana@ghusn.example", "agent").go("/agent/tickets").status == 200


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"email": ""}, "email"),
        ({"email": "dana"}, "email"),
        ({"email": "bob@ghusn.example"}, "email"),
        ({"email": "help@ghusn.example"}, "email"),
    ],
)
def test_an_agent_who_cannot_be_is_told_beside_the_field(boss, typed, wrong):
    boss.go(NEW_AGENT).send(NEW_AGENT, **DANA | typed)
    assert (boss.status, boss.errors) == (422, [wrong])
    assert len(staff.read().agents) == 1


def test_a_form_sent_twice_makes_one_agent(boss):
    boss.go(NEW_AGENT).send(NEW_AGENT, **DANA)
    boss.go(NEW_AGENT)
    fields = {one["name"]: one["value"] for one in boss.page.select("#form input[type=hidden]")}
    for _ in range(2):
        assert boss.post(NEW_AGENT, **fields | DANA | {"name": "Erin", "email": "erin@ghusn.example"}).status == 200
    assert len(staff.read().agents) == 3


def test_an_agent_is_let_go_only_when_that_was_said_once_more(boss, dana, browse):
    theirs = browse(dana.email, "agent").go("/agent/tickets")
    boss.go(f"{AGENTS}/{dana.id}").send(f"{AGENTS}/{dana.id}/active")
    assert (boss.status, boss.errors, agent("Dana").active) == (422, ["sure"], True)

    boss.send(f"{AGENTS}/{dana.id}/active", sure="yes")
    assert (boss.status, agent("Dana").active) == (200, False)
    assert theirs.go("/agent/tickets").address == "/agent/sign-in"

    boss.go(f"{AGENTS}/{dana.id}").send(f"{AGENTS}/{dana.id}/active")
    assert agent("Dana").active


def test_the_last_admin_stays(boss, bob):
    boss.go(f"{AGENTS}/{bob.id}").send(f"{AGENTS}/{bob.id}", role="agent")
    assert (boss.status, boss.errors, agent("Bob").is_admin) == (422, ["role"], True)
    boss.go(f"{AGENTS}/{bob.id}").send(f"{AGENTS}/{bob.id}/active", sure="yes")
    assert (boss.status, agent("Bob").active) == (422, True)


def test_a_change_that_somebody_else_overtook_is_asked_for_again(boss, dana):
    boss.go(f"{AGENTS}/{dana.id}")
    change_staff.change_agent(dana.id, {"name": "Daniela"}, SYSTEM)
    boss.send(f"{AGENTS}/{dana.id}", name="Dana B.")
    assert (boss.status, agent("Daniela").id) == (422, dana.id)
    boss.send(f"{AGENTS}/{dana.id}")
    assert (boss.status, agent("Dana B.").id) == (200, dana.id)


@pytest.mark.parametrize("address", [f"{AGENTS}/none", f"{FIELDS}/none", f"{AGENTS}/agt_01KA3V5N8D1R4T7XJ2QW6ZC9HM"])
def test_what_is_not_there_is_not_found(boss, address):
    assert boss.go(address).status == 404


def test_a_field_is_made_with_its_options_in_both_languages(boss):
    boss.go(NEW_FIELD).send(NEW_FIELD, **WOOD, required="yes")

    assert boss.address == f"{FIELDS}?done=field-made" and "Olive" in boss.text
    (made,) = field_definitions.read()
    assert (made.key, made.type, made.applies_to, made.required) == ("wood", "select", "ticket", True)
    assert [(one.value, dict(one.names)) for one in made.options] == [
        ("olive", {"en": "Olive", "ar": "زيتون"}), ("ash", {}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"key": ""}, "key"),
        ({"key": "Ord er!"}, "key"),
        ({"key": "1st"}, "key"),
        ({"key": "رقم"}, "key"),
        ({"name_en": "", "name_ar": ""}, "name_en"),
        ({"options": ""}, "options"),
        ({"options": "ash\nash"}, "options"),
        ({"type": "colour"}, "type"),
    ],
)
def test_a_field_that_cannot_be_is_told_beside_the_field(boss, typed, wrong):
    boss.go(NEW_FIELD).send(NEW_FIELD, **WOOD | typed)
    assert (boss.status, boss.errors) == (422, [wrong])
    assert field_definitions.read() == []


def test_a_field_is_changed_and_deleted(boss):
    boss.go(NEW_FIELD).send(NEW_FIELD, **WOOD)
    (made,) = field_definitions.read()
    here = f"{FIELDS}/{made.id}"
    assert boss.go(here).page.select_one("#options").get_text().strip() == WOOD["options"]

    boss.send(here, name_en="Timber")
    assert field_definitions.read()[0].names["en"] == "Timber"

    boss.go(here).send(f"{here}/delete")
    assert (boss.status, len(field_definitions.read())) == (422, 1)
    boss.send(f"{here}/delete", sure="yes")
    assert field_definitions.read() == []


def test_fields_are_put_in_order_by_their_buttons_and_by_dragging(boss):
    for key, kind in [("wood", "ticket"), ("size", "ticket"), ("order", "ticket"), ("vip", "customer")]:
        boss.go(NEW_FIELD).send(NEW_FIELD, **WOOD | {"key": key, "applies_to": kind})
    ids = {one.key: one.id for one in field_definitions.read()}

    def keys():
        return [one.key for one in field_definitions.read() if one.applies_to == "ticket"]

    assert keys() == ["wood", "size", "order"]
    for wish, order in [
        (f"up:{ids['order']}", ["wood", "order", "size"]),
        (f"down:{ids['wood']}", ["order", "wood", "size"]),
        (f"behind:{ids['size']}:", ["size", "order", "wood"]),
        (f"behind:{ids['size']}:{ids['order']}", ["order", "size", "wood"]),
        (f"up:{ids['order']}", ["order", "size", "wood"]),
        (f"behind:{ids['order']}:{ids['vip']}", ["order", "size", "wood"]),
        ("sideways", ["order", "size", "wood"]),
    ]:
        csrf = boss.go(FIELDS).page.select_one("main input[name=csrf]")["value"]
        assert boss.post(FIELDS, csrf=csrf, move=wish).status == 200
        assert keys() == order
    buttons = boss.page.select(f"#{ids['order']} button[name=move]")
    assert [one.has_attr("disabled") for one in buttons] == [True, False]


def test_two_fields_of_one_key_are_refused(boss):
    change_field.create({"key": "wood", "type": "text", "applies_to": "ticket", "names": {"en": "Wood"}})
    boss.go(NEW_FIELD).send(NEW_FIELD, **WOOD)
    assert (boss.status, boss.errors) == (422, ["key"])


def test_a_field_is_asked_of_customers_with_the_topics_that_it_goes_with(boss):
    topic = {"key": "topic", "type": "select", "name_en": "Topic", "options": "damage\norder"}
    boss.go(NEW_FIELD).send(NEW_FIELD, **topic, shown_to_customers="yes")
    boss.go(NEW_FIELD).send(NEW_FIELD, **WOOD, topics="nothing")
    assert (boss.status, boss.errors) == (422, ["topics"])
    boss.send(NEW_FIELD, topics="damage", shown_to_customers="yes")
    wood = next(one for one in field_definitions.read() if one.key == "wood")
    assert (wood.topics, wood.shown_to_customers) == (("damage",), True)
    assert boss.go(f"{FIELDS}/{wood.id}").page.select_one("#topics").get_text().strip() == "damage"
