"""Tables of tickets, as spreadsheets save them."""

import io

import pytest

from chalicelib.actions.recount import recount
from chalicelib.importing import formats
from chalicelib.importing.archive import Archive
from chalicelib.store import customers
from tests.api.conftest import new_ticket
from tests.importing.conftest import FILES, outbox

TABLE = (FILES / "tickets.csv").read_text(encoding="utf-8")
TWO = "number;subject;created_at;customer_email;message\r\n7;لوح الزيتون;2021-05-01;alice@example.org;كم السعر؟\r\n"


def test_rows_of_one_number_are_the_messages_of_one_ticket(api, bring, bob):
    job = bring("csv", TABLE.encode(), "tickets.csv")

    ticket = api.get("/v1/tickets/501").json
    said = api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"]
    assert job["state"] == "done"
    assert [m["text"] for m in said] == ["مرحبًا،\nهل يمكن إصلاحه؟", "نعم، أرسلوه إلينا.", "She has a guarantee."]
    assert [m["author"]["type"] for m in said] == ["customer", "agent", "agent"]
    assert said[1]["author"]["id"] == bob.id
    assert [m["visibility"] for m in said] == ["public", "public", "internal"]
    assert [m["created_at"][:16] for m in said] == ["2021-03-01T10:00", "2021-03-02T10:00", "2021-03-02T11:00"]


def test_what_was_brought_is_found_by_agents(api, bring):
    bring("csv", TABLE.encode(), "tickets.csv")

    assert [hit["ticket"]["number"] for hit in api.get("/v1/search/tickets", q="guarantee").json["data"]] == [501]


def test_a_ticket_keeps_what_its_first_row_tells(api, bring):
    bring("csv", TABLE.encode(), "tickets.csv")
    ticket = api.get("/v1/tickets/501").json

    assert (ticket["subject"], ticket["status"], ticket["priority"]) == ("انشطر اللوح", "closed", "high")
    assert (ticket["tags"], ticket["custom_fields"], ticket["locale"]) == (["لوح", "زيت"], {"size": "كبير"}, "ar")
    assert customers.get(ticket["customer_id"]).name == "أليس"
    assert api.get("/v1/tickets/502").json["created_at"][:16] == "2021-04-01T09:30"


def test_rows_that_tell_no_ticket_are_named(bring):
    job = bring("csv", TABLE.encode(), "tickets.csv")

    told = {one["source"]: one["detail"] for one in job["results"]}
    assert told == {
        "row 5": "it names no customer",
        "row 6": "the status “vague” is none of new, open, pending, on_hold, solved, closed",
        "row 7": "it has no believable created_at",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-sig", "cp1256"])
@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
def test_whatever_the_spreadsheet_saved_it_as(encoding, delimiter):
    text = TWO.replace(";", delimiter)
    content = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-sig" else text.encode(encoding)

    ((_, ticket),) = formats.reader("csv", Archive(io.BytesIO(content), "two.csv")).records([0, 0])
    assert (ticket.number, ticket.subject, ticket.messages[0].text) == (7, "لوح الزيتون", "كم السعر؟")


def test_a_cell_too_long_costs_its_row_alone():
    content = f"created_at,customer_email,message\n2021-05-01,a@x.example,{'x' * 600_000}\n2021-05-01,a@x.example,Hi\n"
    reader = formats.reader("csv", Archive(io.BytesIO(content.encode()), "long.csv"))

    first, second = (record for _, record in reader.records([0, 0]))
    assert (first.where, first.reason) == ("row 1", "the row cannot be read: one of its cells is too long")
    assert second.messages[0].text == "Hi"


def test_nothing_is_sent_and_the_counters_are_exact(bring):
    bring("csv", TABLE.encode(), "tickets.csv")

    assert outbox() == []
    assert recount() == {}


@pytest.mark.parametrize("content", [b"", b"name,age\nAlice,30\n", b"PK\x03\x04 broken", b"\x00\x01\x02" * 500])
def test_what_is_no_table_of_tickets_fails_by_name(bring, content):
    job = bring("csv", content or b"\n", "letter.csv")

    assert (job["state"], job["error"]["code"]) == ("failed", "unreadable-import")


@pytest.mark.parametrize("number", ["999999999999", "0021620555014", "100000000", "INV-7", "0", "１２"])
def test_a_number_that_no_ticket_can_have_is_refused_by_name(api, bring, number):
    content = f"number,created_at,customer_email,message\n{number},2021-03-01,alice@example.org,Hi\n"
    job = bring("csv", content.encode(), "t.csv")

    assert [one["detail"] for one in job["results"]] == [f"its number “{number}” is none from 1 to 99999999"]
    assert api.post("/v1/tickets", new_ticket()).json["number"] < 2000


HEAD = "number,created_at,customer_email,status,message,message_at\n"


def table(*rows):
    return (HEAD + "".join(row + "\n" for row in rows)).encode()


def said(api, number):
    return [m["text"] for m in api.get(f"/v1/tickets/{number}/messages").json["data"]]


def test_a_table_in_another_order_and_with_a_row_more_doubles_nothing(api, bring):
    bring("csv", table("7,2021-03-01,alice@example.org,open,One,", "7,2021-03-01,alice@example.org,open,Two,"))
    later = [f"7,2021-03-01,alice@example.org,solved,{word}," for word in ("Zero", "Two", "One")]
    job = bring("csv", table(*later, "7,2021-03-01,alice@example.org,solved,Three,2021-03-02"))

    assert job["results"] == []
    assert sorted(said(api, 7)) == ["One", "Three", "Two", "Zero"]
    assert said(api, 7).index("One") < said(api, 7).index("Two") < said(api, 7).index("Three")
    assert api.get("/v1/tickets/7").json["message_count"] == 4


def test_the_same_words_twice_at_one_moment_are_two_messages(api, bring):
    twice = table("7,2021-03-01,alice@example.org,open,One,", "7,2021-03-01,alice@example.org,open,One,")
    bring("csv", twice)
    bring("csv", twice)

    assert said(api, 7) == ["One", "One"]


def test_another_shops_ticket_of_the_same_number_is_another_ticket(api, bring):
    bring("csv", table("7,2021-03-01,alice@example.org,open,Alice's card,"), "a.csv")
    job = bring("csv", table("7,2021-03-01,charlie@example.org,open,Charlie's card,"), "b.csv")

    (told,) = job["results"]
    moved = api.get(f"/v1/tickets/{told['ticket_id']}").json
    assert said(api, 7) == ["Alice's card"]
    assert said(api, moved["number"]) == ["Charlie's card"]
    assert customers.get(moved["customer_id"]).has("email", "charlie@example.org")


def test_a_row_of_another_customer_is_told_and_left_out(api, bring):
    rows = ("7,2021-03-01,alice@example.org,open,Alice's card,", "7,2021-03-01,charlie@example.org,open,Charlie's,")
    job = bring("csv", table(*rows))

    assert said(api, 7) == ["Alice's card"]
    assert [one["detail"] for one in job["results"]] == ["row 2 names another customer than the ticket's first row"]


def test_what_is_added_to_a_merged_ticket_counts_in_all_that_stand_for_it(api, bring):
    bring("csv", table("7,2021-03-01,alice@example.org,open,One,2021-03-01"))
    seven, middle, last = api.get("/v1/tickets/7").json, *(api.post("/v1/tickets", new_ticket()).json for _ in "ab")
    for loser, survivor in ((seven, middle), (middle, last)):
        assert api.post(f"/v1/tickets/{loser['id']}/merge", {"into": survivor["id"]}).status == 200

    rows = (
        "7,2021-03-01,alice@example.org,open,One,2021-03-01",
        "7,2021-03-01,alice@example.org,open,Newly,2021-03-02",
    )
    for _ in range(2):
        bring("csv", table(*rows))
        counts = [api.get(f"/v1/tickets/{one['id']}").json["message_count"] for one in (seven, middle, last)]
        assert counts == [2, 3, 4]
    assert len(said(api, last["id"])) == 4
    assert last["number"] in [h["ticket"]["number"] for h in api.get("/v1/search/tickets", q="Newly").json["data"]]

    assert api.post(f"/v1/tickets/{middle['id']}/unmerge", {}).status == 200
    assert api.post(f"/v1/tickets/{seven['id']}/unmerge", {}).status == 200
    counts = [api.get(f"/v1/tickets/{one['id']}").json["message_count"] for one in (seven, middle, last)]
    assert counts == [2, 1, 1]


def test_what_a_merged_customer_asked_stays_his_when_they_come_apart(api, bring):
    """His ticket names him and not the one who stands for him, whose name it shows as long as he does."""
    alice = api.post("/v1/customers", {"name": "Alice", "contacts": [{"type": "email", "value": "alice@example.org"}]})
    stands = api.post("/v1/customers", {"name": "Alice of work", "contacts": [{"type": "external", "value": "w-1"}]})
    assert api.post(f"/v1/customers/{alice.json['id']}/merge", {"into": stands.json["id"]}).status == 200

    bring("csv", TWO.encode())

    ticket = api.get("/v1/tickets/7").json
    assert ticket["customer_id"] == alice.json["id"]
    assert [hit["id"] for hit in api.walk("/v1/tickets", customer_id=stands.json["id"])] == [ticket["id"]]
    assert api.post(f"/v1/customers/{alice.json['id']}/unmerge", {}).status == 200
    assert [one["id"] for one in api.walk("/v1/tickets", customer_id=alice.json["id"])] == [ticket["id"]]
    assert api.walk("/v1/tickets", customer_id=stands.json["id"]) == []
