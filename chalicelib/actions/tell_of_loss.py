"""Mails an agent that an answer did not reach its customer, or was marked as spam: else the ticket waits for somebody
who knows of nothing.

Of one answer he is told once, however often it is tried: the notice's row is named for the two of them.
"""

from chalicelib import clock, settings
from chalicelib.domain.agent import Agent
from chalicelib.domain.delivery import Delivery, is_lost, loss_told_to
from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Ticket
from chalicelib.store import deliveries, messages, staff
from chalicelib.store.changes import Changes


def tell(change: Changes, ticket: Ticket, delivery: Delivery) -> tuple[str, ...]:
    """Tell whoever wrote the answer, else whom the ticket is assigned to; returns what the event sends.

    A receipt that did not arrive is told to nobody, nor is what an erased customer was sent.
    """
    if not is_lost(delivery) or ticket.erased_at:
        return ()
    message = messages.get(delivery.ticket_id, delivery.message_id)
    agent = _whom(ticket, message) if message else None
    if agent is None or agent.email == settings.support_email():  # it would come back to us
        return ()
    now = clock.now()
    purpose = loss_told_to(agent.id)
    home, id = delivery.ticket_id, delivery.message_id
    if deliveries.get(home, id, purpose):
        return ()
    # The answer may be days old: a mail server tries long before it gives up.
    notice = Delivery(home, id, purpose, "email", agent.email, "queued", now, retried_at=now)
    deliveries.add(change, notice)
    return (notice.tag,)


def _whom(ticket: Ticket, message: Message) -> Agent | None:
    author_id = message.author.id if message.author.type == "agent" else None
    known = (staff.agent(id) for id in (author_id, ticket.assignee_id) if id)
    return next((agent for agent in known if agent and agent.wants_notices), None)
