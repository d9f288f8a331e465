"""Mail that was kept out of the tickets."""

from msgspec import UNSET, Struct, UnsetType, field

from chalicelib.api.schemas.values import Cursor, Limit, Time


class SuspendedMail(Struct, kw_only=True):
    """A mail that became no message.

    `reason` is a stable code (`spam`, `virus`, `dmarc`, `no-sender`, `own-address`, `unknown-bounce`, `unverified`,
    `blocked-sender`, `too-many`, `too-large`, `unparseable`, `loop`, `failed`; more may come), `detail` says it in
    words. `from` is what the mail says, which may be forged.
    """

    id: str
    from_: str | None = field(name="from")
    from_name: str
    subject: str
    reason: str
    detail: str
    received_at: Time
    expires_at: Time
    size: int


class ReleasedMail(Struct, kw_only=True):
    """What a suspended mail became."""

    id: str
    ticket_id: str
    message_id: str


class SuspendedQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
