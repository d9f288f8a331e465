"""Mails an agent what happens in a ticket of his: it was given to him, its customer wrote, his answer stayed inside.

Of one message he is told once, whatever happens to the ticket: the notice's row is named for the two of them.
"""

from collections.abc import Iterable
from datetime import timedelta

from chalicelib import clock, settings
from chalicelib.domain.agent import Agent
from chalicelib.domain.delivery import Delivery, notice_to
from chalicelib.domain.event import Actor
from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Ticket
from chalicelib.store import allowances, deliveries, staff, tickets
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes

REFUSALS = Allowance("refusal", 1, timedelta(hours=1))


def of_message(change: Changes, ticket: Ticket, message: Message) -> tuple[str, ...]:
    """Tell whom the ticket is assigned to that its customer wrote; returns what the event sends.

    Nobody is told of what a machine or a stranger wrote, nor of his own words as a customer.
    """
    if ticket.assignee_id is None or message.automatic or message.unknown_sender:
        return ()
    agent = staff.agent(ticket.assignee_id)
    if agent is None or not agent.wants_notices or agent.email == message.contact:
        return ()
    return _tell(change, agent, message)


def of_assignment(change: Changes, before: Ticket, after: Ticket, actor: Actor) -> tuple[str, ...]:
    """Tell whom somebody else gave the ticket to, with the customer's newest words; returns what the event sends.

    An API key is somebody else, whoever's it is: it acts for a program.
    """
    if after.assignee_id in (None, before.assignee_id) or actor == Actor("agent", after.assignee_id):
        return ()
    agent = staff.agent(after.assignee_id or "")
    if agent is None or not agent.wants_notices:
        return ()
    thread = tickets.thread(after.id)
    message = _to_show(thread.messages) if thread else None
    return _tell(change, agent, message) if message else ()


def of_refusal(change: Changes, agent: Agent, note: Message) -> tuple[str, ...]:
    """Tell the agent that his answer by mail stayed inside, as the note; returns what the event sends.

    Once an hour in each ticket: a mailbox that answers by itself would be told so for ever.
    """
    told = f"{agent.id} {note.ticket_id}"
    if allowances.is_spent(REFUSALS, told):
        return ()
    allowances.claim(change, REFUSALS, told)
    return _tell(change, agent, note)


def _to_show(listed: Iterable[Message]) -> Message | None:
    """The newest message of a customer, else the newest that one may read: what is quoted of it goes out to him."""
    newest_first = sorted((one for one in listed if one.is_public), key=lambda one: one.id, reverse=True)
    customers = (one for one in newest_first if one.from_customer and not (one.automatic or one.unknown_sender))
    return next(customers, None) or next(iter(newest_first), None)


def _tell(change: Changes, agent: Agent, message: Message) -> tuple[str, ...]:
    if agent.email == settings.support_email():  # it would come back to us
        return ()
    home, id = message.ticket_id, message.id
    now, channel = clock.now(), "email"
    # The message may be days old: that of a ticket which is given to him only now.
    notice = Delivery(home, id, notice_to(agent.id), channel, agent.email, "queued", now, retried_at=now)
    if deliveries.get(home, id, notice.purpose):
        return ()
    deliveries.add(change, notice)
    return (notice.tag,)
