"""Sign-in links waiting to be spent. Spending is a conditional delete: it succeeds once, whatever races."""

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
    """`role` is agent or customer; `browser` the one that asked (None: any may spend it, on local runs).

    `mailed` says that the mail with the link has been handed over.
    """

    role: str
    email: str
    locale: str
    created_at: datetime
    expires_at: int
    person_id: str | None = None
    browser: str | None = None
    mailed: bool = False


def add(change: Changes, sign_in_id: str, sign_in: SignIn) -> None:
    row = SignInRow(keys.sign_in(sign_in_id), **rows.attributes(sign_in, "mailed"))
    row.index("customer", keys.sign_ins_of(sign_in.email, sign_in_id))
    change.add(row)


def forget(change: Changes, email: str) -> bool:
    """Take away links that were asked for with that address; False while there may be more of them."""
    changes.connection()
    pk, _ = keys.sign_ins_of(email, "")
    found = list(Row.customer.query(pk, limit=MOST_FORGOTTEN))
    for row in found:
        change.delete(SignInRow((row.pk, row.sk)))
    return len(found) < MOST_FORGOTTEN


def get(sign_in_id: str) -> SignIn | None:
    row = rows.get(SignInRow, keys.sign_in(sign_in_id))
    return rows.noun(SignIn, row) if row else None


def lease_mail(sign_in_id: str, until: datetime) -> bool:
    """Whether the caller is the one that mails the link, until then; False while another has it, or when it is done."""
    free = SignInRow.mailing_until.does_not_exist() | (SignInRow.mailing_until < clock.now())
    waiting = Row.pk.exists() & SignInRow.mailed.does_not_exist() & free
    return _update(sign_in_id, [SignInRow.mailing_until.set(until)], waiting)


def free_mail(sign_in_id: str) -> None:
    """Give the lease back: it was not mailed."""
    _update(sign_in_id, [SignInRow.mailing_until.remove()], Row.pk.exists())


def mark_mailed(sign_in_id: str) -> None:
    _update(sign_in_id, [SignInRow.mailed.set(True)], Row.pk.exists())


def spend(sign_in_id: str) -> bool:
    """Take the link away; False when it was spent or its time was up."""
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
