"""A typed client of Diwan's ticket API.

from diwan_client import Diwan

with Diwan("https://help.example.org", api_key) as diwan:
    for ticket in diwan.tickets.list(status=["new"]):
        print(ticket.number, ticket.subject)
"""

from diwan_client.client import Diwan
from diwan_client.errors import (
    ApiError,
    BadRequest,
    Conflict,
    DiwanError,
    Fault,
    Forbidden,
    Invalid,
    InvalidSignature,
    NoAnswer,
    NotFound,
    NotModified,
    ServiceFailed,
    TimedOut,
    TooManyRequests,
    Unauthorized,
    UnreadableAnswer,
    VersionMismatch,
)
from diwan_client.pages import Page
from diwan_client.retries import Retries
from diwan_client.signatures import verify
from diwan_client.transport import UNSET
from diwan_client.version import VERSION

__all__ = [
    "UNSET",
    "VERSION",
    "ApiError",
    "BadRequest",
    "Conflict",
    "Diwan",
    "DiwanError",
    "Fault",
    "Forbidden",
    "Invalid",
    "InvalidSignature",
    "NoAnswer",
    "NotFound",
    "NotModified",
    "Page",
    "Retries",
    "ServiceFailed",
    "TimedOut",
    "TooManyRequests",
    "Unauthorized",
    "UnreadableAnswer",
    "VersionMismatch",
    "verify",
]
