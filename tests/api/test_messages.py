"""Messages through the API: answers go out, notes stay, customers are heard."""

import pytest

from chalicelib import clock
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_message import receive
from chalicelib.domain.customer import Contact
from chalicelib.store import customers, deliveries, files, tickets
from chalicelib.store.changes import Changes
from tests.actions.conftest import mail, run, store_mail  # noqa: F401 (fixture)
from tests.api.conftest import new_ticket


@pytest.fixture
def messages(ticket):
    return f"/v1/tickets/{ticket['id']}/messages"


def test_an_answer_is_the_agents_the_key_belongs_to_and_goes_out(api, ticket, messages):
    made = api.post(messages, {"text": "Yes, it can."})

    assert made.status == 201, made.text
    message = made.json
    assert (message["author"]["type"], message["author"]["name"]) == ("agent", "Bob")
    assert (message["visibility"], message["channel"], message["text"]) == ("public", "api", "Yes, it can.")
    assert message["delivery"] == {"state": "queued", "detail": None}
    assert deliveries.get(ticket["id"], message["id"], "reply").to == "alice@example.org"
    assert api.get(f"/v1/tickets/{ticket['id']}").json["status"] == "pending"


def test_a_message_has_the_fields_of_the_contract(api, ticket, messages):
    (message,) = api.get(messages).json["data"]

    assert message.pop("cc") == []
    assert message == {
        "id": message["id"],
        "ticket_id": ticket["id"],
        "author": {"type": "customer", "id": ticket["customer_id"], "name": "Alice"},
        "sender": {"contact": "alice@example.org", "verified": True, "known": True, "automatic": False},
        "visibility": "public",
        "channel": "api",
        "text": "Hello, can it be saved?",
        "html": None,
        "quoted_text": None,
        "attachments": [],
        "delivery": {"state": "received", "detail": None},
        "call": None,
        "created_at": ticket["created_at"],
    }


def test_a_note_goes_to_nobody(api, ticket, messages):
    note = api.post(messages, {"text": "Third board of this batch.", "visibility": "internal"}).json

    assert (note["visibility"], note["delivery"]) == ("internal", None)
    assert api.get(f"/v1/tickets/{ticket['id']}").json["status"] == "new"


def test_an_answer_may_say_what_the_ticket_becomes(api, ticket, messages):
    api.post(messages, {"text": "Done.", "status": "solved"})

    assert api.get(f"/v1/tickets/{ticket['id']}").json["status"] == "solved"


def test_the_customer_writes_into_his_own_ticket(api, ticket, messages):
    api.post(messages, {"text": "Yes, it can."})
    heard = api.post(messages, {"text": "Thank you!", "author": {"type": "customer"}}).json

    assert heard["author"] == {"type": "customer", "id": ticket["customer_id"], "name": "Alice"}
    assert (heard["ticket_id"], heard["delivery"]["state"]) == (ticket["id"], "received")
    now = api.get(f"/v1/tickets/{ticket['id']}").json
    assert (now["status"], now["message_count"]) == ("open", 3)


def test_a_customers_message_long_after_the_end_opens_a_linked_ticket(api, ticket, messages):
    api.patch(f"/v1/tickets/{ticket['id']}", {"status": "closed"})
    clock.shift(31 * 24 * 3600)
    heard = api.post(messages, {"text": "It split again.", "author": {"type": "customer"}})

    assert heard.status == 201
    assert heard.json["ticket_id"] != ticket["id"]
    assert heard.headers["location"].endswith(f"/v1/tickets/{heard.json['ticket_id']}/messages")


def test_charlie_cannot_be_the_author_in_alices_ticket(api, messages):
    charlie = api.post("/v1/customers", {"email": "charlie@example.org"}).json
    refused = api.post(messages, {"text": "Me too.", "author": {"type": "customer", "id": charlie["id"]}})

    assert (refused.status, refused.code, refused.faults) == (422, "not-in-ticket", {"/author/id": "not-in-ticket"})


def test_what_only_agents_do_is_refused_to_customers_by_name(api, messages):
    wanted = {"text": "Me", "author": {"type": "customer"}, "visibility": "internal", "status": "solved"}
    refused = api.post(messages, wanted)

    assert (refused.status, set(refused.faults)) == (422, {"/visibility", "/status"})


@pytest.mark.parametrize(
    ("told", "sender"),
    [
        ({}, {"verified": True, "known": True, "automatic": False}),
        ({"verified": False}, {"verified": False, "known": True, "automatic": False}),
        ({"automatic": True}, {"verified": True, "known": True, "automatic": True}),
    ],
)
def test_a_message_tells_how_it_came_and_what_is_known_of_who_sent_it(api, bob, told, sender):
    alice = Person("email", "alice@example.org", "Alice")
    ticket = receive(Incoming(channel="email", text="Hello", sender=alice, **told)).ticket
    api.post(f"/v1/tickets/{ticket.id}/messages", {"text": "Yes."})
    mail, answer = api.get(f"/v1/tickets/{ticket.id}/messages").json["data"]

    assert (mail["sender"], answer["sender"]) == ({"contact": "alice@example.org", **sender}, None)


def test_a_mail_tells_which_of_our_doors_it_was_sent_to(api):
    api.post("/v1/teams", {"names": {"en": "Workshop"}, "email": "workshop@ghusn.example"})
    made = receive_mail(store_mail(mail(), "workshop@ghusn.example", "help@ghusn.example"))
    (message,) = api.get(f"/v1/tickets/{made.ticket_id}/messages").json["data"]

    assert message["sender"]["doors"] == ["workshop@ghusn.example", "help@ghusn.example"]


def test_a_mail_tells_why_it_stands_in_this_ticket(api):
    made = receive_mail(store_mail(mail(Message_ID="<first@example.org>")))
    receive_mail(store_mail(mail(In_Reply_To="<first@example.org>", Message_ID="<second@example.org>")))
    first, second = api.get(f"/v1/tickets/{made.ticket_id}/messages").json["data"]

    assert (first["sender"].get("matched_by"), second["sender"]["matched_by"]) == (None, "in-reply-to")


def test_an_answer_past_a_newer_message_is_refused_and_nothing_is_stored(api, messages):
    (first,) = api.get(messages).json["data"]
    api.post(messages, {"text": "Wait, one more thing", "author": {"type": "customer"}})
    refused = api.post(messages, {"text": "Yes.", "last_seen_message_id": first["id"]})

    assert (refused.status, refused.code) == (409, "newer-message")
    assert len(api.get(messages).json["data"]) == 2
    newest = api.get(messages).json["data"][-1]
    assert api.post(messages, {"text": "Yes.", "last_seen_message_id": newest["id"]}).status == 201


@pytest.mark.parametrize("writer", ["agent", "customer"])
def test_a_message_may_insist_on_the_ticket_as_it_was_read(api, ticket, messages, writer):
    was = {"If_Match": api.get(f"/v1/tickets/{ticket['id']}").headers["etag"]}
    wanted = {"text": "Yes, it can.", "author": {"type": writer}}
    api.patch(f"/v1/tickets/{ticket['id']}", {"priority": "high"})
    refused = api.post(messages, wanted, **was)

    assert (refused.status, refused.code) == (412, "version-mismatch")
    assert len(api.get(messages).json["data"]) == 1
    now = {"If_Match": api.get(f"/v1/tickets/{ticket['id']}").headers["etag"], "Idempotency_Key": "once"}
    assert [api.post(messages, wanted, **now).status for _ in range(2)] == [201, 201]
    assert len(api.get(messages).json["data"]) == 2


@pytest.mark.parametrize(
    ("flag", "code"), [("opted_out", "recipient-opted-out"), ("suppressed", "recipient-suppressed")]
)
def test_nothing_is_stored_for_whom_we_may_not_write_to(api, ticket, messages, flag, code):
    contacts = [{"type": "email", "value": "alice@example.org", flag: True}]
    api.patch(f"/v1/customers/{ticket['customer_id']}", {"contacts": contacts})
    refused = api.post(messages, {"text": "Yes."})

    assert (refused.status, refused.code) == (422, code)
    assert len(api.get(messages).json["data"]) == 1
    assert api.post(messages, {"text": "He opted out.", "visibility": "internal"}).status == 201


def test_a_key_writes_as_its_own_agent_unless_it_is_an_admins(key, api, bob, messages):
    narrow = key("tickets:write", agent_id="agt_01JD0000000000000000000000")
    as_bob = {"text": "Yes.", "author": {"type": "agent", "id": bob.id}}

    assert (narrow.post(messages, as_bob).status, narrow.post(messages, as_bob).code) == (403, "not-your-agent")
    assert narrow.post(messages, {"text": "Yes."}).code == "not-your-agent"
    assert api.post(messages, as_bob).status == 201


def test_html_is_cleaned_before_it_is_kept(api, messages):
    html = '<p onclick="x()">Yes <b>it can</b><script>x()</script><img src="http://x/y.png"></p>'
    message = api.post(messages, {"text": "Yes it can", "html": html}).json

    assert message["html"] == "<p>Yes <b>it can</b></p>"


def test_long_texts_come_back_whole(api, messages):
    text = "مرحبا " * 10_000
    made = api.post(messages, {"text": text, "author": {"type": "customer"}}).json
    listed = api.get(messages).json["data"][-1]

    assert made["text"] == listed["text"] == text


def test_messages_come_oldest_first_page_by_page(api, ticket, messages):
    for at in range(6):
        api.post(messages, {"text": f"Answer {at}"})
    pages = [one["text"] for one in api.walk(messages, limit=2)]

    assert pages == ["Hello, can it be saved?", *(f"Answer {at}" for at in range(6))]


def test_attachments_can_be_fetched(api, ticket, messages):
    from chalicelib.actions.incoming import Incoming
    from chalicelib.actions.receive_message import receive
    from chalicelib.domain.message import Attachment

    files.put("attachments/one", b"a picture", "image/png")
    attached = Attachment("att_1", "board.png", "image/png", 9, "attachments/one")
    made = receive(Incoming("email", "See here", customer_id=ticket["customer_id"], attachments=(attached,)))
    (shown,) = api.get(f"/v1/tickets/{made.ticket.id}/messages").json["data"][0]["attachments"]

    assert {name: shown[name] for name in ("id", "name", "content_type", "size")} == {
        "id": "att_1",
        "name": "board.png",
        "content_type": "image/png",
        "size": 9,
    }
    assert "attachments/one" in shown["url"]


def test_an_answer_by_sms_goes_to_the_phone(api, ticket, messages):
    alice = customers.get(ticket["customer_id"])
    change = Changes()
    with_phone = alice.__class__(**{**vars(alice), "contacts": (*alice.contacts, Contact("phone", "+21620555014"))})
    customers.save(change, alice, with_phone)
    change.commit()
    message = api.post(messages, {"text": "Yes.", "channel": "sms"}).json

    assert deliveries.get(ticket["id"], message["id"], "reply").to == "+21620555014"


def test_an_answer_longer_than_any_sms_is_taken_as_it_is(api):
    ticket = api.post("/v1/tickets", new_ticket(customer={"phone": "+21620555014"})).json
    written = api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "😀" * 1600, "channel": "sms"})

    assert (written.status, written.json["text"]) == (201, "😀" * 1600)


def test_an_answer_goes_to_no_more_people_than_one_mail_may(api, messages, run):  # noqa: F811
    cc = [f"someone{at}@example.org" for at in range(25)]

    assert api.post(messages, {"text": "Yes.", "cc": cc}).faults == {"/cc": "too-many"}
    assert api.post(messages, {"text": "Yes.", "cc": cc[:24]}).status == 201
    run()
    listed = api.get(messages).json["data"]
    assert (len(listed[-1]["cc"]), listed[-1]["delivery"]["state"]) == (24, "sent")

    one_more = api.post(messages, {"text": "Yes.", "cc": cc[24:]})
    assert (one_more.status, one_more.faults) == (422, {"/cc": "too-many"})
    assert api.post(messages, {"text": "Yes.", "cc": cc[:2]}).status == 201


@pytest.mark.parametrize("address", ["علي@example.org", "x@exa_mple.net", "a" * 65 + "@example.org"])
def test_who_no_mail_can_be_sent_to_is_put_in_copy_by_nobody(api, ticket, messages, address):
    cc = ["charlie@example.org", address]
    answers = [
        api.post(messages, {"text": "Yes.", "cc": cc}),
        api.post("/v1/tickets", new_ticket(cc=cc)),
        api.patch(f"/v1/tickets/{ticket['id']}", {"cc": cc}),
    ]

    assert [(one.status, one.faults) for one in answers] == [(422, {"/cc/1": "invalid-email"})] * 3


def test_only_what_goes_out_by_mail_can_be_copied_to_others(api, messages):
    by_sms = api.post("/v1/tickets", new_ticket(customer={"phone": "+21620555014"})).json
    told = {"text": "Yes.", "cc": ["charlie@example.org"]}
    refused = [
        api.post(messages, {**told, "visibility": "internal"}),
        api.post(f"/v1/tickets/{by_sms['id']}/messages", told),
    ]

    assert [(one.status, one.code, one.faults) for one in refused] == [(422, "invalid", {"/cc": "not-together"})] * 2
    assert api.post(messages, told).json["cc"] == ["charlie@example.org"]
    assert api.post(messages, {**told, "cc": [], "visibility": "internal"}).status == 201


def test_a_channel_without_an_address_is_refused(api, messages):
    refused = api.post(messages, {"text": "Yes.", "channel": "sms"})

    assert (refused.status, refused.code, refused.faults) == (422, "no-contact", {"/channel": "no-contact"})


def test_a_ticket_by_its_number_has_the_same_messages(api, ticket, messages):
    assert api.get(f"/v1/tickets/{ticket['number']}/messages").json == api.get(messages).json
    assert api.post("/v1/tickets/1000000/messages", {"text": "Yes."}).code == "ticket-not-found"
    assert api.post("/v1/tickets", new_ticket()).status == 201


@pytest.mark.parametrize("author", ["agent", "customer"])
@pytest.mark.parametrize("known", [{"If_Match": '"1"'}, {"last_seen": True}])
def test_what_the_writer_knew_must_hold_when_his_message_is_written(api, ticket, author, known, monkeypatch):
    save, address = tickets.save, f"/v1/tickets/{ticket['id']}/messages"
    (first,) = api.walk(address)

    def late(*args):
        monkeypatch.setattr(tickets, "save", save)
        assert api.post(address, {"text": "Faster.", "author": {"type": "customer"}}).status == 201
        return save(*args)

    monkeypatch.setattr(tickets, "save", late)
    seen = {"last_seen_message_id": first["id"]} if "last_seen" in known else {}
    headers = {name: value for name, value in known.items() if name != "last_seen"}
    refused = api.post(address, {"text": "Slower.", "author": {"type": author}, **seen}, **headers)

    assert refused.code == ("newer-message" if seen else "version-mismatch")
    assert [one["text"] for one in api.walk(address)][1:] == ["Faster."]


@pytest.mark.parametrize("author", ["agent", "customer"])
def test_where_only_a_note_is_left_no_message_is_newer(api, ticket, author):
    address = f"/v1/tickets/{ticket['id']}/messages"
    (first,) = api.walk(address)
    api.post(address, {"text": "A note.", "visibility": "internal"})
    api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": [first["id"]]})
    body = {"text": "Yes.", "author": {"type": author}, "last_seen_message_id": first["id"]}

    assert api.post(address, body).status == 201


def test_notes_do_not_hide_the_newest_public_message_from_a_split(api, ticket):
    address = f"/v1/tickets/{ticket['id']}/messages"
    (first,) = api.walk(address)
    for count in range(51):
        note = api.post(address, {"text": f"Note {count}", "visibility": "internal"}).json
    api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": [note["id"]]})

    assert tickets.get(ticket["id"]).last_public_id == first["id"]
