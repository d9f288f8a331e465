"""API keys. Only the hash of a key is stored; key, limit and last use are one conditional write."""

from dataclasses import dataclass
from datetime import datetime

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib import clock
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import ApiKeyRow, Row

WINDOW_SECONDS = 60


@dataclass(frozen=True)
class ApiKey:
    """`limit` is requests a minute; `used` those of the minute `window` (minutes since 1970)."""

    id: str
    name: str
    prefix: str
    scopes: tuple[str, ...]
    agent_id: str
    created_at: datetime
    limit: int = 600
    window: int = 0
    used: int = 0
    revoked: bool = False

    def may(self, scope: str) -> bool:
        """Whether the key has that scope: by its name, by `customers:*`, or as `admin`."""
        area = scope.partition(":")[0]
        return any(granted in self.scopes for granted in (scope, f"{area}:*", "admin"))

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


def add(change: Changes, token: str, key: ApiKey) -> None:
    row = ApiKeyRow(keys.api_key(token), **rows.attributes(key, "revoked"))
    change.add(row)


def use(token: str) -> ApiKey | None:
    """Count one request on the key and give it as it stands after; None when there is no such key.

    One request finds the key, checks that it stands, and counts: the first one of a new minute starts at one. A clock
    that is behind counts on in the newest minute; who loses the race for the first of a minute counts on, too.
    """
    changes.connection()
    window = int(clock.real_now().timestamp()) // WINDOW_SECONDS
    for count in (_count_on, _count_anew, _count_on):
        row = ApiKeyRow(keys.api_key(token))
        try:
            count(row, window)
        except UpdateError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            continue
        return rows.noun(ApiKey, row)
    return None


def _count_on(row: ApiKeyRow, window: int) -> None:
    alive = Row.pk.exists() & ApiKeyRow.revoked.does_not_exist() & (ApiKeyRow.window >= window)
    row.update(actions=[ApiKeyRow.used.add(1), ApiKeyRow.last_used_at.set(clock.now())], condition=alive)


def _count_anew(row: ApiKeyRow, window: int) -> None:
    alive = Row.pk.exists() & ApiKeyRow.revoked.does_not_exist() & (ApiKeyRow.window < window)
    first: list[Action] = [ApiKeyRow.window.set(window), ApiKeyRow.used.set(1), ApiKeyRow.last_used_at.set(clock.now())]
    row.update(actions=first, condition=alive)
