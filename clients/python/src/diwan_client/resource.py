"""What every resource of the client can do: send one call and read its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

from diwan_client.pages import Page
from diwan_client.reading import read
from diwan_client.transport import Call, Transport

T = TypeVar("T")


class Resource:
    """A group of calls, over one transport."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def _answer(self, wanted: type[T], call: Call) -> T:
        return read(wanted, self._transport.json(call))

    def _done(self, call: Call) -> None:
        self._transport.done(call)

    def _page(self, item: type[T], path: str, query: Mapping[str, Any]) -> Page[T]:
        return self._page_after(item, path, query, None)

    def _page_after(self, item: type[T], path: str, query: Mapping[str, Any], cursor: str | None) -> Page[T]:
        asked = dict(query) if cursor is None else {**query, "cursor": cursor}
        told = read(_Page, self._transport.json(Call("GET", path, asked)))
        data = [read(item, one) for one in told.data]
        return Page(data, told.has_more, told.next_cursor, told.total, partial(self._page_after, item, path, query))


@dataclass(frozen=True)
class _Page:
    """A page as the service sends it."""

    data: list[Any]
    has_more: bool
    next_cursor: str | None
    total: int | None = None


def in_path(value: str | int) -> str:
    """An id as part of an address."""
    return quote(str(value), safe="")


def conditions(
    idempotency_key: str | None = None, if_match: int | None = None, if_none_match: int | None = None
) -> dict[str, str]:
    """The headers that say under which conditions a call is to be done; a version becomes an ETag."""
    told = {
        "Idempotency-Key": idempotency_key,
        "If-Match": _etag(if_match),
        "If-None-Match": _etag(if_none_match),
    }
    return {name: value for name, value in told.items() if value is not None}


def _etag(version: int | None) -> str | None:
    return None if version is None else f'"{version}"'
