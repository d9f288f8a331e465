"""An import that dies at any moment and is taken up again, by its timer or by a new job, leaves the world of one that
never died: the ids of what it writes are made of what it reads."""

import json
import random
from types import SimpleNamespace

import pytest

from chalicelib import clock
from chalicelib.actions import import_file, import_tickets, run_due, run_job
from chalicelib.actions.recount import recount
from chalicelib.importing import records
from chalicelib.inbound.job_steps import step_for
from chalicelib.store import files, jobs, numbers, shop, staff
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row
from tests.importing.conftest import FILES, outbox, upload, work, world, zipped

LONG = 230


class Killed(BaseException):
    """The process is gone: nothing of ours may catch this."""


def long_ticket():
    """A ticket that no single transaction takes."""
    comments = [
        {"id": 9000 + at, "author_id": 8001, "created_at": f"2021-02-03T{at // 60:02d}:{at % 60:02d}:00Z",
         "public": True, "body": f"Message {at}"}
        for at in range(LONG)
    ]  # fmt: skip
    alice = {"id": 8001, "name": "Alice", "email": "alice@example.org"}
    told = {"id": 77, "created_at": "2021-02-03T00:00:00Z", "status": "open", "requester": alice, "comments": comments}
    return json.dumps(told).encode()


FORMATS = {
    "zendesk": ("zendesk", zipped(), "export.zip"),
    "long": ("zendesk", long_ticket(), "tickets.json"),
    "mbox": ("mbox", (FILES / "box.mbox").read_bytes(), "box.mbox"),
    "csv": ("csv", (FILES / "tickets.csv").read_bytes(), "tickets.csv"),
}


def dies(monkeypatch, chance):
    """Let every third to twelfth commit be the last of its process: either just before or just after it."""
    real, left = Changes.commit, [chance.randint(3, 12)]

    def commit(self):
        left[0] -= 1
        if left[0] > 0:
            return real(self)
        left[0] = chance.randint(3, 12)
        if chance.random() < 0.5:
            real(self)
        raise Killed

    monkeypatch.setattr(Changes, "commit", commit)


def wipe():
    """Take away all but the people who work here and their key."""
    gone = {agent.id for agent in staff.read().agents.values() if not agent.active}
    with Row.batch_write() as batch:
        for row in list(Row.scan()):
            kept = row.pk.startswith(("APIKEY", "STAFF", "AGENTEMAIL"))
            if not kept or {row.sk.removeprefix("AGENT#"), getattr(row, "agent_id", None)} & gone:
                batch.delete(row)
    for store in (numbers.forget_block, shop.forget, staff.forget):
        store()


def comparable():
    """The world without what is dealt out: numbers, of which a process that dies takes some with it, and stamps."""
    rows = {key: row for key, row in world().items() if key[1] != "ticket-number" and not key[0].startswith("NUMBER#")}
    for row in rows.values():
        if row.get("kind") == "ticket" and "external_id" not in row.get("labels", ""):
            row.pop("number")
        row.pop("stamp", None)
    return rows


@pytest.mark.parametrize("name", FORMATS)
def test_a_second_job_over_the_same_file_changes_nothing(bring, name, team):
    first = bring(*FORMATS[name])
    before = world()
    second = bring(*FORMATS[name])

    assert (first["state"], second["state"]) == ("done", "done")
    assert world() == before
    assert passed_over(second) == passed_over(first)


def passed_over(job):
    return [(one["source"], one["detail"]) for one in job["results"] if one["code"] == "skipped"]


@pytest.mark.parametrize("name", FORMATS)
def test_however_often_it_dies_it_comes_to_the_same_end(api, bring, monkeypatch, name, team):
    bring(*FORMATS[name])
    whole = comparable()
    wipe()

    format, content, file = FORMATS[name]
    told = {"type": "import", "format": format, "attachment_id": upload(api, content, file)}
    job_id = api.post("/v1/jobs", told).json["id"]
    with monkeypatch.context() as patch:
        dies(patch, random.Random(name))
        deaths = until_it_ends(api, job_id)

    assert deaths >= 1
    assert comparable() == whole
    assert recount() == {}
    assert outbox() == []


def until_it_ends(api, job_id):
    """Run the job as AWS would, whatever dies; returns how often something did."""
    deaths = 0
    while True:
        try:
            work()
            if api.get(f"/v1/jobs/{job_id}").json["state"] == "done":
                return deaths
            clock.shift(11 * 60)
            run_due.sweep()
        except Killed:
            deaths += 1
            assert deaths < 200
            staff.forget()


def test_a_ticket_longer_than_a_transaction_is_one_ticket(api, bring):
    bring(*FORMATS["long"])
    ticket = api.get("/v1/tickets/77").json
    said = api.walk(f"/v1/tickets/{ticket['id']}/messages", limit=100)

    assert ticket["message_count"] == LONG
    assert [m["text"] for m in said] == [f"Message {at}" for at in range(LONG)]
    assert ticket["waiting_since"][:19] == "2021-02-03T00:00:00"


def test_a_later_export_adds_what_was_said_since_and_leaves_the_rest(api, bring):
    told = json.loads(long_ticket())
    early = {**told, "comments": told["comments"][:3]}
    bring("zendesk", json.dumps(early).encode(), "tickets.json")
    ticket = api.get("/v1/tickets/77").json
    api.patch(f"/v1/tickets/{ticket['id']}", {"status": "on_hold", "tags": ["mine"]})

    bring("zendesk", json.dumps({**told, "comments": told["comments"][:5]}).encode(), "tickets.json")
    after = api.get("/v1/tickets/77").json
    assert (after["status"], after["tags"], after["message_count"]) == ("on_hold", ["mine"], 5)
    assert recount() == {
        "assignee:none:open": -1,
        "assignee:none:waiting": 1,
        "team:none:open": -1,
        "team:none:waiting": 1,
    }


def test_a_record_that_cannot_be_written_holds_up_no_other(api, bring, monkeypatch):
    real = import_tickets.bring

    def breaks(record, people, export, is_over):
        if record.number == 42:
            raise KeyError("no such thing")
        return real(record, people, export, is_over)

    monkeypatch.setattr(import_tickets, "bring", breaks)
    format, content, file = FORMATS["zendesk"]
    told = {"type": "import", "format": format, "attachment_id": upload(api, content, file)}
    job_id = api.post("/v1/jobs", told).json["id"]
    until_it_ends(api, job_id)

    results = {one["source"]: one["detail"] for one in api.walk(f"/v1/jobs/{job_id}/results", limit=100)}
    assert results["export/tickets.json, line 1"] == "it could not be written: KeyError"
    assert api.get("/v1/tickets/43").status == 200


@pytest.mark.parametrize("name", FORMATS)
def test_a_step_may_end_after_any_record(bring, monkeypatch, name, team):
    bring(*FORMATS[name])
    whole = comparable()
    wipe()

    monkeypatch.setattr(import_file, "Watch", lambda: SimpleNamespace(is_over=True))
    monkeypatch.setattr(import_file, "THREAD_PORTION", 3)
    job = bring(*FORMATS[name])

    assert job["state"] == "done" and job["progress"]["done"] == job["progress"]["total"]
    assert comparable() == whole


def test_a_stopped_import_goes_on_where_it_stood(api, monkeypatch, team):
    monkeypatch.setattr(import_file, "Watch", lambda: SimpleNamespace(is_over=True))
    format, content, file = FORMATS["csv"]
    told = {"type": "import", "format": format, "attachment_id": upload(api, content, file)}
    job_id = api.post("/v1/jobs", told).json["id"]
    while not api.get(f"/v1/jobs/{job_id}").json["progress"]["done"]:
        run_job.run(job_id, step_for)
    assert api.post(f"/v1/jobs/{job_id}/stop").json["progress"] == {"done": 1, "total": 5}
    work()
    assert api.get("/v1/tickets/502").status == 404

    api.post(f"/v1/jobs/{job_id}/resume")
    work()
    assert api.get(f"/v1/jobs/{job_id}").json["state"] == "done"
    assert api.get("/v1/tickets/502").status == 200


@pytest.mark.parametrize("name", FORMATS)
def test_reading_can_be_left_behind_any_record(api, monkeypatch, name, team):
    monkeypatch.setattr(import_file, "Watch", lambda: SimpleNamespace(is_over=True))
    format, content, file = FORMATS[name]
    told = {"type": "import", "format": format, "attachment_id": upload(api, content, file)}
    job_id = api.post("/v1/jobs", told).json["id"]

    run_job.run(job_id, step_for)
    place = jobs.get(job_id).place
    assert (place["phase"], place["portions"], place["records"]) == ("read", 1, 1)


def test_a_portion_holds_no_more_than_some_megabytes(api, bring, monkeypatch, team):
    put, portions = files.put, []
    monkeypatch.setattr(import_file, "PORTION_OCTETS", 500)
    monkeypatch.setattr(
        import_file.files, "put", lambda key, octets, kind: (portions.append(key), put(key, octets, kind))
    )
    job = bring(*FORMATS["csv"])

    assert (job["state"], job["progress"]) == ("done", {"done": 5, "total": 5})
    assert len(portions) == 3
    assert api.get("/v1/tickets/502").status == 200


def test_a_mailbox_of_more_mails_than_one_step_can_sort_is_refused_by_name(bring, monkeypatch):
    monkeypatch.setattr(import_file, "MOST_MAILS", 3)
    job = bring(*FORMATS["mbox"])

    assert job["state"] == "failed"
    assert job["error"] == {
        "code": "unreadable-import", "detail": "The mailbox has more than 3 mails: bring it in parts."
    }  # fmt: skip


def test_a_ticket_longer_than_a_step_goes_on_in_the_next(api, monkeypatch):
    monkeypatch.setattr(import_file, "Watch", lambda: SimpleNamespace(is_over=True))
    format, content, file = FORMATS["long"]
    told = {"type": "import", "format": format, "attachment_id": upload(api, content, file)}
    job_id = api.post("/v1/jobs", told).json["id"]
    while api.get("/v1/tickets/77").status == 404:
        run_job.run(job_id, step_for)

    assert 0 < api.get("/v1/tickets/77").json["message_count"] < LONG
    assert api.get(f"/v1/jobs/{job_id}").json["progress"]["done"] == 0


def test_a_transaction_carries_few_files_and_one_message_at_least():
    at = clock.now()
    one = records.Message("s", records.Person(), at, files=tuple(records.File(f"{name}") for name in range(15)))
    many = records.Message("s", records.Person(), at, files=tuple(records.File(f"{name}") for name in range(90)))

    assert [import_tickets._fitting(listed) for listed in ([one, one, one], [many, one], [one])] == [1, 1, 1]


def test_a_transaction_carries_who_is_in_copy_too():
    at = clock.now()
    crowd = [tuple(f"guest{n}-{m}@example.org" for m in range(20)) for n in range(5)]
    listed = [records.Message(f"s{n}", records.Person(), at, cc=cc) for n, cc in enumerate(crowd)]
    same = [records.Message(f"s{n}", records.Person(), at, cc=crowd[0]) for n in range(9)]

    assert [import_tickets._fitting(these) for these in (listed, same)] == [4, 9]
