"""Organizations, and the customers who belong to them."""

import pytest

from chalicelib import ids
from chalicelib.store import organizations
from tests.api.conftest import new_ticket

DAR = {"name": "Dar El Jeld", "domains": ["Dar.Example"], "external_id": "shop-7", "tags": ["wholesale"]}


@pytest.fixture
def dar(api):
    return api.post("/v1/organizations", DAR).json


def address(one):
    return f"/v1/organizations/{one['id']}"


def joined(api, organization, **fields):
    made = api.post("/v1/customers", {"name": "Alice", "organization_id": organization["id"], **fields})
    assert made.status == 201, made.text
    return made.json


def members(api, organization, **query):
    return [one["id"] for one in api.walk("/v1/customers", organization_id=organization["id"], **query)]


def test_an_organization_is_made_listed_and_found_by_its_own_id(api):
    made = api.post("/v1/organizations", {**DAR, "custom_fields": {"a": 1}}, Idempotency_Key="one")
    other = api.post("/v1/organizations", {"name": "Another"}).json

    assert (made.status, made.headers["etag"]) == (201, '"1"')
    told = {**DAR, "domains": ["dar.example"], "custom_fields": {"a": 1}, "version": 1}
    assert {name: made.json[name] for name in told} == told
    repeated = api.post("/v1/organizations", {**DAR, "custom_fields": {"a": 1}}, Idempotency_Key="one")
    assert repeated.json == made.json
    assert api.get(address(made.json)).json == made.json
    assert api.walk("/v1/organizations", limit=1) == [other, made.json]
    assert api.walk("/v1/organizations", external_id="shop-7") == [made.json]
    assert api.walk("/v1/organizations", external_id="shop-8") == []


def test_only_what_is_given_changes_and_what_was_given_up_is_free(api, dar):
    changed = api.patch(address(dar), {"domains": ["a.example"], "external_id": None}, If_Match='"1"')

    assert changed.json == {**dar, "domains": ["a.example"], "external_id": None, "version": 2,
                            "updated_at": changed.json["updated_at"]}  # fmt: skip
    assert api.patch(address(dar), {"name": "x"}, If_Match='"1"').code == "version-mismatch"
    assert api.post("/v1/organizations", DAR).status == 201


@pytest.mark.parametrize(
    ("fields", "code", "pointer"),
    [
        ({"external_id": "shop-7"}, "external-id-taken", "/external_id"),
        ({"domains": ["b.example", "DAR.example"]}, "domain-taken", "/domains/1"),
    ],
)
def test_an_id_and_a_domain_belong_to_one_organization(api, dar, fields, code, pointer):
    other = api.post("/v1/organizations", {"name": "Another"}).json

    for refused in (api.post("/v1/organizations", {"name": "x", **fields}), api.patch(address(other), fields)):
        assert (refused.status, refused.code, refused.faults) == (409, code, {pointer: code})


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"name": " "}, {"/name": "blank"}),
        ({"domains": ["a.example", "a b", "localhost", "a..b"]},
         {f"/domains/{n}": "invalid-characters" for n in (1, 2, 3)}),
        ({"domains": [f"{n}.example" for n in range(41)]}, {"/domains": "too-many"}),
        ({"tags": ["x"] * 51}, {"/tags": "too-many"}),
        ({"members": []}, {"/members": "unknown-field"}),
    ],
)  # fmt: skip
def test_what_no_organization_can_have_is_refused_by_its_place(api, dar, fields, faults):
    assert api.post("/v1/organizations", {"name": "x", **fields}).faults == faults
    assert api.patch(address(dar), fields).faults == faults


def test_an_organization_holds_what_its_fields_say(api, dar):
    names = {"en": "Seats"}
    api.post("/v1/fields", {"key": "seats", "type": "number", "applies_to": "organization", "names": names})
    refused = api.patch(address(dar), {"custom_fields": {"seats": "many"}})

    assert refused.faults == {"/custom_fields/seats": "field-type"}
    assert api.patch(address(dar), {"custom_fields": {"seats": 40}}).json["custom_fields"] == {"seats": 40}


def test_customers_are_listed_by_their_organization_newest_first(api, dar):
    alice, bilal, chaima = (joined(api, dar, name=name)["id"] for name in ("Alice", "Bilal", "Chaima"))
    api.post("/v1/customers", {"name": "Charlie"})

    assert members(api, dar, limit=1) == [chaima, bilal, alice]
    api.patch(f"/v1/customers/{bilal}", {"organization_id": None})
    assert members(api, dar) == [chaima, alice]
    other = api.post("/v1/organizations", {"name": "Another"}).json
    api.patch(f"/v1/customers/{alice}", {"organization_id": other["id"], "name": "Alice C."})
    assert (members(api, dar), members(api, other)) == ([chaima], [alice])


def test_a_contact_and_an_organization_together_find_who_has_both(api, dar):
    alice = joined(api, dar, email="alice@example.org")

    for organization, found in ((dar["id"], [alice]), (ids.new("org"), [])):
        assert api.walk("/v1/customers", email="alice@example.org", organization_id=organization) == found


@pytest.mark.parametrize("id", ["org_01KA3V0G5T4QYB7N2M8RDWZP6E", "x"])
def test_a_customer_cannot_belong_to_what_is_not_there(api, id):
    alice = api.post("/v1/customers", {"name": "Alice"}).json

    for refused in (
        api.post("/v1/customers", {"name": "x", "organization_id": id}),
        api.patch(f"/v1/customers/{alice['id']}", {"organization_id": id}),
    ):
        assert (refused.status, refused.code) == (422, "unknown-organization")
        assert refused.faults == {"/organization_id": "unknown-organization"}


def test_a_new_customer_joins_the_organization_that_has_his_mail_domain(api, dar):
    alice = api.post("/v1/customers", {"email": "Alice@DAR.example"}).json
    loner = api.post("/v1/customers", {"email": "loner@dar.example", "organization_id": None}).json
    stranger = api.post("/v1/customers", {"email": "dar.example@example.org"}).json

    assert alice["organization_id"] == dar["id"]
    assert (loner["organization_id"], stranger["organization_id"]) == (None, None)
    assert members(api, dar) == [alice["id"]]


def test_nobody_joins_by_what_a_mail_claims(api, dar):
    ticket = api.post("/v1/tickets", new_ticket(customer={"email": "mallory@dar.example"})).json

    assert api.get(f"/v1/customers/{ticket['customer_id']}").json["organization_id"] is None


def test_an_organization_goes_only_without_customers_and_frees_what_it_had(api, dar):
    alice = joined(api, dar)
    refused = api.delete(address(dar))
    assert (refused.status, refused.code) == (409, "organization-in-use")
    api.patch(f"/v1/customers/{alice['id']}", {"organization_id": None})

    assert api.delete(address(dar)).status == 204
    assert api.get(address(dar)).code == "organization-not-found"
    assert api.walk("/v1/organizations") == []
    assert api.post("/v1/organizations", DAR).status == 201


def test_an_organization_stays_if_a_customer_joins_while_it_is_deleted(api, dar, monkeypatch):
    has_members = organizations.has_members

    def overtaken(organization_id):
        found = has_members(organization_id)
        if not found:
            joined(api, dar)
        return found

    monkeypatch.setattr(organizations, "has_members", overtaken)

    assert api.delete(address(dar)).code == "organization-in-use"
    assert len(members(api, dar)) == 1


def test_who_joins_what_is_deleted_at_this_moment_is_told_so(api, dar, monkeypatch):
    get = organizations.get

    def overtaken(organization_id):
        found = get(organization_id)
        monkeypatch.setattr(organizations, "get", get)
        assert api.delete(address(dar)).status == 204
        return found

    monkeypatch.setattr(organizations, "get", overtaken)
    refused = api.post("/v1/customers", {"name": "Alice", "organization_id": dar["id"]})

    assert (refused.status, refused.code) == (422, "unknown-organization")
    assert members(api, dar) == []


@pytest.mark.parametrize("id", ["org_01KA3V0G5T4QYB7N2M8RDWZP6E", "x"])
def test_what_is_no_organization_is_not_found(api, id):
    path = f"/v1/organizations/{id}"
    for refused in (api.get(path), api.patch(path, {}), api.delete(path)):
        assert (refused.status, refused.code) == (404, "organization-not-found")


def test_organizations_take_the_scopes_of_customers(key):
    reader, other = key("customers:read"), key("tickets:*")

    assert reader.get("/v1/organizations").status == 200
    assert reader.post("/v1/organizations", DAR).code == "missing-scope"
    assert other.get("/v1/organizations").code == "missing-scope"
