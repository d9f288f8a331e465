"""Messages of a ticket on their way out, by channel: SENDERS is the one table, a new channel is one line in it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib import clock, render, settings, signing
from chalicelib.channels import email_out, sms_body, sms_out, sms_text, ticket_links, whatsapp_out
from chalicelib.channels.attachment import Attachment
from chalicelib.channels.file_links import FileLink
from chalicelib.channels.sending import Rejected
from chalicelib.domain import reply_address, whatsapp_errors, whatsapp_session
from chalicelib.domain.agent import Team
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.message import Attachment as File
from chalicelib.domain.message import Message
from chalicelib.domain.shop import Shop
from chalicelib.domain.ticket import MAX_DIGITS, Ticket
from chalicelib.domain.whatsapp_session import Session

# How mail programs mark an answer (RFC 5322 §3.6.5 knows only Re:), and the number that our own mails carry.
_ANSWERED = re.compile(r"^(?:\s*(?:re|aw|sv|vs|antw|odp|rif|res|رد|الرد)\s*(?:\[\d+\])?\s*[:：])+\s*", re.IGNORECASE)
_NUMBERED = re.compile(rf"\s*\[#\d{{1,{MAX_DIGITS}}}\]")


@dataclass(frozen=True)
class Outgoing:
    """One message on its way out. `answers` are the Message-IDs of the customer's mails it answers, oldest first.

    `links` are those files that would make the mail too large. `team` is the ticket's, as long as it works. `session`
    is that of the number on WhatsApp that it goes to, `customer_zone` the time zone of the ticket's customer.
    """

    delivery: Delivery
    ticket: Ticket
    message: Message
    agent_name: str
    shop: Shop
    attachments: tuple[Attachment, ...] = ()
    answers: tuple[str, ...] = ()
    links: tuple[tuple[File, FileLink], ...] = ()
    team: Team | None = None
    session: Session | None = None
    customer_zone: str | None = None

    @property
    def from_email(self) -> str:
        """The team's own door, else the shop's."""
        return (self.team.email if self.team else None) or settings.support_email()

    @property
    def from_name(self) -> str:
        """The agent and whose door it is; of what nobody wrote only that."""
        locale = self.ticket.locale
        house = self.team.name_in(locale) if self.team and self.team.email else self.shop.name(locale)
        return f"{self.agent_name} ({house})" if self.agent_name else house

    @property
    def signature(self) -> str:
        """The team's in the language of the ticket; empty when it has none."""
        return self.team.signatures.get(self.ticket.locale, "").strip() if self.team else ""

    @property
    def is_receipt(self) -> bool:
        return self.delivery.purpose == "receipt"

    @property
    def reply_by(self) -> datetime | None:
        """Before when we promise to answer what the receipt is of; None where nothing is promised, or not any more."""
        if not self.is_receipt:
            return None
        due = self.shop.business_hours.reply_by(self.message.created_at, self.shop.time_zone)
        return due if due and due > clock.now() else None

    @property
    def time_zone(self) -> str:
        """In which times are told: the customer's, as far as we know it."""
        return self.customer_zone or self.shop.time_zone

    @property
    def url(self) -> str:
        """The conversation in the portal."""
        return _url(self.ticket)


def send_email(outgoing: Outgoing) -> str:
    """Send it by mail; returns SES's message id. Raises what `email_out.send` raises."""
    ticket, to = outgoing.ticket, outgoing.delivery.to
    subject, text, html = _rendered(outgoing)
    raw = email_out.compose(
        from_name=outgoing.from_name,
        from_email=outgoing.from_email,
        to=[to],
        cc=() if outgoing.is_receipt else outgoing.message.cc,
        reply_to=reply_to(ticket.id, to),
        subject=subject,
        text=text,
        html=html,
        locale=ticket.locale,
        message_id=own_message_id(ticket.id, f"{outgoing.message.id}.{outgoing.delivery.purpose}"),
        in_reply_to=outgoing.answers[-1] if outgoing.answers else None,
        references=(*outgoing.answers, own_message_id(ticket.id, "thread")),
        automatic=outgoing.is_receipt,
        attachments=outgoing.attachments,
    )
    alone = outgoing.is_receipt or outgoing.delivery.alone
    recipients = [to] if alone else [to, *outgoing.message.cc]
    return email_out.send(raw, to=recipients, delivery_id=outgoing.delivery.tag)


def send_sms(outgoing: Outgoing) -> str:
    """Send it by SMS; returns the provider's id. Raises what `sms_out.send` raises."""
    return sms_out.send(outgoing.delivery.to, sms_text_of(outgoing), delivery_id=outgoing.delivery.tag)


def sms_text_of(outgoing: Outgoing) -> str:
    """It as an SMS: with the way to the conversation where there is more of it, or where it is none by SMS."""
    ticket, message = outgoing.ticket, outgoing.message
    if outgoing.is_receipt:
        return sms_text.clean(_receipt(outgoing))
    link = ticket_links.to(ticket, outgoing.delivery.to)
    elsewhere = message.channel != "sms"
    most, files = outgoing.shop.sms.max_parts, len(message.attachments)
    return sms_body.of_answer(message.text, files, link, ticket.locale, most, linked=elsewhere)


def send_whatsapp(outgoing: Outgoing) -> str:
    """Send it by WhatsApp; returns AWS's id. Once the session is over the shop's template goes, which leads to it.

    Raises what `whatsapp_out.send` raises; Rejected too for what may go neither way.
    """
    made = _free(outgoing, outgoing.session) if outgoing.session and _may_be_free(outgoing) else _template(outgoing)
    return whatsapp_out.send(made, delivery_id=outgoing.delivery.tag)


SENDERS: dict[str, Callable[[Outgoing], str]] = {
    "email": send_email,
    "sms": send_sms,
    "whatsapp": send_whatsapp,
}


def reply_to(ticket_id: str, contact: str) -> str:
    """The signed address: a mail to it belongs to this ticket and comes from this contact."""
    tag, key = reply_address.contact_tag(contact), settings.reply_keys()[0]
    signature = signing.digest("reply-address", reply_address.signed_text(ticket_id, tag, key), 10)
    return reply_address.format(ticket_id, tag, key, signature, settings.mail_domain())


def is_ours(parsed: reply_address.Parsed) -> bool:
    """Whether we made that reply address, with a key that was not taken back."""
    text = reply_address.signed_text(parsed.ticket_id, parsed.contact_tag, parsed.key)
    return parsed.key in settings.reply_keys() and signing.matches("reply-address", text, parsed.signature)


def own_message_id(ticket_id: str, part: str) -> str:
    """A Message-ID of ours. SES writes its own over it, so it is of use in References only."""
    return f"{ticket_id}.{part}@{settings.mail_domain()}"


def subject_of(outgoing: Outgoing) -> str:
    """The ticket's subject as a mail carries it: answered once, however often it was, and without an older number."""
    bare = bare_subject(outgoing.ticket)
    opens = outgoing.ticket.message_count == 1 and not outgoing.is_receipt
    return bare if opens else f"Re: {bare}"


def bare_subject(ticket: Ticket) -> str:
    """The ticket's subject without marks of an answer and without a number."""
    return _ANSWERED.sub("", _NUMBERED.sub("", ticket.subject)).strip()


def _receipt(outgoing: Outgoing) -> str:
    ticket = outgoing.ticket
    told = {"shop": outgoing.shop, "ticket_number": ticket.number}
    return render.sms("receipt", ticket.locale, **told, reply_by=outgoing.reply_by, time_zone=outgoing.time_zone)


def _may_be_free(outgoing: Outgoing) -> bool:
    return whatsapp_session.is_open(outgoing.session, clock.now())


def _free(outgoing: Outgoing, session: Session) -> dict[str, Any]:
    """As it was written; with the way to its files, and to the whole of what is too long or written elsewhere."""
    ticket, message, to = outgoing.ticket, outgoing.message, outgoing.delivery.to
    link = ticket_links.to(ticket, to)
    body = message.text
    if outgoing.is_receipt:
        body = _receipt(outgoing)
    elif message.attachments or message.channel != "whatsapp":
        body = f"{body}\n\n{link}"
    return whatsapp_out.text(to, whatsapp_out.shortened(body, link), session.wamid)


def _template(outgoing: Outgoing) -> dict[str, Any]:
    ticket, to, set_up = outgoing.ticket, outgoing.delivery.to, outgoing.shop.whatsapp
    if set_up.template is None or outgoing.is_receipt:
        raise Rejected("The session is over and there is no template.", whatsapp_errors.OVER)
    told = (outgoing.shop.name(ticket.locale), f"#{ticket.number}", ticket_links.to(ticket, to))
    return whatsapp_out.template(to, set_up.template, set_up.language(ticket.locale), told)


def _url(ticket: Ticket) -> str:
    return f"{settings.public_url()}/{ticket.locale}/tickets/{ticket.number}"


def _rendered(outgoing: Outgoing) -> tuple[str, str, str]:
    ticket = outgoing.ticket
    return render.email(
        "receipt" if outgoing.is_receipt else "reply",
        ticket.locale,
        shop=outgoing.shop,
        ticket_number=ticket.number,
        ticket_subject=subject_of(outgoing),
        by_email=outgoing.message.channel == "email",
        text=outgoing.message.text,
        html=outgoing.message.html,
        author_name=outgoing.agent_name,
        signature=outgoing.signature,
        links=[_link(outgoing.ticket.locale, *one) for one in outgoing.links],
        url=outgoing.url,
        reply_by=outgoing.reply_by,
        time_zone=outgoing.time_zone,
    )


def _link(locale: str, file: File, link: FileLink) -> dict[str, Any]:
    return {"name": file.name, "size": file.size, "url": link.address(locale), "until": link.until}
