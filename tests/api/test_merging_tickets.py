"""Two tickets become one and come apart again; a ticket is split. No message moves, and none is lost."""

import threading

import pytest

from chalicelib.actions.incoming import Hint, Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.recount import recount
from chalicelib.store import deliveries, tickets
from tests.actions.conftest import one_request_at_a_time, run  # noqa: F401 (fixtures)
from tests.api.conftest import new_ticket
from tests.api.test_round_trips import trips, warm  # noqa: F401 (fixtures)


@pytest.fixture
def other(api, ticket):
    """A second ticket of Alice's, solved."""
    made = api.post("/v1/tickets", new_ticket(subject="And the oil?", message={"text": "Which oil?"})).json
    return api.patch(f"/v1/tickets/{made['id']}", {"status": "solved"}).json


def merge(api, loser, into, **headers):
    return api.post(f"/v1/tickets/{loser['id']}/merge", {"into": into}, **headers)


def unmerge(api, loser, **headers):
    return api.post(f"/v1/tickets/{loser['id']}/unmerge", {}, **headers)


def read(api, ticket):
    return api.get(f"/v1/tickets/{ticket['id']}").json


def texts(api, ticket, **query):
    return [one["text"] for one in api.walk(f"/v1/tickets/{ticket['id']}/messages", **query)]


def ids(api, ticket):
    return [one["id"] for one in api.walk(f"/v1/tickets/{ticket['id']}/messages")]


def write(api, ticket, text, **fields):
    return api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": text, **fields})


CUSTOMER = {"author": {"type": "customer"}}


def test_a_merged_ticket_is_closed_and_the_other_stands_for_both(api, ticket, other):
    merged = merge(api, ticket, other["number"])
    survivor = read(api, other)

    assert (merged.status, merged.json["status"], merged.json["merged_into"]) == (200, "closed", other["id"])
    assert merged.headers["etag"] == f'"{merged.json["version"]}"'
    assert (survivor["status"], survivor["waiting_since"]) == ("open", ticket["waiting_since"])
    assert (survivor["message_count"], survivor["merged_into"]) == (2, None)
    assert texts(api, other) == ["Hello, can it be saved?", "Which oil?"]
    assert {one["ticket_id"] for one in api.walk(f"/v1/tickets/{other['id']}/messages")} == {other["id"]}
    assert texts(api, ticket) == ["Hello, can it be saved?"]
    assert [one["merged_into"] for one in api.walk("/v1/tickets", status="closed")] == [other["id"]]


def test_a_ticket_nobody_waits_in_reopens_nothing(api, ticket, other):
    merge(api, other, ticket["id"])
    api.patch(f"/v1/tickets/{ticket['id']}", {"status": "solved"})
    unmerge(api, other)
    merge(api, other, ticket["id"])

    assert (read(api, ticket)["status"], read(api, ticket)["waiting_since"]) == ("solved", None)


def test_unmerging_gives_back_what_there_was(api, ticket, other):
    merge(api, ticket, other["id"])
    apart = unmerge(api, ticket)

    told = ("status", "waiting_since", "solved_at", "message_count", "merged_into")
    assert apart.status == 200
    assert [apart.json[name] for name in told] == [ticket[name] for name in told]
    assert [read(api, other)[name] for name in told] == [other[name] for name in told]
    assert (texts(api, ticket), texts(api, other)) == (["Hello, can it be saved?"], ["Which oil?"])


def test_what_was_written_since_stays_where_it_was_written(api, ticket, other):
    merge(api, ticket, other["id"])
    write(api, other, "Both can be saved.")
    unmerge(api, ticket)

    assert texts(api, other) == ["Which oil?", "Both can be saved."]
    assert (read(api, other)["status"], read(api, ticket)["status"]) == ("pending", "new")
    seen = api.walk(f"/v1/tickets/{other['id']}/messages")[-1]["id"]
    assert write(api, other, "Oil it.", last_seen_message_id=seen).status == 201


def test_the_newer_message_is_looked_for_in_both(api, ticket, other):
    seen = ids(api, ticket)[-1]
    merge(api, ticket, other["id"])

    refused = write(api, other, "Yes.", last_seen_message_id=seen)
    assert (refused.status, refused.code) == (409, "newer-message")
    assert write(api, other, "Yes.", last_seen_message_id=ids(api, other)[-1]).status == 201


def test_merging_is_refused_by_name(api, ticket, other):
    charlies = api.post("/v1/tickets", new_ticket(customer={"email": "charlie@example.org"})).json
    third = api.post("/v1/tickets", new_ticket()).json
    same = merge(api, ticket, ticket["number"])
    foreign = merge(api, ticket, charlies["id"])
    nothing = merge(api, ticket, 999_999)
    nowhere = api.post("/v1/tickets/999999/merge", {"into": ticket["id"]})
    merge(api, ticket, other["id"])
    again = merge(api, ticket, third["id"])
    back = merge(api, other, ticket["id"])

    assert (same.status, same.faults) == (422, {"/into": "same-ticket"})
    assert (foreign.status, foreign.faults) == (422, {"/into": "different-customers"})
    assert (nothing.status, nothing.faults) == (422, {"/into": "unknown-ticket"})
    assert (nowhere.status, nowhere.code) == (404, "ticket-not-found")
    assert (again.status, again.code) == (409, "already-merged")
    assert other["id"] in again.json["detail"]
    assert (back.status, back.code) == (409, "merge-cycle")
    assert (unmerge(api, other).status, unmerge(api, other).code) == (409, "not-merged")


def test_who_merges_into_a_merged_ticket_merges_into_what_stands_for_it(api, ticket, other):
    third = api.post("/v1/tickets", new_ticket(message={"text": "And the knife?"})).json
    merge(api, ticket, other["id"])

    assert merge(api, third, ticket["number"]).json["merged_into"] == other["id"]
    assert read(api, other)["message_count"] == 3


def test_no_more_than_twenty_become_one(api, ticket):
    for _ in range(19):
        one = api.post("/v1/tickets", new_ticket()).json
        assert merge(api, one, ticket["id"]).status == 200
    one_more = api.post("/v1/tickets", new_ticket()).json
    refused = merge(api, one_more, ticket["id"])

    assert (refused.status, refused.faults) == (422, {"/into": "too-many-merged"})
    assert len(texts(api, ticket, limit=7)) == 20


def test_nobody_writes_to_or_changes_a_merged_ticket(api, ticket, other):
    merge(api, ticket, other["id"])

    for refused in (
        write(api, ticket, "Yes."),
        write(api, ticket, "Note.", visibility="internal"),
        api.patch(f"/v1/tickets/{ticket['id']}", {"status": "open"}),
        api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": ids(api, ticket)}),
    ):
        assert (refused.status, refused.code) == (409, "ticket-merged")
        assert other["id"] in refused.json["detail"]


def test_a_customers_message_to_a_merged_ticket_lands_in_the_one_that_stands_for_it(api, ticket, other):
    merge(api, ticket, other["id"])
    made = write(api, ticket, "One thing more.", **CUSTOMER)

    assert (made.status, made.json["ticket_id"]) == (201, other["id"])
    assert texts(api, other)[-1] == "One thing more."


def test_if_match_guards_the_ticket_in_the_address(api, ticket, other):
    stale = merge(api, ticket, other["id"], If_Match='"7"')
    merged = merge(api, ticket, other["id"], If_Match=f'"{ticket["version"]}"')
    apart = unmerge(api, ticket, If_Match=merged.headers["etag"])
    late = api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": ids(api, ticket)}, If_Match='"1"')

    assert (stale.status, stale.code) == (412, "version-mismatch")
    assert (merged.status, apart.status) == (200, 200)
    assert (late.status, late.code) == (412, "version-mismatch")


def test_a_request_sent_twice_is_done_once(api, ticket, other):
    merging = lambda: merge(api, ticket, other["id"], Idempotency_Key="m")  # noqa: E731
    unmerging = lambda: unmerge(api, ticket, Idempotency_Key="u")  # noqa: E731
    for act in (merging, unmerging):
        first, second = act(), act()
        assert (first.status, second.json) == (200, first.json)
        assert second.headers["idempotent-replayed"] == "true"
    write(api, ticket, "Yes.")
    body = {"message_ids": ids(api, ticket)[:1]}
    first, second = (api.post(f"/v1/tickets/{ticket['id']}/split", body, Idempotency_Key="s") for _ in range(2))

    assert (first.status, second.json) == (201, first.json)
    assert len(api.walk("/v1/tickets")) == 3


def test_two_who_merge_each_into_the_other_make_no_circle(api, ticket, other, one_request_at_a_time):  # noqa: F811
    answers = []
    pairs = [(ticket, other), (other, ticket)]
    threads = [threading.Thread(target=lambda a=a, b=b: answers.append(merge(api, a, b["id"]))) for a, b in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one.status for one in answers) == [200, 409]
    assert {one.code for one in answers if one.status == 409} == {"merge-cycle"}
    assert sorted([read(api, ticket)["merged_into"] or "", read(api, other)["merged_into"] or ""])[0] == ""


def test_the_feed_tells_of_every_ticket_that_changed_and_the_counters_stay_true(run, api, ticket, other):  # noqa: F811
    merge(api, ticket, other["id"])
    unmerge(api, ticket)
    write(api, ticket, "Yes.")
    made = api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": ids(api, ticket)[:1]}).json
    run()

    told = [one for one in api.walk("/v1/events") if one["type"].startswith("ticket.")]
    latest = {one["data"]["ticket_id"]: one["data"]["version"] for one in told}
    assert latest == {one["id"]: read(api, one)["version"] for one in (ticket, other, made)}
    merges = [one["data"]["changes"]["merged_into"] for one in told if one["type"] == "ticket.merged"]
    assert merges == [[None, other["id"]], [other["id"], None]]
    (split,) = [one["data"] for one in told if one["type"] == "ticket.split"]
    assert (split["ticket_id"], split["changes"]["split_into"]) == (ticket["id"], [None, made["id"]])
    assert recount() == {}


def test_split_messages_make_a_ticket_of_their_own(api, ticket, team, bob):
    write(api, ticket, "Yes, it can.")
    write(api, ticket, "And which oil?", **CUSTOMER)
    api.patch(f"/v1/tickets/{ticket['id']}", {"team_id": team.id, "assignee_id": bob.id, "tags": ["boards"]})
    question = ids(api, ticket)[-1]
    made = api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": [question], "subject": " The oil "})
    new, old = made.json, read(api, ticket)

    assert (made.status, made.headers["location"]) == (201, f"https://help.ghusn.example/v1/tickets/{new['id']}")
    for name in ("customer_id", "team_id", "assignee_id", "tags"):
        assert new[name] == old[name]
    assert (new["subject"], new["status"], new["split_from"]) == ("The oil", "open", ticket["id"])
    assert new["waiting_since"] is not None
    assert new["number"] not in (old["number"], None)
    assert (texts(api, new), texts(api, ticket)) == (["And which oil?"], ["Hello, can it be saved?", "Yes, it can."])
    assert (new["message_count"], old["message_count"], old["waiting_since"]) == (1, 2, None)
    assert write(api, ticket, "Bye.", last_seen_message_id=ids(api, ticket)[-1]).status == 201
    assert write(api, new, "Linseed.", last_seen_message_id=question).status == 201
    assert texts(api, new) == ["And which oil?", "Linseed."]


def test_a_split_whose_last_word_is_ours_waits_for_the_customer(api, ticket):
    write(api, ticket, "Yes, it can.")
    made = api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": ids(api, ticket)[1:]}).json

    assert (made["status"], made["waiting_since"], made["subject"]) == ("pending", None, ticket["subject"])


def test_a_split_is_refused_by_name(api, ticket, other):
    (only,) = ids(api, ticket)
    address = f"/v1/tickets/{ticket['id']}/split"
    everything = api.post(address, {"message_ids": [only]})
    foreign = api.post(address, {"message_ids": [only, *ids(api, other)]})
    none, many = api.post(address, {"message_ids": []}), api.post(address, {"message_ids": ["x"] * 101})

    assert (everything.status, everything.faults) == (422, {"/message_ids": "nothing-left"})
    assert (foreign.status, foreign.faults) == (422, {"/message_ids/1": "unknown-message"})
    assert (none.faults, many.faults) == ({"/message_ids": "too-few"}, {"/message_ids": "too-many"})
    assert read(api, ticket) == ticket


def test_an_answer_to_a_message_that_was_split_off_goes_to_the_new_ticket(api, ticket):
    write(api, ticket, "Yes, it can.")
    answer = ids(api, ticket)[-1]
    new = api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": [answer]}).json
    hint = Hint(ticket["id"], "in-reply-to", proven=True, message_id=answer)

    assert receive(Incoming("api", "Thanks!", customer_id=ticket["customer_id"], hints=(hint,))).ticket.id == new["id"]


def test_what_was_split_off_can_be_merged_back_and_split_again(api, ticket):
    write(api, ticket, "Yes, it can.")
    first, answer = ids(api, ticket)
    new = api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": [answer]}).json
    merge(api, new, ticket["id"])
    assert ids(api, ticket) == [first, answer]

    again = api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": [answer]}).json
    assert (ids(api, ticket), ids(api, new), ids(api, again)) == ([first], [], [answer])
    assert (read(api, ticket)["message_count"], read(api, new)["message_count"]) == (1, 0)


def test_an_answer_already_queued_still_goes_out(run, api, ticket, other):  # noqa: F811
    queued = write(api, ticket, "Yes, it can.").json
    merge(api, ticket, other["id"])
    run()

    assert deliveries.get(ticket["id"], queued["id"], "reply").state == "sent"
    (shown,) = [one for one in api.walk(f"/v1/tickets/{other['id']}/messages") if one["id"] == queued["id"]]
    assert shown["delivery"]["state"] == "sent"


def test_a_merged_thread_is_read_from_all_its_tickets_at_the_same_time(warm, api, ticket, other, trips):  # noqa: F811
    alone = api.post("/v1/tickets", new_ticket()).json
    merge(api, ticket, other["id"])
    trips.made.clear()
    api.get(f"/v1/tickets/{alone['id']}/messages")
    assert trips.all == {"UpdateItem": 1, "Query": 1}

    trips.made.clear()
    api.get(f"/v1/tickets/{other['id']}/messages")
    assert trips.all == {"UpdateItem": 1, "Query": 3, "BatchGetItem": 1}
    assert trips.in_sequence == 4


def test_merging_costs_the_key_both_tickets_and_one_transaction(warm, api, ticket, other, trips):  # noqa: F811
    trips.made.clear()
    merge(api, ticket, other["id"])

    assert trips.all == {"UpdateItem": 1, "GetItem": 2, "TransactWriteItems": 1}


def test_long_texts_and_files_are_found_where_they_lie(api, ticket, other):
    long = "word " * 4000
    write(api, ticket, long, **CUSTOMER)
    merge(api, ticket, other["id"])

    assert texts(api, other)[-1] == long
    assert tickets.message_in(tickets.get(other["id"]), ids(api, ticket)[-1]).text == long
    assert tickets.message_in(tickets.get(ticket["id"]), ids(api, other)[1]) is None
