"""A key of the API: what it may do, how often, and until when. The key itself is nowhere in here: nobody keeps it."""

from dataclasses import dataclass, field
from datetime import datetime

ADMIN = "admin"
# All that a key can be given; `tickets:*` is both of its area, `admin` is everything.
SCOPES = (
    "tickets:read", "tickets:write", "tickets:*",
    "customers:read", "customers:write", "customers:*",
    "articles:read", "articles:write", "articles:*",
    "webhooks:read", "webhooks:write", "webhooks:*",
    "metrics:read", "metrics:*",
    ADMIN,
)  # fmt: skip
# What every key of ours begins with, so that scanners of code find one that was left lying about.
MARK = "diwan_"
# So much of a key is shown in lists, to tell it from others; 216 of its 256 bits stay unknown.
SHOWN = len(MARK) + 8


@dataclass(frozen=True)
class ApiKey:
    """`limit` is requests a minute; `used` those of the minute `window` (minutes since 1970).

    `token_hash` is the SHA-256 of the key, in hex. A key belongs to one agent for good and writes as he does.
    """

    id: str
    name: str
    prefix: str
    scopes: tuple[str, ...]
    agent_id: str
    created_at: datetime
    limit: int = 600
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    window: int = 0
    used: int = 0
    version: int = 0
    token_hash: str = field(default="", repr=False)

    def may(self, scope: str) -> bool:
        """Whether the key has that scope: by its name, by `customers:*`, or as `admin`."""
        area = scope.partition(":")[0]
        return any(granted in self.scopes for granted in (scope, f"{area}:*", ADMIN))

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)
