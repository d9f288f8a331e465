"""What the pages of the settings share: who may see them, what they are called, what was just done."""

from collections.abc import Callable
from typing import Any

from chalice import Response

from chalicelib.agent import pages
from chalicelib.agent.pages import Desk
from chalicelib.agent.teams import for_admins_at
from chalicelib.web import answer

HOME = "/agent/settings"
DONE = (
    "saved", "agent-made", "agent-gone", "agent-back", "field-made", "field-deleted", "key-revoked", "webhook-deleted",
    "tested", "resent", "export-begun", "logo-kept", "logo-gone",
)  # fmt: skip

for_admins = for_admins_at(HOME)

View = Callable[[Desk], Response]


def show(desk: Desk, template: str, *, errors: dict[str, Any] | None = None, **context: Any) -> Response:
    """The page `templates/agent/settings_<template>.html`; 422 where something is wrong."""
    done = desk.visit.query.get("done", "")
    told = {"area": "settings", "done": done if done in DONE else "", "errors": errors or {}, "typed": {}}
    return pages.show(desk, f"settings_{template}", status=422 if errors else 200, **told | context)


def done(desk: Desk, place: str, what: str = "saved") -> Response:
    """On to that page, which says what was done."""
    return answer.redirect(desk.visit, f"{place}?done={what}")


def lines(desk: Desk, limits: dict[str, int]) -> dict[str, str]:
    """One-line fields by name, each cut to little more than its limit, so that a refusal can show it again."""
    return {name: desk.visit.line(name)[: limit + 1] for name, limit in limits.items()}
