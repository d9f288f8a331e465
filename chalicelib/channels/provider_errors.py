"""A failed call to SES or SNS as what the sender may do next: wait, give up, or wait to hear whether it went out."""

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
# What an agent reads, by what SES's own words hold; those follow behind.
_WORDS = {
    "not verified": "The mail service knows this address or our own as not verified. As long as its account is in the "
    "sandbox, it sends to verified addresses only.",
    "length": "The mail is too large for the mail service.",
    "too large": "The mail is too large for the mail service.",
    "address": "The mail service does not take this address.",
}


def read(error: Exception) -> Exception:
    """The failure of a botocore call as Throttled, Rejected or Unknown, or `error` itself when the fault is ours."""
    from botocore.exceptions import ClientError, HTTPClientError

    if isinstance(error, ClientError):
        return _refusal(error.response)
    if type(error).__name__ in _UNREACHED:
        return Throttled(type(error).__name__, UNREACHED_WAIT)
    if isinstance(error, HTTPClientError):
        return Unknown(type(error).__name__)
    return error


def _refusal(response: Any) -> Exception:
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
    return Rejected(_in_words(message, reason))


def _in_words(message: str, reason: str) -> str:
    known = next((words for sign, words in _WORDS.items() if sign in message.lower()), None)
    return f"{known} ({reason})" if known else reason
