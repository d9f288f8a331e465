"""Takes down what a customer says of a ticket that was solved, and tells it: `survey.answered`."""

from chalicelib import clock, ids
from chalicelib.actions.change_ticket import load, refuse_erased, refuse_merged
from chalicelib.domain import rating as rules
from chalicelib.domain.event import Actor, Event
from chalicelib.domain.rating import Rating
from chalicelib.errors import Conflict
from chalicelib.store import changes, events, idempotency, ratings, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def rate(ticket_id: str, answer: str, words: str, actor: Actor, keyed: Keyed | None = None) -> Rating:
    """Rate the ticket, or change its rating. `answer` is one of `rating.ANSWERS`, `words` at most 2,000 characters.

    Raises:
        NotFound: no such ticket.
        Conflict: code `ticket-merged` or `ticket-erased`; `not-ratable`, it is not solved, or was too long ago.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _rate(ticket_id, answer, words, actor, keyed))


def _rate(ticket_id: str, answer: str, words: str, actor: Actor, keyed: Keyed | None) -> Rating:
    ticket, now, change = load(ticket_id, None), clock.now(), Changes()
    refuse_merged(ticket)
    refuse_erased(ticket)
    before = ratings.get(ticket.id)
    if not rules.may_rate(ticket, before, now):
        raise Conflict("Only a ticket that was solved not long ago can be rated.", code="not-ratable")
    saved = new = rules.given(ticket, before, answer, words, now)
    if new != before:
        saved = ratings.put(change, before, new)
        events.add(change, _event(ticket.version, before, saved, actor))
        tickets.check(change, ticket)
    idempotency.record(change, keyed, saved)
    if len(change):
        change.commit()
    return saved


def _event(version: int, before: Rating | None, after: Rating, actor: Actor) -> Event:
    return Event(
        id=ids.new("evt"),
        type="survey.answered",
        created_at=after.changed_at,
        actor=actor,
        subject=after.ticket_id,
        ticket_id=after.ticket_id,
        customer_id=after.customer_id,
        version=version,
        changes=rules.differences(before, after),
    )
