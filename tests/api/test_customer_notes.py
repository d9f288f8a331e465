"""Notes about customers: written, listed and deleted by agents' keys, and never lost in a merge."""

import pytest

NOTE = {"text": "Prefers the morning."}


@pytest.fixture
def notes(ticket):
    """Where Alice's notes are."""
    return f"/v1/customers/{ticket['customer_id']}/notes"


@pytest.fixture
def charlie(api):
    return api.post("/v1/customers", {"name": "Charlie", "email": "charlie@example.org"}).json


def test_a_note_is_listed_with_who_wrote_it_newest_first(api, bob, notes):
    first = api.post(notes, NOTE)
    api.post(notes, {"text": "And tea."})
    listed = api.get(notes).json["data"]

    assert first.status == 201
    assert [one["text"] for one in listed] == ["And tea.", "Prefers the morning."]
    assert listed[1] == first.json
    assert first.json["author"] == {"type": "agent", "id": bob.id, "name": "Bob"}


def test_many_are_read_page_by_page(api, notes):
    for number in range(5):
        api.post(notes, {"text": f"Note {number}"})

    assert [one["text"] for one in api.walk(notes, limit=2)] == [f"Note {number}" for number in (4, 3, 2, 1, 0)]


def test_a_repeat_under_its_key_writes_none(api, notes):
    made = [api.post(notes, NOTE, Idempotency_Key="one").json for _ in range(2)]

    assert made[0] == made[1]
    assert len(api.get(notes).json["data"]) == 1


def test_a_deleted_note_is_gone_and_cannot_be_deleted_twice(api, notes):
    path = f"{notes}/{api.post(notes, NOTE).json['id']}"

    assert [api.delete(path).status for _ in range(2)] == [204, 404]
    assert api.get(notes).json["data"] == []


def test_merged_customers_show_the_notes_of_both_and_have_their_own_again(api, ticket, notes, charlie):
    of_charlie = f"/v1/customers/{charlie['id']}"
    api.post(notes, NOTE)
    theirs = api.post(f"{of_charlie}/notes", {"text": "Writes from work."}).json
    api.post(f"{of_charlie}/merge", {"into": ticket["customer_id"]})
    assert [one["text"] for one in api.get(notes).json["data"]] == ["Writes from work.", NOTE["text"]]

    api.post(f"{of_charlie}/unmerge")
    assert [one["text"] for one in api.get(notes).json["data"]] == [NOTE["text"]]
    assert api.get(f"{of_charlie}/notes").json["data"] == [theirs]


def test_a_note_of_somebody_else_is_not_there(api, notes, charlie):
    note = api.post(notes, NOTE).json

    answer = api.delete(f"/v1/customers/{charlie['id']}/notes/{note['id']}")
    assert (answer.status, answer.code) == (404, "note-not-found")
    assert api.get(notes).json["data"] == [note]


@pytest.mark.parametrize("text", ["", "  \n", "a" * 8001], ids=["none", "blank", "long"])
def test_what_is_no_note_is_refused(api, notes, text):
    assert api.post(notes, {"text": text}).status == 422


def test_nobody_has_no_notes(api):
    path = "/v1/customers/cus_0000000000000000000000000A/notes"

    assert [api.get(path).code, api.post(path, NOTE).code] == ["customer-not-found"] * 2


def test_a_key_that_may_only_read_writes_and_deletes_none(api, key, notes):
    note, reader = api.post(notes, NOTE).json, key("customers:read")

    assert [reader.post(notes, NOTE).status, reader.delete(f"{notes}/{note['id']}").status] == [403, 403]
    assert reader.get(notes).json["data"] == [note]
