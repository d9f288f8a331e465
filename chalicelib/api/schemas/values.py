"""The values that fields hold: texts of one line, tags, times. Lengths count characters (code points), not octets.

Patterns must mean the same in Python and in ECMAScript, the dialect of JSON Schema: no `\\Z`, no lone `$`.
"""

from datetime import datetime
from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta, Struct

from chalicelib.domain.message import MAX_ATTACHMENTS, MAX_HTML, MAX_TEXT
from chalicelib.domain.ticket import MAX_COPIES, MAX_FIELDS, MAX_SUBJECT, MAX_TAGS

T = TypeVar("T")

NO_NUL = r"^[^\x00]*(?![\s\S])"
NOT_BLANK = r"^(?![\s\S]*\x00)[\s\S]*\S"
ONE_LINE = r"^(?![\s\S]*[\x00-\x1f\x7f])[\s\S]*\S"


Text = Annotated[str, Meta(max_length=MAX_TEXT, pattern=NOT_BLANK, description="Plain text; not blank.")]
Html = Annotated[
    str, Meta(max_length=MAX_HTML, pattern=NO_NUL, description="HTML; cleaned of all that could run or load.")
]
Subject = Annotated[str, Meta(max_length=MAX_SUBJECT, pattern=ONE_LINE, description="One line; not blank.")]
Name = Annotated[str, Meta(max_length=200, pattern=ONE_LINE)]
Email = Annotated[str, Meta(max_length=254, examples=["alice@example.org"], extra_json_schema={"format": "email"})]
Phone = Annotated[str, Meta(max_length=40, examples=["+21620555014"], description="E.164, or as people type it.")]
ExternalId = Annotated[str, Meta(max_length=200, pattern=ONE_LINE, description="An id in your own system.")]
Id = Annotated[str, Meta(max_length=100, pattern=NO_NUL)]

Tag = Annotated[str, Meta(max_length=100, pattern=ONE_LINE)]
Tags = Annotated[list[Tag], Meta(max_length=MAX_TAGS)]
FieldName = Annotated[str, Meta(max_length=100, pattern=ONE_LINE)]
FieldText = Annotated[str, Meta(max_length=4000, pattern=NO_NUL)]
FieldTexts = Annotated[list[Annotated[str, Meta(max_length=200, pattern=NO_NUL)]], Meta(max_length=50)]
FieldValue = FieldText | int | float | bool | FieldTexts | None
CustomFields = Annotated[
    dict[FieldName, FieldValue],
    Meta(max_length=MAX_FIELDS, description="At most 50, together up to 32 KB of JSON."),
]
Emails = Annotated[list[Email], Meta(max_length=MAX_COPIES)]
AttachmentIds = Annotated[list[Id], Meta(max_length=MAX_ATTACHMENTS, description="From `POST /v1/uploads`.")]

Locale = Literal["en", "ar"]
Status = Literal["new", "open", "pending", "on_hold", "solved", "closed"]
Priority = Literal["low", "normal", "high", "urgent"]
Channel = Literal["portal", "api", "email", "sms", "chat", "whatsapp", "phone"]

# Years that both DynamoDB's numbers and every reader's calendar can hold; the checker refuses others.
_YEARS = r"^(?!9999)(19[7-9][0-9]|[2-9][0-9]{3})-"
# OpenAPI's name for what must not be shown: clients leave it out of what they print.
Secret = Annotated[str, Meta(extra_json_schema={"format": "password"})]

Time = Annotated[datetime, Meta(tz=True, description="RFC 3339, UTC.", extra_json_schema={"pattern": _YEARS})]

Limit = Annotated[int, Meta(ge=1, le=100, description="At most this many.")]
Cursor = Annotated[str, Meta(max_length=1000, description="`next_cursor` of the page before.")]


class Empty(Struct, forbid_unknown_fields=True):
    """Nothing: calls that take neither a body nor parameters."""


class Page(Struct, Generic[T]):
    """A page of a list. It may be short, even empty, while `has_more` is true: follow `next_cursor` to the end."""

    data: list[T]
    has_more: bool
    next_cursor: str | None
