"""When a webhook is switched off the admins hear of it, once and in their language."""

from dataclasses import replace

import pytest

from chalicelib import clock, ids
from chalicelib.actions import change_webhook, deliver_webhook, tell_admins
from chalicelib.channels.queues import QueueRefused
from chalicelib.channels.sending import Throttled
from chalicelib.channels.webhook_out import Outcome
from chalicelib.domain import webhook as life
from chalicelib.domain.agent import Agent
from chalicelib.store import staff, webhooks
from chalicelib.store.changes import Changes
from tests.actions.conftest import sent_mail

URL = "https://shop.example.org/hooks"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Queues of moto wait by the wall clock."""
    monkeypatch.setattr(tell_admins, "JITTER_SECONDS", 0)
    monkeypatch.setattr(tell_admins, "HEAD_START", 0, raising=False)


@pytest.fixture
def nadia(bob):
    """An admin, beside Bob, who is an agent, and one who has left."""
    change, found = Changes(), Agent(ids.new("agt"), "Nadia", "nadia@ghusn.example", "admin", clock.now(), locale="ar")
    staff.add_agent(change, found)
    left = replace(found, id=ids.new("agt"), email="dora@ghusn.example", active=False)
    staff.add_agent(change, left)
    change.commit()
    return found


@pytest.fixture
def dead(cloud):
    """A webhook whose receiver has answered 410."""
    made = change_webhook.create({"url": URL, "events": ("*",), "description": "Orders"})
    change = Changes()
    saved = webhooks.save(change, made, life.after_failure(made, 410, clock.now()))
    change.commit()
    return saved


def test_the_admins_and_only_they_are_told_once_which_webhook_it_is_and_why(run, nadia, dead):
    tell_admins.tell(dead)
    run()

    (mail,) = sent_mail()
    assert (mail["To"], mail["Auto-Submitted"]) == ("nadia@ghusn.example", "auto-generated")
    text = mail.get_body(("plain",)).get_content()
    assert URL in text and "Orders" in text and dead.id in text and "410" in text
    assert 'dir="rtl"' in mail.get_body(("html",)).get_content()


def test_nobody_is_told_of_a_webhook_that_is_on_again(run, nadia, dead):
    tell_admins.tell(dead)
    change_webhook.change(dead.id, {"enabled": True})
    run()

    assert sent_mail() == []


def test_a_notice_that_the_carrier_would_not_take_yet_comes_again(run, nadia, dead, monkeypatch):
    with monkeypatch.context() as busy:
        busy.setattr(tell_admins.email_out, "send", refuse)
        tell_admins.send(dead.id, nadia.id)
    assert sent_mail() == []

    run()
    assert [mail["To"] for mail in sent_mail()] == ["nadia@ghusn.example"]


def test_a_notice_is_not_lost_when_neither_carrier_nor_queue_take_it(nadia, dead, monkeypatch):
    with monkeypatch.context() as busy:
        busy.setattr(tell_admins.email_out, "send", refuse)
        busy.setattr(tell_admins.queues, "put", fail)
        with pytest.raises(QueueRefused):
            tell_admins.send(dead.id, nadia.id)

    tell_admins.send(dead.id, nadia.id)
    assert [mail["To"] for mail in sent_mail()] == ["nadia@ghusn.example"]


def test_who_dies_while_a_webhook_is_switched_off_has_told_the_admins_or_comes_again(run, nadia, monkeypatch):
    made = change_webhook.create({"url": URL, "events": ("*",)})
    delivery = change_webhook.test(made.id)
    monkeypatch.setattr(deliver_webhook.webhook_out, "post", lambda *_: Outcome(410, 3, "The receiver answered 410"))
    with monkeypatch.context() as broken:
        broken.setattr(tell_admins.queues, "put", fail)
        with pytest.raises(QueueRefused):
            deliver_webhook.deliver(made.id, delivery.id)
    assert webhooks.get(made.id).enabled

    clock.shift(180)
    deliver_webhook.deliver(made.id, delivery.id)
    run()
    assert [mail["To"] for mail in sent_mail()] == ["nadia@ghusn.example"]


def refuse(*_args, **_named):
    raise Throttled("slow down", 0)


def fail(*_args, **_named):
    raise QueueRefused
