"""A notice to an agent: what a customer wrote in a ticket of his, or that an answer did not arrive. Its Reply-To is
signed for this agent, by his id: his answer is told from everybody else's, and still his when his address changes.
"""

from dataclasses import dataclass

from chalicelib import render, settings
from chalicelib.channels import email_out, outgoing
from chalicelib.domain import delivery_reason
from chalicelib.domain.agent import Agent, Team
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.message import Message
from chalicelib.domain.shop import Shop
from chalicelib.domain.ticket import Ticket


@dataclass(frozen=True)
class Notice:
    """One mail to `agent` about `message`; about a note of his own, it says why that did not go out as an answer, and
    about an answer that is `lost`, why that did not arrive.
    """

    delivery: Delivery
    ticket: Ticket
    message: Message
    agent: Agent
    shop: Shop
    lost: Delivery | None = None
    team: Team | None = None

    @property
    def door(self) -> tuple[str, str]:
        """Name and address it comes from: the door of the ticket's team, else the shop's."""
        locale = self.agent.locale
        if self.team and self.team.email:
            return self.team.name_in(locale), self.team.email
        return self.shop.name(locale), settings.support_email()


def send(notice: Notice) -> str:
    """Send it by mail; returns SES's message id. Raises what `email_out.send` raises."""
    ticket, to = notice.ticket, notice.delivery.to
    subject, text, html = _rendered(notice)
    from_name, from_email = notice.door
    raw = email_out.compose(
        from_name=from_name,
        from_email=from_email,
        to=[to],
        reply_to=outgoing.reply_to(ticket.id, notice.agent.id),
        subject=subject,
        text=text,
        html=html,
        locale=notice.agent.locale,
        message_id=outgoing.own_message_id(ticket.id, f"{notice.message.id}.{notice.delivery.purpose}"),
        references=(outgoing.own_message_id(ticket.id, "thread"),),
        automatic=True,
    )
    return email_out.send(raw, to=[to], delivery_id=notice.delivery.tag)


def _rendered(notice: Notice) -> tuple[str, str, str]:
    ticket, message = notice.ticket, notice.message
    return render.email(
        "notice",
        notice.agent.locale,
        shop=notice.shop,
        ticket_number=ticket.number,
        ticket_subject=outgoing.bare_subject(ticket),
        author_name=message.author.name,
        text=message.text,
        files=[file.name for file in message.attachments],
        refused=message.refused,
        lost=notice.lost,
        why=delivery_reason.words(notice.lost.reason, notice.agent.locale) if notice.lost else None,
        url=f"{settings.public_url()}/agent/tickets/{ticket.number}",
    )
