"""Writes notes about customers, and takes them away. Nobody is told: they are for whoever looks at the customer."""

from chalicelib import clock, ids
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer_note import CustomerNote
from chalicelib.domain.message import Author
from chalicelib.errors import NotFound
from chalicelib.store import changes, customer_notes, customers, idempotency
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def write(customer_id: str, agent: Agent, text: str, keyed: Keyed | None = None) -> CustomerNote:
    """A note of the agent's about that very customer, merged or not; at most 8,000 characters.

    Raises:
        NotFound: code `customer-not-found`.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _write(customer_id, agent, text, keyed))


def delete(customer_id: str, note_id: str) -> None:
    """Take away a note about the customer, or about one for whom he stands.

    Raises:
        NotFound: code `customer-not-found` or `note-not-found`.
    """
    changes.again(lambda: _delete(customer_id, note_id))


def _write(customer_id: str, agent: Agent, text: str, keyed: Keyed | None) -> CustomerNote:
    if customers.get(customer_id) is None:
        raise _nobody(customer_id)
    change, author = Changes(), Author("agent", agent.id, agent.name)
    note = CustomerNote(ids.new("nte"), customer_id, author, text, clock.now())
    customer_notes.add(change, note)
    idempotency.record(change, keyed, note)
    change.commit()
    return note


def _delete(customer_id: str, note_id: str) -> None:
    customer, change = customers.get(customer_id), Changes()
    if customer is None:
        raise _nobody(customer_id)
    note = customer_notes.find(customer.all_ids, note_id)
    if note is None:
        raise NotFound(f"There is no note {note_id[:100]} about this customer.", code="note-not-found")
    customer_notes.delete(change, note)
    change.commit()


def _nobody(customer_id: str) -> NotFound:
    return NotFound(f"There is no customer {customer_id}.", code="customer-not-found")
