"""Reads the parameters behind the `?` into a Struct. They arrive as text; unknown and repeated ones are refused."""

import re
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from chalice.app import MultiDict, Request
from msgspec import inspect

from chalicelib.api.checking import checked, pointer
from chalicelib.api.problem_words import fault
from chalicelib.errors import Fault, Invalid, Malformed

S = TypeVar("S", bound=msgspec.Struct)

_WHOLE = re.compile(r"-?[0-9]{1,18}")


def read(schema: type[S], request: Request, locale: str) -> S:
    """The request's parameters as that Struct; lists are given with commas.

    Raises:
        Malformed: code `invalid-parameter`, with every fault; pointers name parameters as if they were fields.
    """
    given = request.query_params or MultiDict({})
    kinds = {field.encode_name: _bare(field.type) for field in inspect.type_info(schema).fields}  # type: ignore[attr-defined]
    repeated = [name for name in given if len(given.getlist(name)) > 1]
    if repeated:
        raise _refused([fault("repeated-parameter", pointer("", name), locale, name=name[:100]) for name in repeated])
    value = {name: _value(kinds.get(name), given[name]) for name in given}
    try:
        return checked(schema, value, locale)
    except Invalid as error:
        raise _refused(list(error.faults), error.detail) from error


def in_utc(when: datetime | None) -> datetime | None:
    """A time as the store keeps it."""
    return when.astimezone(UTC) if when else None


def whose(id: str) -> str | None:
    """An id as lists ask for it: `none` is nobody's."""
    return None if id == "none" else id


def _refused(faults: list[Fault], detail: str = "") -> Malformed:
    return Malformed(detail or faults[0].message, code="invalid-parameter", faults=tuple(faults))


def _bare(kind: Any) -> Any:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _value(kind: Any, text: str) -> Any:
    if isinstance(kind, inspect.IntType) and _WHOLE.fullmatch(text):
        return int(text)
    if isinstance(kind, inspect.BoolType) and text in ("true", "false"):
        return text == "true"
    if isinstance(kind, inspect.ListType):
        return text.split(",")
    if isinstance(kind, inspect.DateTimeType):
        return text.replace(" ", "+")  # a plus sign that nobody encoded: forms read it as a space
    return text
