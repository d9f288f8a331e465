"""Checks a JSON value against a Struct and tells everything that is wrong with it, each fault by its pointer.

msgspec itself stops at the first fault. What passes here is then converted by msgspec, which has the last word.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from chalicelib.api.problem_words import fault
from chalicelib.api.schemas.values import NO_NUL, NOT_BLANK, ONE_LINE, Time
from chalicelib.errors import Fault, Invalid

S = TypeVar("S", bound=msgspec.Struct)

_JSON_TYPES: dict[type, tuple[str, ...]] = {
    inspect.StrType: ("string",),
    inspect.DateTimeType: ("string",),
    inspect.IntType: ("integer",),
    inspect.FloatType: ("number", "integer"),
    inspect.BoolType: ("boolean",),
    inspect.NoneType: ("null",),
    inspect.ListType: ("array",),
    inspect.DictType: ("object",),
    inspect.StructType: ("object",),
}
# Of a body that is wrong throughout, no reader wants more, and each costs time.
MOST_FAULTS = 100
# 64 bits: what a reader in another language can hold.
_LARGEST = 2**63


def checked(schema: type[S], value: Any, locale: str) -> S:
    """`value` (parsed JSON) as that Struct.

    Raises:
        Invalid: with every fault found, in the words of `locale`.
    """
    faults = tuple(islice(_faults(_kind(schema), value, "", locale), MOST_FAULTS))
    if faults:
        raise Invalid(faults[0].message, faults=faults)
    try:
        return msgspec.convert(value, schema)
    except msgspec.ValidationError as error:
        raise Invalid(str(error)) from error


@cache
def _kind(schema: type) -> inspect.Type:
    return inspect.type_info(schema)


def _faults(kind: Any, value: Any, at: str, locale: str) -> Iterator[Fault]:
    if isinstance(kind, inspect.AnyType):
        return
    if isinstance(kind, inspect.Metadata):
        yield from _faults(kind.type, value, at, locale)
    elif isinstance(kind, inspect.UnionType):
        yield from _of_union(kind, value, at, locale)
    elif isinstance(kind, inspect.LiteralType):
        yield from _of_literal(kind, value, at, locale)
    elif json_type(value) not in _JSON_TYPES[type(kind)]:
        yield _wrong_type(kind, value, at, locale)
    elif isinstance(kind, inspect.StructType):
        yield from _of_struct(kind, value, at, locale)
    elif isinstance(kind, inspect.DictType):
        yield from _of_dict(kind, value, at, locale)
    elif isinstance(kind, inspect.ListType):
        yield from _of_list(kind, value, at, locale)
    elif isinstance(kind, inspect.DateTimeType):
        yield from _of_time(value, at, locale)
    elif isinstance(kind, inspect.StrType):
        yield from _of_text(kind, value, at, locale)
    elif isinstance(kind, inspect.IntType | inspect.FloatType):
        yield from _of_number(kind, value, at, locale)


def _of_struct(kind: inspect.StructType, value: dict[str, Any], at: str, locale: str) -> Iterator[Fault]:
    known = {field.encode_name: field for field in kind.fields}
    for name in [name for name in value if name not in known]:
        near = get_close_matches(name, known, n=1)
        yield fault("unknown-field", pointer(at, name), locale, name=name[:100], near=near[0] if near else None)
    for name, field in known.items():
        if name in value:
            yield from _faults(field.type, value[name], pointer(at, name), locale)
        elif field.required:
            yield fault("required", pointer(at, name), locale, name=name)


def _of_dict(kind: inspect.DictType, value: dict[str, Any], at: str, locale: str) -> Iterator[Fault]:
    yield from _of_length(kind, value, at, locale)
    for name, item in value.items():
        yield from _faults(kind.key_type, name, pointer(at, name), locale)
        yield from _faults(kind.value_type, item, pointer(at, name), locale)


def _of_list(kind: inspect.ListType, value: list[Any], at: str, locale: str) -> Iterator[Fault]:
    yield from _of_length(kind, value, at, locale)
    for index, item in enumerate(value):
        yield from _faults(kind.item_type, item, pointer(at, str(index)), locale)


def _of_length(kind: Any, value: Any, at: str, locale: str) -> Iterator[Fault]:
    if kind.max_length is not None and len(value) > kind.max_length:
        yield fault("too-many", at, locale, limit=kind.max_length, count=len(value))
    if kind.min_length is not None and len(value) < kind.min_length:
        yield fault("too-few", at, locale, limit=kind.min_length, count=len(value))


def _of_union(kind: inspect.UnionType, value: Any, at: str, locale: str) -> Iterator[Fault]:
    """By the one member of the union that has the value's type; where several have it, any that holds will do."""
    fitting = [one for one in kind.types if json_type(value) in _types_of(one)]
    found = [list(_faults(one, value, at, locale)) for one in fitting]
    if not fitting:
        yield _wrong_type(kind, value, at, locale)
    elif all(found):
        yield from found[0]


def _of_literal(kind: inspect.LiteralType, value: Any, at: str, locale: str) -> Iterator[Fault]:
    if isinstance(value, str) and value in kind.values:
        return
    yield fault("unknown-value", at, locale, allowed=", ".join(map(str, kind.values)))


def _of_text(kind: inspect.StrType, value: str, at: str, locale: str) -> Iterator[Fault]:
    if kind.max_length is not None and len(value) > kind.max_length:
        yield fault("too-long", at, locale, limit=kind.max_length, count=len(value))
    if kind.pattern is not None and not re.search(kind.pattern, value):
        yield fault("invalid-characters" if value.strip() else "blank", at, locale, form=_form(kind.pattern))


def _form(pattern: str) -> str:
    """A pattern as people write it; empty of one that is but for any text or line."""
    return "" if pattern in (NO_NUL, NOT_BLANK, ONE_LINE) else pattern.replace(r"(?![\s\S])", "$")


def _of_number(kind: Any, value: float, at: str, locale: str) -> Iterator[Fault]:
    low = kind.ge if kind.ge is not None else -_LARGEST
    high = kind.le if kind.le is not None else _LARGEST - 1
    bounded = isinstance(value, int) or kind.ge is not None or kind.le is not None
    if bounded and not low <= value <= high:
        yield fault("out-of-range", at, locale, low=low, high=high)


def _of_time(value: str, at: str, locale: str) -> Iterator[Fault]:
    try:
        when = msgspec.convert(value, Time)
    except msgspec.ValidationError:
        yield fault("invalid-time", at, locale)
        return
    if not 1970 <= when.year <= 9998:
        yield fault("out-of-range", at, locale, low="1970-01-01T00:00:00Z", high="9998-12-31T23:59:59Z")


def _wrong_type(kind: Any, value: Any, at: str, locale: str) -> Fault:
    expected = " | ".join(dict.fromkeys(_types_of(kind)))
    return fault("wrong-type", at, locale, expected=expected, found=json_type(value))


def _types_of(kind: Any) -> tuple[str, ...]:
    if isinstance(kind, inspect.Metadata):
        return _types_of(kind.type)
    if isinstance(kind, inspect.UnionType):
        return tuple(name for one in kind.types for name in _types_of(one))
    return ("string",) if isinstance(kind, inspect.LiteralType) else _JSON_TYPES[type(kind)]


def json_type(value: Any) -> str:
    """What JSON calls the type of a parsed value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return {str: "string", int: "integer", float: "number", list: "array", dict: "object"}[type(value)]


def pointer(at: str, name: str) -> str:
    """The pointer to `name` within what `at` points to (RFC 6901), cut where a name is absurdly long."""
    return f"{at}/{name[:100].replace('~', '~0').replace('/', '~1')}"
