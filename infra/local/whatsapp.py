"""Plays AWS End User Messaging Social, which no emulator has: takes WhatsApp messages, and tells what becomes of them.

Shapes: https://docs.aws.amazon.com/social-messaging/latest/APIReference/API_SendWhatsAppMessage.html and
https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html; what is inside is
Meta's.
"""

import base64
import json
import re
import urllib.request
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any

from chalicelib import clock
from infra.local.feedback import ACCOUNT
from infra.local.world import REGION, SUPPORT_PHONE
from infra.local.world import WHATSAPP_PHONE_NUMBER_ID as PHONE_NUMBER_ID

PLACE = "/v1/whatsapp/"
META_PHONE_NUMBER_ID = "321010217760100"
META_ACCOUNT_ID = "365731266123456"
# Nobody's numbers (films use them): what goes there fails with the code of Meta's that they end in.
_FAILING = re.compile(r"\+1555\d(\d{6})")
_FAULTS = {
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131049: "This message was not delivered to maintain healthy ecosystem engagement.",
    130429: "Rate limit hit",
    132001: "Template name does not exist in the translation",
}

# The files that customers sent, by the id of the media: type and octets.
files: dict[str, tuple[str, bytes]] = {}

Answer = tuple[int, dict[str, Any]]


@dataclass(frozen=True)
class Taken:
    """A message that AWS took: `id` is what it answered, `wamid` what Meta calls it from then on."""

    id: str
    wamid: str
    message: dict[str, Any]

    @property
    def to(self) -> str:
        return str(self.message["to"])

    @property
    def body(self) -> str:
        """What the customer reads; of a template its name and what was filled in."""
        if self.message["type"] == "text":
            return str(self.message["text"]["body"])
        made = self.message["template"]
        filled = [one["text"] for part in made.get("components", []) for one in part["parameters"]]
        return f"[{made['name']}, {made['language']['code']}] " + " · ".join(filled)


def take(path: str, body: bytes) -> tuple[Answer, Taken | None]:
    """What AWS answers to a call under PLACE, and the message if it took one."""
    asked = json.loads(body)
    if path == f"{PLACE}media/get":
        return _fetched(asked), None
    if path != f"{PLACE}send" or asked.get("originationPhoneNumberId") != PHONE_NUMBER_ID:
        return (404, {"message": "There is no such phone number.", "__type": "ResourceNotFoundException"}), None
    message = json.loads(base64.b64decode(asked["message"]))
    if message.get("messaging_product") != "whatsapp" or message.get("type") not in ("text", "template"):
        return (400, {"message": "The message is none of Meta's.", "__type": "ValidationException"}), None
    taken = Taken(str(uuid.uuid4()), wamid(), message)
    return (200, {"messageId": taken.id}), taken


def put(address: str, content: bytes) -> None:
    """Put a file to a signed address, as AWS does."""
    urllib.request.urlopen(urllib.request.Request(address, content, method="PUT"), timeout=30).close()


def wamid() -> str:
    """An id such as Meta makes."""
    return f"wamid.{base64.b64encode(uuid.uuid4().bytes * 2).decode()}"


def statuses(taken: Taken) -> list[dict[str, Any]]:
    """The notices of what becomes of a message, in their order."""
    fault = _FAILING.fullmatch(taken.to)
    code = int(fault[1]) if fault and int(fault[1]) in _FAULTS else None
    names = ("failed",) if code else ("sent", "delivered")
    return [notice([{"statuses": [status(taken, name, code)]}], sent_id=taken.id) for name in names]


def status(taken: Taken, name: str, code: int | None = None) -> dict[str, Any]:
    """One status, as Meta writes it."""
    told: dict[str, Any] = {
        "id": taken.wamid,
        "status": name,
        "timestamp": _stamp(),
        "recipient_id": taken.to.removeprefix("+"),
        "biz_opaque_callback_data": taken.message.get("biz_opaque_callback_data"),
    }
    words = _FAULTS.get(code or 0, "Something went wrong")
    error = {"code": code, "title": words, "message": words, "error_data": {"details": f"{words}."}}
    return told | ({"errors": [error]} if code else {})


def message(sender: str, id: str, **told: Any) -> dict[str, Any]:
    """One message of the customer with that number, as Meta writes it; `told` is its type and what belongs to that."""
    return {"from": sender.removeprefix("+"), "id": id, "timestamp": _stamp(), **told}


def from_customer(sender: str, name: str, messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The value of a change: messages of one customer."""
    contact = {"profile": {"name": name}, "wa_id": sender.removeprefix("+")}
    return {"contacts": [contact], "messages": list(messages)}


def notice(values: Iterable[dict[str, Any]], sent_id: str | None = None) -> dict[str, Any]:
    """What AWS publishes: its own head, and Meta's entry as a text of JSON within."""
    about = {"display_phone_number": SUPPORT_PHONE[1:], "phone_number_id": META_PHONE_NUMBER_ID}
    changes = [
        {"value": {"messaging_product": "whatsapp", "metadata": about, **value}, "field": "messages"}
        for value in values
    ]
    arn = f"arn:aws:social-messaging:{REGION}:{ACCOUNT}"
    return {
        "context": {
            "MetaWabaIds": [{"wabaId": META_ACCOUNT_ID, "arn": f"{arn}:waba/fb2594b8a7974770b128a409e2example"}],
            "MetaPhoneNumberIds": [
                {"metaPhoneNumberId": META_PHONE_NUMBER_ID, "arn": f"{arn}:phone-number-id/{PHONE_NUMBER_ID[16:]}"}
            ],
        },
        "whatsAppWebhookEntry": json.dumps({"id": META_ACCOUNT_ID, "changes": changes}),
        "aws_account_id": ACCOUNT,
        "message_timestamp": clock.now().isoformat().replace("+00:00", "Z"),
        "messageId": sent_id or str(uuid.uuid4()),
    }


@contextmanager
def played() -> Iterator[list[Taken]]:
    """Play it to this process's own client; what that sends comes into the list."""
    from botocore.awsrequest import AWSResponse

    from chalicelib import aws

    sent: list[Taken] = []

    def answer(request: Any, **_: Any) -> Any:
        (status, payload), taken = take("/" + request.url.split("/", 3)[3], request.body)
        sent.extend([taken] if taken else [])
        headers = {"Content-Type": "application/json", "x-amzn-ErrorType": payload.get("__type", "")}
        return AWSResponse(request.url, status, headers, _Raw(json.dumps(payload).encode()))

    client = aws.client("socialmessaging")
    client.meta.events.register_first("before-send.socialmessaging", answer)
    try:
        yield sent
    finally:
        client.meta.events.unregister("before-send.socialmessaging", answer)


class _Raw(BytesIO):
    """A body as botocore reads it."""

    def stream(self, **_: Any) -> Iterable[bytes]:
        yield self.read()


def respond(path: str, body: bytes) -> tuple[str, list[tuple[str, str]], bytes, Taken | None]:
    """The same as an HTTP answer: status line, headers and body."""
    (status, payload), taken = take(path, body)
    kind = [("x-amzn-ErrorType", payload["__type"])] if "__type" in payload else []
    headers = [("Content-Type", "application/json"), *kind]
    return f"{status} {HTTPStatus(status).phrase}", headers, json.dumps(payload).encode(), taken


def _fetched(asked: dict[str, Any]) -> Answer:
    found = files.get(asked["mediaId"])
    if found is None:
        return 404, {"message": "There is no such media.", "__type": "ResourceNotFoundException"}
    put(asked["destinationS3PresignedUrl"]["url"], found[1])
    return 200, {"mimeType": found[0], "fileSize": max(1, len(found[1]) // 1024)}


def _stamp() -> str:
    return str(int(clock.now().timestamp()))
