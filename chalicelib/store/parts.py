"""A ticket's parts as one JSON attribute of its row, and back. They are on no index: lists do not need them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.parts import Joined, Parts, Standing
from chalicelib.store import keys


def stored(parts: Parts) -> dict[str, Any] | None:
    """What is kept of the parts; None for a ticket that is whole, as nearly all are."""
    found = {
        "joined": [_joined(one) for one in parts.joined],
        "moved_in": {home: list(ids) for home, ids in parts.moved_in.items()},
        "moved_out": {holder: list(ids) for holder, ids in parts.moved_out.items()},
        "was": _standing(parts.was) if parts.was else None,
    }
    return {name: value for name, value in found.items() if value} or None


def read(kept: dict[str, Any] | None) -> Parts:
    if not kept:
        return Parts()
    return Parts(
        joined=tuple(_as_joined(one) for one in kept.get("joined", ())),
        moved_in={home: tuple(ids) for home, ids in kept.get("moved_in", {}).items()},
        moved_out={holder: tuple(ids) for holder, ids in kept.get("moved_out", {}).items()},
        was=_as_standing(kept["was"]) if kept.get("was") else None,
    )


def _joined(one: Joined) -> dict[str, Any]:
    return {**vars(one), "before": _standing(one.before), "after": _standing(one.after)}


def _as_joined(kept: dict[str, Any]) -> Joined:
    told = Joined(**kept)
    return replace(told, before=_as_standing(kept["before"]), after=_as_standing(kept["after"]))


def _standing(one: Standing) -> dict[str, Any]:
    return {name: keys.time(value) if isinstance(value, datetime) else value for name, value in vars(one).items()}


def _as_standing(kept: dict[str, Any]) -> Standing:
    times = {name: _as_time(kept[name]) for name in ("waiting_since", "solved_at", "closed_at") if kept.get(name)}
    return Standing(kept["status"], **times)


def _as_time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
