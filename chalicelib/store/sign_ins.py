"""Sign-in links waiting to be spent. Spending is a conditional delete: it succeeds once, whatever races."""

from dataclasses import dataclass
from datetime import datetime

from pynamodb.exceptions import DeleteError, UpdateError

from chalicelib import clock
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row, SignInRow


@dataclass(frozen=True)
class SignIn:
    """`role` is agent or customer; `browser` the one that asked (None: any may spend it, on local runs)."""

    role: str
    email: str
    locale: str
    created_at: datetime
    expires_at: int
    person_id: str | None = None
    browser: str | None = None


def add(change: Changes, sign_in_id: str, sign_in: SignIn) -> None:
    change.add(SignInRow(keys.sign_in(sign_in_id), **rows.attributes(sign_in)))


def get(sign_in_id: str) -> SignIn | None:
    row = rows.get(SignInRow, keys.sign_in(sign_in_id))
    return rows.noun(SignIn, row) if row else None


def claim_mail(sign_in_id: str) -> bool:
    """Whether the caller is the one that mails the link; the second to ask is told no."""
    changes.connection()
    row = SignInRow(keys.sign_in(sign_in_id))
    try:
        row.update(actions=[SignInRow.mailed.set(True)], condition=Row.pk.exists() & SignInRow.mailed.does_not_exist())
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True


def spend(sign_in_id: str) -> bool:
    """Take the link away; False when it was spent or its time was up."""
    changes.connection()
    row = SignInRow(keys.sign_in(sign_in_id))
    try:
        row.delete(condition=Row.pk.exists() & (Row.expires_at >= int(clock.now().timestamp())))
    except DeleteError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True
