"""The ledger of what customers allow: read page by page, exported with them, gone with them."""

import pytest

from chalicelib.actions.receive_sms import InboundSms, receive_sms
from tests.api.test_export import archives, records

ALICE = "+21620555014"


@pytest.fixture
def alice(api):
    return api.post("/v1/customers", {"name": "Alice", "phone": ALICE, "email": "alice@example.org"}).json


def place(customer):
    return f"/v1/customers/{customer['id']}/consents"


def wish(api, customer, **said):
    """Set what Alice wishes for her number; her other contact stays as it is."""
    kept = {"type": "email", "value": "alice@example.org"}
    path = f"/v1/customers/{customer['id']}"
    return api.patch(path, {"contacts": [kept, {"type": "phone", "value": ALICE, **said}]})


def test_every_change_stands_there_newest_first_with_its_time_and_source(api, alice):
    wish(api, alice, opted_out_of=["whatsapp"])
    receive_sms(InboundSms("sms-1", ALICE, "STOP"))
    wish(api, alice, opted_out_of=["sms"])
    listed = api.walk(place(alice), limit=2)

    assert [(one["channel"], one["action"], one["source"]) for one in listed] == [
        ("whatsapp", "opt_in", "api"),
        ("sms", "opt_out", "sms"),
        ("whatsapp", "opt_out", "api"),
    ]
    word = listed[1]
    assert (word["text"], word["contact"], word["actor"]) == ("STOP", ALICE, {"type": "customer", "id": alice["id"]})
    assert [one["at"] for one in listed] == sorted((one["at"] for one in listed), reverse=True)


def test_a_change_of_something_else_writes_nothing(api, alice):
    wish(api, alice, verified=True)
    api.patch(f"/v1/customers/{alice['id']}", {"name": "Alice B."})

    assert api.walk(place(alice)) == []


def test_the_ledger_of_a_merged_customer_is_read_with_his_survivor_and_comes_apart_again(api, alice):
    charlie = api.post("/v1/customers", {"name": "Charlie", "phone": "+21620555015"}).json
    receive_sms(InboundSms("sms-1", ALICE, "STOP"))
    api.post(f"/v1/customers/{alice['id']}/merge", {"into": charlie["id"]})
    together = api.walk(place(charlie))
    api.post(f"/v1/customers/{alice['id']}/unmerge")

    assert [one["customer_id"] for one in together] == [alice["id"]]
    assert api.walk(place(charlie)) == []
    assert len(api.walk(place(alice))) == 1


def test_the_ledger_is_in_the_customers_export_and_gone_with_him(api, alice, work):
    receive_sms(InboundSms("sms-1", ALICE, "STOP"))
    made = api.post(f"/v1/customers/{alice['id']}/export").json
    work()
    (archive,) = archives(api, made)
    (told,) = records([archive], "consents")
    api.delete(f"/v1/customers/{alice['id']}")
    work()

    assert (told["contact"], told["action"]) == (ALICE, "opt_out")
    assert api.get(place(alice)).code == "customer-not-found"
    again = api.post("/v1/customers", {"phone": ALICE}).json
    assert again["contacts"][0]["opted_out_of"] == ["sms"]


def test_a_reply_by_sms_to_who_opted_out_is_refused_and_nothing_is_stored(api):
    asked = receive_sms(InboundSms("sms-1", ALICE, "Are you open?"))
    receive_sms(InboundSms("sms-2", ALICE, "إيقاف"))
    refused = api.post(f"/v1/tickets/{asked.ticket_id}/messages", {"text": "Yes.", "channel": "sms"})

    assert (refused.status, refused.code) == (422, "recipient-opted-out")
    assert len(api.walk(f"/v1/tickets/{asked.ticket_id}/messages")) == 2


@pytest.mark.parametrize("sender", ["GHUSN", "70555", "+99912345678"])
def test_what_no_number_wrote_is_taken_in_and_cannot_be_answered_by_sms(api, sender):
    asked = receive_sms(InboundSms("sms-1", sender, "Your code is 1234"))
    refused = api.post(f"/v1/tickets/{asked.ticket_id}/messages", {"text": "Who is this?", "channel": "sms"})

    assert (refused.status, refused.code) == (422, "no-contact")
