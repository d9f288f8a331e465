"""Zendesk's tickets with their comments. In the export people are whole objects on the ticket, and ids elsewhere."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.importing import phone_calls, plain, zendesk_people
from chalicelib.importing.records import File, Message, Person, Skipped, Ticket

_STATUSES = {
    "new": "new", "open": "open", "pending": "pending", "hold": "on_hold", "solved": "solved", "closed": "closed",
}  # fmt: skip
_CHANNELS = {
    "email": "email", "web": "portal", "help_center": "portal", "web_widget": "portal", "web_form": "portal",
    "api": "api", "sms": "sms", "voice": "phone", "phone": "phone", "chat": "chat", "native_messaging": "chat",
    "web_messaging": "chat", "messaging": "chat", "whatsapp": "whatsapp",
}  # fmt: skip
_PRIORITIES = ("low", "normal", "high", "urgent")
_ID = re.compile(r"/(\d{4,})(?=[/_.-])")


def files_of(names: Iterable[str]) -> dict[str, str]:
    """The members that are attachments, by id: `attachments/<id>/<name>` or `attachments/<id>_<name>`, however deep."""
    found = {}
    for name in names:
        if "attachment" in name.lower() and not name.endswith(".json"):
            found.update(dict.fromkeys(_ID.findall(name), name))
    return found


def ticket(value: dict[str, Any], where: str, groups: Mapping[Any, str], files: Mapping[str, str]) -> Ticket | Skipped:
    """A ticket; `groups` are names by id, `files` as `files_of` gives them."""
    number, created_at = plain.id(value.get("id")), plain.time(value.get("created_at"))
    status = plain.text(value.get("status"))
    if not number:
        return Skipped(where, "the ticket has no id")
    if number > plain.MAX_NUMBER:
        return Skipped(where, f"ticket {number} has a number beyond {plain.MAX_NUMBER}")
    if not created_at:
        return Skipped(where, f"ticket {number} has no believable created_at")
    if status not in _STATUSES:
        return Skipped(where, f"ticket {number} has the status “{status[:40]}”")
    requester = _person(value, "requester")
    if not requester.source and not requester.emails:
        return Skipped(where, f"ticket {number} names no requester")
    messages, notes = _messages(value, number, requester, files)
    if not messages:
        return Skipped(where, f"ticket {number} has neither comments nor a description")
    return Ticket(
        where,
        f"zendesk:ticket:{number}",
        requester,
        created_at,
        tuple(messages),
        subject=plain.text(value.get("subject") or value.get("raw_subject")),
        status=_STATUSES[status],
        priority=_priority(value),
        channel=_channel(value) or "email",
        number=number,
        external_id=plain.text(value.get("external_id")) or f"zendesk:{number}",
        assignee=_person(value, "assignee") if _names(value, "assignee") else None,
        team=_team(value, groups),
        tags=plain.texts(value.get("tags")),
        custom_fields=_fields(value),
        cc=_copies(value),
        updated_at=plain.time(value.get("updated_at")),
        solved_at=_solved_at(value),
        notes=tuple(notes),
    )


def _messages(
    value: dict[str, Any], number: int, requester: Person, files: Mapping[str, str]
) -> tuple[list[Message], list[str]]:
    comments = value.get("comments")
    people = _people(value)
    found: list[Message] = []
    notes: list[str] = []
    for at, comment in enumerate(comments if isinstance(comments, list) else [], start=1):
        made = _message(comment, f"zendesk:ticket:{number}:{at}", people, files, notes)
        if made:
            found.append(made)
            if not isinstance(comment.get("public"), bool):
                notes.append(f"comment {at} does not say whether it is public: it is a note here")
        else:
            notes.append(f"comment {at} has no believable created_at, or no text")
    if not found and (first := plain.text(value.get("description"))):
        created_at = plain.time(value.get("created_at"))
        assert created_at  # or the ticket would have been passed over
        public = value.get("is_public", True) is True
        found.append(Message(f"zendesk:ticket:{number}:description", requester, created_at, text=first, public=public))
    return sorted(found, key=lambda one: (one.created_at, one.order)), notes


def _message(
    comment: Any, fallback: str, people: Mapping[int, Person], files: Mapping[str, str], notes: list[str]
) -> Message | None:
    told = comment if isinstance(comment, dict) else {}
    created_at, id = plain.time(told.get("created_at")), plain.id(told.get("id"))
    attached = _files(told.get("attachments"), files, notes)
    body, html = plain.text(told.get("plain_body") or told.get("body")), plain.text(told.get("html_body")) or None
    call = phone_calls.of_zendesk(told)
    if not created_at or not (body or html or attached or call):
        return None
    author_id = plain.id(told.get("author_id")) or 0
    return Message(
        f"zendesk:comment:{id}" if id else fallback,
        people.get(author_id) or zendesk_people.person(told.get("author"), author_id),
        created_at,
        text=body,
        html=html,
        public=told.get("public") is True,
        channel="phone" if call else _channel(told),
        files=tuple(attached),
        order=id or 0,
        call=call,
    )


def _files(value: Any, files: Mapping[str, str], notes: list[str]) -> list[File]:
    found = []
    for one in value if isinstance(value, list) else []:
        told = one if isinstance(one, dict) else {}
        name = plain.text(told.get("file_name") or told.get("name"))[:200] or "file"
        member, url = files.get(plain.text(told.get("id"))), plain.text(told.get("content_url"))
        if member:
            kind = plain.text(told.get("content_type")) or "application/octet-stream"
            found.append(File(name, kind, member=member, inline=told.get("inline") is True))
        else:
            notes.append(f"the file “{name}” is not in the export: {url or 'no link'}")
    return found


def _people(value: dict[str, Any]) -> dict[int, Person]:
    """Everybody who stands on the ticket as a whole object."""
    listed = [value.get(name) for name in ("requester", "submitter", "assignee")]
    listed += value["collaborator"] if isinstance(value.get("collaborator"), list) else []
    return {
        id: zendesk_people.person(one) for one in listed if isinstance(one, dict) and (id := plain.id(one.get("id")))
    }


def _person(value: dict[str, Any], name: str) -> Person:
    return zendesk_people.person(value.get(name), value.get(f"{name}_id"))


def _names(value: dict[str, Any], name: str) -> bool:
    return bool(_person(value, name).source)


def _priority(value: dict[str, Any]) -> str:
    found = plain.text(value.get("priority"))
    return found if found in _PRIORITIES else "normal"


def _channel(value: dict[str, Any]) -> str | None:
    via = value.get("via")
    found = via.get("channel") if isinstance(via, dict) else via
    return _CHANNELS.get(plain.text(found), "api") if found else None


def _team(value: dict[str, Any], groups: Mapping[Any, str]) -> str | None:
    group = value.get("group")
    name = group.get("name") if isinstance(group, dict) else groups.get(value.get("group_id"))
    return plain.text(name) or None


def _fields(value: dict[str, Any]) -> dict[str, Any]:
    """Custom fields, by the name `zendesk_<id>`: the export does not tell their titles."""
    listed = value.get("custom_fields") or value.get("fields")
    told = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return zendesk_people.fields({f"zendesk_{one.get('id')}": one.get("value") for one in told})


def _copies(value: dict[str, Any]) -> tuple[str, ...]:
    """The addresses in copy; the export has them only where people stand as whole objects."""
    listed = value["collaborator"] if isinstance(value.get("collaborator"), list) else []
    return tuple(email for one in listed for email in zendesk_people.person(one).emails[:1])


def _solved_at(value: dict[str, Any]) -> Any:
    metrics = value.get("metric_set")
    told = plain.time(metrics.get("solved_at")) if isinstance(metrics, dict) else None
    return told or plain.time(value.get("solved_at"))
