"""What an SMS would take and cost."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.schemas.values import Phone, Text


class SmsEstimate(Struct, kw_only=True):
    """`left` counts characters of the `encoding`: some, as € or an emoji, take two."""

    encoding: Literal["GSM-7", "UCS-2"]
    parts: int
    left: int
    price: float | None
    currency: str
    linked: bool
    price_version: str | None


class NewSmsEstimate(Struct, forbid_unknown_fields=True, kw_only=True):
    """An answer that might be sent."""

    text: Text
    to: Phone
    attachments: Annotated[int, Meta(ge=0, le=50, description="How many files go with it.")] = 0
