"""Which tickets a mail answers: by the reply addresses it was sent to, the ids it names, the number in its subject."""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.actions.incoming import Hint
from chalicelib.channels import outgoing
from chalicelib.channels.email_in import IncomingEmail
from chalicelib.domain import reply_address, reply_matching
from chalicelib.domain.agent import Agent
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.domain.ticket import Ticket
from chalicelib.store import intake, keys, named_ids, staff, tickets
from chalicelib.store.intake import Found

# Of one mail: ids kept, and people asked for. Each costs a row, or a read.
MOST_NAMED = 8
MOST_PEOPLE = 6


def by_reply_address(mail: StoredMail, sender: str, read: IncomingEmail) -> dict[str, Hint]:
    """The tickets whose reply addresses it was sent to, in that order, each by what stands for it now.

    One may be addressed by several contacts. We mailed the signed address to its contact alone: a mail from him to it
    is his, unless his domain disowns it. (Many small domains have no DMARC policy at all; their people must be able to
    answer us.) An agent who was told of the ticket has an address of his own, and what he writes there is his answer.
    """
    ours = [parsed for parsed in reply_address.find(mail.recipients) if outgoing.is_ours(parsed)]
    own = {parsed.ticket_id for parsed in ours if parsed.contact_tag == reply_address.contact_tag(sender)}
    listed = dict.fromkeys(parsed.ticket_id for parsed in ours)
    disowned = mail.dmarc == "FAIL"
    others = any(parsed.contact_tag != reply_address.contact_tag(sender) for parsed in ours)
    agent = _told_agent(mail, sender) if others else None
    agents = {
        parsed.ticket_id for parsed in ours if agent and parsed.contact_tag == reply_address.contact_tag(agent.id)
    }
    hints: dict[str, Hint] = {}
    for ticket in filter(None, (tickets.get(id) for id in listed)):
        hint = Hint(ticket.id, "reply-address", ticket.id in own and not disowned, _moved_message(ticket, read))
        if agent and ticket.id in agents and ticket.erased_at is None:
            hint = replace(hint, proven=True, agent_id=agent.id)
        stands = tickets.holding(ticket, hint.message_id).id
        if hint.proven or stands not in hints:
            hints[stands] = hint
    return hints


def _told_agent(mail: StoredMail, sender: str) -> Agent | None:
    """The agent who writes, if that is proven and he still works here: only then do his words go out as the shop's."""
    agent = staff.agent_by_email(sender) if mail.dmarc == "PASS" else None
    return agent if agent and agent.active else None


def by_headers(read: IncomingEmail, sender: str) -> Iterable[Hint]:
    """What in a mail to no reply address points at a ticket: the ids it answers, the number in its subject.

    Mails that we got come before mails that were only named: by the sender, or by somebody whom he writes to as well,
    and who so reads along anyway. His own mail may be one of those that were named before it came.
    """
    for reason, headers in (("in-reply-to", _answered(read)), ("references", list(reversed(read.references)))):
        for found in _messages_of(headers):
            yield Hint(found.ticket_id, reason, message_id=found.message_id)
    named = [*named_by(read), *([read.message_id] if read.message_id else [])]
    people = dict.fromkeys((sender, *read.to, *read.cc))
    for ticket_id in named_ids.find(named, list(people)[:MOST_PEOPLE]):
        yield Hint(ticket_id, "quoted")
    number = reply_matching.number_in(read.subject)
    numbered = tickets.id_of(number) if number else None
    if numbered:
        yield Hint(numbered, "subject")


def named_by(read: IncomingEmail) -> list[str]:
    """The ids that the mail names and that are worth keeping: of a long thread the first and the newest.

    Clients cut References in the middle (RFC 5537, 3.4.4, has them keep the first), so those are the ones others name.
    """
    named = list(dict.fromkeys((*_answered(read), *reversed(read.references))))
    named = [header for header in named if not header.startswith("tkt_")]
    return named if len(named) <= MOST_NAMED else [*named[: MOST_NAMED - 1], named[-1]]


def _answered(read: IncomingEmail) -> list[str]:
    return [read.in_reply_to] if read.in_reply_to else []


def _moved_message(ticket: Ticket, read: IncomingEmail) -> str | None:
    """The message of that ticket that the mail answers; looked for only where some were moved to other tickets."""
    if not ticket.parts.moved_out:
        return None
    found = _messages_of([*_answered(read), *reversed(read.references)])
    return next((one.message_id for one in found if one.ticket_id == ticket.id), None)


def _messages_of(headers: Iterable[str]) -> list[Found]:
    """Of each ticket the first message that has one of those Message-IDs.

    Those are of mails we received, SES's (with any domain or none), and our own.
    """
    names = {header: (header, keys.provider_name(header)) for header in headers}
    known = intake.found_by_header(name for pair in names.values() for name in pair)
    found = [known.get(name) for pair in names.values() for name in pair]
    own = [_of_own_id(header) for header in names if header.startswith("tkt_")]
    return list({one.ticket_id: one for one in reversed([*filter(None, found), *own])}.values())[::-1]


def _of_own_id(header: str) -> Found:
    ticket_id, _, rest = header.partition(".")
    return Found(ticket_id, rest.partition(".")[0])
