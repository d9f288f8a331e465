"""Tells the admins that the day's cap for SMS is met and texts wait: they alone can raise it. Once a day."""

from datetime import timedelta

from chalicelib import log, settings
from chalicelib.actions import tell_admins
from chalicelib.channels import queues
from chalicelib.domain.shop import Shop
from chalicelib.domain.task import Task
from chalicelib.store import allowances, shop, staff
from chalicelib.store.allowances import Allowance

WARNINGS = Allowance("sms-cap", 1, timedelta(days=1))
MAILS = Allowance("sms-cap-notice", 1, timedelta(days=1))


def warn(the_shop: Shop) -> None:
    """Log it, and have every admin told; nothing when that was done today."""
    if not allowances.take(WARNINGS, "shop"):
        return
    log.warning("sms.cap-met", daily_cap=the_shop.sms.daily_cap)
    admins = [agent for agent in staff.read().agents.values() if agent.is_admin and agent.active]
    queues.put(_task(agent.id) for agent in admins)


def send(agent_id: str) -> None:
    """Mail one admin, in his language; nothing when there is no cap any more."""
    agent, cap = staff.agent(agent_id), shop.read().sms.daily_cap
    if agent is None or not agent.is_admin or not agent.active or cap is None:
        return
    url = f"{settings.public_url()}/docs"
    tell_admins.once(
        _task(agent_id),
        MAILS,
        agent_id,
        lambda: tell_admins.post(agent, "sms_cap", "sms-cap", f"{cap:g}", cap=f"{cap:.2f}", url=url),
    )


def _task(agent_id: str) -> Task:
    return Task("send", "send_sms_cap_notice", {"agent_id": agent_id})
