"""A Zendesk export, from the upload to the portal: numbers, dates, people, files and texts as they were."""

import json

import pytest

from chalicelib.actions import suggest_doubles
from chalicelib.actions.recount import recount
from chalicelib.domain.agent import Agent
from chalicelib.importing import zendesk_tickets
from chalicelib.store import customers, staff, tickets
from tests.api.conftest import new_ticket
from tests.importing.conftest import outbox, work, zipped


@pytest.fixture
def job(bring, team):
    return bring("zendesk", zipped(), "export.zip")


def test_a_ticket_keeps_its_number_dates_people_and_labels(api, job, bob: Agent, team):
    assert job["state"] == "done", job
    ticket = api.get("/v1/tickets/42").json

    assert (ticket["subject"], ticket["priority"], ticket["channel"]) == ("My board has split", "high", "email")
    assert (ticket["created_at"][:19], ticket["updated_at"][:19]) == ("2019-06-01T10:00:00", "2019-06-03T12:00:00")
    assert (ticket["assignee_id"], ticket["team_id"]) == (bob.id, team.id)
    assert (ticket["tags"], ticket["external_id"]) == (["board", "oil"], "zendesk:42")
    assert ticket["custom_fields"] == {"zendesk_360001": "GH-81234"}
    assert ticket["message_count"] == 4
    assert customers.get(ticket["customer_id"]).name == "Alice"
    assert tickets.get(ticket["id"]).cc == ("charlie@example.org",)


def test_what_was_solved_long_ago_is_closed_and_wakes_no_timer(api, job):
    ticket = api.get("/v1/tickets/42").json

    assert (ticket["status"], ticket["solved_at"][:19]) == ("closed", "2019-06-03T12:00:00")


def test_the_thread_keeps_authors_order_notes_and_clean_html(api, job, bob):
    ticket = api.get("/v1/tickets/42").json
    thread = api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"]

    assert [m["text"] for m in thread] == [
        "Hello, can it be saved?",
        "Yes: send it to us.",
        "She has a guarantee.",
        "Thank you!",
    ]
    assert [m["visibility"] for m in thread] == ["public", "public", "internal", "public"]
    assert [m["author"]["name"] for m in thread] == ["Alice", "Bob", "Dora", "Alice"]
    assert thread[1]["author"]["id"] == bob.id
    assert [m["created_at"][:10] for m in thread] == ["2019-06-01", "2019-06-02", "2019-06-02", "2019-06-03"]
    assert thread[0]["html"] == "<p>Hello, can it be <b>saved</b>?</p>"


def test_files_in_the_export_come_with_their_message_and_others_are_named(api, job):
    ticket = api.get("/v1/tickets/42").json
    first = api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"][0]

    (file,) = first["attachments"]
    assert (file["name"], file["content_type"], file["size"]) == ("board.png", "image/png", 9)
    told = next(one for one in job["results"] if one.get("ticket_id") == ticket["id"])
    assert told["code"] == "changed"
    assert "gone.pdf" in told["detail"] and "https://ghusn.zendesk.com/attachments/token/y" in told["detail"]


def test_an_agent_who_left_is_made_inactive_so_that_history_names_him(job):
    dora = staff.agent_by_email("dora@ghusn.example")

    assert dora and not dora.active


def test_a_ticket_in_arabic_waits_as_it_did(api, job):
    ticket = api.get("/v1/tickets/43").json

    assert (ticket["subject"], ticket["status"], ticket["locale"]) == ("انشطر لوح التقطيع", "on_hold", "ar")
    assert ticket["assignee_id"] == staff.agent_by_email("dora@ghusn.example").id
    thread = api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"]
    assert thread[1]["author"] == {"type": "agent", "id": None, "name": "zendesk:user:7999"}


def test_customers_keep_contacts_language_and_fields(job):
    alice = customers.by_contact("phone", "+21620555014")
    charlie = customers.by_contact("external", "shop-77")

    assert (alice.name, alice.locale, alice.time_zone) == ("Alice", "en", "Africa/Tunis")
    assert {(c.type, c.value) for c in alice.contacts} >= {("email", "alice@example.org"), ("external", "zendesk:8001")}
    assert (alice.custom_fields, alice.tags) == ({"wood": "olive"}, ("vip",))
    assert alice.created_at.year == 2019
    assert charlie.name == "شارلي"


def test_who_was_brought_is_found_as_somebodys_double(api, job):
    """No event follows an import, so it is the import that says by what each is found."""
    alice = customers.by_contact("phone", "+21620555014")
    twin = api.post("/v1/customers", {"name": f"{alice.name}", "organization_id": alice.organization_id}).json
    suggest_doubles.refresh(twin["id"])

    (found,) = api.get(f"/v1/customers/{twin['id']}/suggestions").json["data"]
    assert found["customer"]["id"] == alice.id


def test_a_customer_belongs_to_his_organization(api, job):
    (organization,) = api.walk("/v1/organizations")

    assert (organization["name"], organization["domains"]) == ("Dar Zitouna", ["zitouna.example"])
    assert (organization["external_id"], organization["custom_fields"]) == ("zendesk:900", {"city": "صفاقس"})
    assert customers.by_contact("phone", "+21620555014").organization_id == organization["id"]


def test_an_address_that_is_somebodys_here_stays_his(api, bring):
    charlie = api.post("/v1/customers", {"name": "Charlie", "email": "alice@example.org"}).json
    told = b'{"id": 8001, "name": "Alice", "emails": ["a2@example.org", "alice@example.org"], "role": "end-user"}'
    linked = b'{"id": 8001, "name": "Alice", "email": "a2@example.org", "role": "end-user"}'
    bring("zendesk", linked, "users.json")
    job = bring("zendesk", told, "users.json")

    (note,) = job["results"]
    assert note["detail"] == "alice@example.org belongs to another customer here"
    assert customers.by_contact("email", "alice@example.org").id == charlie["id"]
    assert customers.by_contact("email", "a2@example.org").name == "Alice"


def test_a_comment_that_stands_twice_is_one_message(api, bring):
    comment = '{"id": 3, "author_id": 5, "created_at": "2020-01-05T10:00:00Z", "body": "Hi", "public": true}'
    told = (
        '{"id": 9, "created_at": "2020-01-05T10:00:00Z", "status": "open", "requester": {"id": 5, "email":'
        f' "eve@example.org"}}, "comments": [{comment}, {comment}]}}'
    )
    assert bring("zendesk", told.encode(), "tickets.json")["results"] == []
    assert api.get("/v1/tickets/9").json["message_count"] == 1


def test_what_was_erased_here_does_not_come_back(api, bring):
    lines = (
        b'{"id": 9, "created_at": "2020-01-05T10:00:00Z", "status": "open", "subject": "Old", "description": "Hi",'
        b' "requester": {"id": 5, "email": "eve@example.org", "name": "Eve"}}'
    )
    bring("zendesk", lines, "tickets.json")
    customer_id = api.get("/v1/tickets/9").json["customer_id"]
    assert api.delete(f"/v1/customers/{customer_id}").status == 202
    work()

    job = bring("zendesk", lines, "tickets.json")
    assert [one["detail"] for one in job["results"]] == ["the ticket was erased here"]
    assert customers.by_contact("email", "eve@example.org") is None
    job = bring("zendesk", lines.replace(b'"id": 9', b'"id": 10'), "tickets.json")
    assert [one["detail"] for one in job["results"]] == ["the customer was erased here"]


def test_what_cannot_be_brought_is_named_by_its_place(job):
    told = {one["source"].partition("/")[2]: one["detail"] for one in job["results"] if one["code"] == "skipped"}

    assert told["tickets.json, line 3"] == "it is no JSON"
    assert "status “deleted”" in told["tickets.json, line 4"]
    assert "created_at" in told["tickets.json, line 5"]
    assert told["help_center/articles.json, record 5"] == "its section is not in the export"


def test_a_number_that_is_taken_gives_way_and_is_told(api, bring, team):
    native = api.post("/v1/tickets", new_ticket()).json
    lines = [
        b'{"id": %d, "created_at": "2020-01-05T10:00:00Z", "status": "open", "subject": "Old",'
        b' "requester": {"id": 5, "email": "eve@example.org", "name": "Eve"}, "description": "Hi"}' % native["number"]
    ]
    job = bring("zendesk", b"\n".join(lines), "tickets.json")

    assert api.get(f"/v1/tickets/{native['number']}").json["id"] == native["id"]
    (told,) = job["results"]
    moved = api.get(f"/v1/tickets/{told['ticket_id']}").json
    assert f"the number {native['number']} is another ticket's here: it is {moved['number']} now" in told["detail"]
    assert moved["external_id"] == f"zendesk:{native['number']}"
    assert moved["custom_fields"] == {"imported_number": native["number"]}


def test_new_tickets_get_numbers_beyond_the_highest_imported_one(api, job):
    assert api.post("/v1/tickets", new_ticket()).json["number"] == 2048
    assert api.get("/v1/tickets/2047").json["external_id"] == "ORDER-9"


def test_nothing_is_sent_and_the_counters_are_exact(api, job):
    assert outbox() == []
    assert work() == 0
    assert recount() == {}


def test_old_months_are_listed(api, job):
    listed = api.walk("/v1/tickets", sort="created")
    done = api.walk("/v1/tickets", status="closed")

    assert [t["number"] for t in listed] == [2047, 43, 42]
    assert [t["number"] for t in done] == [42]


def test_the_help_centre_comes_with_translations_and_is_found(api, job):
    categories = {c["translations"]["en"]["name"]: c for c in api.get("/v1/categories").json["data"]}
    found = api.get("/v1/search/articles", q="olive oil", locale="en").json["data"]
    arabic = api.get("/v1/search/articles", q="زيت الزيتون", locale="ar").json["data"]

    assert list(categories) == ["Caring – General", "Orders – General"]
    assert categories["Caring – General"]["translations"]["ar"]["name"] == "عام"
    assert [one["title"] for one in found] == ["Oil a board"]
    assert [one["title"] for one in arabic] == ["زيّت اللوح"]
    article = api.get(f"/v1/articles/{found[0]['article_id']}").json
    assert article["translations"]["en"]["body"] == "## How\n\nUse **olive oil** once a month.\n\n- Wash\n- Dry"
    assert article["created_at"][:10] == "2019-02-01"
    told = next(one for one in job["results"] if one.get("article_id") == article["id"])
    assert told["detail"] == "its text in fr is not brought"


def test_an_imported_article_has_what_it_said_there_as_its_first_version(api, job):
    article = next(one for one in api.walk("/v1/articles") if one["created_at"].startswith("2019-02-01"))
    (version,) = api.walk(f"/v1/articles/{article['id']}/versions")

    assert (version["number"], version["created_at"]) == (1, article["updated_at"])
    assert version["author"]["id"] == article["author_id"]
    assert not any(text["outdated"] for text in article["translations"].values())


def test_who_may_read_an_article_is_never_widened(api, job):
    shown = {a["translations"]["en"]["title"]: a for a in api.walk("/v1/articles")}

    assert shown["Oil a board"]["visibility"] == "public"
    assert shown["Wholesale prices"]["visibility"] == "customers"
    assert shown["Margins"]["visibility"] == "agents"
    assert shown["Unfinished"]["state"] == "draft"


def test_what_is_no_export_fails_by_name(bring):
    job = bring("zendesk", b"Dear Sir or Madam", "letter.json")

    assert (job["state"], job["error"]["code"]) == ("failed", "unreadable-import")
    assert "no Zendesk export" in job["error"]["detail"]


@pytest.mark.parametrize("public", ["null", '"false"', '"true"', "0", "1", "false", None])
def test_a_comment_is_public_only_if_the_export_says_so(public):
    said = json.loads('{"id": 5, "created_at": "2021-01-01T00:00:00Z", "body": "She is difficult."}')
    told = {"id": 1, "created_at": "2021-01-01T00:00:00Z", "status": "open", "requester": {"id": 7, "email": "a@b.co"}}
    if public:
        said["public"] = json.loads(public)

    made = zendesk_tickets.ticket({**told, "comments": [said]}, "line 1", {}, {})
    assert [message.public for message in made.messages] == [False]
    assert bool(made.notes) == (public != "false")


def test_ids_as_long_as_zendesks_are_told_apart():
    told = {"id": 1, "created_at": "2021-01-01T00:00:00Z", "status": "open", "requester_id": 21312345678901}
    said = {"id": 21312345678902, "author_id": 21312345678901, "created_at": "2021-01-01T00:00:00Z", "body": "Hi"}

    made = zendesk_tickets.ticket({**told, "comments": [said]}, "line 1", {}, {})
    assert made.requester.source == made.messages[0].author.source == "zendesk:user:21312345678901"
    assert made.messages[0].source == "zendesk:comment:21312345678902"


def test_a_number_too_high_for_a_ticket_is_refused_by_name():
    told = {"id": 100_000_000, "created_at": "2021-01-01T00:00:00Z", "status": "open", "requester_id": 7}

    made = zendesk_tickets.ticket({**told, "description": "Hi"}, "line 1", {}, {})
    assert made.reason == "ticket 100000000 has a number beyond 99999999"
