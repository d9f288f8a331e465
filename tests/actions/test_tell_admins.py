"""When a webhook is switched off the admins hear of it, once and in their language."""

import json
from dataclasses import replace

import boto3
import pytest

from chalicelib import clock, ids, settings
from chalicelib.actions import change_webhook, tell_admins
from chalicelib.channels.sending import Throttled
from chalicelib.domain import webhook as life
from chalicelib.domain.agent import Agent
from chalicelib.store import staff, webhooks
from chalicelib.store.changes import Changes
from tests.actions.conftest import sent_mail

URL = "https://shop.example.org/hooks"


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
    saved = webhooks.save(change, life.after_failure(made, 410, clock.now()))
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
    def refuse(*_args, **_named):
        raise Throttled("slow down", 0)

    monkeypatch.setattr(tell_admins, "JITTER_SECONDS", 0)
    with monkeypatch.context() as busy:
        busy.setattr(tell_admins.email_out, "send", refuse)
        tell_admins.send(dead.id, nadia.id)
    found = boto3.client("sqs").receive_message(QueueUrl=settings.send_queue_url())["Messages"]
    arguments = json.loads(found[0]["Body"])
    assert arguments.pop("kind") == "send_webhook_notice"

    tell_admins.send(**arguments)
    assert [mail["To"] for mail in sent_mail()] == ["nadia@ghusn.example"]
