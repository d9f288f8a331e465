"""Answers to STOP, HELP and START that wait to be sent, for some days. Who has the lease makes it ready.

It is over before it is sent: who dies then has perhaps sent it, and nobody is to get it twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import clock
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row, WordAnswerRow

LIFE = timedelta(days=3)


@dataclass(frozen=True)
class WordAnswer:
    """`asks` is `stop`, `help` or `start`; `tag` that of the contact of the customer that it goes to."""

    asks: str
    channel: str
    customer_id: str
    tag: str
    locale: str
    created_at: datetime


def add(change: Changes, text_key: keys.Key, answer: WordAnswer) -> None:
    row = WordAnswerRow(keys.word_answer(text_key), **rows.attributes(answer))
    row.expires_at = int((answer.created_at + LIFE).timestamp())
    change.add(row)


def waiting(text_key: keys.Key) -> WordAnswer | None:
    """The answer to that text, if it is still to be sent."""
    row = rows.get(WordAnswerRow, keys.word_answer(text_key))
    return rows.noun(WordAnswer, row) if row and not row.done else None


def lease(text_key: keys.Key, until: datetime) -> bool:
    """Whether the caller is the one that makes it ready, until then."""
    free = WordAnswerRow.sending_until.does_not_exist() | (WordAnswerRow.sending_until < clock.now())
    unsent = Row.pk.exists() & WordAnswerRow.done.does_not_exist() & free
    return _update(text_key, [WordAnswerRow.sending_until.set(until)], unsent)


def free(text_key: keys.Key) -> None:
    """Let it wait again: it was not sent."""
    _update(text_key, [WordAnswerRow.sending_until.remove(), WordAnswerRow.done.remove()], Row.pk.exists())


def end(text_key: keys.Key) -> bool:
    """It is sent now, or not to be sent any more; False when it was over already."""
    return _update(text_key, [WordAnswerRow.done.set(True)], Row.pk.exists() & WordAnswerRow.done.does_not_exist())


def _update(text_key: keys.Key, actions: list[Action], condition: Condition) -> bool:
    changes.connection()
    try:
        WordAnswerRow(keys.word_answer(text_key)).update(actions=actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True
