"""What a call of the API takes and gives, said once beside its handler: the door checks by it, OpenAPI tells of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import msgspec

from chalicelib.api.answer import Answer
from chalicelib.api.schemas.values import Empty

Handler = Callable[..., Answer]


@dataclass(frozen=True)
class Operation:
    """`handler` gets the Call, then what was read of `body` or `query` (Structs; Empty takes nothing).

    `gives` is the type of the answer's body, None for none. `refuses` are codes beyond those any call may have.
    `again` makes the body that was kept for a repeat of the call whole again, where not all of it may be kept.
    """

    handler: Handler
    summary: str
    body: type[msgspec.Struct] = Empty
    query: type[msgspec.Struct] = Empty
    gives: Any = None
    status: int = 200
    refuses: tuple[str, ...] = ()
    media_type: str = "application/json"
    ahead: Callable[[bytes], Any] | None = None
    again: Callable[[Any, Mapping[str, Any]], dict[str, Any]] | None = None

    @property
    def description(self) -> str:
        return " ".join((self.handler.__doc__ or "").split())


def operation(summary: str, **told: Any) -> Callable[[Handler], Operation]:
    """Make a handler an Operation; see there."""
    return lambda handler: Operation(handler, summary, **told)


@cache
def load(name: str) -> Operation:
    """The operation `tickets.create`, out of the module of that name."""
    module, _, attribute = name.partition(".")
    found: Operation = getattr(import_module(f"chalicelib.api.{module}"), attribute)
    return found
