"""Blocks senders and lets them in again. Mail that was suspended while one was blocked stays so until released."""

from chalicelib import clock, ids, settings
from chalicelib.domain.blocked_sender import BlockedSender, formed, normal_sender, values_of
from chalicelib.domain.event import Actor
from chalicelib.errors import Fault, Invalid, NotFound
from chalicelib.store import blocked_senders, changes, idempotency, staff
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def block(value: str, actor: Actor, keyed: Keyed | None = None) -> BlockedSender:
    """Keep the mail of an address, or of a whole domain (`example.org`), out of the tickets from now on.

    Blocked already, it stays as it is: doing it twice does no harm.

    Raises:
        Invalid: code `invalid-sender`; `own-sender`, it is an address of ours or of an agent, or the domain of one.
        Replayed: the idempotency key was there before.
    """
    wanted = normal_sender(value)
    return changes.again(lambda: _block(wanted, actor, keyed))


def unblock(blocked_id: str) -> None:
    """Take its mail in again.

    Raises:
        NotFound: code `blocked-sender-not-found`.
    """
    changes.again(lambda: _unblock(blocked_id))


def _block(value: str, actor: Actor, keyed: Keyed | None) -> BlockedSender:
    _refuse_own(value)
    stands, edit = blocked_senders.by_value(value), Changes()
    sender = stands or BlockedSender(ids.new("blk"), value, clock.now(), actor.id)
    if not stands:
        blocked_senders.add(edit, sender)
    idempotency.record(edit, keyed, sender)
    if len(edit):
        edit.commit()
    return sender


def _unblock(blocked_id: str) -> None:
    found, edit = blocked_senders.get(blocked_id), Changes()
    if found is None:
        raise NotFound(f"There is no blocked sender {blocked_id[:100]}.", code="blocked-sender-not-found")
    blocked_senders.delete(edit, found)
    edit.commit()


def _refuse_own(value: str) -> None:
    """Who blocks his own house hears no more from it: agents answer by mail, too."""
    known = staff.read()
    agents = [agent.email for agent in known.agents.values() if agent.active]
    teams = [team.email for team in known.teams.values() if team.email]
    own = {settings.support_email(), *agents, *teams}
    ours = {settings.mail_domain(), *(one for email in own for one in values_of(email))}
    if formed(value) in map(formed, ours):
        words = f"{value} is ours: the desk itself, a team or an agent has it."
        raise Invalid(words, code="own-sender", faults=(Fault("/value", "own-sender", words),))
