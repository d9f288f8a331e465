"""A customer asks to be forgotten: shown to be he by a code, carried out after a week, called off until then.

The week is for whoever has somebody else's phone in his hand, and for second thoughts; the law gives a month.
"""

from datetime import timedelta

from chalicelib import clock
from chalicelib.actions import erase_customer, prove_by_code
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import Actor
from chalicelib.errors import Invalid, NotFound
from chalicelib.store import data_wishes
from chalicelib.store.data_wishes import ERASURE, DataWish

GRACE = timedelta(days=7)
PURPOSE = "erasure"


def confirm(customer: Customer, own_id: str, typed: str) -> DataWish:
    """Take the wish down, shown by the code that `own_id`, whose session it is, was sent to a contact of his.

    Raises:
        Invalid: code `code-wrong` or `code-spent`, as `prove_by_code.check`.
    """
    waiting = prove_by_code.waiting(own_id)
    if waiting is None or not customer.has(waiting.contact_type, waiting.contact):
        raise Invalid("No code was sent to a contact of his.", code="code-spent")
    prove_by_code.check(own_id, typed, PURPOSE)
    now = clock.now()
    wish = DataWish(customer.id, now, erase_at=now + GRACE)
    data_wishes.put(wish, ERASURE)
    return wish


def find(customer: Customer) -> DataWish | None:
    """The wish that waits to be carried out."""
    return data_wishes.find(customer.all_ids, ERASURE)


def call_off(customer: Customer) -> None:
    data_wishes.remove(customer.all_ids, ERASURE)


def carry_out(customer_id: str) -> None:
    """Erase him, if he still wishes it and the week is over; the wish itself goes with him."""
    wish = data_wishes.find([customer_id], ERASURE)
    if wish is None or wish.erase_at is None or wish.erase_at > clock.now():
        return
    try:
        erase_customer.erase(customer_id, Actor("customer", customer_id))
    except NotFound:  # an admin did it before
        data_wishes.remove([customer_id], ERASURE)
