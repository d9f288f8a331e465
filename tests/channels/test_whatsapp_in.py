"""Every type of message in Meta's reference, as AWS passes it on, and what is read in it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chalicelib.channels import whatsapp_in
from infra.local import whatsapp

# After https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages, with
# people of our own.
DOCUMENTED = json.loads(Path("tests/fixtures/whatsapp/messages.json").read_text())


def pieces(*values):
    return list(whatsapp_in.pieces(whatsapp.notice(values)))


@pytest.mark.parametrize("case", list(DOCUMENTED))
def test_each_type_is_read(case):
    wanted = DOCUMENTED[case]
    value = {"contacts": [{"profile": {"name": "Alice"}, "wa_id": "21620555014"}], "messages": [wanted["told"]]}
    [piece] = pieces(value)

    read = whatsapp_in.message(piece)

    assert (read.id, read.text, read.name) == (wanted["told"]["id"], wanted["text"], "Alice")
    assert read.sender == wanted.get("sender", "21620555014")
    assert read.sent_at == datetime(2024, 8, 12, 23, 43, 50, tzinfo=UTC)
    assert read.answers == wanted.get("answers")
    assert read.beside == wanted.get("beside", False)
    assert (
        [read.media.id, read.media.content_type, read.media.name] == wanted["media"]
        if read.media
        else ("media" not in wanted)
    )


def test_one_notice_may_tell_of_many_things():
    messages = [DOCUMENTED["text"]["told"], DOCUMENTED["image"]["told"]]
    first = {"contacts": [{"profile": {"name": "Alice"}, "wa_id": "21620555014"}], "messages": messages}
    second = {"statuses": [{"id": "wamid.OURS", "status": "read", "timestamp": "1", "recipient_id": "21620555014"}]}
    third = {"errors": [{"code": 130429, "title": "Rate limit hit"}]}

    found = pieces(first, second, third, {"event": "APPROVED"})

    assert [one.kind for one in found] == ["messages", "messages", "statuses", "errors", "other"]


def test_each_sender_of_an_entry_has_his_own_name():
    people = [{"profile": {"name": n}, "wa_id": w} for n, w in (("Alice", "21620555014"), ("Charlie", "21698555077"))]
    told = [{"from": w, "id": w, "type": "text", "text": {"body": "Hi"}} for w in ("21698555077", "21620555014")]

    assert [whatsapp_in.message(one).name for one in pieces({"contacts": people, "messages": told})] == [
        "Charlie",
        "Alice",
    ]


def test_a_failure_is_read_with_metas_code_and_words():
    error = {"code": 131047, "title": "Re-engagement message", "error_data": {"details": "More than 24 hours."}}
    told = {"id": "wamid.OURS", "status": "failed", "biz_opaque_callback_data": "tag", "errors": [error]}
    notice = whatsapp.notice([{"statuses": [told]}], sent_id="aws-1")
    [piece] = whatsapp_in.pieces(notice)

    read = whatsapp_in.status(piece)

    assert (read.id, read.sent_id, read.tag, read.code) == ("wamid.OURS", "aws-1", "tag", 131047)
    assert read.detail == "131047: More than 24 hours."


@pytest.mark.parametrize("stamp", [None, "", "soon", "9" * 30])
def test_a_time_that_is_none_is_not_known(stamp):
    [piece] = pieces({"messages": [DOCUMENTED["text"]["told"] | {"timestamp": stamp}]})

    assert whatsapp_in.message(piece).sent_at is None
