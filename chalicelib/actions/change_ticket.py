"""Sets fields of a ticket: status, priority, assignee, team, tags and the rest."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib import clock, ids
from chalicelib.actions import notify_agent
from chalicelib.domain import ticket as life
from chalicelib.domain.event import Actor, Event, standing
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.store import changes, copied, events, idempotency, shop, staff, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def change_ticket(
    ticket_id: str, wanted: Mapping[str, Any], actor: Actor, keyed: Keyed | None = None, version: int | None = None
) -> Ticket:
    """Set the fields in `wanted` (names as in Ticket); nothing to change is no change and writes nothing.

    Raises:
        NotFound: no such ticket.
        VersionMismatch: `version` is given and not the ticket's.
        Conflict: code `ticket-merged`, another ticket stands for it; `ticket-erased`.
        Invalid: a status, agent or team that there is not.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _change(ticket_id, wanted, actor, keyed, version))


def reopen(ticket_id: str, actor: Actor) -> Ticket:
    """Open a solved ticket again, as its customer asks without a word; one that is open stays as it is.

    Raises:
        NotFound: no such ticket.
        Conflict: code `ticket-merged` or `ticket-erased`; `ticket-closed`, it was closed too long ago.
    """
    return changes.again(lambda: _reopen(ticket_id, actor))


def load(ticket_id: str, version: int | None) -> Ticket:
    """The ticket, which must have that version if one is given.

    Raises:
        NotFound: no such ticket.
        VersionMismatch: it has another version now.
    """
    ticket = tickets.get(ticket_id)
    if ticket is None:
        raise NotFound(f"There is no ticket {ticket_id}.", code="ticket-not-found")
    if version not in (None, ticket.version):
        raise VersionMismatch(f"The ticket is at version {ticket.version} now.")
    return ticket


def refuse_newer(ticket: Ticket, last_seen_message_id: str | None) -> None:
    """Refuse to write past a message that the writer has not seen. Raises Conflict, code `newer-message`."""
    if life.has_newer(ticket, last_seen_message_id):
        raise Conflict("A newer message has come in. Read it, then send again.", code="newer-message")


def refuse_merged(ticket: Ticket) -> None:
    """Refuse to work on a ticket that another one stands for. Raises Conflict, code `ticket-merged`."""
    if ticket.merged_into:
        raise Conflict(f"The ticket was merged into {tickets.survivor(ticket).id}.", code="ticket-merged")


def refuse_erased(ticket: Ticket) -> None:
    """Refuse to put anything into a ticket that was forgotten. Raises Conflict, code `ticket-erased`."""
    if ticket.erased_at:
        raise Conflict("The ticket was erased with its customer, and stays as it is.", code="ticket-erased")


def _change(
    ticket_id: str, wanted: Mapping[str, Any], actor: Actor, keyed: Keyed | None, version: int | None
) -> Ticket:
    ticket = load(ticket_id, version)
    refuse_merged(ticket)
    refuse_erased(ticket)
    check_people(wanted)
    new = life.changed(ticket, wanted, clock.now())
    if new == ticket and keyed is None:
        return ticket
    return _save(ticket, new, actor, keyed)


def _reopen(ticket_id: str, actor: Actor) -> Ticket:
    ticket, now = load(ticket_id, None), clock.now()
    refuse_merged(ticket)
    refuse_erased(ticket)
    if not life.takes_replies(ticket, now, shop.read().rules):
        raise Conflict("The ticket was closed too long ago.", code="ticket-closed")
    new = life.reopened(ticket, now)
    return ticket if new == ticket else _save(ticket, new, actor, None)


def _save(ticket: Ticket, new: Ticket, actor: Actor, keyed: Keyed | None) -> Ticket:
    change = Changes()
    saved = ticket
    if new != ticket:
        copied.note(change, new.id, set(new.cc) - set(ticket.cc))
        saved = tickets.save(change, new, shop.read().rules)
        told = notify_agent.of_assignment(change, ticket, saved, actor)
        events.add(change, replace(changed_event(ticket, saved, actor), sends=told))
    idempotency.record(change, keyed, saved)
    change.commit()
    return saved


def changed_event(before: Ticket, after: Ticket, actor: Actor) -> Event:
    """The event that tells of a change; solving has a type of its own, since so much hangs on it."""
    solved = before.status != "solved" and after.status == "solved"
    return Event(
        id=ids.new("evt"),
        type="ticket.solved" if solved else "ticket.updated",
        created_at=after.updated_at,
        actor=actor,
        subject=after.id,
        ticket_id=after.id,
        customer_id=after.customer_id,
        version=after.version,
        changes=life.differences(before, after),
        counts=(standing(before), standing(after)),
    )


def check_people(wanted: Mapping[str, Any]) -> None:
    """Refuse an assignee or a team that does not exist, or is not active any more.

    Raises:
        Invalid: code `unknown-agent` or `unknown-team`.
    """
    if not (wanted.get("assignee_id") or wanted.get("team_id")):
        return
    known = staff.read()
    agent = known.agents.get(wanted.get("assignee_id") or "")
    if wanted.get("assignee_id") and not (agent and agent.active):
        raise _unknown("agent", "assignee_id", wanted["assignee_id"])
    team = known.teams.get(wanted.get("team_id") or "")
    if wanted.get("team_id") and not (team and team.active):
        raise _unknown("team", "team_id", wanted["team_id"])


def _unknown(what: str, name: str, value: str) -> Invalid:
    words = f"There is no {what} {value}."
    return Invalid(words, code=f"unknown-{what}", faults=(Fault(f"/{name}", f"unknown-{what}", words),))
