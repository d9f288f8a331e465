"""Mails the admins once a day what was kept out of the tickets, when there is news: some came, or some were deleted.

The night counts before it deletes, and puts a task for each admin with the numbers in it; the task may run twice, and
the night may too: each admin gets one such mail a day.
"""

from collections import Counter as Tally
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from chalicelib import clock, settings
from chalicelib.actions import tell_admins
from chalicelib.channels import queues
from chalicelib.domain import suspension
from chalicelib.domain.agent import Agent
from chalicelib.domain.task import Task
from chalicelib.store import last_summary, staff, suspended
from chalicelib.store.allowances import Allowance

DAY = timedelta(days=1)
MAILS = Allowance("mail-summary", 1, 2 * DAY)
# More than that are told as so many: they are too many to read anyway.
MOST_COUNTED = 1000
_PIECE = 100


def summarize() -> dict[str, Any] | None:
    """Have the admins who want mail told, if there is news; returns the numbers. Before the night deletes anything."""
    now = clock.now()
    numbers = _numbers(last_summary.read())
    told = bool(numbers["new"] or numbers["expired"])
    if told:
        admins = [agent for agent in staff.read().agents.values() if _wants_it(agent)]
        queues.put(_task(agent.id, f"{now:%Y-%m-%d}", numbers) for agent in admins)
    last_summary.write(now)
    return numbers if told else None


def send(agent_id: str, day: str, numbers: dict[str, Any]) -> None:
    """Mail one admin the numbers of that day, if he was not told."""
    agent = staff.agent(agent_id)
    if agent and _wants_it(agent):
        task = _task(agent_id, day, numbers)
        tell_admins.once(task, MAILS, f"{agent_id}:{day}", lambda: _mail(agent, day, numbers))


def _wants_it(agent: Agent) -> bool:
    return agent.active and agent.is_admin and agent.notifications != "none"


def _task(agent_id: str, day: str, numbers: Mapping[str, Any]) -> Task:
    return Task("send", "send_mail_summary", {"agent_id": agent_id, "day": day, "numbers": dict(numbers)})


def _numbers(since: datetime | None) -> dict[str, Any]:
    """Of those that came since then by cause, of all that wait, and of those whose 14 days are over."""
    causes, waiting, after = Tally[str](), 0, None
    while waiting < MOST_COUNTED:
        page = suspended.page(_PIECE, after)
        causes.update(mail.reason for mail in page.mails if since is None or mail.received_at > since)
        waiting, after = waiting + len(page.mails), page.after
        if after is None:
            break
    return {"new": dict(causes.most_common()), "waiting": waiting, "expired": suspended.count_expired(MOST_COUNTED)}


def _mail(agent: Agent, day: str, numbers: Mapping[str, Any]) -> None:
    new = [(suspension.in_words(cause, agent.locale), count) for cause, count in numbers["new"].items()]
    told = {"new": new, "waiting": numbers["waiting"], "expired": numbers["expired"]}
    url = f"{settings.public_url()}/agent/suspended"
    tell_admins.post(agent, "mail_summary", f"summary_{day}", "summary", url=url, **told)
