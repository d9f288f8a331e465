"""Exports: all that there is, once, as JSON Lines and files in an archive that a person can open."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import pack_export, run_job
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.api import export, export_sections
from chalicelib.inbound.job_steps import step_for
from chalicelib.store import jobs, shop
from tests.actions.conftest import mail, store_mail
from tests.api.conftest import Caller, new_ticket
from tests.api.test_jobs import revoke


def archives(api: Caller, job: dict[str, Any]) -> list[zipfile.ZipFile]:
    told = api.walk(f"/v1/jobs/{job['id']}/results")
    return [zipfile.ZipFile(io.BytesIO(fetched(one["url"]))) for one in told if "url" in one]


def fetched(url: str) -> bytes:
    key = urlsplit(url).path.lstrip("/")
    return bytes(boto3.client("s3").get_object(Bucket=settings.files_bucket(), Key=key)["Body"].read())


def records(found: list[zipfile.ZipFile], kind: str) -> list[dict[str, Any]]:
    names = [(archive, name) for archive in found for name in archive.namelist() if name == f"{kind}.jsonl"]
    return [json.loads(line) for archive, name in names for line in archive.read(name).splitlines()]


def exported(api: Caller, work: Callable[[], None]) -> tuple[dict[str, Any], list[zipfile.ZipFile]]:
    job = api.post("/v1/jobs", {"type": "export"}).json
    work()
    return api.get(f"/v1/jobs/{job['id']}").json, archives(api, job)


def upload(api: Caller) -> str:
    made = api.post("/v1/uploads", {"name": "a/../board.png", "content_type": "image/png", "size": 3}).json
    key = made["fields"]["key"]
    boto3.client("s3").put_object(Bucket=settings.files_bucket(), Key=key, Body=b"png")
    return str(made["attachment_id"])


def test_everything_is_there_once_and_looks_as_in_the_api(api: Caller, work: Callable[[], None]) -> None:
    for n in range(8):
        api.post("/v1/tickets", new_ticket(subject=f"Board {n}"))
    category = api.post("/v1/categories", {"translations": {"en": {"name": "Wood"}}}).json
    article = {"translations": {"en": {"title": "Oil it", "body": "Well."}}, "visibility": "public"}
    api.post("/v1/articles", article | {"category_id": category["id"]})
    job, found = exported(api, work)

    assert (job["state"], job["error"]) == ("done", None)
    assert job["url"] and job["finished_at"]
    assert records(found, "tickets") == [
        api.get(f"/v1/tickets/{t['id']}").json for t in api.walk("/v1/tickets", sort="created")
    ]
    assert len(records(found, "messages")) == 8
    assert records(found, "customers") == api.walk("/v1/customers")
    for kind in ("agents", "teams", "categories", "articles"):
        assert records(found, kind) == api.walk(f"/v1/{kind}")
    manifest = json.loads(found[0].read("manifest.json"))
    assert (manifest["counts"]["tickets"], manifest["counts"]["messages"]) == (8, 8)
    assert job["progress"]["done"] == sum(n for kind, n in manifest["counts"].items() if kind != "files")


def test_what_articles_said_before_is_in_it(api: Caller, work: Callable[[], None]) -> None:
    category = api.post("/v1/categories", {"translations": {"en": {"name": "Wood"}}}).json
    made = []
    for title in ("Oil it", "Dry it", "Gone"):
        body = {"category_id": category["id"], "translations": {"en": {"title": title, "body": "0"}}}
        made.append(api.post("/v1/articles", body).json["id"])
    for number in range(25):
        api.patch(f"/v1/articles/{made[0]}", {"translations": {"en": {"body": f"{number + 1}"}}})
    api.delete(f"/v1/articles/{made[2]}")
    job, found = exported(api, work)

    assert job["state"] == "done"
    versions = records(found, "article_versions")
    first = [one for one in versions if one["article_id"] == made[0]]
    assert [one["translations"]["en"]["body"] for one in first] == [str(number) for number in range(25, -1, -1)]
    assert first[-1] == api.get(f"/v1/articles/{made[0]}/versions/1").json
    assert {one["article_id"] for one in versions} == set(made[:2])


def test_no_secret_is_in_it(api: Caller, work: Callable[[], None]) -> None:
    _, (archive,) = exported(api, work)
    text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert [one["name"] for one in records([archive], "api_keys")] == ["Shop"]
    assert "hash" not in text and "whsec_" not in text and "diwan_" not in text


def test_attachments_and_mails_are_in_it_as_files(api: Caller, work: Callable[[], None]) -> None:
    told = new_ticket()
    told["message"]["attachments"] = [upload(api)]
    api.post("/v1/tickets", told)
    raw = mail("A mail", "See")
    receive_mail(store_mail(raw))
    _, (archive,) = exported(api, work)
    listed = {one["id"]: one for one in records([archive], "messages")}
    (attachment,) = [a for message in listed.values() for a in message["attachments"]]
    assert archive.read(attachment["url"]) == b"png"
    assert ".." not in attachment["url"].split("/")
    (name,) = [name for name in archive.namelist() if name.startswith("mails/")]
    assert archive.read(name) == raw
    assert name.removeprefix("mails/").removesuffix(".eml") in listed


def test_a_file_of_several_messages_is_in_it_once(api: Caller, work: Callable[[], None]) -> None:
    told, attachment_id = new_ticket(), upload(api)
    told["message"]["attachments"] = [attachment_id]
    ticket = api.post("/v1/tickets", told).json
    again = {"text": "The same again.", "visibility": "internal", "attachments": [attachment_id]}
    api.post(f"/v1/tickets/{ticket['id']}/messages", again)
    _, (archive,) = exported(api, work)
    urls = [a["url"] for message in records([archive], "messages") for a in message["attachments"]]
    assert len(urls) == 2
    assert [name for name in archive.namelist() if name.startswith("files/")] == sorted(set(urls))


def test_what_was_born_later_is_not_in_it_and_what_stood_is_there_once(
    api: Caller,
    work: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(export, "MOST_GATHERED", 1)
    monkeypatch.setattr(export_sections, "_TICKETS", 5)
    stood = {api.post("/v1/tickets", new_ticket()).json["id"] for _ in range(12)}
    job = api.post("/v1/jobs", {"type": "export"}).json
    clock.shift(1)
    for _ in range(3):
        api.post("/v1/tickets", new_ticket())
    work()
    assert sorted(one["id"] for one in records(archives(api, job), "tickets")) == sorted(stood)


def test_a_big_world_is_packed_into_several_archives(
    api: Caller,
    work: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(export, "MOST_GATHERED", 1)
    monkeypatch.setattr(export_sections, "_TICKETS", 5)
    monkeypatch.setattr(pack_export, "MOST_OCTETS", 500)
    for n in range(13):
        told = new_ticket(subject=f"Board {n}")
        if n < 3:
            told["message"]["attachments"] = [upload(api)]
        api.post("/v1/tickets", told)
    job, found = exported(api, work)
    assert len(found) > 2
    assert len({one["id"] for one in records(found, "tickets")}) == len(records(found, "tickets")) == 13
    paths = [name for archive in found for name in archive.namelist() if name.startswith("files/")]
    assert len(set(paths)) == len(paths) == 3
    index = json.loads(fetched(job["url"]))
    assert [one["name"] for one in index["archives"]] == [f"diwan-export-{n}.zip" for n in range(1, len(found) + 1)]


def test_a_file_that_is_gone_is_told_of(api: Caller, work: Callable[[], None]) -> None:
    told, attachment_id = new_ticket(), upload(api)
    told["message"]["attachments"] = [attachment_id]
    api.post("/v1/tickets", told)
    boto3.client("s3").delete_object(Bucket=settings.files_bucket(), Key=f"attachments/uploaded/{attachment_id}")
    job, _ = exported(api, work)
    (gone,) = [one for one in api.walk(f"/v1/jobs/{job['id']}/results") if "code" in one]
    assert gone["code"] == "file-gone" and attachment_id in gone["source"]


def test_imported_months_are_in_it(api: Caller, work: Callable[[], None], ticket: dict[str, Any]) -> None:
    clock.shift(70 * 86400)
    from dataclasses import replace

    shop.save(replace(shop.read(), first_month="2026-11"))
    _, found = exported(api, work)
    assert [one["id"] for one in records(found, "tickets")] == [ticket["id"]]


def test_a_key_that_is_revoked_ends_the_export(api: Caller, work: Callable[[], None]) -> None:
    job = api.post("/v1/jobs", {"type": "export"}).json
    revoke(job["created_by"])
    work()
    found = jobs.get(job["id"])
    assert found and (found.state, (found.error or {})["code"]) == ("failed", "unauthorized")


def test_one_customers_export_holds_all_of_his_and_nothing_of_others(
    api: Caller,
    work: Callable[[], None],
) -> None:
    ticket = api.post("/v1/tickets", new_ticket()).json
    api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Alice wants it oiled.", "visibility": "internal"})
    api.post("/v1/tickets", new_ticket(customer={"email": "charlie@example.org", "name": "Charlie"}))
    customer = f"/v1/customers/{ticket['customer_id']}"
    api.post(f"{customer}/events", {"type": "visit", "title": "In the shop", "occurred_at": "2026-11-01T10:00:00Z"})
    api.post(f"{customer}/notes", {"text": "Likes tea."})
    made = api.post(f"{customer}/export")
    assert (made.status, made.json["type"]) == (202, "customer_export")
    work()
    (archive,) = archives(api, made.json)
    assert [one["id"] for one in records([archive], "customers")] == [ticket["customer_id"]]
    assert [one["title"] for one in records([archive], "customer_events")] == ["In the shop"]
    assert [one["text"] for one in records([archive], "customer_notes")] == ["Likes tea."]
    assert len(records([archive], "messages")) == 2
    assert b"charlie" not in b"".join(archive.read(name) for name in archive.namelist()).lower()


def test_a_step_that_died_is_done_again_and_nothing_is_lost_or_twice(
    api: Caller, work: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_GATHERED", 1)
    made = {api.post("/v1/tickets", new_ticket()).json["id"] for _ in range(3)}
    job = api.post("/v1/jobs", {"type": "export"}).json

    def die(*_: Any) -> None:
        raise SystemExit

    while (jobs.get(job["id"]) or pytest.fail("no job")).at_work:
        with monkeypatch.context() as broken, pytest.raises(SystemExit):
            broken.setattr(run_job, "_written", die)
            run_job.run(job["id"], step_for)
        clock.shift(600)
        run_job.run(job["id"], step_for)
    told = records(archives(api, job), "tickets")
    assert sorted(one["id"] for one in told) == sorted(made)
    left = boto3.client("s3").list_objects_v2(Bucket=settings.files_bucket(), Prefix=f"jobs/{job['id']}/")
    assert [one["Key"].rpartition("/")[2] for one in left["Contents"]] == ["diwan-export-1.zip"]


def test_long_tickets_and_much_that_happened_are_gathered_in_portions(
    api: Caller, ticket: dict[str, Any], work: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    api.post("/v1/tickets", new_ticket())
    for n in range(6):
        api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": f"Word {n}", "visibility": "internal"})
        told = {"type": "visit", "title": f"Came {n}", "occurred_at": f"2026-01-0{n + 1}T09:00:00Z"}
        api.post(f"/v1/customers/{ticket['customer_id']}/events", told)
    for name, most in {"_MESSAGES": 2, "_MOST_EVENTS": 2, "_PAGE": 2}.items():
        monkeypatch.setattr(export_sections, name, most)
    sizes: list[int] = []
    whole = export_sections.Page.add

    def add(page: export_sections.Page, kind: str, record: Any) -> None:
        whole(page, kind, record)
        sizes.extend(len(page.records.get(kind, ())) for kind in ("messages", "customer_events"))

    monkeypatch.setattr(export_sections.Page, "add", add)
    everything = exported(api, work)[1]
    job = api.post(f"/v1/customers/{ticket['customer_id']}/export").json
    work()
    for found in (everything, archives(api, job)):
        assert len(records(found, "tickets")) == 2
        assert len({one["id"] for one in records(found, "messages")}) == len(records(found, "messages")) == 8
        assert len({one["id"] for one in records(found, "customer_events")}) == 6
        assert len(records(found, "customer_events")) == 6
        assert len(records(found, "customers")) == 1
    assert max(sizes) <= 4
