"""Names in each language."""

from msgspec import UNSET, Struct, UnsetType

from chalicelib.api.schemas.values import Name


class Names(Struct, forbid_unknown_fields=True, kw_only=True):
    """A name in each language."""

    en: Name | UnsetType = UNSET
    ar: Name | UnsetType = UNSET


class NewNames(Names, forbid_unknown_fields=True, kw_only=True):
    """A name in at least one language."""
