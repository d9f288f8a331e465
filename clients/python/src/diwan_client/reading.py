"""JSON to the classes of `answers`, by their type hints.

The service may be older or newer than this package: what a class does not know is passed over, a new value is taken as
it is, and what is missing is null or empty where that can be.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from diwan_client.errors import UnreadableAnswer

T = TypeVar("T")


def read(wanted: type[T], value: Any) -> T:
    """`value` (parsed JSON) as a `wanted`.

    Raises:
        UnreadableAnswer: a field is missing, or is nothing like what it should be.
    """
    try:
        found: T = _read(wanted, value)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise UnreadableAnswer(f"this is no {getattr(wanted, '__name__', wanted)}: {error!r}") from error
    return found


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _object(kind, value)
    if origin is list:
        (item,) = get_args(kind)
        return [_read(item, one) for one in value]
    if origin is dict:
        return {name: _read(get_args(kind)[1], one) for name, one in value.items()}
    if origin in (Union, types.UnionType):
        return _one_of(get_args(kind), value)
    return _time(value) if kind is datetime else value


def _object(kind: Any, value: Any) -> Any:
    given = {}
    for name, (json_name, hint, required) in _known(kind).items():
        if json_name in value:
            given[name] = _read(hint, value[json_name])
        elif required:
            given[name] = _missing(json_name, hint)
    return kind(**given)


def _missing(name: str, kind: Any) -> Any:
    if type(None) in get_args(kind):
        return None
    if get_origin(kind) in (list, dict):
        return get_origin(kind)()
    raise KeyError(name)


@cache
def _known(kind: Any) -> dict[str, tuple[str, Any, bool]]:
    """Of each field: its name in JSON (words that Python keeps for itself end in `_` here), its type, if it must be."""
    hints = get_type_hints(kind)
    return {
        one.name: (one.name.rstrip("_"), hints[one.name], one.default is MISSING and one.default_factory is MISSING)
        for one in fields(kind)
    }


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """By the first member of the union that is not null; unions of several things hold plain values only."""
    if value is None:
        return None
    [first, *others] = [kind for kind in kinds if kind is not type(None)]
    return value if others else _read(first, value)


def _time(value: str) -> datetime:
    """RFC 3339; Python 3.10 does not read a Z."""
    return datetime.fromisoformat(value[:-1] + "+00:00" if value.endswith("Z") else value)
