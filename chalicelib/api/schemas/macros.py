"""Macros."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.schemas.values import NO_NUL, NOT_BLANK, ONE_LINE, Cursor, Id, Limit, Time
from chalicelib.domain.macro import MAX_NAME, MAX_POSITION, MAX_TEXT, PLACEHOLDERS

_FILLED = ", ".join(f"`{{{{{one}}}}}`" for one in PLACEHOLDERS)

MacroName = Annotated[str, Meta(max_length=MAX_NAME, pattern=ONE_LINE)]
MacroPosition = Annotated[int, Meta(ge=0, le=MAX_POSITION)]
MacroText = Annotated[
    str,
    Meta(
        max_length=MAX_TEXT,
        pattern=NOT_BLANK,
        description=f"Plain text with places: {_FILLED}. A fallback stands after a bar: "
        "`{{customer.first_name|there}}`.",
    ),
]
MacroTextOrNone = Annotated[
    str, Meta(max_length=MAX_TEXT, pattern=NO_NUL, description="As in NewMacro; null or empty takes it away.")
]


class MacroTexts(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is written, in at least one language."""

    en: MacroText | UnsetType = UNSET
    ar: MacroText | UnsetType = UNSET


class MacroTextsChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is written; languages left out stay."""

    en: MacroTextOrNone | UnsetType | None = UNSET
    ar: MacroTextOrNone | UnsetType | None = UNSET


class Macro(Struct, kw_only=True):
    """Words that agents use again and again. The language of the ticket decides which text is used."""

    id: str
    name: str
    texts: dict[str, str]
    position: int
    team_id: str | None
    created_at: Time
    updated_at: Time
    version: int


class NewMacro(Struct, forbid_unknown_fields=True, kw_only=True):
    """A macro to make."""

    name: MacroName
    texts: MacroTexts
    position: MacroPosition = 0
    team_id: Id | None = None


class MacroChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays."""

    name: MacroName | UnsetType = UNSET
    texts: MacroTextsChange | UnsetType = UNSET
    position: MacroPosition | UnsetType = UNSET
    team_id: Id | UnsetType | None = UNSET


class MacroQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
