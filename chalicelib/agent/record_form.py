"""Forms about one thing that others may change meanwhile: an agent, a key, a category.

It is changed under the version that the form was made of. What was refused comes again with all that was typed, and the
reason beside the field it belongs to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from chalicelib.agent.pages import Desk
from chalicelib.errors import Conflict, Invalid, VersionMismatch
from chalicelib.store.idempotency import Keyed
from chalicelib.web.once import Once


class Record(Protocol):
    """What a form is about."""

    @property
    def id(self) -> str: ...

    @property
    def version(self) -> int: ...


@dataclass(frozen=True)
class RecordForm:
    """`changed` is the reason told when somebody else saved first.

    A reason is told beside the field that `beside` names for its code, or for the pointer of its fault; one that is not
    in there, beside the field `first`. `reasons` has the code by which the page words it, where that is another one.
    """

    first: str
    changed: str
    beside: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def refusal(self, work: Callable[[], Any]) -> dict[str, str]:
        """Do it; what stands in the way, by the field it is told beside."""
        try:
            work()
        except VersionMismatch:
            return {self.first: self.changed}
        except (Conflict, Invalid) as error:
            return {self._field(error): self.reasons.get(error.code, error.code)}
        return {}

    def version(self, desk: Desk, record: Record | None, errors: Mapping[str, str] | None) -> str | int:
        """What the form is made of: while it is mended what it was, unless somebody else saved; else what holds."""
        stale = self.changed in (errors or {}).values()
        return record.version if record and (stale or not errors) else desk.visit.line("version")

    def _field(self, error: Conflict | Invalid) -> str:
        known = [error.code, *(fault.pointer for fault in error.faults)]
        return next((self.beside[one] for one in known if one in self.beside), self.first)


def make_once(desk: Desk, what: str, make: Callable[[Keyed], Record]) -> str:
    """The id of what `make` made, however often the form was sent. `what` names the form among others."""
    return str(Once(desk.visit, what).do(lambda keyed: _told(make(keyed)), _told)["id"])


def _told(made: Record) -> dict[str, Any]:
    return {"id": made.id}
