"""A failed call to SES or SNS as what the sender may do next: wait, give up, or wait to hear whether it went out."""

import re
from collections.abc import Sequence
from typing import Any

from chalicelib.channels.sending import Rejected, Throttled, Unknown

QUOTA_WAIT = 3_600
RATE_WAIT = 2
UNREACHED_WAIT = 30

# No connection was made, so nothing can have been sent.
_UNREACHED = {"EndpointConnectionError", "ConnectTimeoutError", "ProxyConnectionError"}
_THROTTLES = ("Throttl", "TooManyRequests", "RequestLimitExceeded")
SETUP_WAIT = 900
# Our own set-up is wrong, not the message: it waits until somebody has put it right.
_SETUP = (
    "AccessDenied",
    "MailFromDomainNotVerified",
    "ExpiredToken",
    "UnrecognizedClient",
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "NotFound",
)
# The day's quota, or an account that may not send at the moment: nothing goes out for a while, whatever it is.
_PAUSES = ("SendingPaused", "AccountSendingPaused", "AccountSuspended", "LimitExceeded")
# Which reason of `delivery_reason` it is, by what SES's own words hold.
_CODES = {
    "not verified": "own-address-unverified",
    "authority to send": "own-address-unverified",
    "length": "too-large-to-send",
    "too large": "too-large-to-send",
    "address": "bad-address",
}
# "Email address is not verified. The following identities failed the check in region EU-WEST-1: a@example.org, …"
_FAILED_CHECK = re.compile(r"failed the check in region [\w-]+:(.*)", re.DOTALL)


def read(error: Exception, to: Sequence[str] = ()) -> Exception:
    """The failure of a botocore call as Throttled, Rejected or Unknown, or `error` itself when the fault is ours.

    `to` are the recipients: what names nobody else is a refusal of theirs, not of our own address.
    """
    from botocore.exceptions import ClientError, HTTPClientError

    if isinstance(error, ClientError):
        return _refusal(error.response, to)
    if type(error).__name__ in _UNREACHED:
        return Throttled(type(error).__name__, UNREACHED_WAIT)
    if isinstance(error, HTTPClientError):
        return Unknown(type(error).__name__)
    return error


def _refusal(response: Any, to: Sequence[str]) -> Exception:
    code, message = response["Error"].get("Code", ""), response["Error"].get("Message", "")
    reason = f"{code}: {message}"
    if code.startswith(_PAUSES):
        return Throttled(reason, QUOTA_WAIT)
    if code.startswith(_SETUP):
        return Throttled(reason, SETUP_WAIT)
    if code.startswith(_THROTTLES):
        # SES has one code for the day's quota and for the rate a second ("Daily message quota exceeded").
        return Throttled(reason, QUOTA_WAIT if "daily" in message.lower() else RATE_WAIT)
    if response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400) >= 500:
        return Unknown(reason)
    return Rejected(reason, _code(message, to))


def _code(message: str, to: Sequence[str]) -> str:
    code = next((code for sign, code in _CODES.items() if sign in message.lower()), "not-taken")
    return "sandbox" if code == "own-address-unverified" and _names_only(message, to) else code


def _names_only(message: str, to: Sequence[str]) -> bool:
    """Whether the addresses that SES calls not verified are all recipients', as it happens in its sandbox."""
    match = _FAILED_CHECK.search(message)
    named = {one.strip().lower() for one in match[1].split(",")} if match else set()
    return bool(named) and named <= {one.lower() for one in to}
