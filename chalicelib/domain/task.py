"""A task: one thing to be done soon by whoever reads its queue. It may be done twice, and in any order."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """`queue` is `send`, `webhooks` or `jobs`; `kind` names the action; `arguments` are ids: a task reads the rest."""

    queue: str
    kind: str
    arguments: dict[str, Any]
