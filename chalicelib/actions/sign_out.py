"""Signs a customer out wherever he is signed in, and ends what links to his conversations have opened."""

from dataclasses import replace

from chalicelib import clock
from chalicelib.actions.identify_customer import event_of
from chalicelib.domain.event import Actor
from chalicelib.store import changes, customers, events
from chalicelib.store.changes import Changes


def everywhere(customer_id: str) -> None:
    """Of all for whom he stands as well: a session names the one whose address was proven."""
    changes.again(lambda: _everywhere(customer_id))


def _everywhere(customer_id: str) -> None:
    customer, now, change = customers.get(customer_id), clock.now(), Changes()
    if customer is None:
        return
    for one in customers.get_all(customer.all_ids).values():
        saved = customers.save(change, one, replace(one, signed_out_at=now, updated_at=now))
        events.add(change, event_of(saved, "customer.updated", Actor("customer", customer_id)))
    change.commit()
