"""A webhook and its receiver, tickets that are told to it, and time that passes."""

from collections.abc import Callable, Iterator

import pytest

from chalicelib import clock
from chalicelib.actions import change_webhook, receive_message, run_due
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.domain.webhook import Webhook
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.store import webhook_deliveries
from tests.receiver import Receiver, listening

ALICE = Person("email", "alice@example.org", "Alice")
LATER = 11 * 60  # seconds: after this the timer finds what was lost


@pytest.fixture(autouse=True)
def loopback(monkeypatch):
    monkeypatch.setenv("DIWAN_WEBHOOK_LOOPBACK", "allow")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as started:
        yield started


@pytest.fixture
def webhook(cloud, receiver) -> Webhook:
    return change_webhook.create({"url": receiver.url, "events": ("ticket.created", "ticket.solved")})


@pytest.fixture
def pass_time(run) -> Callable[[float], None]:
    """Let the product's clock go on, and what came due run."""

    def passing(seconds: float) -> None:
        clock.shift(seconds)
        run_due.sweep()
        run()

    return passing


def a_ticket():
    return receive_message.receive(Incoming("email", "Can it be saved?", ALICE, subject="My board")).ticket


def log_of(webhook: Webhook) -> list[WebhookDelivery]:
    """Newest first, as the API lists them."""
    return list(webhook_deliveries.newest(webhook.id, 100).deliveries)


def until_next(webhook: Webhook) -> float:
    """Seconds until a timer sees to the newest delivery (jobs that wait on a queue of moto do not see our clock)."""
    look_at = log_of(webhook)[0].look_at
    assert look_at is not None
    return (look_at - clock.now()).total_seconds() + 1
