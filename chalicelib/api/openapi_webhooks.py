"""What the OpenAPI document says of the messages that we send: webhooks, by the Standard Webhooks specification."""

from typing import Any

_HEADERS = {
    "webhook-id": "The id of the event, the same at every attempt.",
    "webhook-timestamp": "When this attempt was made, in seconds since 1970.",
    "webhook-signature": "`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; several, with spaces between, while "
    "a secret is changed.",
}

_DESCRIPTION = """Sent to each webhook that asks for its type, and again until it is answered with 2xx within 15
seconds: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. Verify the signature over the octets as they
came. The body has the event's time once more as `timestamp`."""


def told(event: dict[str, Any]) -> dict[str, Any]:
    """The section `webhooks` of the document; `event` is the schema of an event."""
    return {
        "event": {
            "post": {
                "operationId": "webhook_event",
                "summary": "An event, told to a webhook",
                "description": " ".join(_DESCRIPTION.split()),
                "tags": ["webhooks"],
                "security": [],
                "parameters": [_header(name, words) for name, words in _HEADERS.items()],
                "requestBody": {"required": True, "content": {"application/json": {"schema": event}}},
                "responses": {
                    "2XX": {"description": "It is yours now."},
                    "410": {"description": "You want no more: the webhook is switched off."},
                    "default": {"description": "Anything else is a failure, and it is tried again."},
                },
            }
        }
    }


def _header(name: str, words: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "description": words, "schema": {"type": "string"}}
