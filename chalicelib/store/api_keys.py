"""API keys. Only the hash of a key is stored; key, limit, end and last use are one conditional write.

A key's own row lies under its hash, where each request finds it without knowing more; the list of keys has small rows
of its own that point there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import clock
from chalicelib.domain.api_key import ApiKey
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import ApiKeyEntryRow, ApiKeyRow, Row

WINDOW_SECONDS = 60


@dataclass(frozen=True)
class KeyPage:
    """Some of the keys; `after` is the id to go on from, None at the end."""

    keys: tuple[ApiKey, ...]
    after: str | None


def add(change: Changes, token: str, key: ApiKey) -> ApiKey:
    """Write a new key; of `token` only the hash is kept."""
    new = replace(key, version=1, token_hash=keys.token_hash(token))
    row = ApiKeyRow(keys.api_key(new.token_hash), **rows.attributes(new, "expires_at", "token_hash"))
    row.ends_at = new.expires_at
    change.add(row)
    entry = ApiKeyEntryRow(keys.api_key_entry(new.id), id=new.id, agent_id=new.agent_id, token_hash=new.token_hash)
    change.add(entry)
    return new


def save(change: Changes, old: ApiKey, key: ApiKey) -> ApiKey:
    """Write what a change may touch in place of `old`'s; what is counted meanwhile goes on being counted."""
    new = replace(key, version=old.version + 1)
    sets: list[Action] = [
        ApiKeyRow.name.set(new.name),
        ApiKeyRow.scopes.set(list(new.scopes)),
        ApiKeyRow.limit.set(new.limit),
        ApiKeyRow.version.set(new.version),
        ApiKeyRow.ends_at.set(new.expires_at) if new.expires_at else ApiKeyRow.ends_at.remove(),
    ]
    if new.revoked_at:
        sets.append(ApiKeyRow.revoked_at.set(new.revoked_at))
    change.update(ApiKeyRow(keys.api_key(old.token_hash)), sets, ApiKeyRow.version == old.version)
    return new


def check(change: Changes, key: ApiKey) -> None:
    """Let the change happen only while the key is as it was read."""
    change.check(ApiKeyRow(keys.api_key(key.token_hash)), ApiKeyRow.version == key.version)


def get(key_id: str) -> ApiKey | None:
    entry = rows.get(ApiKeyEntryRow, keys.api_key_entry(key_id))
    return next(iter(_all_of([entry])), None) if entry else None


def page(limit: int, after: str | None = None) -> KeyPage:
    """At most `limit` keys made after the key `after`, oldest first, revoked ones too."""
    changes.connection()
    pk, behind = keys.api_key_entry(after or " ")
    found = list(Row.query(pk, Row.sk > behind, consistent_read=True, limit=limit + 1))
    shown = _all_of(found[:limit])
    return KeyPage(tuple(shown), found[limit - 1].sk if len(found) > limit else None)


def of_agent(agent_id: str) -> list[ApiKey]:
    """The keys that belong to an agent and are not revoked."""
    changes.connection()
    entries = Row.query(keys.api_key_entry("")[0], consistent_read=True)
    found = _all_of([row for row in entries if isinstance(row, ApiKeyEntryRow) and row.agent_id == agent_id])
    return [key for key in found if key.revoked_at is None]


def use(token: str) -> ApiKey | None:
    """Count one request on the key and give it as it stands after; None when there is no such key, or no more.

    One request finds the key, checks that it stands, and counts; the first one of a new minute starts at one, and
    takes a read and a write more. A clock that is behind counts on in the newest minute; who loses the race for the
    first of a minute counts on, too.
    """
    changes.connection()
    place = keys.api_key(keys.token_hash(token))
    return changes.again(lambda: _use(place))


def _use(place: keys.Key) -> ApiKey | None:
    window = int(clock.real_now().timestamp()) // WINDOW_SECONDS
    counted = _counted(_count_on, place, window)
    # A read is the fifth part of a write, which whoever guesses keys must not be able to ask for again and again.
    if counted or rows.get(ApiKeyRow, place) is None:
        return counted
    return _counted(_count_anew, place, window) or _counted(_count_on, place, window)


def _counted(count: Callable[[ApiKeyRow, int], None], place: keys.Key, window: int) -> ApiKey | None:
    """The key as it stands after it was counted so; None when the row was not fit for that."""
    row = ApiKeyRow(place)
    try:
        count(row, window)
    except UpdateError as error:
        # AWS: a write meets TransactionConflictException while a transaction (a change of the key) holds the row.
        if error.cause_response_code == "TransactionConflictException":
            raise changes.Busy from error
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return None
    return _as_key(row)


def _count_on(row: ApiKeyRow, window: int) -> None:
    counted: list[Action] = [ApiKeyRow.used.add(1), ApiKeyRow.last_used_at.set(clock.now())]
    row.update(actions=counted, condition=_stands() & (ApiKeyRow.window >= window))


def _count_anew(row: ApiKeyRow, window: int) -> None:
    first: list[Action] = [ApiKeyRow.window.set(window), ApiKeyRow.used.set(1), ApiKeyRow.last_used_at.set(clock.now())]
    row.update(actions=first, condition=_stands() & (ApiKeyRow.window < window))


def _stands() -> Condition:
    """There is such a key, nobody revoked it, and its time is not over."""
    lasts = ApiKeyRow.ends_at.does_not_exist() | (ApiKeyRow.ends_at > clock.now())
    return Row.pk.exists() & ApiKeyRow.revoked_at.does_not_exist() & lasts


def _all_of(entries: Sequence[Any]) -> list[ApiKey]:
    """The keys that these entries of the list point to, in their order."""
    places = [keys.api_key(entry.token_hash) for entry in entries]
    found = rows.batch(places)
    return [_as_key(found[place]) for place in places if place in found]


def _as_key(row: Any) -> ApiKey:
    return rows.noun(ApiKey, row, expires_at=row.ends_at, token_hash=row.pk.partition("#")[2])
