"""Takes in what an agent answers to a notice by mail: it goes out to the customer as any answer does, once.

Nothing is ever silent: what cannot go out stays as a note of his in the ticket, and a mail tells him why.
"""

from dataclasses import replace

from chalicelib.actions import send_reply
from chalicelib.actions.incoming import Hint, Incoming, Received
from chalicelib.actions.send_reply import ByMail, Reply
from chalicelib.actions.write_incoming import UNREADABLE, without_raw
from chalicelib.channels import email_automatic, notice_traces
from chalicelib.domain.agent import Agent
from chalicelib.domain.message import Attachment
from chalicelib.errors import Conflict, Invalid
from chalicelib.store import files, staff, tickets
from chalicelib.store.idempotency import Keyed


def answer(incoming: Incoming, hint: Hint, agent_id: str, keyed: Keyed | None = None) -> Received:
    """Send the agent's words to the customer of the ticket that `hint` names; what is to stay inside, and his absence
    note, is only recorded.

    Raises:
        Replayed: the mail or the idempotency key was there before.
    """
    agent, home = staff.agent(agent_id), tickets.get(hint.ticket_id)
    if agent is None or home is None or incoming.source is None:
        raise LookupError(f"no agent {agent_id} or ticket {hint.ticket_id}")
    ticket_id = tickets.holding(home, hint.message_id).id
    # Nobody outside sees his mail's own id, so no answer can name it.
    came = ByMail(replace(incoming.source, ids=()), hint.reason, incoming.automatic)
    if hint.inside:
        return _write(ticket_id, agent, _note(incoming, came), keyed)
    answer = Reply(incoming.text, attachments=_own_files(incoming, hint.ticket_id, agent), came=came)
    refused = None if incoming.automatic else _missing(incoming, answer)
    if not (incoming.automatic or refused):
        try:
            return _write(ticket_id, agent, answer, keyed)
        except (Invalid, Conflict) as error:
            refused = error.code
    return _write(ticket_id, agent, _note(incoming, replace(came, refused=refused)), keyed)


def _write(ticket_id: str, agent: Agent, wanted: Reply, keyed: Keyed | None) -> Received:
    sent = send_reply.reply(ticket_id, agent, wanted, keyed)
    return Received(sent.ticket, sent.message, is_new=False)


def _own_files(incoming: Incoming, ticket_id: str, agent: Agent) -> tuple[Attachment, ...]:
    """Without the mail as it came, and without the notice, which some programs attach to an answer."""
    listed = without_raw(incoming.attachments)
    return tuple(one for one in listed if not notice_traces.in_file(files.read(one.key), ticket_id, agent.id))


def _note(incoming: Incoming, came: ByMail) -> Reply:
    return Reply(incoming.text, visibility="internal", attachments=incoming.attachments, came=came)


def _missing(incoming: Incoming, answer: Reply) -> str | None:
    """Why the words cannot go out as they are: they are cut off, there are none beside what the notice said, or a
    machine of his may have written them."""
    if "the text is too long" in incoming.problems:
        return "answer-too-long"
    empty = answer.text.strip() in ("", UNREADABLE) and not answer.attachments
    if empty or notice_traces.in_text(answer.text):
        return "answer-missing"
    return "answer-automatic" if email_automatic.looks_automatic(incoming.subject, answer.text) else None
