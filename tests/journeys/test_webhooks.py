"""A shop's own system is told what happens at the desk, whatever state it is in itself."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.product import ROOT, Product
from tests.journeys.test_main_job import letter, person, tickets_of
from tests.receiver import Receiver, Reply, listening

MINUTE, HOUR, DAY = 60, 3600, 86_400


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as started:
        yield started


def subscribe(product: Product, receiver: Receiver, *events: str) -> dict[str, Any]:
    made = product.api("POST", "/webhooks", {"url": receiver.url, "events": list(events)})
    assert made.status == 201, made.body
    return dict(made.json())


def unsubscribe(product: Product, webhook: dict[str, Any]) -> None:
    assert product.api("DELETE", f"/webhooks/{webhook['id']}").status == 204


def log_of(product: Product, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    return list(product.api("GET", f"/webhooks/{webhook['id']}/deliveries?limit=100").json()["data"])


def advance(product: Product, seconds: int) -> dict[str, Any]:
    return dict(product.local("POST", "clock", {"advance_seconds": seconds}))


def test_a_receiver_that_fails_five_times_and_recovers_has_every_event_and_a_log_to_read(
    product: Product, receiver: Receiver
) -> None:
    webhook = subscribe(product, receiver, "ticket.created", "message.received", "ticket.solved")
    receiver.script = [Reply(500, text="our database is down")] * 5
    alice = person()
    product.mail(alice, letter(alice, "It split along the grain."))
    settled = product.settle()
    assert settled["dead"] == 0
    assert settled["later"] >= 1, "the next attempt waits"
    for seconds in (6, 6 * MINUTE, 34 * MINUTE, 3 * HOUR, 6 * HOUR, 12 * HOUR):
        advance(product, seconds)
    [ticket] = tickets_of(product, email=alice)

    told = [one.verified(webhook["secret"]) for one in receiver.received]
    first_time = {one["id"]: one for one in told}
    feed = {one["id"]: one for one in _feed(product)}
    for id, one in first_time.items():
        assert {name: value for name, value in one.items() if name != "timestamp"} == feed[id]
    assert "ticket.created" in {one["type"] for one in first_time.values()}
    assert {one["data"]["ticket_id"] for one in first_time.values()} == {ticket["id"]}

    logged = log_of(product, webhook)
    assert {one["state"] for one in logged} == {"delivered"}
    assert sum(len(one["attempts"]) for one in logged) == len(receiver.received) == len(logged) + 5
    failed = [attempt for one in logged for attempt in one["attempts"] if attempt["error"]]
    assert {(one["status"], one["answer"]) for one in failed} == {(500, "our database is down")}
    seen = [one for one in product.local("GET", "outbox")["webhooks"] if one["url"] == receiver.url]
    assert [one["status"] for one in seen] == [500] * 5 + [204] * len(logged)
    unsubscribe(product, webhook)


def test_a_receiver_that_is_gone_is_left_alone_and_told_again_when_it_is_back(
    product: Product, receiver: Receiver
) -> None:
    webhook = subscribe(product, receiver, "ticket.created")
    receiver.script = [Reply(410)]
    since = product.local("GET", "state")["now"]
    alice = person()
    product.mail(alice, letter(alice, "Hello?"))
    product.settle()
    off = product.api("GET", f"/webhooks/{webhook['id']}").json()
    assert (off["enabled"], off["disabled_reason"]) == (False, "gone")

    assert product.api("PATCH", f"/webhooks/{webhook['id']}", {"enabled": True}).status == 200
    job = product.api("POST", f"/webhooks/{webhook['id']}/resend", {"since": since})
    assert job.status == 202, job.body
    product.settle()
    advance(product, 2 * MINUTE)
    assert product.api("GET", f"/jobs/{job.json()['id']}").json()["state"] == "done"
    assert [one["state"] for one in log_of(product, webhook)] == ["delivered"]
    assert [one.id for one in receiver.received] == [receiver.received[0].id] * 2
    unsubscribe(product, webhook)


def test_a_secret_is_changed_without_missing_a_message(product: Product, receiver: Receiver) -> None:
    webhook = subscribe(product, receiver, "ticket.created")
    new = product.api("POST", f"/webhooks/{webhook['id']}/rotate-secret").json()["secret"]
    product.api("POST", f"/webhooks/{webhook['id']}/test")
    product.settle()
    advance(product, DAY)
    product.api("POST", f"/webhooks/{webhook['id']}/test")
    product.settle()

    both, only = receiver.received
    assert both.verified(webhook["secret"]) == both.verified(new)
    assert len(both.headers["webhook-signature"].split()) == 2
    assert only.verified(new)["type"] == "webhook.test"
    assert len(only.headers["webhook-signature"].split()) == 1
    unsubscribe(product, webhook)


def test_a_hundred_tickets_at_once_are_a_hundred_messages(product: Product, receiver: Receiver) -> None:
    webhook = subscribe(product, receiver, "ticket.created")
    alice = person()
    for number in range(100):
        body = {"subject": f"Order {number}", "message": {"text": "Where is it?"}, "customer": {"email": alice}}
        assert product.api("POST", "/tickets", body).status == 201
    product.settle()

    assert len({one.verified(webhook["secret"])["data"]["ticket_id"] for one in receiver.received}) == 100
    assert len(receiver.received) == 100
    unsubscribe(product, webhook)


def test_the_receiver_of_the_page_takes_what_is_sent(product: Product) -> None:
    page = (ROOT / "docs" / "webhooks.md").read_text()
    [block] = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    webhook = product.api("POST", "/webhooks", {"url": f"http://127.0.0.1:{port}/"}).json()
    environment = {**os.environ, "SECRET": webhook["secret"], "RECEIVER_PORT": str(port)}
    receiver = subprocess.Popen([sys.executable, "-c", block], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        _wait_for(port)
        product.api("POST", f"/webhooks/{webhook['id']}/test")
        product.settle()
        assert [one["state"] for one in log_of(product, webhook)] == ["delivered"]
        assert receiver.stdout is not None
        assert "webhook.test" in receiver.stdout.readline()
    finally:
        receiver.kill()
        receiver.wait()
        unsubscribe(product, webhook)


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the receiver of the page does not listen")


def _feed(product: Product) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        after = found[-1]["sequence"] if found else 0
        page = product.api("GET", f"/events?after={after}&limit=100").json()["data"]
        if not page:
            return found
        found += page
