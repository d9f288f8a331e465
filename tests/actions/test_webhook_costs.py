"""What webhooks cost the table and the queues: an event that nobody asked for costs one query."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import botocore.client
import pytest

from chalicelib import clock, ids
from chalicelib.actions import announce_event, change_webhook, deliver_webhook
from chalicelib.actions.dispatch_events import dispatch
from chalicelib.domain import webhook as life
from chalicelib.domain import webhook_delivery
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.store import allowances, events, keys, webhooks
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes
from tests.receiver import Receiver, listening


@pytest.fixture
def receiver(monkeypatch) -> Iterator[Receiver]:
    monkeypatch.setenv("DIWAN_WEBHOOK_LOOPBACK", "allow")
    with listening() as started:
        yield started


@pytest.fixture
def event(cloud) -> Event:
    made, change = Event(ids.new("evt"), "ticket.created", clock.now(), SYSTEM, "tkt_1"), Changes()
    events.add(change, made)
    change.commit()
    dispatch([keys.event("tkt_1", made.id)])
    return made


@pytest.fixture
def counted(monkeypatch) -> Counter:
    """What is asked of AWS, by the name of the operation."""
    asked: Counter = Counter()
    make = botocore.client.BaseClient._make_api_call

    def count(client, name, told):
        asked[name] += 1
        return make(client, name, told)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", count)
    return asked


def test_without_a_webhook_an_event_costs_one_query(event, counted):
    announce_event.announce(event.subject, event.id)

    assert counted == {"Query": 1}


def test_with_webhooks_an_event_is_read_once_and_each_that_asks_for_it_costs_one_write(event, receiver, counted):
    for wanted in (("*",), ("ticket.created",), ("article.published",)):
        change_webhook.create({"url": receiver.url, "events": wanted})
    counted.clear()
    announce_event.announce(event.subject, event.id)

    assert counted == {"Query": 1, "BatchGetItem": 1, "TransactWriteItems": 2, "SendMessageBatch": 1}


def test_an_attempt_costs_three_reads_and_two_writes(event, receiver, counted):
    webhook = change_webhook.create({"url": receiver.url, "events": ("*",)})
    announce_event.announce(event.subject, event.id)
    counted.clear()
    deliver_webhook.deliver(webhook.id, webhook_delivery.id_of(event.id))

    assert len(receiver.received) == 1
    assert counted == {"GetItem": 2, "BatchGetItem": 1, "TransactWriteItems": 2}


def test_what_a_failing_webhook_may_not_be_told_now_costs_one_write_and_is_parked(
    event, receiver, counted, monkeypatch
):
    webhook = change_webhook.create({"url": receiver.url, "events": ("*",)})
    change = Changes()
    webhooks.save(change, webhook, life.after_failure(webhook, 500, clock.now()))
    change.commit()
    announce_event.announce(event.subject, event.id)
    monkeypatch.setattr(deliver_webhook, "WHILE_FAILING", Allowance("webhook-failing", 1, timedelta(days=9)))
    assert allowances.take(deliver_webhook.WHILE_FAILING, webhook.id)
    counted.clear()
    deliver_webhook.deliver(webhook.id, webhook_delivery.id_of(event.id))
    assert counted == {"GetItem": 3, "UpdateItem": 1, "TransactWriteItems": 1}

    counted.clear()
    deliver_webhook.deliver(webhook.id, webhook_delivery.id_of(event.id))
    assert counted == {"GetItem": 2, "UpdateItem": 1}, "and nothing more when its job comes twice"
