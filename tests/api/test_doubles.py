"""Customers who may be one person: who is suggested and why, who never, and that it is remembered who is not."""

import pytest

from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import outgoing
from chalicelib.domain.doubles import MOST_ALIKE
from chalicelib.store.table import DoubleKeysRow, DoubleRow, NotSameRow
from tests.actions.conftest import mail, store_mail
from tests.api.test_round_trips import trips  # noqa: F401 (fixture)


@pytest.fixture
def make(api):
    """Make a customer; `fields` as the API takes them."""

    def made(name, **fields):
        return api.post("/v1/customers", {"name": name, **fields}).json

    return made


@pytest.fixture
def follow(dispatch, work):
    """Let all follow that follows from events."""

    def run():
        dispatch()
        work()

    return run


def suggested(api, customer):
    """The names of those suggested, with the codes of the reasons."""
    listed = api.get(f"/v1/customers/{customer['id']}/suggestions").json["data"]
    return {one["customer"]["name"]: [reason["code"] for reason in one["reasons"]] for one in listed}


def test_two_of_one_name_are_suggested_to_each_other(api, make, follow):
    alice, twin = make("Alice Ben Salah", email="alice@example.org"), make("ben salah ALICE", phone="+21620555014")
    make("Charlie Aouadi")
    follow()

    assert suggested(api, alice) == {"ben salah ALICE": ["same-name"]}
    assert suggested(api, twin) == {"Alice Ben Salah": ["same-name"]}


def test_reasons_come_in_words_of_the_reader(key, make, follow):
    alice = make("فاطمة الزهراء", email="f@example.org")
    make("فاطمه الزهراء", email="z@example.org")
    follow()
    reader = key("customers:read", Accept_Language="ar")
    (one,) = reader.get(f"/v1/customers/{alice['id']}/suggestions").json["data"]

    assert one["reasons"] == [{"code": "same-name", "message": "الاسم نفسه"}]
    assert one["score"] == 45


def test_a_number_kept_as_an_id_a_mail_name_and_an_organization_are_reasons_too(api, make, follow):
    house = api.post("/v1/organizations", {"name": "Dar"}).json["id"]
    alice = make("Alice Salah", email="alice.salah@example.org", phone="+21620555014", organization_id=house)
    make("A", external_id="20555014")
    make("Alice S", email="alice.salah@example.com")
    make("Alice", email="a@example.net", organization_id=house)
    follow()

    assert suggested(api, alice) == {
        "A": ["number-as-id"],
        "Alice S": ["same-mail-name"],
        "Alice": ["same-organization"],
    }


def test_one_order_told_of_two_customers_is_a_reason(api, make, follow):
    alice, other = make("Alice"), make("The buyer")
    for one in (alice, other):
        told = {"type": "purchase", "title": "Board", "occurred_at": "2026-11-07T10:04:00Z", "external_id": "GH-1"}
        api.post(f"/v1/customers/{one['id']}/events", told)
    follow()

    assert suggested(api, alice) == {"The buyer": ["same-order"]}


def test_who_writes_into_her_ticket_by_the_signed_address_may_be_her(api, ticket, follow):
    address = outgoing.reply_to(ticket["id"], "alice@example.org")
    received = receive_mail(store_mail(mail("Re:", "From my phone.", From="a2@example.net", To=address), address))
    assert received.ticket_id == ticket["id"]
    follow()
    alice = {"id": ticket["customer_id"]}
    (other,) = api.get("/v1/customers", email="a2@example.net").json["data"]

    assert suggested(api, alice) == {other["name"]: ["wrote-in-ticket"]}
    assert list(suggested(api, other).values()) == [["wrote-in-ticket"]]
    api.patch(f"/v1/customers/{other['id']}", {"name": "Alice at home"})
    follow()
    assert list(suggested(api, alice)) == ["Alice at home"]


def test_who_changed_his_name_is_found_by_the_new_one_only(api, make, follow):
    alice, other = make("Alice Salah"), make("Alice Salah")
    follow()
    api.patch(f"/v1/customers/{other['id']}", {"name": "Charlie Aouadi"})
    follow()

    assert suggested(api, alice) == {}
    assert len(list(DoubleRow.scan())) == 2


def test_the_merged_are_not_suggested_and_are_again_when_taken_apart(api, make, follow):
    alice, twin = make("Alice Salah"), make("alice salah")
    follow()
    api.post(f"/v1/customers/{twin['id']}/merge", {"into": alice["id"]})
    follow()
    assert suggested(api, alice) == {}

    api.post(f"/v1/customers/{twin['id']}/unmerge")
    follow()
    assert suggested(api, alice) == {"alice salah": ["same-name"]}


def test_of_one_who_was_merged_he_is_suggested_who_stands_for_him(api, make, follow):
    alice, twin, other = make("Alice Salah"), make("alice salah"), make("A. S.")
    api.post(f"/v1/customers/{twin['id']}/merge", {"into": other["id"]})
    follow()

    assert suggested(api, alice) == {"A. S.": ["same-name"]}
    assert suggested(api, other) == suggested(api, twin) == {"Alice Salah": ["same-name"]}


def test_not_the_same_is_remembered_for_both(api, make, follow):
    alice, twin = make("Alice Salah"), make("alice salah")
    follow()
    path = f"/v1/customers/{alice['id']}/suggestions/{twin['id']}/dismiss"

    assert [api.post(path, Idempotency_Key="one").status for _ in range(2)] == [204, 204]
    assert suggested(api, alice) == suggested(api, twin) == {}


def test_dismissing_oneself_or_nobody_is_refused(api, make):
    alice = make("Alice")
    path = f"/v1/customers/{alice['id']}/suggestions"

    assert api.post(f"{path}/{alice['id']}/dismiss").code == "same-customer"
    assert api.post(f"{path}/cus_0000000000000000000000000A/dismiss").code == "customer-not-found"
    assert api.post(f"{path}/x/dismiss").status == 404


def test_who_was_erased_leaves_nothing_that_finds_him(api, make, follow):
    alice, twin = make("Alice Salah", email="alice@example.org"), make("alice salah")
    told = {"type": "purchase", "title": "Board", "occurred_at": "2026-11-07T10:04:00Z", "external_id": "GH-1"}
    api.post(f"/v1/customers/{twin['id']}/events", told)
    follow()
    api.post(f"/v1/customers/{alice['id']}/suggestions/{twin['id']}/dismiss")
    for one in (twin, alice):
        assert api.delete(f"/v1/customers/{one['id']}").status == 202
        follow()

    assert [*DoubleRow.scan(), *DoubleKeysRow.scan(), *NotSameRow.scan()] == []


def test_a_name_that_many_have_tells_nothing(api, make, follow):
    alice = make("Alice Salah")
    for _ in range(MOST_ALIKE):
        make("Alice Salah")
    follow()

    assert suggested(api, alice) == {}


def test_what_follows_an_event_twice_writes_nothing_twice(api, make, follow):
    alice = make("Alice Salah")
    follow()
    before = [row.version for row in DoubleKeysRow.scan()]
    api.patch(f"/v1/customers/{alice['id']}", {"tags": ["wholesale"]})
    follow()

    assert [row.version for row in DoubleKeysRow.scan()] == before == [1]


def test_suggesting_costs_what_she_is_found_by_who_else_is_and_who_those_are(api, make, follow, trips):  # noqa: F811
    alice = make("Alice Salah", email="alice@example.org")
    make("Alice Salah")
    follow()
    trips.made.clear()
    suggested(api, alice)

    assert trips.all == {"UpdateItem": 1, "GetItem": 1, "Query": 4, "BatchGetItem": 1}
