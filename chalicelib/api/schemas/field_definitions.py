"""Definitions of custom fields."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.names import Names, NewNames
from chalicelib.api.schemas.values import ONE_LINE, Cursor, FieldName, Limit, Time

FieldType = Literal["text", "number", "boolean", "date", "select", "multi_select"]
AppliesTo = Literal["ticket", "customer", "organization"]
OptionValue = Annotated[str, Meta(max_length=100, pattern=ONE_LINE)]
Position = Annotated[int, Meta(ge=0, le=1_000_000, description="Lowest first.")]


class FieldOption(Struct, forbid_unknown_fields=True, kw_only=True):
    """A value that may be chosen, and what it is called."""

    value: OptionValue
    names: Names = field(default_factory=Names)


Topics = Annotated[list[OptionValue], Meta(max_length=100)]
Options = Annotated[list[FieldOption], Meta(max_length=100)]


class Field(Struct, kw_only=True):
    """What `custom_fields` may hold under `key`. Dates are YYYY-MM-DD; null is no value, of whatever type."""

    id: str
    key: str
    type: FieldType
    applies_to: AppliesTo
    names: dict[str, str]
    options: list[FieldOption]
    required: bool
    position: int
    shown_to_customers: bool
    topics: list[str]
    created_at: Time
    updated_at: Time
    version: int


class NewField(Struct, forbid_unknown_fields=True, kw_only=True):
    """A select or multi_select has options, other types have none.

    A `required` field must have a value whenever the API writes the custom fields of such a thing, and when it makes
    one. What customers write by mail or SMS is taken without it; on the portal's form it must be filled in where it is
    shown to them. Fields with `topics` go only with tickets whose select field `topic` has one of these values.
    """

    key: FieldName
    type: FieldType
    applies_to: AppliesTo
    names: NewNames
    options: Options = field(default_factory=list)
    required: bool = False
    position: Position = 0
    shown_to_customers: bool = False
    topics: Topics = field(default_factory=list)


class FieldChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays. `options` are all that may be chosen from then on."""

    names: Names | UnsetType = UNSET
    options: Options | UnsetType = UNSET
    required: bool | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    shown_to_customers: bool | UnsetType = UNSET
    topics: Topics | UnsetType = UNSET


class FieldQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    applies_to: AppliesTo | UnsetType = UNSET
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
