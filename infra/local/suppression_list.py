"""Plays SES's account suppression list, which moto does not know: nobody is on it who is not put there.

https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteSuppressedDestination.html
"""

import json
from typing import Any
from urllib.parse import unquote

listed: set[str] = set()


def play() -> None:
    """Teach moto the one call that the product makes of it."""
    from moto.sesv2.responses import SESV2Response

    SESV2Response.delete_suppressed_destination = _delete  # type: ignore[attr-defined]


def _delete(response: Any) -> tuple[int, dict[str, str], str]:
    email = unquote(response.path.rpartition("/")[2])
    if email not in listed:
        missing = {"message": f"Email address {email} does not exist on your suppression list."}
        return 404, {"x-amzn-ErrorType": "NotFoundException"}, json.dumps(missing)
    listed.remove(email)
    return 200, {}, "{}"
