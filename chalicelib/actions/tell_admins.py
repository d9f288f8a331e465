"""Mails the admins that a webhook was switched off: it is their integration that stands still.

By a task for each of them, which may run twice: so each gets one such mail a day for each webhook. One that may have
gone out is not sent again, since the webhook itself tells, too.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chalicelib import log, settings
from chalicelib.channels import email_out, outgoing, queues
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain.agent import Agent
from chalicelib.domain.task import Task
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
    queues.put((_task(webhook.id, agent.id) for agent in admins), delay=HEAD_START)


def send(webhook_id: str, agent_id: str) -> None:
    """Mail one admin; nothing, when the webhook is on (again) or sending is held."""
    webhook, agent = webhooks.get(webhook_id), staff.agent(agent_id)
    if webhook is None or webhook.disabled_reason is None or agent is None or not agent.is_admin:
        return
    once(_task(webhook_id, agent_id), MAILS, f"{webhook_id}:{agent_id}", lambda: _mail(webhook, agent))


def once(task: Task, allowance: Allowance, key: str, mail: Callable[[], None]) -> None:
    """Send a notice of the desk's own if the allowance of that key is not used up; a throttled one by the task, later.

    Nothing while sending is held.
    """
    if settings.outbound() == "hold" or not allowances.take(allowance, key):
        return
    try:
        mail()
    except Throttled as throttle:
        allowances.give_back(allowance, key)
        wait = throttle.seconds + random.randint(0, JITTER_SECONDS)
        queues.put([task], delay=min(wait, queues.MOST_DELAY))
    except (Rejected, Unknown) as failure:
        log.warning("notice.not_sent", **task.arguments, reason=type(failure).__name__)


def post(agent: Agent, template: str, id: str, version: str, **context: Any) -> None:
    """Mail him the notice `templates/email/<template>` in his language. `id` and `version` name it: SES, and its id."""
    # Rendering costs imports that a task which sends nothing must not pay for.
    from chalicelib import render

    the_shop = shop.read()
    subject, text, html = render.email(template, agent.locale, shop=the_shop, **context)
    raw = email_out.compose(
        from_name=the_shop.name(agent.locale),
        from_email=settings.support_email(),
        to=[agent.email],
        subject=subject,
        text=text,
        html=html,
        locale=agent.locale,
        message_id=outgoing.own_message_id(id, f"{agent.id}.{version}"),
        automatic=True,
    )
    email_out.send(raw, to=[agent.email], delivery_id=id)


def _task(webhook_id: str, agent_id: str) -> Task:
    return Task("send", "send_webhook_notice", {"webhook_id": webhook_id, "agent_id": agent_id})


def _mail(webhook: Webhook, agent: Agent) -> None:
    url = f"{settings.public_url()}/docs"
    post(agent, "webhook_off", webhook.id, str(webhook.version), webhook=webhook, url=url)
