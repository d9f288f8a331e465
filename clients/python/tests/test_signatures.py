"""Webhooks are believed by the rules of Standard Webhooks, as its official library signs them."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from standardwebhooks import Webhook

from clients.python.tests.test_values import event
from diwan_client import InvalidSignature, UnreadableAnswer, verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
BODY = json.dumps(event(1))


def signed(secret: str = SECRET, ago: float = 0, body: str = BODY) -> dict[str, str]:
    at = datetime.now(timezone.utc) - timedelta(seconds=ago)
    signature = Webhook(secret).sign("evt_1", at, body)
    return {"Webhook-Id": "evt_1", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


@pytest.mark.parametrize("body", [BODY, BODY.encode()])
def test_a_signed_event_is_read(body: bytes | str) -> None:
    found = verify(body, signed(), SECRET)

    assert (found.type, found.sequence, found.data.changes) == ("ticket.updated", 1, {"status": ["open", "solved"]})


def test_either_signature_will_do_while_a_secret_is_rotated() -> None:
    headers = signed()
    headers["webhook-signature"] = f"v1a,ed25519 {signed(OTHER)['webhook-signature']} {headers['webhook-signature']}"

    assert verify(BODY, headers, SECRET).id == verify(BODY, headers, OTHER).id == "evt_1"


@pytest.mark.parametrize("ago", [-301, 301, 86400])
def test_what_was_signed_at_another_time_is_refused(ago: float) -> None:
    with pytest.raises(InvalidSignature, match="clock"):
        verify(BODY, signed(ago=ago), SECRET)


@pytest.mark.parametrize("name", ["Webhook-Id", "webhook-timestamp", "webhook-signature"])
def test_what_lacks_a_header_is_refused(name: str) -> None:
    headers = signed()
    del headers[name]

    with pytest.raises(InvalidSignature, match=name.lower()):
        verify(BODY, headers, SECRET)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Webhook-Id", "evt_2"),
        ("webhook-signature", "v1,"),
        ("webhook-signature", "v1,ü"),
        ("webhook-signature", ""),
        ("webhook-timestamp", "now"),
        ("webhook-timestamp", "²"),
        ("webhook-timestamp", "9" * 400),
        ("webhook-timestamp", "9" * 5_000),
    ],
)
def test_what_was_changed_is_refused(name: str, value: str) -> None:
    with pytest.raises(InvalidSignature):
        verify(BODY, {**signed(), name: value}, SECRET)
    with pytest.raises(InvalidSignature):
        verify(BODY + " ", signed(), SECRET)


def test_a_signature_of_another_secret_is_refused() -> None:
    with pytest.raises(InvalidSignature, match="no signature fits"):
        verify(BODY, signed(OTHER), SECRET)


@pytest.mark.parametrize("body", ["", "no JSON", "{}"])
def test_what_is_signed_and_is_no_event_cannot_be_read(body: str) -> None:
    with pytest.raises(UnreadableAnswer):
        verify(body, signed(body=body), SECRET)
