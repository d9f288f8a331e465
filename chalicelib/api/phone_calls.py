"""Phone calls that requests write down: a message of the channel `phone` tells of one, and no other does."""

from msgspec import UNSET

from chalicelib.api.problem_words import fault
from chalicelib.api.schemas.phone_calls import PhoneCall
from chalicelib.api.schemas.tickets import FirstMessage, NewMessage
from chalicelib.domain import call as calls
from chalicelib.domain.call import CHANNEL, Call
from chalicelib.errors import Fault, Invalid


def of(body: NewMessage | FirstMessage, at: str, locale: str) -> Call | None:
    """The call that the message at the pointer `at` tells of; None of one that does not.

    Raises:
        Invalid: with every fault: a call on another channel, or a channel `phone` without one; a call that cannot
            have happened so; one of ours that the customer is said to have made; neither a call, a text nor a file.
    """
    call = Call(body.call.direction, body.call.outcome, body.call.seconds) if body.call else None
    faults = [*_of_channel(body, at, locale), *_of_call(call, body.author.type, f"{at}/call", locale)]
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))
    return call


def text(body: NewMessage | FirstMessage) -> str:
    """What was written; empty where nothing was, beside a call or files."""
    return "" if body.text is UNSET else body.text


def shown(call: Call | None) -> PhoneCall | None:
    return PhoneCall(call.direction, call.outcome, call.seconds) if call else None  # type: ignore[arg-type]


def _of_channel(body: NewMessage | FirstMessage, at: str, locale: str) -> list[Fault]:
    found = []
    if body.call and body.channel != CHANNEL:
        found.append(fault("unknown-value", f"{at}/channel", locale, allowed=CHANNEL))
    if body.channel == CHANNEL and not body.call:
        found.append(fault("required", f"{at}/call", locale, name="call"))
    if body.text is UNSET and not body.call and not body.attachments:
        found.append(fault("required", f"{at}/text", locale, name="text"))
    return found


def _of_call(call: Call | None, author: str, at: str, locale: str) -> list[Fault]:
    wrong = calls.fault(call) if call else None
    found = [fault(wrong[1], f"{at}/{wrong[0]}", locale)] if wrong else []
    if call and author == "customer" and not call.is_incoming:
        found.append(fault("not-together", f"{at}/direction", locale, name="author"))
    return found
