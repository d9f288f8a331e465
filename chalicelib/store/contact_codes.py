"""The code that a customer was sent to show that an address or number is his: one a customer, the newest.

A try is counted by the write that allows it, and the code is spent by a conditional delete: whatever races, it can be
guessed at five times and works once.
"""

from dataclasses import dataclass

from pynamodb.exceptions import DeleteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.store import changes, expiry, keys, rows
from chalicelib.store.table import ContactCodeRow


@dataclass(frozen=True)
class ContactCode:
    """`expires_at` in seconds since 1970; what the code is, its id tells to who has our secret.

    `shown`: who asked for it was shown to be the customer, by more than a link that may be passed on. `purpose` is what
    it is asked for: `contact`, or `erasure`; one is none of the other.
    """

    id: str
    customer_id: str
    contact_type: str
    contact: str
    locale: str
    expires_at: int
    shown: bool = True
    purpose: str = "contact"


def put(code: ContactCode) -> None:
    """Write it in place of the one before."""
    changes.connection()
    ContactCodeRow(keys.contact_code(code.customer_id), **rows.attributes(code)).save()


def get(customer_id: str) -> ContactCode | None:
    row = rows.get(ContactCodeRow, keys.contact_code(customer_id))
    return rows.noun(ContactCode, row) if row else None


def take_try(code: ContactCode, most: int) -> bool:
    """Count one more try at it; False when it was tried `most` times, has ended, or another took its place."""
    left = ContactCodeRow.tries.does_not_exist() | (ContactCodeRow.tries < most)
    return _update(code, ContactCodeRow.tries.add(1), _stands(code) & left)


def take_sending(code: ContactCode) -> bool:
    """Whether the caller is the one who sends it."""
    return _update(code, ContactCodeRow.sent.set(True), _stands(code) & ContactCodeRow.sent.does_not_exist())


def free_sending(code: ContactCode) -> None:
    """It was not sent."""
    _update(code, ContactCodeRow.sent.remove(), _stands(code))


def spend(code: ContactCode) -> bool:
    """Take it away; False when it was spent."""
    try:
        ContactCodeRow(keys.contact_code(code.customer_id)).delete(condition=_stands(code))
    except DeleteError as error:
        return _refused(error)
    return True


def _stands(code: ContactCode) -> Condition:
    return (ContactCodeRow.id == code.id) & expiry.stands()


def _update(code: ContactCode, action: Action, condition: Condition) -> bool:
    changes.connection()
    try:
        ContactCodeRow(keys.contact_code(code.customer_id)).update(actions=[action], condition=condition)
    except UpdateError as error:
        return _refused(error)
    return True


def _refused(error: UpdateError | DeleteError) -> bool:
    if error.cause_response_code == "ConditionalCheckFailedException":
        return False
    raise error
