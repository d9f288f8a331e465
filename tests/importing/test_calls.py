"""Phone calls of other desks: brought with their minutes where those tell them."""

import csv
import io

import pytest

from chalicelib.importing import phone_calls, zendesk_tickets
from chalicelib.importing.records import Call


def voice(duration=170, rel="inbound", answered_by=7, **fields):
    return {
        "type": "VoiceComment",
        "via": {"channel": "voice", "source": {"rel": rel}},
        "data": {"call_duration": duration, "answered_by_id": answered_by},
        **fields,
    }


@pytest.mark.parametrize(
    ("comment", "call"),
    [
        (voice(), Call("in", "answered", 170)),
        (voice(rel="outbound"), Call("out", "answered", 170)),
        (voice(0, "outbound"), Call("out", "no_answer")),
        (voice(35, answered_by=None), Call("in", "missed")),
        (voice(20, "voicemail", None), Call("in", "voicemail", 20)),
        (voice("170"), Call("in", "missed")),
        (voice(90_000), None),
        (voice(-5), Call("in", "missed")),
        (voice(type="Comment"), None),
        (voice(data=None), None),
        (voice(via="voice"), Call("in", "answered", 170)),
    ],
    ids=str,
)
def test_a_voice_comment_of_zendesks_tells_a_call(comment, call):
    assert phone_calls.of_zendesk(comment) == call


def test_a_call_of_which_zendesk_tells_no_words_is_a_message_all_the_same():
    made = zendesk_tickets._message(voice(id=1, created_at="2019-06-01T10:00:00Z", public=True), "z:1", {}, {}, [])

    assert (made.channel, made.call, made.text) == ("phone", Call("in", "answered", 170), "")


@pytest.mark.parametrize(
    ("cells", "call", "wrong"),
    [
        (("in", "answered", "170"), Call("in", "answered", 170), False),
        (("out", "no_answer", ""), Call("out", "no_answer"), False),
        (("", "", ""), None, False),
        (("in", "answered", "three"), None, True),
        (("in", "busy", ""), None, True),
        (("", "answered", "3"), None, True),
        (("in", "missed", "3"), None, True),
    ],
    ids=str,
)
def test_the_cells_of_a_row_tell_a_call_or_what_is_wrong(cells, call, wrong):
    found, why = phone_calls.of_cells(*cells)

    assert (found, why is not None) == (call, wrong)


def test_a_table_brings_calls_with_their_minutes(api, bring):
    columns = ("number", "customer_phone", "created_at", "message", "call_direction", "call_outcome", "call_seconds")
    rows = [
        ("42", "+21620555014", "2019-06-01T10:00:00Z", "", "in", "answered", "170"),
        ("42", "+21620555014", "2019-06-01T11:00:00Z", "She asked.", "in", "sideways", "3"),
    ]
    file = io.StringIO()
    csv.writer(file).writerows([columns, *rows])
    job = bring("csv", file.getvalue().encode(), "tickets.csv")

    assert job["state"] == "done", job
    told = api.get("/v1/tickets/42/messages").json["data"]
    assert [(one["text"], one["channel"]) for one in told] == [("Call of 3 minutes", "phone"), ("She asked.", "email")]
    assert [one["call"] for one in told] == [{"direction": "in", "outcome": "answered", "seconds": 170}, None]
