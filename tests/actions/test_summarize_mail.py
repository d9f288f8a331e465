"""Once a day the admins hear what was kept out of the tickets, and only when there is news."""

from dataclasses import replace

import pytest

from chalicelib import clock, ids
from chalicelib.actions import release_mail, tell_admins
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels.sending import Throttled
from chalicelib.domain.agent import Agent
from chalicelib.inbound import schedules
from chalicelib.store import staff
from chalicelib.store.changes import Changes
from tests.actions.conftest import mail, sent_mail, store_mail

DAY = 86_400


@pytest.fixture
def admins(bob):
    """Nadia, who reads Arabic, and Dora, who wants no mail; Bob is an agent."""
    nadia = Agent(ids.new("agt"), "Nadia", "nadia@ghusn.example", "admin", clock.now(), locale="ar")
    dora = replace(nadia, id=ids.new("agt"), email="dora@ghusn.example", locale="en", notifications="none")
    change = Changes()
    for one in (nadia, dora):
        staff.add_agent(change, one)
    change.commit()
    staff.forget()
    return nadia, dora


def offer(n=1, **verdicts):
    return receive_mail(store_mail(mail(f"Offer {n}"), **(verdicts or {"spam": "FAIL"})))


def told():
    """What the summaries said, in plain text."""
    return [one.get_body(("plain",)).get_content() for one in sent_mail()]


def test_a_night_without_suspended_mail_sends_nothing(run, admins):
    receive_mail(store_mail(mail(Auto_Submitted="auto-replied")))
    schedules.every_night()
    run()

    assert sent_mail() == []


def test_an_admin_who_wants_mail_is_told_once_however_often_the_night_runs(run, admins):
    offer(1), offer(2), offer(3, virus="FAIL")
    for _ in range(2):
        schedules.every_night()
        run()

    (summary,) = sent_mail()
    assert (summary["To"], summary["Auto-Submitted"]) == ("nadia@ghusn.example", "auto-generated")
    text = told()[0]
    assert "تبدو رسالة غير مرغوب فيها. 2" in text
    assert "تحتوي على فيروس. 1" in text
    assert "بانتظار قرار: 3" in text
    assert "https://help.ghusn.example/agent/suspended" in text
    assert 'dir="rtl"' in summary.get_body(("html",)).get_content()


def test_what_only_waits_is_no_news(run, admins):
    offer()
    schedules.every_night()
    run()
    clock.shift(2 * DAY)
    schedules.every_night()
    run()

    assert len(sent_mail()) == 1


def test_what_the_night_deletes_is_told_with_what_came(run, admins):
    offer(1), offer(2)
    clock.shift(14 * DAY + 60)
    offer(3)
    schedules.every_night()
    run()

    (text,) = told()
    assert "غير مرغوب فيها. 1" in text
    assert "بانتظار قرار: 1" in text
    assert "بعد 14 يومًا: 2" in text


def test_what_an_agent_deleted_was_not_deleted_by_the_night(run, admins):
    stored = store_mail(mail(), spam="FAIL")
    receive_mail(stored)
    release_mail.delete(stored.id)
    clock.shift(15 * DAY)
    schedules.every_night()
    run()

    assert sent_mail() == []


def test_a_throttled_summary_comes_later(run, admins, monkeypatch):
    monkeypatch.setattr(tell_admins, "JITTER_SECONDS", 0)
    send, throttles = tell_admins.email_out.send, [Throttled("slow down", 0)]

    def throttled(*given, **named):
        if throttles:
            raise throttles.pop()
        return send(*given, **named)

    monkeypatch.setattr(tell_admins.email_out, "send", throttled)
    offer()
    schedules.every_night()
    run()

    assert len(sent_mail()) == 1


def test_a_night_that_runs_late_tells_all_since_the_one_before(run, admins):
    schedules.every_night()
    offer(1)
    clock.shift(3 * DAY)
    offer(2)
    schedules.every_night()
    run()

    (text,) = told()
    assert "تبدو رسالة غير مرغوب فيها. 2" in text
