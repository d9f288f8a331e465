"""What happened with a customer outside the desk."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.values import ONE_LINE, Cursor, ExternalId, Limit, Time
from chalicelib.domain.customer_event import MAX_TITLE

EventType = Annotated[
    str,
    Meta(
        max_length=40,
        pattern=r"^[a-z][a-z0-9_-]*(?![\s\S])",
        examples=["purchase", "shipment", "return", "visit", "note"],
        description="A word of yours.",
    ),
]
# What stands behind the host of a URI (RFC 3986, 3.3 to 3.5).
_REST = r"(?:[A-Za-z0-9._~:@!$&'()*+,;=/?-]|%[0-9A-Fa-f]{2})*"
WebAddress = Annotated[
    str,
    Meta(
        max_length=2000,
        pattern=rf"^https?://[A-Za-z0-9.-]+(:[0-9]{{1,5}})?([/?]{_REST})?(#{_REST})?(?![\s\S])",
        examples=["https://shop.example.org/orders/7"],
        extra_json_schema={"format": "uri"},
    ),
]


class Amount(Struct, forbid_unknown_fields=True):
    """Money. `value` is a text, since numbers of JSON lose digits; `currency` a code of ISO 4217."""

    value: Annotated[str, Meta(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,4})?(?![\s\S])", examples=["48.00"])]
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}(?![\s\S])", examples=["TND"])]


class NewCustomerEvent(Struct, forbid_unknown_fields=True, kw_only=True):
    """Something to write down. Another with the same `external_id` changes nothing and answers with the first."""

    type: EventType
    title: Annotated[str, Meta(max_length=MAX_TITLE, pattern=ONE_LINE)]
    occurred_at: Time
    url: WebAddress | UnsetType | None = UNSET
    amount: Amount | UnsetType | None = UNSET
    external_id: ExternalId | UnsetType | None = UNSET
    data: Annotated[dict[str, Any], Meta(max_length=50, description="Up to 8 KB of JSON.")] = field(
        default_factory=dict
    )


class CustomerEvent(Struct, kw_only=True):
    """Something that happened with a customer outside the desk."""

    id: str
    customer_id: str
    type: str
    title: str
    occurred_at: Time
    url: str | None
    amount: Amount | None
    external_id: str | None
    data: dict[str, Any]
    created_at: Time


class CustomerEventQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
