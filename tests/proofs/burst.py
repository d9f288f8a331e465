"""Many answers at once past a mail service that takes so many a second and so many a day: all wait, and go out once."""

import heapq
import itertools
import json
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from chalicelib import clock, ids
from chalicelib.actions import run_due
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.agent import Agent
from chalicelib.inbound import jobs
from chalicelib.store import deliveries, staff, timers
from chalicelib.store.changes import Changes
from tests.proofs.failing_aws import FailingAws, fresh

# As many senders at once as infra/app.yaml lets run, each as long as SES takes to answer.
SENDERS = 5
SEND_SECONDS = 0.2
MOST_ROUNDS = 400
# How far time goes where only a timer is waited for.
STRIDE = timedelta(minutes=61)


class Limited:
    """SES with so many mails a second and so many in any 24 hours, in its own words when one is too many."""

    def __init__(self, a_second: float, a_day: int) -> None:
        self._a_second, self._a_day = a_second, a_day
        self._taken: list[datetime] = []
        self.refused: Counter[str] = Counter()

    def __call__(self) -> tuple[str, str] | None:
        now = clock.now()
        if sum(now - at < timedelta(days=1) for at in self._taken) >= self._a_day:
            return self._refuse("Daily message quota exceeded.")
        span = timedelta(seconds=max(1.0, 1 / self._a_second))
        if sum(now - at < span for at in self._taken[-50:]) >= max(1, round(self._a_second)):
            return self._refuse("Maximum sending rate exceeded.")
        self._taken.append(now)
        return None

    def _refuse(self, words: str) -> tuple[str, str]:
        self.refused[words] += 1
        return "TooManyRequestsException", words


def prove(mails: int, a_second: float = 14, a_day: int = 50_000) -> dict[str, Any]:
    """Put so many answers on the queue at one moment; the figures of how they went out."""
    limited = Limited(a_second, a_day)
    aws = FailingAws(refuses=limited)
    with fresh(aws):
        names = _answers(mails)
        began = clock.now()
        _run(aws, [{"kind": "deliver", **name} for name in names])
        seconds = (clock.now() - began).total_seconds()
        states = Counter(one.state for name in names if (one := deliveries.get(**name)))
    assert states == {"sent": mails}, states
    assert Counter(one["tag"] for one in aws.taken).most_common(1)[0][1] == 1
    assert len(aws.taken) == mails, [one["tag"] for one in aws.taken][-3:]
    return {
        "mails": mails,
        "a_second": a_second,
        "a_day": a_day,
        "minutes": round(seconds / 60, 1),
        "asked_each": round(1 + limited.refused.total() / mails, 1),
    }


def _answers(many: int) -> list[dict[str, str]]:
    now, change = clock.now(), Changes()
    bob = Agent(ids.new("agt"), "Bob", "bob@ghusn.example", "agent", now)
    staff.add_agent(change, bob)
    change.commit()
    staff.forget()
    ticket = receive(
        Incoming("email", "Hello?", Person("email", "alice@example.org"), subject="Boards", answerable=False)
    ).ticket
    made = [reply(ticket.id, bob, Reply(f"Answer {number}.")).message for number in range(many)]
    return [{"ticket_id": one.ticket_id, "message_id": one.id, "purpose": "reply"} for one in made]


def _run(aws: FailingAws, first: list[dict[str, Any]]) -> None:
    """The queue, its senders and the sweep of timers, until nothing is left on either."""
    order = itertools.count()
    waiting = [(clock.now(), next(order), job) for job in first]
    heapq.heapify(waiting)
    for _ in range(MOST_ROUNDS):
        while waiting:
            due, _, job = heapq.heappop(waiting)
            _wait_until(max(due, clock.now() + timedelta(seconds=SEND_SECONDS / SENDERS)))
            event = {"Records": [{"messageId": "1", "body": json.dumps(job)}]}
            assert jobs.handle(event) == {"batchItemFailures": []}
            _collect(aws, waiting, order)
        if not run_due.sweep() and not timers.next_due(clock.now()):
            return
        if not aws.jobs:
            _wait_until(clock.now() + STRIDE)
            run_due.sweep()
        _collect(aws, waiting, order)
    raise AssertionError("not all went out")


def _collect(aws: FailingAws, waiting: list[Any], order: "itertools.count[int]") -> None:
    for due, job in aws.jobs:
        if job["kind"] in ("deliver", "dispatch"):
            heapq.heappush(waiting, (due, next(order), job))
    aws.jobs.clear()


def _wait_until(due: datetime) -> None:
    ahead = (due - clock.now()).total_seconds()
    if ahead > 0:
        clock.shift(ahead + 0.0001)
