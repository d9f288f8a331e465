"""Customers through the API: made, found, changed; a contact belongs to one."""

import pytest

ALICE = {"name": "Alice", "email": "Alice@Example.org", "phone": "20 555 014", "locale": "en"}


def test_a_customer_is_made_and_read_again(api):
    made = api.post(
        "/v1/customers", {**ALICE, "external_id": "shop-17", "time_zone": "Africa/Tunis", "tags": ["trade"]}
    )

    assert made.status == 201, made.text
    customer = made.json
    assert [(c["type"], c["value"]) for c in customer["contacts"]] == [
        ("email", "alice@example.org"),
        ("phone", "+21620555014"),
        ("external", "shop-17"),
    ]
    assert customer["contacts"][0] == {
        "type": "email",
        "value": "alice@example.org",
        "verified": False,
        "opted_out": False,
        "opted_out_of": [],
        "suppressed": False,
    }
    assert (customer["tags"], customer["time_zone"], customer["merged_into"]) == (["trade"], "Africa/Tunis", None)
    read = api.get(f"/v1/customers/{customer['id']}")
    assert read.json == customer
    assert read.headers["etag"] == '"1"'


def test_a_contact_of_another_customer_is_refused_by_its_place(api):
    api.post("/v1/customers", ALICE)
    contacts = [{"type": "external", "value": "shop-18"}, {"type": "email", "value": "alice@example.org"}]
    refused = api.post("/v1/customers", {"name": "Charlie", "contacts": contacts})

    assert (refused.status, refused.code, refused.faults) == (409, "contact-taken", {"/contacts/1": "contact-taken"})
    assert api.get("/v1/customers", external_id="shop-18").json["data"] == []


@pytest.mark.parametrize(
    ("taken", "pointer"),
    [
        ({"email": "alice@example.org"}, "/email"),
        ({"email": "new@example.org", "phone": "20 555 014"}, "/phone"),
        ({"email": "new@example.org", "external_id": "shop-17"}, "/external_id"),
        ({"email": "new@example.org", "contacts": [{"type": "email", "value": "alice@example.org"}]}, "/contacts/0"),
        (
            {
                "contacts": [
                    *({"type": "email", "value": value} for value in ("new@x.org", "new@x.org", "alice@example.org"))
                ]
            },
            "/contacts/2",
        ),
    ],
)
def test_a_contact_of_another_customer_is_refused_where_the_request_names_it(api, taken, pointer):
    api.post("/v1/customers", {**ALICE, "external_id": "shop-17"})
    refused = api.post("/v1/customers", {"name": "Charlie", **taken})

    assert (refused.status, refused.faults) == (409, {pointer: "contact-taken"})


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {"": "any-of"}),
        ({"email": "alice"}, {"/email": "invalid-email"}),
        ({"name": "Alice", "phone": "call me"}, {"/phone": "invalid-phone"}),
        ({"name": "Alice", "time_zone": "Mars/Olympus"}, {"/time_zone": "unknown-time-zone"}),
        ({"name": "Alice", "time_zone": "Africa"}, {"/time_zone": "unknown-time-zone"}),
        ({"name": "Alice", "time_zone": "../etc/passwd"}, {"/time_zone": "invalid-characters"}),
        ({"external_id": ""}, {"/external_id": "blank"}),
        ({"name": " "}, {"/name": "blank"}),
        ({"name": "A\nB"}, {"/name": "invalid-characters"}),
        (
            {"contacts": [{"type": "email", "value": "x"}, {"type": "phone", "value": "1"}]},
            {"/contacts/0/value": "invalid-email", "/contacts/1/value": "invalid-phone"},
        ),
        ({"contacts": [{"type": "fax", "value": "1"}]}, {"/contacts/0/type": "unknown-value"}),
    ],
)
def test_what_is_wrong_with_a_customer_is_named(api, body, faults):
    refused = api.post("/v1/customers", body)

    assert (refused.status, refused.faults) == (422, faults)


def test_the_same_contact_twice_is_one(api):
    made = api.post("/v1/customers", {**ALICE, "contacts": [{"type": "email", "value": "ALICE@example.org"}]})

    assert [c["type"] for c in made.json["contacts"]] == ["email", "phone"]


def test_a_customer_is_found_by_each_contact_however_it_is_spelled(api):
    alice = api.post("/v1/customers", {**ALICE, "external_id": "shop-17"}).json
    api.post("/v1/customers", {"email": "charlie@example.org"})

    for query in ({"email": "ALICE@example.org"}, {"phone": "+216 20 555 014"}, {"external_id": "shop-17"}):
        assert [one["id"] for one in api.get("/v1/customers", **query).json["data"]] == [alice["id"]]
    assert api.get("/v1/customers", email="alice@example.org", external_id="shop-18").json["data"] == []
    assert api.get("/v1/customers", email="no address").faults == {"/email": "invalid-email"}


def test_customers_come_newest_first_page_by_page(api):
    made = [api.post("/v1/customers", {"name": f"Alice {at}"}).json["id"] for at in range(7)]

    assert [one["id"] for one in api.walk("/v1/customers", limit=3)] == made[::-1]


def test_contacts_are_replaced_as_a_whole_and_what_is_known_of_them_stays(api):
    alice = api.post("/v1/customers", ALICE).json
    address = f"/v1/customers/{alice['id']}"
    api.patch(address, {"contacts": [{"type": "email", "value": "alice@example.org", "verified": True}]})
    contacts = [{"type": "external", "value": "shop-17"}, {"type": "email", "value": "alice@example.org"}]
    changed = api.patch(address, {"contacts": contacts}).json

    assert [(c["type"], c["verified"]) for c in changed["contacts"]] == [("external", False), ("email", True)]
    assert api.get("/v1/customers", phone="+21620555014").json["data"] == []
    assert api.post("/v1/customers", {"phone": "+21620555014"}).status == 201


def test_what_was_read_can_be_sent_back(api):
    alice = api.post("/v1/customers", ALICE).json
    changed = api.patch(f"/v1/customers/{alice['id']}", {"contacts": alice["contacts"], "name": "Alice B."})

    assert (changed.json["contacts"], changed.json["name"]) == (alice["contacts"], "Alice B.")


def test_a_stale_change_is_refused(api):
    alice = api.post("/v1/customers", ALICE).json
    api.patch(f"/v1/customers/{alice['id']}", {"name": "Alice B."})
    stale = api.patch(f"/v1/customers/{alice['id']}", {"name": "Alice C."}, If_Match='"1"')

    assert (stale.status, stale.code) == (412, "version-mismatch")


@pytest.mark.parametrize("id", ["cus_01JD0000000000000000000000", "tkt_01JD0000000000000000000000", "1042"])
def test_what_is_no_customer_is_not_found(api, id):
    assert (api.get(f"/v1/customers/{id}").status, api.get(f"/v1/customers/{id}").code) == (404, "customer-not-found")
    assert api.patch(f"/v1/customers/{id}", {"name": "Alice"}).code == "customer-not-found"


@pytest.mark.parametrize(
    ("wish", "of"),
    [
        ({"opted_out": True}, ["sms", "whatsapp"]),
        ({"opted_out_of": ["whatsapp"]}, ["whatsapp"]),
        ({"opted_out": False, "opted_out_of": ["sms"]}, ["sms"]),
        ({"opted_out": True, "opted_out_of": []}, ["sms", "whatsapp"]),
    ],
)
def test_a_number_may_want_nothing_by_one_channel_or_by_all(api, wish, of):
    made = api.post("/v1/customers", {"contacts": [{"type": "phone", "value": "+21620555014", **wish}]}).json
    assert made["contacts"][0]["opted_out_of"] == of
    assert made["contacts"][0]["opted_out"] is True


def test_a_channel_that_does_not_reach_the_contact_is_refused_by_name(api):
    contact = {"type": "email", "value": "alice@example.org", "opted_out_of": ["sms"]}
    answer = api.post("/v1/customers", {"contacts": [contact]})
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "/contacts/0/opted_out_of"


def test_a_customer_has_quiet_hours_of_his_own(api):
    quiet = {"from": "22:00", "to": "07:30"}
    made = api.post("/v1/customers", {"email": "quiet@example.org", "quiet_hours": quiet}).json
    path = f"/v1/customers/{made['id']}"
    assert api.get(path).json["quiet_hours"] == quiet

    refused = api.patch(path, {"quiet_hours": {"from": "07:30", "to": "07:30"}})
    assert (refused.status, refused.faults) == (422, {"/quiet_hours/to": "same-hours"})
    assert api.patch(path, {"quiet_hours": None}).json["quiet_hours"] is None


def test_who_may_read_his_organizations_tickets_may_no_more_once_he_left_it(api):
    one, other = (api.post("/v1/organizations", {"name": name}).json["id"] for name in ("Dar Zitouna", "Ghusn"))
    made = api.post("/v1/customers", {"email": "sees@example.org", "organization_id": one}).json
    path = f"/v1/customers/{made['id']}"
    assert made["sees_organization"] is False
    assert api.patch(path, {"sees_organization": True}).json["sees_organization"] is True
    assert api.patch(path, {"name": "Alice"}).json["sees_organization"] is True

    assert api.patch(path, {"organization_id": other}).json["sees_organization"] is False
    assert api.patch(path, {"organization_id": one}).json["sees_organization"] is False
    refused = api.patch(path, {"organization_id": None, "sees_organization": True})
    assert (refused.status, refused.faults) == (422, {"/sees_organization": "unknown-organization"})
