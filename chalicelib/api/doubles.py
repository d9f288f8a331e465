"""Customers who may be one person: suggested, never merged by themselves."""

from chalicelib import ids
from chalicelib.actions import suggest_doubles
from chalicelib.actions.identify_customer import survivor
from chalicelib.api import customers, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import overviews as schemas
from chalicelib.domain.doubles import REASONS, Suggestion
from chalicelib.errors import NotFound


@operation("Suggest who may be the same person", gives=schemas.Suggestions, refuses=("customer-not-found",))
def suggestions(call: Call) -> Answer:
    """By names, addresses, numbers, orders and what they wrote where; a customer who changed just now is found within
    seconds. What more than 20 customers have in common counts for nothing. Merge with `POST /v1/customers/{id}/merge`.
    """
    customer = customers.named(call)
    found = suggest_doubles.suggest(survivor(customer) or customer)
    return Answer(schemas.Suggestions(data=[shape(one, call.locale) for one in found]))


@operation("Say that two are not the same person", status=204, refuses=("customer-not-found", "same-customer"))
def dismiss(call: Call) -> Answer:
    """Neither is suggested for the other any more."""
    customer_id, other_id = customers.id_of(call), call.path["other"]
    if not ids.is_id(other_id, "cus"):
        raise NotFound(f"There is no customer {other_id[:100]}.", code="customer-not-found")
    suggest_doubles.dismiss(customer_id, other_id, call.keyed(_done))
    return _done()


def shape(one: Suggestion, locale: str) -> schemas.Suggestion:
    reasons = [schemas.DoubleReason(code, REASONS[code].words(locale)) for code in one.reasons]
    return schemas.Suggestion(customer=shapes.customer(one.customer), score=one.score, reasons=reasons)


def _done() -> Answer:
    return Answer(status=204)
