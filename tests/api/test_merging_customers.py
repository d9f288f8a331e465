"""Two customers turn out to be one person, or not: contacts and tickets are read as one, and come apart again."""

import pytest

from chalicelib.actions import record_delivery, sign_in
from chalicelib.actions.identify_customer import Person, find
from chalicelib.actions.recount import recount
from chalicelib.store import deliveries, tickets
from tests.actions.conftest import run  # noqa: F401 (fixture)
from tests.api.conftest import new_ticket


@pytest.fixture
def alice(api, ticket):
    """Alice, as her mail address knows her."""
    return api.get(f"/v1/customers/{ticket['customer_id']}").json


@pytest.fixture
def on_phone(api):
    """Alice again, as her telephone knows her, with a ticket."""
    made = api.post("/v1/tickets", new_ticket(subject="By SMS", customer={"phone": "+21620555014", "name": "A."})).json
    return api.get(f"/v1/customers/{made['customer_id']}").json


def merge(api, loser, into, **headers):
    return api.post(f"/v1/customers/{loser['id']}/merge", {"into": into["id"]}, **headers)


def unmerge(api, loser, **headers):
    return api.post(f"/v1/customers/{loser['id']}/unmerge", {}, **headers)


def read(api, customer):
    return api.get(f"/v1/customers/{customer['id']}").json


def listed(api, customer, **query):
    return sorted(one["subject"] for one in api.walk("/v1/tickets", customer_id=customer["id"], **query))


def values(customer):
    return [contact["value"] for contact in customer["contacts"]]


def test_the_one_who_stands_for_both_shows_what_both_have(api, alice, on_phone):
    merged = merge(api, on_phone, alice)

    assert (merged.status, merged.json["merged_into"]) == (200, alice["id"])
    assert values(merged.json) == ["+21620555014"]
    assert values(read(api, alice)) == ["alice@example.org", "+21620555014"]
    assert read(api, alice)["name"] == "Alice"
    for sort in ("updated", "created"):
        assert listed(api, alice, sort=sort, limit=1) == ["By SMS", "My board has split"]
    assert listed(api, on_phone) == ["By SMS"]


def test_either_contact_finds_the_one_who_stands_for_both(api, alice, on_phone):
    merge(api, on_phone, alice)
    found = api.get("/v1/customers", phone="+21620555014").json["data"]
    opened = api.post("/v1/tickets", new_ticket(customer={"phone": "+21620555014"})).json
    by_id = api.post("/v1/tickets", new_ticket(customer={"id": on_phone["id"]})).json

    assert [one["id"] for one in found] == [alice["id"]]
    assert {opened["customer_id"], by_id["customer_id"]} == {on_phone["id"]}
    assert {opened["id"], by_id["id"]} < {one["id"] for one in api.walk("/v1/tickets", customer_id=alice["id"])}
    assert tickets.get(opened["id"]).customer_name == "Alice"
    assert find(Person("phone", "+21620555014")).id == alice["id"]


def test_unmerging_gives_each_his_own(api, alice, on_phone):
    merge(api, on_phone, alice)
    apart = unmerge(api, on_phone)

    assert (apart.status, apart.json["merged_into"]) == (200, None)
    assert values(read(api, alice)) == ["alice@example.org"]
    assert listed(api, alice) == ["My board has split"]
    assert [one["id"] for one in api.get("/v1/customers", phone="+21620555014").json["data"]] == [on_phone["id"]]


def test_merging_is_refused_by_name(api, alice, on_phone):
    charlie = api.post("/v1/customers", {"email": "charlie@example.org"}).json
    same = merge(api, alice, alice)
    nobody = merge(api, alice, {"id": "cus_01JD0000000000000000000000"})
    merge(api, on_phone, alice)
    again, back = merge(api, on_phone, charlie), merge(api, alice, on_phone)
    change = api.patch(f"/v1/customers/{on_phone['id']}", {"name": "Alice B."})
    alone = unmerge(api, charlie)

    assert (same.status, same.faults) == (422, {"/into": "same-customer"})
    assert (nobody.status, nobody.faults) == (422, {"/into": "unknown-customer"})
    assert [(one.status, one.code) for one in (again, back, change, alone)] == [
        (409, "already-merged"),
        (409, "merge-cycle"),
        (409, "customer-merged"),
        (409, "not-merged"),
    ]
    assert alice["id"] in change.json["detail"]


def test_chains_come_apart_link_by_link(api, alice, on_phone):
    charlie = api.post("/v1/customers", {"email": "charlie@example.org"}).json
    merge(api, on_phone, alice)
    merge(api, alice, charlie)
    assert values(read(api, charlie)) == ["charlie@example.org", "alice@example.org", "+21620555014"]

    unmerge(api, on_phone)
    assert values(read(api, charlie)) == ["charlie@example.org", "alice@example.org"]
    assert values(read(api, alice)) == ["alice@example.org"]
    unmerge(api, alice)
    assert values(read(api, charlie)) == ["charlie@example.org"]


def test_no_more_than_twenty_become_one(api, alice):
    for at in range(19):
        assert merge(api, api.post("/v1/customers", {"name": f"A{at}"}).json, alice).status == 200
    refused = merge(api, api.post("/v1/customers", {"name": "A20"}).json, alice)

    assert (refused.status, refused.faults) == (422, {"/into": "too-many-merged"})


def test_contacts_are_changed_where_they_stand(api, alice, on_phone):
    merge(api, on_phone, alice)
    whole = read(api, alice)["contacts"]
    whole[1]["opted_out"] = True
    changed = api.patch(f"/v1/customers/{alice['id']}", {"contacts": [*whole, {"type": "external", "value": "shop-1"}]})

    assert changed.status == 200
    assert values(changed.json) == ["alice@example.org", "shop-1", "+21620555014"]
    unmerge(api, on_phone)
    assert values(read(api, alice)) == ["alice@example.org", "shop-1"]
    assert read(api, on_phone)["contacts"][0]["opted_out"] is True


def test_a_contact_that_is_left_out_is_free_again(api, alice, on_phone):
    merge(api, on_phone, alice)
    api.patch(f"/v1/customers/{alice['id']}", {"contacts": [{"type": "email", "value": "alice@example.org"}]})

    assert values(read(api, on_phone)) == []
    assert api.post("/v1/customers", {"phone": "+21620555014"}).status == 201


def test_a_contact_of_another_is_still_taken(api, alice, on_phone):
    refused = api.patch(f"/v1/customers/{alice['id']}", {"contacts": [{"type": "phone", "value": "+21620555014"}]})

    assert (refused.status, refused.code) == (409, "contact-taken")


def test_an_answer_goes_to_the_best_contact_of_all(api, alice, on_phone):
    merge(api, alice, on_phone)
    made = api.post("/v1/tickets", new_ticket(subject="Both", customer={"phone": "+21620555014"})).json
    sent = api.post(f"/v1/tickets/{made['id']}/messages", {"text": "Yes."}).json

    assert deliveries.get(made["id"], sent["id"], "reply").to == "alice@example.org"


def test_mail_that_comes_back_marks_the_contact_where_it_stands(api, alice, on_phone):
    merge(api, alice, on_phone)
    before = api.get(f"/v1/customers/{on_phone['id']}").headers["etag"]
    record_delivery.suppress("alice@example.org")
    assert api.get(f"/v1/customers/{on_phone['id']}", {"If-None-Match": before}).status == 200

    assert [one["suppressed"] for one in read(api, on_phone)["contacts"]] == [False, True]
    assert read(api, alice)["contacts"][0]["suppressed"] is True


def test_a_merged_customer_signs_in_by_his_own_address(api, alice, on_phone):
    merge(api, alice, on_phone)
    link = sign_in.local_link("alice@example.org", "customer")
    signed_in = sign_in.spend(link.rpartition("/")[2], None)

    assert signed_in.person_id == alice["id"]
    assert read(api, alice)["contacts"][0]["verified"] is True


def test_tickets_of_the_two_can_be_merged_then_and_must_be_unmerged_first(api, ticket, alice, on_phone):
    merge(api, on_phone, alice)
    (other,) = api.walk("/v1/tickets", customer_id=on_phone["id"])
    assert api.post(f"/v1/tickets/{other['id']}/merge", {"into": ticket["id"]}).status == 200
    refused = unmerge(api, on_phone)
    api.post(f"/v1/tickets/{other['id']}/unmerge")

    assert (refused.status, refused.code) == (409, "tickets-still-merged")
    assert unmerge(api, on_phone).status == 200


def test_lists_show_the_name_of_the_one_who_stands_for_both(run, api, alice, on_phone):  # noqa: F811
    merge(api, on_phone, alice)
    run()
    assert {tickets.get(one["id"]).customer_name for one in api.walk("/v1/tickets")} == {"Alice"}

    unmerge(api, on_phone)
    run()
    assert {tickets.get(one["id"]).customer_name for one in api.walk("/v1/tickets")} == {"Alice", "A."}
    assert recount() == {}


def test_if_match_guards_and_a_request_sent_twice_is_done_once(api, alice, on_phone):
    stale = merge(api, on_phone, alice, If_Match='"7"')
    first, second = (merge(api, on_phone, alice, If_Match='"1"', Idempotency_Key="m") for _ in range(2))

    assert (stale.status, stale.code) == (412, "version-mismatch")
    assert (first.status, second.json, second.headers["idempotent-replayed"]) == (200, first.json, "true")
    assert unmerge(api, on_phone, If_Match=first.headers["etag"]).status == 200


def test_the_feed_tells_of_both(run, api, alice, on_phone):  # noqa: F811
    merge(api, on_phone, alice)
    unmerge(api, on_phone)
    run()

    told = [one for one in api.walk("/v1/events") if one["type"].startswith("customer.")]
    latest = {one["data"]["customer_id"]: one["data"]["version"] for one in told}
    assert latest == {one["id"]: read(api, one)["version"] for one in (alice, on_phone)}
    merges = [one["data"]["changes"]["merged_into"] for one in told if one["type"] == "customer.merged"]
    assert merges == [[None, alice["id"]], [alice["id"], None]]


def test_who_stands_for_another_takes_part_in_his_tickets(api, alice, on_phone):
    merge(api, on_phone, alice)
    (theirs,) = api.walk("/v1/tickets", customer_id=on_phone["id"])
    body = {"text": "It is me.", "author": {"type": "customer", "id": alice["id"]}}
    mine = api.post(f"/v1/tickets/{theirs['id']}/messages", body)

    assert (mine.status, mine.json["ticket_id"]) == (201, theirs["id"])
