"""One JSON line an event, as CloudWatch Logs Insights reads it. Never log a text, an address or a name: only ids."""

import json
import sys
import traceback
from typing import Any

from chalicelib import clock


def info(event: str, **fields: Any) -> None:
    _write("info", event, fields)


def warning(event: str, **fields: Any) -> None:
    _write("warning", event, fields)


def error(event: str, **fields: Any) -> None:
    """Log `event` with the traceback of the exception being handled, if any."""
    trace = traceback.format_exc()
    if not trace.startswith("NoneType"):
        fields["traceback"] = trace
    _write("error", event, fields)


def _write(level: str, event: str, fields: dict[str, Any]) -> None:
    line = {"time": clock.real_now().isoformat(), "level": level, "event": event, **fields}
    print(json.dumps(line, default=str, ensure_ascii=False), file=sys.stderr, flush=True)
