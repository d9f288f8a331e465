"""Plays SES's account suppression list, which moto does not know: nobody is on it who is not put there.

https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteSuppressedDestination.html
"""

import json
from typing import Any
from urllib.parse import unquote

PLACE = "/v2/email/suppression/addresses/"

listed: set[str] = set()

Answer = tuple[int, dict[str, str], str]


def remove(email: str) -> Answer:
    """What SES answers who asks it to take that address off: status, headers and body."""
    if email not in listed:
        missing = {"message": f"Email address {email} does not exist on your suppression list."}
        return 404, {"x-amzn-ErrorType": "NotFoundException", "Content-Type": "application/json"}, json.dumps(missing)
    listed.remove(email)
    return 200, {"Content-Type": "application/json"}, "{}"


def play() -> None:
    """Teach it to moto within a process; moto as a server has no such address at all."""
    from moto.sesv2.responses import SESV2Response

    SESV2Response.delete_suppressed_destination = _delete  # type: ignore[attr-defined]


def _delete(response: Any) -> Answer:
    return remove(unquote(response.path.rpartition("/")[2]))
