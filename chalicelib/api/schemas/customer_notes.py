"""What agents write down about customers."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.schemas.tickets import WrittenBy
from chalicelib.api.schemas.values import NOT_BLANK, Cursor, Limit, Time
from chalicelib.domain.customer_note import MAX_NOTE


class NewCustomerNote(Struct, forbid_unknown_fields=True):
    """A note to write, in the name of the agent whom the key belongs to. The customer never sees it."""

    text: Annotated[str, Meta(max_length=MAX_NOTE, pattern=NOT_BLANK, description="Plain text; not blank.")]


class CustomerNote(Struct, kw_only=True):
    """What an agent wrote about a customer himself, whatever the ticket; `system` wrote what happened with him."""

    id: str
    customer_id: str
    author: WrittenBy
    text: str
    created_at: Time


class CustomerNoteQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
