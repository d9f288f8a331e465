"""Customers and their contacts."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.values import (
    ONE_LINE,
    Cursor,
    CustomFields,
    Email,
    ExternalId,
    Id,
    Limit,
    Locale,
    Name,
    Phone,
    Tags,
    Time,
)
from chalicelib.domain.customer import MAX_CONTACTS

ContactType = Literal["email", "phone", "external"]
ReachingChannel = Literal["email", "sms", "whatsapp"]
PreferredChannel = ReachingChannel
TimeZone = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*(?![\s\S])",
        examples=["Africa/Tunis"],
        description="A name of the IANA database.",
    ),
]
Hour = Annotated[
    str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](?![\s\S])", description="HH:MM, by the customer's clock.")
]


class Contact(Struct, kw_only=True):
    """A way to reach somebody. `value` is an address, a number in E.164, or an id in your own system."""

    type: ContactType
    value: str
    verified: bool
    opted_out: bool
    opted_out_of: list[ReachingChannel]
    suppressed: bool


class CustomerQuietHours(Struct, forbid_unknown_fields=True, kw_only=True):
    """Hours of the customer's day in which his phone is left alone: answers by SMS and WhatsApp wait for their end."""

    from_: Hour = field(name="from")
    to: Hour


class Customer(Struct, kw_only=True):
    """Somebody who writes to us, with all ways to reach him."""

    id: str
    name: str
    locale: Locale | None
    time_zone: str | None
    contacts: list[Contact]
    preferred_channel: str | None
    quiet_hours: CustomerQuietHours | None
    organization_id: str | None
    sees_organization: bool
    tags: list[str]
    custom_fields: dict[str, Any]
    created_at: Time
    updated_at: Time
    merged_into: str | None
    version: int


class ContactWish(Struct, forbid_unknown_fields=True, kw_only=True):
    """A contact to have. What is left out stays as it is known, or is false; `opted_out` is of all its channels."""

    type: ContactType
    value: Annotated[str, Meta(max_length=254, pattern=ONE_LINE)]
    verified: bool | UnsetType = UNSET
    opted_out: bool | UnsetType = UNSET
    opted_out_of: Annotated[list[ReachingChannel], Meta(max_length=3)] | UnsetType = UNSET
    suppressed: bool | UnsetType = UNSET


Contacts = Annotated[list[ContactWish], Meta(max_length=MAX_CONTACTS)]


class NewCustomer(Struct, forbid_unknown_fields=True, kw_only=True):
    """A customer to make, with a name or a contact. `email`, `phone` and `external_id` are short for a contact each."""

    name: Name | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    time_zone: TimeZone | UnsetType | None = UNSET
    email: Email | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    external_id: ExternalId | UnsetType = UNSET
    contacts: Contacts = field(default_factory=list)
    preferred_channel: PreferredChannel | UnsetType | None = UNSET
    quiet_hours: CustomerQuietHours | UnsetType | None = UNSET
    organization_id: Id | UnsetType | None = UNSET
    sees_organization: bool | UnsetType = UNSET
    tags: Tags = field(default_factory=list)
    custom_fields: CustomFields = field(default_factory=dict)


class CustomerChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays. `contacts` are all that the customer has from then on."""

    name: Name | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    time_zone: TimeZone | UnsetType | None = UNSET
    contacts: Contacts | UnsetType = UNSET
    preferred_channel: PreferredChannel | UnsetType | None = UNSET
    quiet_hours: CustomerQuietHours | UnsetType | None = UNSET
    organization_id: Id | UnsetType | None = UNSET
    sees_organization: bool | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    custom_fields: CustomFields | UnsetType = UNSET


class CustomerMerge(Struct, forbid_unknown_fields=True):
    """`into`: the id of the customer who stands for both from then on."""

    into: Id


class CustomerQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    """By one contact (at most one customer has it), those of an organization, or all, newest first."""

    email: Email | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    external_id: ExternalId | UnsetType = UNSET
    organization_id: Id | UnsetType = UNSET
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
