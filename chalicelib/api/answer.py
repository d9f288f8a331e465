"""An answer before it is HTTP: what a call gives, and what is kept of it for a repeat of the same request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`body` is a Struct, a value of JSON, or a text as it is. `version` becomes the ETag, `location` an address.

    `moves`: something in the body changes without its version, so no caller has it already.
    """

    body: Any = None
    status: int = 200
    version: int | None = None
    location: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    moves: bool = False

    def kept(self) -> dict[str, Any]:
        """The answer as it is stored beside the work it tells of."""
        import msgspec

        return {
            "status": self.status,
            "body": msgspec.to_builtins(self.body),
            "version": self.version,
            "location": self.location,
        }


def again(kept: Mapping[str, Any]) -> Answer:
    """The answer out of what was kept of it, marked as given before."""
    return Answer(
        kept["body"], kept["status"], kept.get("version"), kept.get("location"), {"Idempotent-Replayed": "true"}
    )
