"""Files to import are announced like others, may be far bigger, and are nothing that a message could name."""

import pytest

from tests.api.conftest import new_ticket
from tests.importing.conftest import upload

FILE = {"name": "export.zip", "content_type": "application/zip", "size": 9, "purpose": "import"}
LARGEST = 5 * 1024**3


def test_a_file_to_import_may_have_five_gigabytes(api):
    assert api.post("/v1/uploads", {**FILE, "size": LARGEST}).status == 201
    assert api.post("/v1/uploads", {**FILE, "size": LARGEST + 1}).faults == {"/size": "out-of-range"}
    assert api.post("/v1/uploads", {**FILE, "size": LARGEST, "purpose": "message"}).faults == {"/size": "out-of-range"}


def test_only_admins_import(key):
    writer = key("tickets:write")

    assert (writer.post("/v1/uploads", FILE).status, writer.post("/v1/uploads", FILE).code) == (403, "missing-scope")


def test_a_message_cannot_name_it_and_an_import_names_no_other(api, key):
    brought = upload(api, b"number,created_at", "old.csv")
    message = {"text": "See here.", "attachments": [brought]}
    other = api.post("/v1/uploads", {**FILE, "purpose": "message"}).json["attachment_id"]

    assert api.post("/v1/tickets", new_ticket(message=message)).faults == {
        "/message/attachments/0": "unknown-attachment"
    }
    for unfit in (other, upload(key(), b"x"), "att_none", api.post("/v1/uploads", FILE).json["attachment_id"]):
        job = api.post("/v1/jobs", {"type": "import", "format": "csv", "attachment_id": unfit})
        assert (job.status, job.faults) == (422, {"/attachment_id": "unknown-attachment"})


@pytest.mark.parametrize(
    "body", [{"type": "export", "own_addresses": ["a@b.example"]}, {"type": "import", "format": "csv"}]
)
def test_an_import_says_what_it_imports_and_no_other_job_does(api, body):
    assert api.post("/v1/jobs", body).status == 422
