"""What can go wrong when something is handed to a carrier, told apart by what the sender may do next: wait, give up, or
wait to hear whether it went out after all. Sending again after `Unknown` without waiting would send twice.
"""

from typing import Any

DAY_QUOTA_WAIT = 3_600
RATE_WAIT = 2
UNREACHED_WAIT = 30

_UNREACHED = ("EndpointConnectionError", "ConnectTimeoutError", "ProxyConnectionError")
_THROTTLES = ("Throttl", "TooManyRequests", "LimitExceeded", "RequestLimitExceeded", "SlowDown")
_PAUSES = ("SendingPaused", "AccountSendingPaused", "AccountSuspended")


class Throttled(Exception):
    """It was not sent and nothing is wrong with it: try again after `seconds`, with jitter."""

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


class Rejected(Exception):
    """It was not sent and never will be as it is; `reason` says why, for an agent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unknown(Exception):
    """The carrier gave no answer: it may have been sent."""


def failure(error: Exception) -> Exception:
    """The failure of a botocore call as one of the three, or the error itself when it is a fault of ours."""
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

    if isinstance(error, ClientError):
        return _refusal(error.response)
    if isinstance(error, HTTPClientError | BotoCoreError) and type(error).__name__ in _UNREACHED:
        return Throttled(type(error).__name__, UNREACHED_WAIT)
    if isinstance(error, HTTPClientError):
        return Unknown(type(error).__name__)
    return error


def _refusal(response: Any) -> Exception:
    code, message = response["Error"].get("Code", ""), response["Error"].get("Message", "")
    reason = f"{code}: {message}"
    if code.startswith(_PAUSES):
        return Throttled(reason, DAY_QUOTA_WAIT)
    if code.startswith(_THROTTLES) or "rate exceeded" in message.lower():
        # SES refuses what is over the day's quota with the code it uses for the rate.
        return Throttled(reason, DAY_QUOTA_WAIT if "daily" in message.lower() else RATE_WAIT)
    if response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400) >= 500:
        return Unknown(reason)
    return Rejected(reason)
