"""Whether an answer by WhatsApp may go out, and as what: freely for 24 hours, later as the shop's template or not."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib import clock, settings
from chalicelib.domain.whatsapp_session import is_open
from chalicelib.errors import Fault, Invalid
from chalicelib.store import shop, whatsapp_sessions

OVER = "whatsapp-session-over"


@dataclass(frozen=True)
class Standing:
    """`open_until` is when the session ends, None when it is over. `by_template`: what goes out then is the template.

    `connected` is whether the shop has a number on WhatsApp at all.
    """

    open_until: datetime | None
    by_template: bool
    connected: bool = True

    @property
    def may_write(self) -> bool:
        return self.connected and (self.open_until is not None or self.by_template)


def standing(number: str) -> Standing:
    """How it stands with a number (E.164) now."""
    session = whatsapp_sessions.of(number)
    until = session.ends_at if session and is_open(session, clock.now()) else None
    connected = bool(settings.whatsapp_phone_number_id())
    return Standing(until, until is None and shop.read().whatsapp.template is not None, connected)


def refuse_over(number: str, pointer: str = "/channel") -> None:
    """Let only pass what can be sent; `pointer` is where the request names the channel, empty where it does not.

    Raises:
        Invalid: code `whatsapp-session-over`, it is over and the shop has no template; `channel-not-available`, the
            shop has no number on WhatsApp.
    """
    found = standing(number)
    if not found.connected:
        raise _refusal("channel-not-available", "This shop has no number on WhatsApp.", pointer)
    if not found.may_write:
        raise _refusal(
            OVER,
            "This customer has not written on WhatsApp within 24 hours, and the shop has no approved template. "
            "Answer by another channel.",
            pointer,
        )


def _refusal(code: str, words: str, pointer: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault(pointer, code, words),))
