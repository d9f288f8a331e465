"""What AWS End User Messaging Social publishes of a WhatsApp number, read into plain facts; nothing is fetched here.

The notice is JSON, and Meta's webhook entry a JSON text within it; one entry may carry many messages and statuses, so
each is cut out first and read on its own: one that cannot be read must not lose the others.
https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html
https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chalicelib.channels import whatsapp_words

# What a customer does beside writing: kept in the thread, but nobody waits for an answer to it.
_BESIDE = ("reaction", "system", "revoke", "request_welcome")
_MEDIA = ("image", "video", "audio", "document", "sticker")


@dataclass(frozen=True)
class Piece:
    """One message, one status or one trouble (`kind`), as Meta wrote it; `about` is what stands around it."""

    kind: str
    told: dict[str, Any] = field(repr=False)
    about: dict[str, Any] = field(repr=False)

    @property
    def id(self) -> str:
        """Meta's id of it; empty where it has none, whatever stands in its place."""
        return str(self.told.get("id", "")) if isinstance(self.told, dict) else ""


@dataclass(frozen=True)
class Media:
    """A file of a message, which is fetched by its `id`; `voice` is one that was spoken into the phone."""

    id: str
    content_type: str
    name: str


@dataclass(frozen=True)
class WhatsAppMessage:
    """`id` is Meta's `wamid`, `sender` digits of a number or, of who hides it, a user id; `answers` the `wamid` that
    it quotes or acts on. `pressed` are the label and the hidden id of a button that he pressed. `beside` is what is no
    writing (a reaction, a new number): nobody waits after it.
    """

    id: str
    sender: str
    type: str
    text: str
    name: str = ""
    sent_at: datetime | None = None
    media: Media | None = None
    answers: str | None = None
    beside: bool = False
    pressed: tuple[str, ...] = ()

    @property
    def opens_session(self) -> bool:
        """Whether Meta lets a business answer freely for 24 hours after it."""
        return not self.beside and self.type != "edit"


@dataclass(frozen=True)
class WhatsAppStatus:
    """What became of a message of ours. `sent_id` is how AWS named it when it took it, if the notice says so; `tag`
    what we sent along; `code` and `detail` are Meta's error.
    """

    id: str
    status: str
    sent_id: str | None = None
    tag: str | None = None
    code: int | None = None
    detail: str | None = None


def is_one(notice: dict[str, Any]) -> bool:
    return "whatsAppWebhookEntry" in notice


def pieces(notice: dict[str, Any]) -> Iterator[Piece]:
    """All that the notice tells, each for itself, in its order.

    Raises:
        ValueError: the entry is no JSON.
    """
    entry = notice["whatsAppWebhookEntry"]
    entry = json.loads(entry) if isinstance(entry, str) else entry
    for change in entry.get("changes") or []:
        value = change.get("value") or {}
        about = {"contacts": value.get("contacts") or [], "sent_id": notice.get("messageId")}
        found = [(kind, one) for kind in ("messages", "statuses", "errors") for one in value.get(kind) or []]
        for kind, told in found:
            yield Piece(kind, told, about)
        if not found:
            yield Piece("other", {"field": change.get("field")}, about)


def message(piece: Piece) -> WhatsAppMessage:
    """Raises KeyError, TypeError or ValueError for one that is none."""
    told = piece.told
    type = str(told.get("type") or "unknown")
    sender = told.get("from") or told["from_user_id"]
    return WhatsAppMessage(
        id=str(told["id"]),
        sender=str(sender),
        type=type,
        text=whatsapp_words.of(type, told),
        name=_name(piece, told),
        sent_at=_time(told.get("timestamp")),
        media=_media(type, told),
        answers=_answers(type, told),
        beside=type in _BESIDE,
        pressed=whatsapp_words.pressed(type, told),
    )


def status(piece: Piece) -> WhatsAppStatus:
    """Raises as `message` does."""
    told = piece.told
    error = (told.get("errors") or [{}])[0]
    return WhatsAppStatus(
        id=str(told["id"]),
        status=str(told["status"]),
        sent_id=piece.about.get("sent_id"),
        tag=told.get("biz_opaque_callback_data"),
        code=int(error["code"]) if "code" in error else None,
        detail=_detail(error),
    )


def _name(piece: Piece, told: dict[str, Any]) -> str:
    """What the sender calls himself; entries with messages of several senders name them all."""
    for contact in piece.about["contacts"]:
        if not isinstance(contact, dict):
            continue
        if told.get("from") in (None, contact.get("wa_id")) or len(piece.about["contacts"]) == 1:
            return " ".join(str((contact.get("profile") or {}).get("name") or "").split())[:200]
    return ""


def _time(stamp: Any) -> datetime | None:
    """Seconds since 1970, as text."""
    try:
        return datetime.fromtimestamp(int(stamp), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _answers(type: str, told: dict[str, Any]) -> str | None:
    inner = told.get(type)
    acted_on: dict[str, Any] = inner if isinstance(inner, dict) else {}
    named = acted_on.get("message_id") if type == "reaction" else acted_on.get("original_message_id")
    return named or (told.get("context") or {}).get("id")


def _media(type: str, told: dict[str, Any]) -> Media | None:
    file = told.get(type)
    if type not in _MEDIA or not isinstance(file, dict) or not file.get("id"):
        return None
    content_type = str(file.get("mime_type") or "application/octet-stream").partition(";")[0].strip()
    return Media(str(file["id"]), content_type, whatsapp_words.file_name(type, file, content_type))


def _detail(error: dict[str, Any]) -> str | None:
    """Meta's own words: the details where it gives some, else the title."""
    words = (error.get("error_data") or {}).get("details") or error.get("message") or error.get("title")
    return f"{error['code']}: {words}"[:1_000] if words and "code" in error else words
