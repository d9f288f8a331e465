"""Jobs as an integrator sees them: asked for, watched, stopped; and bulk jobs, each operation with its own result."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib import clock
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import email_in
from chalicelib.domain.job import KEPT
from chalicelib.store import api_keys
from chalicelib.store.changes import Changes
from tests.actions.conftest import mail, store_mail
from tests.api.conftest import Caller, new_ticket


def bulk(*operations: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    return {"type": "bulk", "operations": [{"method": m, "path": p, "body": b} for m, p, b in operations]}


def of(method: str, path: str) -> dict[str, Any]:
    return bulk((method, path, {}))


def results(api: Caller, job: dict[str, Any]) -> list[dict[str, Any]]:
    return api.walk(f"/v1/jobs/{job['id']}/results", limit=2)


def test_a_bulk_job_does_each_operation_and_tells_of_each(
    api: Caller, ticket: dict[str, Any], work: Callable[[], None]
) -> None:
    made = api.post(
        "/v1/jobs",
        bulk(
            ("PATCH", f"/v1/tickets/{ticket['number']}", {"status": "solved"}),
            ("POST", "/v1/tickets", new_ticket(subject="Another board")),
            ("PATCH", "/v1/tickets/999999", {"status": "solved"}),
            ("POST", "/v1/tickets", {"subject": 3}),
            ("POST", "/v1/nothing", {}),
        ),
    )
    assert made.status == 202
    assert made.headers["location"].endswith(f"/v1/jobs/{made.json['id']}")
    assert (made.json["state"], made.json["progress"]) == ("queued", {"done": 0, "total": 5})

    work()

    job = api.get(f"/v1/jobs/{made.json['id']}").json
    assert (job["state"], job["progress"], job["error"]) == ("done", {"done": 5, "total": 5}, None)
    told = results(api, job)
    assert [(one["index"], one["status"]) for one in told] == [(0, 200), (1, 201), (2, 404), (3, 422), (4, 404)]
    assert told[0]["body"]["status"] == "solved"
    assert told[2]["body"]["code"] == "ticket-not-found"
    assert {one["pointer"] for one in told[3]["body"]["errors"]} >= {"/subject", "/message"}
    assert api.get(f"/v1/tickets/{ticket['id']}").json["status"] == "solved"
    assert len(api.walk("/v1/tickets")) == 2


def test_each_operation_needs_its_own_scope(key: Callable[..., Caller], work: Callable[[], None]) -> None:
    reader = key("tickets:read")
    job = reader.post("/v1/jobs", bulk(("POST", "/v1/tickets", new_ticket()))).json
    work()
    (told,) = results(reader, job)
    assert (told["status"], told["body"]["code"]) == (403, "missing-scope")


def test_a_revoked_key_ends_its_job(key: Callable[..., Caller], api: Caller, work: Callable[[], None]) -> None:
    writer = key("tickets:write")
    job = writer.post("/v1/jobs", bulk(("POST", "/v1/tickets", new_ticket()))).json
    revoke(job["created_by"])
    work()
    found = api.get(f"/v1/jobs/{job['id']}").json
    assert (found["state"], found["error"]["code"]) == ("failed", "unauthorized")
    assert api.walk("/v1/tickets") == []


def test_what_is_done_again_after_a_crash_is_done_once(
    api: Caller, work: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.actions import run_job
    from chalicelib.api import bulk as bulk_step

    job = api.post("/v1/jobs", bulk(("POST", "/v1/tickets", new_ticket()))).json

    def die(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as broken, pytest.raises(SystemExit):
        broken.setattr(run_job, "_written", die)
        run_job.run(job["id"], lambda type: bulk_step.step)
    clock.shift(600)
    work()
    assert [one["status"] for one in results(api, job)] == [201]
    assert len(api.walk("/v1/tickets")) == 1


@pytest.mark.parametrize("path", ["/v1/jobs", "/v1/api-keys", "/v1/webhooks", "/v1/jobs/job_1/stop"])
def test_what_answers_with_secrets_is_no_part_of_a_bulk_job(api: Caller, path: str) -> None:
    refused = api.post("/v1/jobs", bulk(("POST", "/v1/tickets", {}), ("POST", path, {})))
    assert (refused.status, refused.code) == (422, "not-in-bulk")
    assert refused.faults == {"/operations/1/path": "not-in-bulk"}


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"type": "bulk"}, {"/operations": "required"}),
        ({"type": "bulk", "operations": []}, {"/operations": "too-few"}),
        (of("GET", "/v1/tickets"), {"/operations/0/method": "unknown-value"}),
        (of("POST", "/health"), {"/operations/0/path": "invalid-characters"}),
        ({"type": "export", "format": "csv"}, {"/format": "unknown-field"}),
        ({"type": "import"}, {"/format": "required", "/attachment_id": "required"}),
        ({"type": "replay"}, {"/since": "required"}),
        ({"type": "replay", "mail_ids": ["1"], "until": "2026-11-22T10:00:00Z"}, {"/since": "required"}),
        (
            {"type": "replay", "since": "2026-11-22T10:00:00Z", "until": "2026-11-22T10:00:00+01:00"},
            {"/until": "before"},
        ),
        ({"type": "reconcile", "since": "2026-11-22T10:00:00Z"}, {"/since": "unknown-field"}),
    ],
)
def test_a_job_that_is_none_is_refused_field_by_field(api: Caller, body: Any, faults: dict[str, str]) -> None:
    refused = api.post("/v1/jobs", body)
    assert (refused.status, refused.faults) == (422, faults)


def test_more_than_a_hundred_operations_are_refused(api: Caller) -> None:
    refused = api.post("/v1/jobs", bulk(*[("POST", "/v1/tickets", {})] * 101))
    assert refused.faults == {"/operations": "too-many"}


def test_a_job_named_twice_is_one_and_answers_as_the_first_time(api: Caller, work: Callable[[], None]) -> None:
    wanted = bulk(("POST", "/v1/tickets", new_ticket()))
    first = api.post("/v1/jobs", wanted, Idempotency_Key="one")
    work()
    again = api.post("/v1/jobs", wanted, Idempotency_Key="one")
    assert (again.status, again.json) == (202, first.json)
    assert again.headers["idempotent-replayed"] == "true"
    work()
    assert len(api.walk("/v1/tickets")) == 1


def test_a_stopped_job_rests_until_it_is_resumed(api: Caller, work: Callable[[], None]) -> None:
    job = api.post("/v1/jobs", bulk(("POST", "/v1/tickets", new_ticket()))).json
    assert api.post(f"/v1/jobs/{job['id']}/stop").json["state"] == "stopped"
    work()
    assert api.walk("/v1/tickets") == []
    assert api.post(f"/v1/jobs/{job['id']}/resume").status == 202
    work()
    assert len(api.walk("/v1/tickets")) == 1
    assert api.post(f"/v1/jobs/{job['id']}/stop").code == "job-finished"


def test_a_job_is_not_there_for_another_key(key: Callable[..., Caller], api: Caller) -> None:
    mine, other = key("tickets:write"), key("tickets:write")
    job = mine.post("/v1/jobs", bulk(("POST", "/v1/tickets", new_ticket()))).json
    assert mine.get(f"/v1/jobs/{job['id']}").status == 200
    assert [one["id"] for one in mine.walk("/v1/jobs")] == [job["id"]]
    assert [one["id"] for one in api.walk("/v1/jobs")] == [job["id"]]
    assert other.walk("/v1/jobs") == []
    for path in ("", "/results"):
        assert other.get(f"/v1/jobs/{job['id']}{path}").code == "job-not-found"
    assert other.post(f"/v1/jobs/{job['id']}/stop").code == "job-not-found"


@pytest.mark.parametrize("type", ["export", "import", "replay", "reconcile"])
def test_all_but_bulk_is_for_admins(key: Callable[..., Caller], type: str) -> None:
    body = {"type": type} | ({"format": "csv", "attachment_id": "att_1"} if type == "import" else {})
    body |= {"since": "2026-11-22T10:00:00Z"} if type == "replay" else {}
    assert key("tickets:*").post("/v1/jobs", body).code == "missing-scope"


def test_a_job_is_forgotten_after_a_month(api: Caller) -> None:
    job = api.post("/v1/jobs", bulk(("POST", "/v1/tickets", new_ticket()))).json
    clock.shift(KEPT.total_seconds() + 60)
    assert api.get(f"/v1/jobs/{job['id']}").code == "job-not-found"
    assert api.walk("/v1/jobs") == []


def revoke(key_id: str) -> None:
    found, change = api_keys.get(key_id), Changes()
    assert found
    api_keys.save(change, found, replace(found, revoked_at=clock.now()))
    change.commit()


def test_operations_in_bulk_count_against_the_limit_of_the_key(key: Callable[..., Caller]) -> None:
    shop = key("tickets:write", limit=120)
    operations = [{"method": "POST", "path": "/v1/tickets", "body": new_ticket()}] * 60
    wanted = {"type": "bulk", "operations": operations}
    named = [shop.post("/v1/jobs", wanted, Idempotency_Key=name) for name in ("one", "two", "three", "one")]
    assert [made.status for made in named] == [202, 202, 429, 202]
    assert named[2].code == "too-many-requests"
    assert named[3].json["id"] == named[0].json["id"]


def test_one_full_bulk_job_is_taken_from_a_key_of_a_low_limit(key: Callable[..., Caller]) -> None:
    operations = [{"method": "POST", "path": "/v1/tickets", "body": new_ticket()}] * 100
    made = key("tickets:write", limit=10).post("/v1/jobs", {"type": "bulk", "operations": operations})
    assert made.status == 202


def test_a_key_that_is_no_admins_any_more_has_lost_its_exports(
    api: Caller, key: Callable[..., Caller], work: Callable[[], None]
) -> None:
    former = key("admin")
    export = former.post("/v1/jobs", {"type": "export"}).json
    work()
    assert former.get(f"/v1/jobs/{export['id']}").json["url"]
    assert api.patch(f"/v1/api-keys/{export['created_by']}", {"scopes": ["articles:read"]}).status == 200
    for path in ("", "/results"):
        assert former.get(f"/v1/jobs/{export['id']}{path}").code == "job-not-found"
    assert former.post(f"/v1/jobs/{export['id']}/resume").code == "job-not-found"
    assert former.walk("/v1/jobs") == []


def test_mail_is_read_anew_and_counted_by_jobs(api: Caller, work: Callable[[], None]) -> None:
    stored = [store_mail(mail(f"{n}", Message_ID=f"<{n}@example.org>")) for n in range(2)]
    for one in stored:
        receive_mail(one)
    read = email_in.read
    with pytest.MonkeyPatch.context() as better:
        better.setattr(email_in, "read", lambda raw: replace(read(raw), visible_text="Better."))
        replayed = api.post("/v1/jobs", {"type": "replay", "since": "2026-01-01T00:00:00Z"}).json
        named = api.post("/v1/jobs", {"type": "replay", "mail_ids": [f"sus_{stored[0].id}"]}).json
        work()
    counted = api.post("/v1/jobs", {"type": "reconcile"}).json
    work()

    assert sorted(one["source"] for one in api.walk(f"/v1/jobs/{replayed['id']}/results")) == [one.id for one in stored]
    assert api.get(f"/v1/jobs/{replayed['id']}").json["progress"]["done"] == 2
    assert api.get(f"/v1/jobs/{named['id']}").json["progress"]["done"] == 1
    (result,) = api.walk(f"/v1/jobs/{counted['id']}/results")
    assert (result["body"]["seen"], result["body"]["message"], result["body"]["missing"]) == (2, 2, 0)
