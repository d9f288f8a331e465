"""Nouns to rows and back: a field of a noun is the attribute of the same name, empty collections are not stored."""

from dataclasses import fields
from typing import Any, TypeVar

from pynamodb.exceptions import DoesNotExist

from chalicelib.store import changes, expiry, keys
from chalicelib.store.table import Row

N = TypeVar("N")
R = TypeVar("R", bound=Row)


def attributes(noun: Any, *left_out: str) -> dict[str, Any]:
    """The noun's fields as attributes, without empty ones and those `left_out`."""
    found = {f.name: getattr(noun, f.name) for f in fields(noun) if f.name not in left_out}
    return {name: _plain(value) for name, value in found.items() if value is not None and value not in ("", (), {})}


def noun(cls: type[N], row: Row, **given: Any) -> N:
    """The noun in a row; attributes that are not there keep the noun's defaults, `given` ones come from the caller."""
    names = [f.name for f in fields(cls) if f.name not in given]  # type: ignore[arg-type]
    stored = {name: getattr(row, name, None) for name in names}
    return cls(**{name: _frozen(value) for name, value in stored.items() if value is not None}, **given)


def get(cls: type[R], key: keys.Key) -> R | None:
    """The row under that key, read strongly; None when there is none or it has expired."""
    changes.connection()
    try:
        row = cls.get(*key, consistent_read=True)
    except DoesNotExist:
        return None
    return None if expiry.is_over(row) else row


def batch(wanted: list[keys.Key]) -> dict[keys.Key, Row]:
    """The rows under those keys (any number, any kind) that exist and have not expired, read strongly."""
    changes.connection()
    unique = list(dict.fromkeys(wanted))
    found = Row.batch_get(unique, consistent_read=True) if unique else ()
    return {(row.pk, row.sk): row for row in found if not expiry.is_over(row)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
