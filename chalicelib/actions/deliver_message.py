"""Sends one message or receipt to its customer, once: only who moved its row from queued to sending may send.

The one window left: the provider took it, and we died before writing that down. Then its own event (SES `Send`)
usually tells within the five minutes of the lease; without that it is sent again.
"""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib import clock, ids, log, settings
from chalicelib.actions import admit_sms, check_recipient, identify_customer, leave_alone, tell_of_loss
from chalicelib.actions.admit_sms import Held
from chalicelib.channels import file_links, queues
from chalicelib.channels.attachment import Attachment
from chalicelib.channels.file_links import FileLink
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain import delivery as rules
from chalicelib.domain import delivery_reason, mail_files
from chalicelib.domain.agent import Team
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.domain.message import Attachment as File
from chalicelib.domain.message import Message
from chalicelib.domain.task import Task
from chalicelib.domain.ticket import Ticket
from chalicelib.store import (
    customers,
    deliveries,
    events,
    files,
    intake,
    messages,
    shop,
    staff,
    tickets,
    whatsapp_sessions,
)
from chalicelib.store.changes import Changes

if TYPE_CHECKING:
    from chalicelib.channels.outgoing import Outgoing

JITTER_SECONDS = 20
MOST_JITTER_SECONDS = 300


@dataclass(frozen=True)
class _Parts:
    ticket: Ticket
    message: Message
    delivery: Delivery


def deliver(ticket_id: str, message_id: str, purpose: str) -> str:
    """Send it if it still waits to be sent; returns the state it is in then, `none` if there is no such delivery."""
    delivery = deliveries.get(ticket_id, message_id, purpose)
    if delivery is None:
        return "none"
    if settings.outbound() == "hold":  # its timer brings it again; a task put here would be one more at every sweep
        return delivery.state
    now = clock.now()
    if not rules.may_send(delivery, now):
        return delivery.state
    taken = rules.taken(delivery, now)
    if not deliveries.move(delivery, taken):
        return delivery.state
    return _send(taken)


def _send(delivery: Delivery) -> str:
    parts = _load(delivery)
    refusal = _given_up(parts, delivery)
    if parts is None or refusal:
        return _finish(delivery, _failed(delivery, refusal or "gone"))
    if unwanted := _unwanted(delivery):
        return _finish(delivery, rules.suppressed(delivery, unwanted, clock.now()))
    reaching = _to_whom_it_may(parts)
    try:
        provider_id = _dispatch(reaching)
    except Throttled as throttle:
        return _later(parts, throttle.seconds)
    except Held as hold:
        deliveries.move(delivery, rules.held(delivery, clock.now(), hold.until, hold.reason))
        return "queued"
    except Rejected as rejection:
        return _refused(delivery, rejection)
    except Unknown:
        return _unknown(delivery)
    return _finish(delivery, rules.sent(reaching.delivery, provider_id, clock.now()))


def _refused(delivery: Delivery, rejection: Rejected) -> str:
    """Who told AWS or a carrier STOP is opted out here as well, so that nobody types another answer for nothing."""
    from chalicelib.actions import mirror_consent

    mirror_consent.heed(rejection, delivery.to)
    return _finish(delivery, rules.failed(delivery, rejection.reason, clock.now(), rejection.code))


def _failed(delivery: Delivery, reason: str) -> Delivery:
    return rules.failed(delivery, delivery_reason.words(reason, "en") or reason, clock.now(), reason)


def _given_up(parts: _Parts | None, delivery: Delivery) -> str | None:
    """The reason (see `delivery_reason`) for which it is not sent at all."""
    if parts is None or customers.get(parts.ticket.customer_id) is None:
        return "gone"
    if delivery.attempts > rules.MAX_ATTEMPTS:
        return "too-many-attempts"
    if _is_anothers(parts):
        return "anothers"
    return "waited-too-long" if clock.now() - _since(parts) > rules.MAX_AGE else None


def _is_anothers(parts: _Parts) -> bool:
    """Whether somebody else than the ticket's customer has the contact now; one that is nobody's is merely old."""
    if parts.delivery.agent_id:
        return False
    holder = customers.id_of(parts.delivery.contact_type, parts.delivery.to)
    return holder is not None and not identify_customer.same_person(holder, parts.ticket.customer_id)


def _unwanted(delivery: Delivery) -> str | None:
    """Why nothing is to be sent there; asked now, since hours may have passed since it was written.

    That mail can be sent to no such address is nobody's wish: then making the mail fails.
    """
    if delivery.agent_id:
        return None
    reason = check_recipient.reason(delivery.channel, delivery.to)
    return None if reason == "bad-address" else reason


def _to_whom_it_may(parts: _Parts) -> _Parts:
    """Without those in copy to whom nothing may be sent any more; that is told beside the sending."""
    message, delivery = parts.message, parts.delivery
    copies = message.cc if delivery.purpose == "reply" else ()
    refused = check_recipient.refused(copies)
    if not refused:
        return parts
    fewer = replace(message, cc=tuple(one for one in copies if one not in refused))
    told = delivery if delivery.alone else rules.left_out(delivery, refused)
    return replace(parts, message=fewer, delivery=told)


def _since(parts: _Parts) -> datetime:
    """Since when it waits to be sent."""
    return rules.waits_since(parts.delivery, parts.message.created_at)


def _unknown(delivery: Delivery) -> str:
    """It may have been sent. Of mail and WhatsApp an event tells, so they wait for that; of an SMS nobody tells."""
    log.warning("delivery.unknown", message_id=delivery.message_id, purpose=delivery.purpose)
    if delivery.channel in ("email", "whatsapp"):
        return delivery.state
    return _finish(delivery, _failed(delivery, "no-word"))


def _later(parts: _Parts, seconds: int) -> str:
    """Queued again. Raising instead would burn the queue's receive counts and end in the dead-letter queue.

    The longer it has waited, the rarer it asks: else a long queue at a slow rate does nothing but ask.
    """
    delivery, now = parts.delivery, clock.now()
    waited = int((now - _since(parts)).total_seconds())
    spread = min(max(JITTER_SECONDS, waited // 4), MOST_JITTER_SECONDS)
    wait = seconds + random.randint(0, spread)
    far = wait > queues.MOST_DELAY
    retry_at = now + timedelta(seconds=wait) if far else None
    if deliveries.move(delivery, rules.put_back(delivery, now, retry_at)) and not far:
        queues.put([_task(delivery)], delay=wait)
    return "queued"


def _load(delivery: Delivery) -> _Parts | None:
    ticket, message = tickets.get(delivery.ticket_id), messages.get(delivery.ticket_id, delivery.message_id)
    return _Parts(ticket, message, delivery) if ticket and message else None


def _dispatch(parts: _Parts) -> str:
    # Rendering costs imports that a task which sends nothing must not pay for.
    from chalicelib.channels.outgoing import SENDERS, Outgoing

    ticket, message = parts.ticket, parts.message
    if parts.delivery.agent_id:
        return _send_notice(parts, parts.delivery.agent_id)
    agent = staff.agent(message.author.id) if message.author.type == "agent" and message.author.id else None
    outgoing = Outgoing(
        delivery=parts.delivery,
        ticket=ticket,
        message=message,
        agent_name=agent.name_in(ticket.locale) if agent else "",
        shop=shop.read(),
        attachments=_attachments(parts),
        links=_links(parts),
        answers=_answered(parts),
        team=_team(ticket),
        customer_zone=_zone(ticket) if parts.delivery.purpose == "receipt" else None,
        session=whatsapp_sessions.of(parts.delivery.to) if parts.delivery.channel == "whatsapp" else None,
    )
    leave_alone.refuse_in_quiet_hours(ticket.customer_id, parts.delivery, outgoing.shop)
    if parts.delivery.channel == "sms":
        return _send_sms(outgoing)
    return SENDERS[parts.delivery.channel](outgoing)


def _zone(ticket: Ticket) -> str | None:
    customer = customers.get(ticket.customer_id)
    return customer.time_zone if customer else None


def _send_sms(outgoing: "Outgoing") -> str:
    from chalicelib.channels.outgoing import send_sms, sms_text_of

    delivery, body = outgoing.delivery, sms_text_of(outgoing)
    with admit_sms.admitted(body, delivery.to, outgoing.shop, may_wait=not delivery.is_by_hand):
        return send_sms(outgoing)


def _team(ticket: Ticket) -> Team | None:
    """Over whose name it goes out: of a team that was dissolved nothing speaks any more, so the shop does."""
    team = staff.team(ticket.team_id) if ticket.team_id else None
    return team if team and team.active else None


def _send_notice(parts: _Parts, agent_id: str) -> str:
    from chalicelib.channels import notices

    agent = staff.agent(agent_id)
    if agent is None or not agent.active:
        raise Rejected("The agent left.")
    ticket = tickets.holding(parts.ticket, parts.message.id)
    team, lost = _team(ticket), _lost(parts)
    return notices.send(notices.Notice(parts.delivery, ticket, parts.message, agent, shop.read(), lost, team))


def _lost(parts: _Parts) -> Delivery | None:
    """The answer that a notice tells the loss of, as it stands now."""
    if not parts.delivery.tells_of_loss:
        return None
    answer = deliveries.get(parts.delivery.ticket_id, parts.message.id, "reply")
    if answer is None or not rules.is_lost(answer):
        raise Rejected("The answer is on its way again.")
    return answer


def _attachments(parts: _Parts) -> tuple[Attachment, ...]:
    if not _brings_files(parts):
        return ()
    travel, _ = mail_files.parted(parts.message)
    return tuple(Attachment(one.name, one.content_type, files.read(one.key)) for one in travel)


def _links(parts: _Parts) -> tuple[tuple[File, FileLink], ...]:
    """The files that would make the mail too large."""
    if not _brings_files(parts):
        return ()
    _, linked = mail_files.parted(parts.message)
    return tuple((one, file_links.to(parts.message, one, clock.now())) for one in linked)


def _brings_files(parts: _Parts) -> bool:
    return parts.delivery.purpose == "reply" and parts.delivery.channel == "email"


def _answered(parts: _Parts) -> tuple[str, ...]:
    """The Message-IDs of the customer's mails so far, oldest first, so that his mail client keeps one thread."""
    thread = tickets.thread(parts.ticket.id)
    listed = thread.messages if thread else ()
    return tuple(m.email_id for m in listed if m.email_id and m.id <= parts.message.id)


def remember(change: Changes, delivery: Delivery) -> None:
    """Keep under which id of the provider's, and from which number, an answer may come back."""
    name = f"provider:{delivery.provider_id}"
    intake.remember_message_id(change, name, delivery.ticket_id, delivery.message_id)
    if delivery.contact_type == "phone":
        intake.remember_phone(change, delivery.to, delivery.ticket_id)


def _finish(old: Delivery, new: Delivery) -> str:
    """Write how it ended. A report of the provider may have been faster: then that stands."""
    deliveries.move(old, new, lambda change: remember(change, new) if new.state == "sent" else tell(change, new))
    return new.state


def tell(change: Changes, delivery: Delivery) -> None:
    """Write the event that a delivery came to its end, with the end itself; it names where the message is read now.

    Of a notice to an agent nobody is told: it says nothing of whether the customer has his answer.
    """
    if delivery.agent_id:
        return
    home = tickets.get(delivery.ticket_id)
    ticket = tickets.holding(home, delivery.message_id) if home else None
    event = Event(
        id=ids.new("evt"),
        type="message.delivery_changed",
        created_at=delivery.updated_at,
        actor=SYSTEM,
        subject=delivery.ticket_id,
        ticket_id=ticket.id if ticket else delivery.ticket_id,
        customer_id=ticket.customer_id if ticket else None,
        message_id=delivery.message_id,
        version=ticket.version if ticket else None,
        changes={"delivery": [None, delivery.state]},
        sends=tell_of_loss.tell(change, ticket, delivery) if ticket else (),
    )
    events.add(change, event)


def _task(delivery: Delivery) -> Task:
    arguments: dict[str, Any] = {
        "ticket_id": delivery.ticket_id,
        "message_id": delivery.message_id,
        "purpose": delivery.purpose,
    }
    return Task("send", "deliver", arguments)
