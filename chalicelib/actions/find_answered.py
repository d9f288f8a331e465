"""Which tickets a mail answers: by the reply addresses it was sent to, the ids it names, the number in its subject."""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.actions.incoming import Hint
from chalicelib.channels import outgoing
from chalicelib.channels.email_in import IncomingEmail
from chalicelib.domain import reply_address, reply_matching
from chalicelib.domain.agent import Agent
from chalicelib.domain.reply_address import Parsed
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.domain.ticket import Ticket
from chalicelib.store import intake, keys, named_ids, staff, tickets
from chalicelib.store.intake import Found

# Of one mail: ids kept, and people asked for. Each costs a row, or a read.
MOST_NAMED = 8
MOST_PEOPLE = 6


def by_reply_address(mail: StoredMail, sender: str, read: IncomingEmail) -> dict[str, Hint]:
    """The tickets whose reply addresses it was sent to, in that order, each by what stands for it now.

    One may be addressed by several contacts. A mail from its contact is his, as far as `may_come_from` says so: who is
    in copy has the signed address, too. (Many small domains have no DMARC policy at all; their people must be able to
    answer us.) An agent who was told of the ticket has an address of his own, and what he writes there is his answer.
    """
    ours = _signed(mail)
    own = {parsed.ticket_id for parsed in _own_addresses(mail, sender)}
    listed = dict.fromkeys(parsed.ticket_id for parsed in ours)
    others = any(parsed.contact_tag != reply_address.contact_tag(sender) for parsed in ours)
    agent = _told_agent(mail, sender) if others else None
    agents = {
        parsed.ticket_id for parsed in ours if agent and parsed.contact_tag == reply_address.contact_tag(agent.id)
    }
    hints: dict[str, Hint] = {}
    for ticket in filter(None, (tickets.get(id) for id in listed)):
        moved = _moved_message(ticket, read, sender)
        hint = Hint(ticket.id, "reply-address", ticket.id in own, moved)
        if agent and ticket.id in agents and ticket.erased_at is None:
            hint = replace(hint, proven=True, agent_id=agent.id)
        stands = tickets.holding(ticket, hint.message_id).id
        if hint.proven or stands not in hints:
            hints[stands] = hint
    return hints


def is_to_own_address(mail: StoredMail, sender: str) -> bool:
    """Whether it went to an address that was signed for its sender, and may come from him."""
    return bool(_own_addresses(mail, sender))


def _own_addresses(mail: StoredMail, sender: str) -> list[Parsed]:
    tag = reply_address.contact_tag(sender)
    return [parsed for parsed in _signed(mail) if parsed.contact_tag == tag and mail.may_come_from(sender)]


def _signed(mail: StoredMail) -> list[Parsed]:
    return [parsed for parsed in reply_address.find(mail.recipients) if outgoing.is_ours(parsed)]


def _told_agent(mail: StoredMail, sender: str) -> Agent | None:
    """The agent who writes, if that is proven and he still works here: only then do his words go out as the shop's."""
    agent = staff.agent_by_email(sender) if mail.is_proven else None
    return agent if agent and agent.active else None


def by_headers(read: IncomingEmail, sender: str) -> Iterable[Hint]:
    """What in a mail to no reply address points at a ticket: the ids it answers, the number in its subject.

    Mails that we got come before mails that were only named: by the sender, or by somebody whom he writes to as well,
    and who so reads along anyway. His own mail may be one of those that were named before it came.
    """
    yield from _of_mails("in-reply-to", _answered(read), read, sender)
    yield from _of_mails("references", list(reversed(read.references)), read, sender)
    named = [*named_by(read), *([read.message_id] if read.message_id else [])]
    for ticket_id in named_ids.find(named, _people(read, sender)):
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
    return list(read.answers)


def _people(read: IncomingEmail, sender: str) -> list[str]:
    """The sender, and those whom he writes to."""
    return list(dict.fromkeys((sender, *read.to, *read.cc)))[:MOST_PEOPLE]


def _moved_message(ticket: Ticket, read: IncomingEmail, sender: str) -> str | None:
    """The message of that ticket that the mail answers; looked for only where some were moved to other tickets."""
    if not ticket.parts.moved_out:
        return None
    found = _of_mails("reply-address", [*_answered(read), *reversed(read.references)], read, sender)
    return next((one.message_id for one in found if one.ticket_id == ticket.id), None)


def _of_mails(reason: str, headers: Iterable[str], read: IncomingEmail, sender: str) -> list[Hint]:
    """Of each ticket the first message that has one of those Message-IDs.

    For each id: what we sent, by SES's id (with any domain or none) or our own; what the sender sent himself, or an
    import brought; what those sent whom he writes to. Last, and loosely, what somebody else sent under it.
    """
    listed = list(dict.fromkeys(headers))
    widely = set(named_by(read))
    asked = {id: _keys_of(id, _people(read, sender) if id in widely else [sender]) for id in listed}
    known = intake.pointed_at([*(key for keys_ in asked.values() for key in keys_), *map(keys.received_id, listed)])
    surely = [found for id in listed for found in (_of_own_id(id), *map(known.get, asked[id]))]
    loosely = [known.get(keys.received_id(id)) for id in listed]
    hints: dict[str, Hint] = {}
    for found, loose in [*((one, False) for one in surely), *((one, True) for one in loosely)]:
        if found and found.ticket_id not in hints:
            hints[found.ticket_id] = Hint(found.ticket_id, reason, message_id=found.message_id, loose=loose)
    return list(hints.values())


def _keys_of(header: str, people: list[str]) -> list[keys.Key]:
    sender, *others = people
    own = keys.received_id(header, sender), keys.email_id(header)
    return [keys.email_id(keys.provider_name(header)), *own, *(keys.received_id(header, one) for one in others)]


def _of_own_id(header: str) -> Found | None:
    if not header.startswith("tkt_"):
        return None
    ticket_id, _, rest = header.partition(".")
    return Found(ticket_id, rest.partition(".")[0])
