"""What a customer says of a ticket that was solved: read, and taken down for apps that ask him themselves."""

from chalicelib.actions import rate_ticket
from chalicelib.api import tickets
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import ratings as schemas
from chalicelib.domain.event import Actor
from chalicelib.domain.rating import Rating
from chalicelib.errors import NotFound
from chalicelib.store import ratings


@operation("Read a ticket's rating", gives=schemas.Rating, refuses=("ticket-not-found", "not-rated"))
def show_rating(call: Call) -> Answer:
    """One ticket has one rating at most; it stays with the ticket that it was given for."""
    ticket = tickets.named(call)
    found = ratings.get(ticket.id)
    if found is None:
        raise NotFound("Nobody has rated this ticket.", code="not-rated")
    return Answer(shape(found), version=found.version)


@operation(
    "Rate a ticket",
    body=schemas.NewRating,
    gives=schemas.Rating,
    refuses=("ticket-not-found", "ticket-merged", "ticket-erased", "not-ratable"),
)
def rate(call: Call, body: schemas.NewRating) -> Answer:
    """In the customer's name, once the ticket is solved. Said again within seven days, it replaces what was said."""
    ticket = tickets.named(call)
    customer = Actor("customer", ticket.customer_id)
    return _given(rate_ticket.rate(ticket.id, body.answer, body.words.strip(), customer, call.keyed(_given)))


def shape(noun: Rating) -> schemas.Rating:
    return schemas.Rating(
        ticket_id=noun.ticket_id,
        customer_id=noun.customer_id,
        answer=noun.answer,  # type: ignore[arg-type]
        words=noun.words,
        rated_at=noun.rated_at,
        changed_at=noun.changed_at,
        version=noun.version,
    )


def _given(rating: Rating) -> Answer:
    return Answer(shape(rating), version=rating.version)
