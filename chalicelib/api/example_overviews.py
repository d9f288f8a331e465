"""The examples that are made of others: a customer at one glance."""

from typing import Any

from chalicelib.api.example_answers import ANSWERS
from chalicelib.api.example_ids import CUSTOMER, TICKET
from chalicelib.api.example_people import PEOPLE

_DOUBLE = PEOPLE["Customer"] | {"id": "cus_01KA3V8J6T2N5Q9W4XC7HKDM3P", "name": "alice"}
_ENTRY: dict[str, Any] = {
    "type": "message",
    "at": ANSWERS["Message"]["created_at"],
    "message": ANSWERS["Message"] | {"ticket_number": 1042, "ticket_subject": "My board has split"},
    "event": None,
}
_SUGGESTION: dict[str, Any] = {
    "customer": _DOUBLE,
    "score": 45,
    "reasons": [{"code": "same-name", "message": "The same name"}],
}
OVERVIEWS: dict[str, Any] = {
    "TimelineEntry": _ENTRY,
    "Suggestions": {"data": [_SUGGESTION]},
    "Overview": {
        "customer": PEOPLE["Customer"] | {"id": CUSTOMER},
        "organization": None,
        "notes": [PEOPLE["CustomerNote"]],
        "last_inquiry": {
            "ticket_id": TICKET,
            "number": 1042,
            "subject": "My board has split",
            "status": "open",
            "channel": "email",
            "created_at": ANSWERS["Message"]["created_at"],
            "preview": "Hello, my olive-wood board has split along the grain. Can it be saved?",
        },
        "open_tickets": [ANSWERS["Ticket"]],
        "suggestions": [_SUGGESTION],
        "timeline": {"data": [_ENTRY], "has_more": False, "next_cursor": None},
    },
}
