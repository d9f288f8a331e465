"""Mails the admins that a webhook was switched off: it is their integration that stands still.

By a job for each of them, which may run twice: so each gets one such mail a day for each webhook. One that may have
gone out is not sent again, since the webhook itself tells, too.
"""

import random
from datetime import timedelta

from chalicelib import log, settings
from chalicelib.channels import email_out, outgoing, queues
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain.agent import Agent
from chalicelib.domain.effects import Job
from chalicelib.domain.webhook import Webhook
from chalicelib.store import allowances, shop, staff, webhooks
from chalicelib.store.allowances import Allowance

JITTER_SECONDS = 20
# What switches the webhook off is committed milliseconds after its notices are put.
HEAD_START = 10
MAILS = Allowance("webhook-notice", 1, timedelta(days=1))


def tell(webhook: Webhook) -> None:
    """Have every admin told that this webhook is off in a moment: call this before what switches it off is committed.

    Should that not come about, the notices find the webhook on and do nothing.
    """
    admins = [agent for agent in staff.read().agents.values() if agent.is_admin]
    queues.put((_job(webhook.id, agent.id) for agent in admins), delay=HEAD_START)


def send(webhook_id: str, agent_id: str) -> None:
    """Mail one admin; nothing, when the webhook is on (again) or sending is held."""
    webhook, agent = webhooks.get(webhook_id), staff.agent(agent_id)
    if webhook is None or webhook.disabled_reason is None or agent is None or not agent.is_admin:
        return
    if settings.outbound() == "hold" or not allowances.take(MAILS, f"{webhook_id}:{agent_id}"):
        return
    try:
        _mail(webhook, agent)
    except Throttled as throttle:
        allowances.give_back(MAILS, f"{webhook_id}:{agent_id}")
        wait = throttle.seconds + random.randint(0, JITTER_SECONDS)
        queues.put([_job(webhook_id, agent_id)], delay=min(wait, queues.MOST_DELAY))
    except (Rejected, Unknown) as failure:
        log.warning("notice.not_sent", webhook_id=webhook_id, agent_id=agent_id, reason=type(failure).__name__)


def _job(webhook_id: str, agent_id: str) -> Job:
    return Job("send", "send_webhook_notice", {"webhook_id": webhook_id, "agent_id": agent_id})


def _mail(webhook: Webhook, agent: Agent) -> None:
    # Rendering costs imports that a job which sends nothing must not pay for.
    from chalicelib import render

    the_shop = shop.read()
    url = f"{settings.public_url()}/docs"
    subject, text, html = render.email("webhook_off", agent.locale, shop=the_shop, webhook=webhook, url=url)
    raw = email_out.compose(
        from_name=the_shop.name(agent.locale),
        from_email=settings.support_email(),
        to=[agent.email],
        subject=subject,
        text=text,
        html=html,
        locale=agent.locale,
        message_id=outgoing.own_message_id(webhook.id, f"{agent.id}.{webhook.version}"),
        automatic=True,
    )
    email_out.send(raw, to=[agent.email], delivery_id=webhook.id)
