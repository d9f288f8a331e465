"""Phone calls in what other desks export; one that cannot have happened as it is told is left out, and named."""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain import call as calls
from chalicelib.importing.records import Call


def of_zendesk(comment: Mapping[str, Any]) -> Call | None:
    """The call that a voice comment (`type` VoiceComment) tells of: its `data` has the seconds, its `via` the way."""
    data, via = comment.get("data"), comment.get("via")
    if comment.get("type") != "VoiceComment" or not isinstance(data, dict):
        return None
    source = via.get("source") if isinstance(via, dict) else None
    rel = source.get("rel") if isinstance(source, dict) else None
    direction = "out" if rel == "outbound" else "in"
    seconds = data.get("call_duration")
    spoken = seconds if isinstance(seconds, int) and not isinstance(seconds, bool) else 0
    if rel == "voicemail":
        return _possible(direction, "voicemail", spoken)
    taken = spoken > 0 and (direction == "out" or data.get("answered_by_id") is not None)
    if taken:
        return _possible(direction, "answered", spoken)
    return _possible(direction, "no_answer" if direction == "out" else "missed", 0)


def of_cells(direction: str, outcome: str, seconds: str) -> tuple[Call | None, str | None]:
    """The call in a row's cells, or what is wrong with them; neither where all are empty."""
    if not (direction or outcome or seconds):
        return None, None
    length = seconds or "0"
    found = _possible(direction, outcome, int(length)) if length.isascii() and length.isdigit() else None
    return found, None if found else f"the call “{direction[:20]} {outcome[:20]} {seconds[:20]}” is none"


def _possible(direction: str, outcome: str, seconds: int) -> Call | None:
    fault = calls.fault(calls.Call(direction, outcome, seconds))
    return None if fault else Call(direction, outcome, seconds)
