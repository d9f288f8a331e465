"""Events reach the receivers that asked for them, signed, and nobody else."""

from chalicelib import clock, ids
from chalicelib.actions import change_webhook
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.store import events
from chalicelib.store.changes import Changes
from tests.actions.webhooks.conftest import LATER, a_ticket, log_of
from tests.receiver import Reply


def test_what_was_asked_for_is_told_once_signed_and_as_the_feed_tells_it(run, bob, webhook, receiver):
    ticket = a_ticket()
    change_ticket(ticket.id, {"priority": "high"}, SYSTEM)
    run()
    change_ticket(ticket.id, {"status": "solved"}, SYSTEM)
    run()

    created, solved = receiver.received
    told = created.verified(webhook.secret)
    assert (told["type"], told["data"]["ticket_id"], created.id) == ("ticket.created", ticket.id, told["id"])
    assert solved.verified(webhook.secret)["data"]["changes"]["status"] == ["new", "solved"]
    assert created.headers["content-type"] == "application/json"
    assert created.headers["user-agent"].startswith("Diwan/")
    assert [one.state for one in log_of(webhook)] == ["delivered", "delivered"]
    assert {event.id: event.sequence for event in events.feed_after(0, 100)}[told["id"]] == told["sequence"]


def test_nothing_leaves_while_sending_is_held(run, pass_time, bob, webhook, receiver, monkeypatch):
    monkeypatch.setenv("DIWAN_OUTBOUND", "hold")
    a_ticket()
    run()
    pass_time(LATER)
    assert (receiver.received, [one.state for one in log_of(webhook)]) == ([], ["pending"])

    monkeypatch.setenv("DIWAN_OUTBOUND", "live")
    pass_time(16 * 60)
    assert [one.state for one in log_of(webhook)] == ["delivered"]


def test_what_is_imported_is_told_to_nobody(run, cloud, webhook, receiver):
    change = Changes()
    events.add(change, Event(ids.new("evt"), "ticket.created", clock.now(), SYSTEM, "tkt_1"), live=False)
    change.commit()
    run()

    assert (receiver.received, log_of(webhook)) == ([], [])


def test_every_webhook_is_told_by_its_own_secret_and_a_dead_one_holds_up_nobody(run, bob, receiver):
    dead = change_webhook.create({"url": "http://127.0.0.1:1025/", "events": ("*",)})
    whole = change_webhook.create({"url": receiver.url, "events": ("*",)})
    off = change_webhook.create({"url": receiver.url, "events": ("*",), "enabled": False})
    a_ticket()
    run()

    assert {one.verified(whole.secret)["type"] for one in receiver.received} >= {"customer.created", "ticket.created"}
    assert {one.state for one in log_of(dead)} == {"pending"}
    assert {one.attempts[0].error for one in log_of(dead)} == {"The receiver refused the connection."}
    assert log_of(off) == []


def test_a_test_message_is_signed_and_logged_like_any_other(run, cloud, webhook, receiver):
    change_webhook.test(webhook.id)
    run()

    (came,) = receiver.received
    told = came.verified(webhook.secret)
    assert (told["type"], told["data"], told["id"]) == ("webhook.test", {"webhook_id": webhook.id}, came.id)
    assert [(one.event_type, one.state) for one in log_of(webhook)] == [("webhook.test", "delivered")]


def test_while_a_secret_changes_old_and_new_verify(run, bob, webhook, receiver):
    new = change_webhook.rotate_secret(webhook.id)
    a_ticket()
    run()
    clock.shift(25 * 3600)
    a_ticket()
    run()

    both, only = receiver.received
    assert new.secret != webhook.secret
    assert both.verified(webhook.secret) == both.verified(new.secret)
    assert len(only.headers["webhook-signature"].split()) == 1
    assert only.verified(new.secret)


def test_the_log_is_kept_for_thirty_days(run, bob, webhook, receiver):
    a_ticket()
    run()
    clock.shift(29 * 86_400)
    assert len(log_of(webhook)) == 1
    clock.shift(2 * 86_400)
    assert log_of(webhook) == []


def test_a_deleted_webhook_is_told_nothing_more(run, pass_time, bob, webhook, receiver):
    receiver.script = [Reply(500)]
    a_ticket()
    run()
    change_webhook.delete(webhook.id)
    pass_time(LATER)

    assert len(receiver.received) == 1
    assert [one.state for one in log_of(webhook)] == ["stopped"]
