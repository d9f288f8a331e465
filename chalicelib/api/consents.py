"""The ledger of what customers allow. It is read here; an entry is written whenever `opted_out_of` changes."""

from chalicelib.api import customers, lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import consents as schemas
from chalicelib.api.schemas.events import EventActor
from chalicelib.api.schemas.values import Page
from chalicelib.domain.consent import Consent
from chalicelib.store import consents


@operation(
    "List what a customer allowed",
    query=schemas.ConsentQuery,
    gives=Page[schemas.Consent],
    refuses=("customer-not-found",),
)
def index(call: Call, query: schemas.ConsentQuery) -> Answer:
    """Newest first, with what customers said who were merged into this one. What holds now stands on the contacts."""
    found, after = consents.page(customers.named(call).all_ids, query.limit, lists.place(call))
    return lists.page(call, [shape(one) for one in found], after)


def shape(consent: Consent) -> schemas.Consent:
    return schemas.Consent(
        id=consent.id,
        customer_id=consent.customer_id,
        contact_type=consent.contact_type,  # type: ignore[arg-type]
        contact=consent.contact,
        channel=consent.channel,  # type: ignore[arg-type]
        action=consent.action,  # type: ignore[arg-type]
        at=consent.at,
        source=consent.source,  # type: ignore[arg-type]
        actor=EventActor(consent.actor_type, consent.actor_id),  # type: ignore[arg-type]
        text=consent.text,
        ticket_id=consent.ticket_id,
        message_id=consent.message_id,
    )
