"""What customers allow."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from chalicelib.api.schemas.customers import ContactType, ReachingChannel
from chalicelib.api.schemas.events import EventActor
from chalicelib.api.schemas.values import Cursor, Limit, Time


class Consent(Struct, kw_only=True):
    """A change of what a customer allows: that nothing more is sent to a contact on a channel, or that it is again."""

    id: str
    customer_id: str
    contact_type: ContactType
    contact: str
    channel: ReachingChannel
    action: Literal["opt_out", "opt_in"]
    at: Time
    source: Literal["sms", "whatsapp", "api", "desk", "portal", "import", "aws"]
    actor: EventActor
    text: str | None
    ticket_id: str | None
    message_id: str | None


class ConsentQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
