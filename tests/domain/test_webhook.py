"""What is sent to a webhook, when it is tried again, and when it is switched off."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook as Official
from standardwebhooks import WebhookVerificationError

from chalicelib.domain import webhook as life
from chalicelib.domain import webhook_delivery as rules
from chalicelib.domain.event import SYSTEM, Event, told
from chalicelib.domain.webhook import Webhook

NOW = datetime(2026, 11, 14, 9, 12, tzinfo=UTC)
SECRET, OLD = life.secret_of(b"n" * 32), life.secret_of(b"o" * 32)
HOOK = Webhook("whk_1", "https://shop.example.org/", ("ticket.created",), SECRET, NOW, NOW)
EVENT = Event("evt_1", "ticket.updated", NOW, SYSTEM, "tkt_1", ticket_id="tkt_1", version=2, sequence=7)


def test_the_body_is_the_event_of_the_feed_with_its_time_by_the_specifications_name():
    sent = json.loads(life.body_of(replace(EVENT, changes={"status": ["new", "open"], "tags": [[], ["خشب"]]})))

    assert sent.pop("timestamp") == "2026-11-14T09:12:00Z" == sent["created_at"]
    assert sent == told(replace(EVENT, changes={"status": ["new", "open"], "tags": [[], ["خشب"]]}))


def test_a_body_stays_under_20_kilobytes_and_cuts_the_longest_changes_by_name():
    long = {"tags": [[], ["ش" * 100] * 50], "labels": [[], ["x" * 100] * 120], "status": ["new", "open"]}
    body = life.body_of(replace(EVENT, changes=long))
    changes = json.loads(body)["data"]["changes"]

    assert len(body) <= life.MAX_BODY
    assert (changes["labels"], changes["status"]) == ([None, None], ["new", "open"])
    assert changes["tags"] == long["tags"]


def test_signatures_are_what_the_official_library_verifies_with_the_wall_clocks_time():
    body, real = life.body_of(EVENT), datetime.now(UTC)
    headers = life.headers(HOOK, "evt_1", body, real, NOW)

    assert Official(SECRET).verify(body, headers)["id"] == "evt_1"
    with pytest.raises(WebhookVerificationError):
        Official(OLD).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Official(SECRET).verify(body + b" ", headers)


def test_for_a_day_after_a_change_of_secret_both_verify_and_then_only_the_new_one():
    body, real = life.body_of(EVENT), datetime.now(UTC)
    hook = life.rotated(replace(HOOK, secret=OLD), SECRET, NOW)
    both = life.headers(hook, "evt_1", body, real, NOW + timedelta(hours=23))
    later = life.headers(hook, "evt_1", body, real, NOW + timedelta(hours=24))

    assert Official(OLD).verify(body, both) and Official(SECRET).verify(body, both)
    assert len(both["webhook-signature"].split(" ")) == 2
    assert Official(SECRET).verify(body, later)
    with pytest.raises(WebhookVerificationError):
        Official(OLD).verify(body, later)


@pytest.mark.parametrize("spread", [0, 1])
def test_attempts_follow_the_specifications_schedule_a_little_later_by_chance(spread):
    delivery, now = rules.new("whk_1", "evt_1", "ticket.updated", "tkt_1", NOW), NOW
    waits = []
    while delivery.state == "pending":
        assert delivery.next_attempt_at is not None
        waits.append((delivery.next_attempt_at - now).total_seconds())
        now = delivery.next_attempt_at
        assert rules.may_attempt(delivery, now)
        delivery = rules.retried(rules.taken(delivery, now), None, spread, now)

    planned = [0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert waits == pytest.approx([wait * (1 + 0.1 * spread) for wait in planned])
    assert delivery.state == "failed"


def test_who_is_at_work_is_let_alone_until_he_must_be_dead():
    taken = rules.taken(rules.new("whk_1", "evt_1", "ticket.updated", "tkt_1", NOW), NOW)

    assert not rules.may_attempt(taken, NOW + timedelta(seconds=60))
    assert rules.resent(taken, NOW) == taken
    assert rules.may_attempt(taken, NOW + rules.LEASE)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120), (" 7 ", 7), ("9" * 30, 86_400), ("0", 0),
        ("Sat, 14 Nov 2026 09:22:00 GMT", 600), ("Sat, 14 Nov 2026 09:00:00 GMT", 0),
        ("Sat, 14 Nov 2076 09:22:00 GMT", 86_400),
        ("Sat, 14 Nov 2026 09:22:00 +99999999999999999999", None), (f"Sat, {'9' * 23} Nov 2026 09:22:00 GMT", None),
        ("soon", None), ("", None), (None, None), ("-5", None), ("٣", None), ("1.5", None),
    ],
)  # fmt: skip
def test_retry_after_is_read_as_seconds_or_a_date_and_capped_at_a_day(header, seconds):
    asked = rules.wait_asked(header, NOW)

    assert asked == (None if seconds is None else timedelta(seconds=seconds))


def test_a_longer_wait_that_the_receiver_asks_for_is_given_and_a_shorter_one_is_not():
    taken = rules.taken(rules.new("whk_1", "evt_1", "ticket.updated", "tkt_1", NOW), NOW)

    assert rules.retried(taken, timedelta(hours=1), 0, NOW).next_attempt_at == NOW + timedelta(hours=1)
    assert rules.retried(taken, timedelta(0), 0, NOW).next_attempt_at == NOW + timedelta(seconds=5)


def test_a_webhook_is_switched_off_by_410_at_once_and_by_five_days_of_failure():
    gone = life.after_failure(HOOK, 410, NOW)
    failing = life.after_failure(HOOK, 500, NOW)
    tired = life.after_failure(failing, None, NOW + timedelta(days=5))

    assert (gone.enabled, gone.disabled_reason) == (False, "gone")
    assert (failing.enabled, failing.failing_since) == (True, NOW)
    assert life.after_failure(failing, 500, NOW + timedelta(days=4, hours=23)) == failing
    assert (tired.enabled, tired.disabled_reason, tired.failing_since) == (False, "failing", NOW)


def test_one_success_and_the_five_days_begin_anew():
    failing = life.after_failure(HOOK, 500, NOW)
    well = life.after_success(failing, NOW + timedelta(days=4))
    again = life.after_failure(well, 500, NOW + timedelta(days=6))

    assert well.failing_since is None
    assert (again.enabled, again.failing_since) == (True, NOW + timedelta(days=6))


def test_switching_it_on_again_forgets_why_it_was_off():
    off = life.after_failure(HOOK, 410, NOW)
    on = life.changed(off, {"enabled": True}, NOW)

    assert (on.enabled, on.disabled_reason, on.failing_since) == (True, None, None)
    assert life.changed(HOOK, {"enabled": False}, NOW).disabled_reason is None
    assert life.changed(HOOK, {"enabled": True}, NOW) is HOOK
