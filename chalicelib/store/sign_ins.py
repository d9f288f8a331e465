"""Sign-ins waiting to be spent, by link or by code. Spending is a conditional delete: it succeeds once, whatever races.

A try at the code is counted by the write that allows it, so it can be guessed at no more than so often.
"""

from dataclasses import dataclass
from datetime import datetime

from pynamodb.exceptions import DeleteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import clock
from chalicelib.store import changes, expiry, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row, SignInRow

# Of a transaction's 100 rows.
MOST_FORGOTTEN = 50


@dataclass(frozen=True)
class SignIn:
    """`role` is agent or customer; `address` the one of mail, or the number (E.164), that it is sent to.

    `browser` is the one that asked (None: any may spend it, on local runs). `sent` says that link and code have been
    handed over.
    """

    role: str
    address: str
    locale: str
    created_at: datetime
    expires_at: int
    person_id: str | None = None
    browser: str | None = None
    sent: bool = False

    @property
    def address_type(self) -> str:
        """The type of the contact that it is."""
        return "email" if "@" in self.address else "phone"


def add(change: Changes, sign_in_id: str, sign_in: SignIn) -> None:
    row = SignInRow(keys.sign_in(sign_in_id), **rows.attributes(sign_in, "sent"))
    row.index("customer", keys.sign_ins_of(sign_in.address, sign_in_id))
    change.add(row)


def forget(change: Changes, address: str) -> bool:
    """Take away those that were asked for with that address or number; False while there may be more of them."""
    changes.connection()
    pk, _ = keys.sign_ins_of(address, "")
    found = list(Row.customer.query(pk, limit=MOST_FORGOTTEN))
    for row in found:
        change.delete(SignInRow((row.pk, row.sk)))
    return len(found) < MOST_FORGOTTEN


def get(sign_in_id: str) -> SignIn | None:
    row = rows.get(SignInRow, keys.sign_in(sign_in_id))
    return rows.noun(SignIn, row) if row else None


def take_try(sign_in_id: str, most: int) -> bool:
    """Count one more try at the code; False when it was tried `most` times, was spent, or its time is up."""
    left = SignInRow.tries.does_not_exist() | (SignInRow.tries < most)
    return _update(sign_in_id, [SignInRow.tries.add(1)], expiry.stands() & left)


def lease_sending(sign_in_id: str, until: datetime) -> bool:
    """Whether the caller is the one that sends it, until then; False while another has it, or when it is done."""
    free = SignInRow.sending_until.does_not_exist() | (SignInRow.sending_until < clock.now())
    waiting = Row.pk.exists() & SignInRow.sent.does_not_exist() & free
    return _update(sign_in_id, [SignInRow.sending_until.set(until)], waiting)


def free_sending(sign_in_id: str) -> None:
    """Give the lease back: it was not sent."""
    _update(sign_in_id, [SignInRow.sending_until.remove()], Row.pk.exists())


def mark_sent(sign_in_id: str) -> None:
    _update(sign_in_id, [SignInRow.sent.set(True)], Row.pk.exists())


def spend(sign_in_id: str) -> bool:
    """Take it away; False when it was spent or its time was up."""
    changes.connection()
    row = SignInRow(keys.sign_in(sign_in_id))
    try:
        row.delete(condition=expiry.stands())
    except DeleteError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True


def _update(sign_in_id: str, actions: list[Action], condition: Condition) -> bool:
    changes.connection()
    try:
        SignInRow(keys.sign_in(sign_in_id)).update(actions=actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True
