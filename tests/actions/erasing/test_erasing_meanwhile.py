"""Alice is forgotten whatever goes on or goes wrong while she is erased."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib import clock
from chalicelib.actions import (
    deliver_message,
    erase_customer,
    erase_ticket,
    record_event,
    run_job,
    send_reply,
    start_job,
)
from chalicelib.actions.send_reply import Reply
from chalicelib.domain import job as rules
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import Actor
from chalicelib.domain.job import Job, Progress
from chalicelib.errors import NotFound
from chalicelib.inbound.job_steps import step_for
from chalicelib.store import (
    api_keys,
    changes,
    customer_events,
    customer_tickets,
    erasing,
    file_versions,
    files,
    jobs,
    tickets,
)
from chalicelib.store.api_keys import ApiKey
from chalicelib.store.changes import Changes
from chalicelib.store.customer_tickets import Found
from tests.actions.conftest import sent_mail
from tests.actions.erasing.conftest import KEY, current, erase, of, telling, until


def test_asked_for_again_it_is_the_same_job_which_goes_on_where_it_failed(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    job, whole = erase_customer.erase(alice.id, KEY), file_versions._erase
    assert erase_customer.erase(alice.id, KEY).id == job.id

    def slow_down(*told: Any) -> None:
        raise file_versions.NotErased("SlowDown")

    monkeypatch.setattr(file_versions, "_erase", slow_down)
    monkeypatch.setattr(rules, "PATIENT_TRIES", rules.MAX_TRIES + 2)
    while (left := current(job)).at_work:
        run_job.run(job.id, step_for)
    assert (left.state, left.tries) == ("failed", rules.MAX_TRIES + 2)
    assert "alice" not in repr(left).lower() and "20555014" not in repr(left)
    clock.shift(400 * 86400)
    monkeypatch.setattr(file_versions, "_erase", whole)
    again = erase_customer.erase(alice.id, KEY)
    assert (again.id, again.state) == (job.id, "queued")
    run()
    assert telling("alice", "20555014") == []
    with pytest.raises(NotFound):
        erase_customer.erase(alice.id, KEY)


def test_an_sms_that_was_queued_is_not_sent_while_she_is_erased(
    alice: Customer, bob: Agent, run: Callable[[], int]
) -> None:
    ticket = next(one for one in of(alice) if one.channel == "sms")
    reply = send_reply.reply(ticket.id, bob, Reply("One more word.", channel="sms"))
    job = erase_customer.erase(alice.id, KEY)
    until(job, "at")
    assert deliver_message.deliver(ticket.id, reply.message.id, "reply") == "failed"
    run()
    assert telling("alice", "20555014") == []


def test_an_sms_that_was_being_sent_leaves_no_number_behind(
    alice: Customer, bob: Agent, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = next(one for one in of(alice) if one.channel == "sms")
    reply = send_reply.reply(ticket.id, bob, Reply("One more word.", channel="sms"))
    begun: list[Job] = []

    def slowly(parts: Any) -> str:
        begun.append(erase_customer.erase(alice.id, KEY))
        until(begun[0], "at")
        return "sms-1"

    monkeypatch.setattr(deliver_message, "_dispatch", slowly)
    assert deliver_message.deliver(ticket.id, reply.message.id, "reply") == "sent"
    assert telling("20555014") != []
    run()
    assert current(begun[0]).state == "done"
    assert telling("alice", "20555014") == []


def test_an_export_made_at_the_same_time_does_not_keep_her(
    alice: Customer, bob: Agent, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Changes()
    api_keys.add(change, "dwn_x", ApiKey("key_1", "Shop", "dwn_x", ("admin",), bob.id, clock.now()))
    change.commit()
    monkeypatch.setattr("chalicelib.api.export.MOST_GATHERED", 1)
    export = start_job.start("customer_export", {"customer_ids": [alice.id]}, "key_1")
    run_job.run(export.id, step_for)
    job = erase_customer.erase(alice.id, KEY)
    until(job, "at")
    for _ in range(20):
        run_job.run(export.id, step_for)
    run()
    assert current(job).state == "done"
    assert (current(export).error or {})["code"] == "customer-not-found"
    assert telling("alice", "20555014") == []


def test_erasing_waits_for_a_step_of_an_export_that_is_at_work(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    export = start_job.start("customer_export", {"customer_ids": [alice.id]}, "key_1")
    jobs_of_erasing: list[Job] = []

    def slowly(job: Job, change: Changes) -> Progress:
        jobs_of_erasing.append(erase_customer.erase(alice.id, KEY))
        start_job.stop(export.id)
        until(jobs_of_erasing[0], "exports")
        run_job.run(jobs_of_erasing[0].id, step_for)
        files.put(f"{jobs.folder(export.id)}/late.zip", b"alice")
        return Progress(None)

    run_job.run(export.id, lambda type: slowly)
    clock.shift(400)
    run_job.run(jobs_of_erasing[0].id, step_for)
    assert current(jobs_of_erasing[0]).state == "done"
    assert telling("late.zip") == []


def test_how_far_it_came_in_one_ticket_says_nothing_of_another(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def none_done(ticket_id: str, actor: Actor, after: str, watch: Any) -> str:
        asked.append((ticket_id, after))
        return "MESSAGE#msg_9"

    monkeypatch.setattr(erase_ticket, "erase", none_done)
    first, second = [Found("tkt_1", "a")], [Found("tkt_0", "0"), *[Found("tkt_1", "a")]]
    monkeypatch.setattr(customer_tickets, "page", lambda *told: first if not asked else second)
    job = erase_customer.erase(alice.id, KEY)
    until(job, "at")
    for _ in range(2):
        run_job.run(job.id, step_for)
    assert asked == [("tkt_1", ""), ("tkt_0", "")]


def test_many_purchases_are_erased_portion_by_portion(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"type": "visit", "title": "Alice came", "occurred_at": clock.now()}
    for n in range(5):
        record_event.record(alice.id, told | {"external_id": f"alice-{n}"})
    monkeypatch.setattr(customer_events, "_PIECE", 2)
    assert customer_events.erase_some(alice.id)
    assert customer_events.page([alice.id], 10)[0]
    assert erase(alice, run).state == "done"
    assert telling("alice") == []


def test_what_an_agent_writes_meanwhile_goes_too(
    alice: Customer, bob: Agent, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket, forget = of(alice)[0], erasing.forget_files_of

    def written_meanwhile(ticket_id: str) -> None:
        monkeypatch.setattr(erasing, "forget_files_of", forget)
        send_reply.reply(ticket_id, bob, Reply("Alice called.", visibility="internal"))

    monkeypatch.setattr(erasing, "forget_files_of", written_meanwhile)
    assert erase_ticket.erase(ticket.id, KEY, "", run_job.Watch()) is None
    thread = tickets.thread(ticket.id)
    assert thread and thread.ticket.erased_at
    assert {message.text for message in thread.messages} == {"Erased"}


def test_what_was_about_to_be_sent_to_her_is_not(alice: Customer, bob: Agent, run: Callable[[], int]) -> None:
    send_reply.reply(of(alice)[0].id, bob, Reply("One more word."))
    sent = len(sent_mail())
    job = erase_customer.erase(alice.id, KEY)
    while (jobs.get(job.id) or job).at_work:
        run_job.run(job.id, step_for)
    run()
    assert len(sent_mail()) == sent


def test_dying_in_the_midst_leaves_nothing_behind(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, fails = erasing._erase_message, iter([False, True])

    def die(*told: Any) -> None:
        whole(*told)
        if next(fails, False):
            raise changes.Busy

    monkeypatch.setattr(erasing, "_erase_message", die)
    monkeypatch.setattr("chalicelib.domain.job.RETRY_SECONDS", (0, 0, 0, 0))
    assert erase(alice, run).state == "done"
    assert telling("alice", "20555014") == []
