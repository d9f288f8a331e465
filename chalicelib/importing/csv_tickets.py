"""The rows of one ticket in a table, as that ticket: its fields stand in the first of them, a message in each.

What names a ticket is its number and its customer, since two shops both have a ticket 7; what names a message is what
was said, so that rows may stand in another order next time and their tickets have moved on.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from chalicelib.importing import phone_calls, plain
from chalicelib.importing.records import Call, Message, Person, Skipped, Ticket

COLUMNS = (
    "number", "subject", "status", "priority", "channel", "created_at", "updated_at", "solved_at", "customer_email",
    "customer_phone", "customer_name", "customer_id", "assignee_email", "team", "tags", "cc", "locale", "external_id",
    "message", "html", "message_at", "author_email", "author_name", "author_type", "visibility",
    "call_direction", "call_outcome", "call_seconds",
)  # fmt: skip
# What a message says, whatever has become of its ticket since.
_SAID = (
    "message", "html", "message_at", "author_email", "author_name", "author_type", "visibility",
    "call_direction", "call_outcome", "call_seconds",
)  # fmt: skip
_CALL = ("direction", "outcome", "seconds")
_CUSTOMER = ("customer_email", "customer_phone", "customer_id")
# Columns of this beginning are custom fields: `field_size` is the field `size`.
FIELD = "field_"
_KNOWN = {
    "status": ("new", "open", "pending", "on_hold", "solved", "closed"),
    "priority": ("low", "normal", "high", "urgent"),
    "channel": ("portal", "api", "email", "sms", "chat", "whatsapp", "phone"),
    "visibility": ("public", "internal"),
    "author_type": ("customer", "agent"),
    "locale": ("en", "ar"),
}
# A row's count, from 1, and its cells by column.
Row = tuple[int, dict[str, str]]


def ticket(rows: list[Row]) -> Ticket | Skipped:
    """The ticket in those rows, or why there is none."""
    count, first = rows[0]
    where, created_at, requester = f"row {count}", plain.time(first.get("created_at")), _customer(first)
    if created_at is None:
        return Skipped(where, "it has no believable created_at")
    if not (requester.emails or requester.phones or requester.external_id):
        return Skipped(where, "it names no customer")
    if unknown := _unknown(first):
        return Skipped(where, unknown)
    if first.get("number") and plain.number(first["number"]) is None:
        return Skipped(where, f"its number “{first['number'][:40]}” is none from 1 to {plain.MAX_NUMBER}")
    notes: list[str] = []
    messages = list(_messages(rows, requester, created_at, notes))
    if not messages:
        return Skipped(where, "; ".join(["it has no message", *notes]))
    return _ticket(first, where, requester, created_at, tuple(messages), tuple(notes))


def _ticket(
    row: dict[str, str],
    where: str,
    requester: Person,
    created_at: datetime,
    messages: tuple[Message, ...],
    notes: tuple[str, ...],
) -> Ticket:
    assignee = row.get("assignee_email", "")
    return Ticket(
        where,
        _source(row),
        requester,
        created_at,
        messages,
        subject=row.get("subject", ""),
        status=_lower(row, "status") or None,
        priority=_lower(row, "priority") or "normal",
        channel=_lower(row, "channel") or "email",
        number=plain.number(row.get("number")),
        external_id=row.get("external_id") or None,
        assignee=Person(emails=(assignee,), role="agent") if assignee else None,
        team=row.get("team") or None,
        tags=_several(row, "tags"),
        custom_fields={name.removeprefix(FIELD): cell for name, cell in row.items() if name.startswith(FIELD) and cell},
        cc=_several(row, "cc"),
        locale=_lower(row, "locale") or None,
        updated_at=plain.time(row.get("updated_at")),
        solved_at=plain.time(row.get("solved_at")),
        notes=notes,
    )


def _messages(rows: list[Row], requester: Person, created_at: datetime, notes: list[str]) -> Iterator[Message]:
    seen: dict[str, int] = {}
    for at, (count, row) in enumerate(rows):
        written_at = plain.time(row.get("message_at")) if row.get("message_at") else _row_date(row, created_at)
        fault = "has no believable message_at" if written_at is None else _unknown(row, "visibility", "author_type")
        if _is_anothers(row, rows[0][1]):
            fault = "names another customer than the ticket's first row"
        elif not (row.get("message") or row.get("html") or row.get("call_outcome")):
            fault = "has no message" if at else None
        elif not fault and written_at:
            source = f"{_source(rows[0][1])}:{_digest(row, _SAID)}"
            seen[source] = seen.get(source, 0) + 1
            call, wrong = phone_calls.of_cells(*(_lower(row, f"call_{name}") for name in _CALL))
            notes += [f"row {count}: {wrong}"] if wrong else []
            yield _message(row, f"{source}:{seen[source]}", requester, written_at, at, call)
        if fault:
            notes.append(f"row {count} {fault}")


def _row_date(row: dict[str, str], created_at: datetime) -> datetime:
    return plain.time(row.get("created_at")) or created_at


def _message(
    row: dict[str, str], source: str, requester: Person, written_at: datetime, order: int, call: Call | None
) -> Message:
    internal = _lower(row, "visibility") == "internal"
    return Message(
        source,
        _author(row, requester, internal),
        written_at,
        text=row.get("message", ""),
        html=row.get("html") or None,
        public=not internal,
        channel="phone" if call else _lower(row, "channel") or None,
        order=order + 1,
        call=call,
    )


def _author(row: dict[str, str], requester: Person, internal: bool) -> Person:
    """The ticket's customer where the row names nobody else; others are agents, unless it says otherwise."""
    email, type = row.get("author_email", "").lower(), _lower(row, "author_type")
    if email in requester.emails or not (email or internal or type == "agent"):
        return requester
    return Person(name=row.get("author_name", "")[:200], emails=(email,) if email else (), role=type or "agent")


def _customer(row: dict[str, str]) -> Person:
    def one(name: str) -> tuple[str, ...]:
        return (row[name].lower(),) if row.get(name) else ()

    return Person(
        name=row.get("customer_name", "")[:200],
        emails=one("customer_email"),
        phones=one("customer_phone"),
        role="customer",
        external_id=row.get("customer_id") or None,
        locale=_lower(row, "locale") or None,
    )


def _unknown(row: dict[str, str], *names: str) -> str | None:
    """What of the cells is none of the words that may stand there."""
    found = [name for name in names or _KNOWN if row.get(name) and _lower(row, name) not in _KNOWN[name]]
    return f"the {found[0]} “{row[found[0]][:40]}” is none of {', '.join(_KNOWN[found[0]])}" if found else None


def _lower(row: dict[str, str], name: str) -> str:
    return row.get(name, "").lower().replace(" ", "_").replace("-", "_")


def _several(row: dict[str, str], name: str) -> tuple[str, ...]:
    """The words of a cell, parted by commas, Arabic commas or semicolons."""
    cell = row.get(name, "").replace("،", ",").replace(";", ",")
    return tuple(dict.fromkeys(word.strip() for word in cell.split(",") if word.strip()))


def _is_anothers(row: dict[str, str], first: dict[str, str]) -> bool:
    return any(row.get(name) and row[name].lower() != first.get(name, "").lower() for name in _CUSTOMER)


def _source(row: dict[str, str]) -> str:
    name = row.get("number") or row.get("external_id") or _digest(row, ("created_at", "subject", *_SAID))
    return f"csv:{name}:{_digest(row, _CUSTOMER)}"


def _digest(row: dict[str, Any], columns: tuple[str, ...]) -> str:
    """What names a row by those of its cells, wherever it stands in the file."""
    told = "\x1f".join(f"{name}={row[name]}" for name in columns if row.get(name))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
