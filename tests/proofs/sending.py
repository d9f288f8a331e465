"""One answer to a customer, whatever fails on its way: at every call its sender makes to AWS, each fault, and SES's own
event early, in time, late or never; every job and every event comes twice.

No mail may be lost. One may go out twice in one window only: SES took it, nobody wrote that down, and SES's event did
not come before the sender's lease ended.
"""

import heapq
import itertools
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib import clock, ids
from chalicelib.actions import run_due
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply, Sent, reply
from chalicelib.domain.agent import Agent
from chalicelib.domain.message import Attachment
from chalicelib.inbound import jobs, notifications
from chalicelib.store import deliveries, files, keys, staff
from chalicelib.store.changes import Changes
from chalicelib.store.table import DeliveryRow
from tests.conftest import _forget
from tests.proofs.failing_aws import FAULTS, Died, FailingAws, fresh

# When SES's `Send` event arrives, in seconds after it took the mail; the lease is five minutes.
EVENTS: dict[str, int | None] = {"at once": 0, "in time": 30, "late": 360, "never": None}
REDELIVERED = timedelta(seconds=120)
MOST_STEPS = 40
ENDED = ("sent", "delivered", "bounced", "failed", "suppressed")


@dataclass(frozen=True)
class Case:
    """The call with that number meets the fault; SES's event comes so late."""

    at: int
    call: str
    fault: str
    event: str


@dataclass(frozen=True)
class Outcome:
    case: Case
    mails: int
    state: str
    noted: bool
    minutes: float


def prove(events: tuple[str, ...] = tuple(EVENTS), faults: tuple[str, ...] = FAULTS) -> dict[str, Any]:
    """Try all cases; the figures, and a table for people."""
    calls = _calls()
    made = itertools.product(enumerate(calls), faults, events)
    outcomes = [_try(Case(at, call, fault, event)) for (at, call), fault, event in made]
    wrong = [one for one in outcomes if one.mails != (2 if _in_window(one) else 1) or one.state != "sent"]
    assert not wrong, wrong
    return {
        "calls": len(calls),
        "cases": len(outcomes),
        "lost": sum(one.mails == 0 for one in outcomes),
        "sent_once": sum(one.mails == 1 for one in outcomes),
        "sent_twice": sum(one.mails == 2 for one in outcomes),
        "slowest_minutes": max(one.minutes for one in outcomes),
        "table": table(outcomes, events),
    }


def table(outcomes: list[Outcome], events: tuple[str, ...]) -> str:
    """Mails that went out, by point and fault (rows) and by when SES's event came (columns), in Markdown."""
    lines = ["| call | fault | " + " | ".join(events) + " |", "| --- | --- |" + " --- |" * len(events)]
    by_row: dict[tuple[int, str, str], dict[str, int]] = {}
    for one in outcomes:
        by_row.setdefault((one.case.at, one.case.call, one.case.fault), {})[one.case.event] = one.mails
    for (at, call, fault), mails in by_row.items():
        lines.append(f"| {at + 1} {call} | {fault} | " + " | ".join(str(mails[event]) for event in events) + " |")
    return "\n".join(lines)


def _in_window(one: Outcome) -> bool:
    """Whether SES took the mail, the one that handed it over could not write that down, and no event came in time."""
    return not one.noted and one.case.event in ("late", "never")


def _calls() -> list[str]:
    """What a sender calls, in order, when nothing fails."""
    aws = FailingAws()
    with fresh(aws):
        _World(aws, None).run(_answer())
    return aws.calls


def _try(case: Case) -> Outcome:
    aws = FailingAws(case.at, case.fault)
    with fresh(aws):
        sent, began = _answer(), clock.now()
        world = _World(aws, EVENTS[case.event])
        world.run(sent)
        delivery = deliveries.get(sent.ticket.id, sent.message.id, "reply")
    assert delivery is not None
    minutes = round((delivery.updated_at - began).total_seconds() / 60, 1)
    return Outcome(case, len(aws.taken), delivery.state, world.noted, minutes)


def _answer() -> Sent:
    """An answer with a file, committed and not sent yet."""
    now, change = clock.now(), Changes()
    bob = Agent(ids.new("agt"), "Bob", f"{ids.new('bob').lower()}@ghusn.example", "agent", now)
    staff.add_agent(change, bob)
    change.commit()
    staff.forget()
    alice = Person("email", f"{ids.new('alice').lower()}@example.org", "Alice")
    ticket = receive(Incoming("email", "Can it be saved?", alice, subject="My board", answerable=False)).ticket
    files.put(f"attachments/{ticket.id}", b"how to oil a board")
    file = Attachment(ids.new("att"), "oil.txt", "text/plain", 18, f"attachments/{ticket.id}")
    return reply(ticket.id, bob, Reply("Yes, it can.", attachments=(file,)))


class _World:
    """Time, the send queue, the minute's sweep and SES's events, for one delivery; only the first job's calls fail."""

    def __init__(self, aws: FailingAws, event_after: int | None) -> None:
        self._aws, self._event_after = aws, event_after
        self._waiting: list[tuple[datetime, int, str, dict[str, Any]]] = []
        self._order = itertools.count()
        self.noted = True
        aws.on_taken = self._taken

    def run(self, sent: Sent) -> None:
        names = {"ticket_id": sent.ticket.id, "message_id": sent.message.id, "purpose": "reply"}
        self._later(clock.now(), "job", {"kind": "deliver", **names})
        self._aws.watching = True
        self._step()
        self._aws.watching = False
        self.noted = not self._aws.taken or self._is_over(names)
        for _ in range(MOST_STEPS):
            timer = self._timer(names)
            if self._waiting and (timer is None or self._waiting[0][0] <= timer):
                self._step()
            elif timer and not self._is_over(names):
                self._sweep(timer)
            else:
                return
        raise AssertionError(f"not over after {MOST_STEPS} steps: {names}")

    def _is_over(self, names: dict[str, str]) -> bool:
        delivery = deliveries.get(**names)
        assert delivery is not None
        return delivery.state in ENDED

    def _timer(self, names: dict[str, str]) -> datetime | None:
        """When the delivery's own timer is due."""
        row = DeliveryRow.get(*keys.delivery(**names), consistent_read=True)
        return keys.moment(row.due_sk[:27]) if row.due_sk else None

    def _sweep(self, due: datetime) -> None:
        """The minute's sweep at that time."""
        self._wait_until(due)
        run_due.sweep()
        self._collect()

    def _step(self) -> None:
        due, _, kind, what = heapq.heappop(self._waiting)
        self._wait_until(due)
        for _ in range(2):  # SQS and SNS deliver at least once
            if kind == "event":
                assert notifications.handle(_notice(what)) == {"batchItemFailures": []}
            else:
                self._run_job(what)
        self._collect()

    def _run_job(self, what: dict[str, Any]) -> None:
        event = {"Records": [{"messageId": "1", "body": json.dumps(what)}]}
        try:
            failed = jobs.handle(event)["batchItemFailures"]
        except Died:
            _forget()
            failed = [{"itemIdentifier": "1"}]
        if failed:
            self._later(clock.now() + REDELIVERED, "job", what)

    def _collect(self) -> None:
        for due, what in self._aws.jobs:
            self._later(due, "job", what)
        self._aws.jobs.clear()

    def _taken(self, provider_id: str) -> None:
        what = {"id": provider_id, "tag": self._aws.taken[-1]["tag"]}
        if self._event_after == 0:
            watching, self._aws.watching = self._aws.watching, False
            notifications.handle(_notice(what))
            self._aws.watching = watching
        elif self._event_after:
            self._later(clock.now() + timedelta(seconds=self._event_after), "event", what)

    def _later(self, due: datetime, kind: str, what: dict[str, Any]) -> None:
        heapq.heappush(self._waiting, (due, next(self._order), kind, what))

    def _wait_until(self, due: datetime) -> None:
        ahead = (due - clock.now()).total_seconds()
        if ahead > 0:
            clock.shift(ahead + 0.001)


def _notice(what: dict[str, Any]) -> dict[str, Any]:
    """SES's `Send` event as SNS brings it by SQS."""
    told = {"eventType": "Send", "mail": {"messageId": what["id"], "tags": {"delivery": [what["tag"]]}}, "send": {}}
    return {"Records": [{"messageId": "1", "body": json.dumps({"Message": json.dumps(told)})}]}
