"""Takes everything that a person wrote out of one ticket, and closes it."""

from contextlib import suppress

from chalicelib import clock, ids
from chalicelib.actions.run_job import Watch
from chalicelib.domain import erasure
from chalicelib.domain.event import Actor, Event, standing
from chalicelib.domain.ticket import Ticket
from chalicelib.store import changes, erasing, events, shop, tickets
from chalicelib.store.changes import Changes


def erase(ticket_id: str, actor: Actor, after: str, watch: Watch) -> str | None:
    """Erase the ticket from the row behind the sort key `after` on; safe to do again.

    Returns the last row erased when the time is over, None when all of it is done.
    """
    while (ticket := tickets.get(ticket_id)) and ticket.erased_at is None:
        for place in erasing.walk(ticket_id, ticket.locale, after):
            if watch.is_over:
                return place
        erasing.forget_files_of(ticket_id)
        after = ""
        with suppress(changes.Stale):  # somebody wrote into it meanwhile: that goes, too
            _erase_own_row(ticket, actor)
    return None


def _erase_own_row(before: Ticket, actor: Actor) -> None:
    """Last of all, so that the event tells of a ticket in which there is nothing any more."""
    change = Changes()
    after = tickets.save(change, erasure.ticket(before, clock.now()), shop.read().rules)
    events.add(change, _event(before, after, actor))
    change.commit()


def _event(before: Ticket, after: Ticket, actor: Actor) -> Event:
    return Event(
        id=ids.new("evt"),
        type="ticket.erased",
        created_at=after.updated_at,
        actor=actor,
        subject=after.id,
        ticket_id=after.id,
        customer_id=after.customer_id,
        version=after.version,
        changes={} if before.status == after.status else {"status": [before.status, after.status]},
        counts=(standing(before), standing(after)),
    )
