"""The API about itself.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from typing import Any

from diwan_client import answers
from diwan_client.resource import Resource
from diwan_client.transport import Call


class Meta(Resource):
    """The API about itself."""

    def openapi(self) -> dict[str, Any]:
        """This document.

        OpenAPI 3.1, made of the very types that check the requests.
        """
        return self._answer(dict[str, Any], Call("GET", "/v1/openapi.json"))

    def health(self) -> answers.Health:
        """The health of the service.

        200 when the table answers; else 503 and what is wrong. Mail is counted a quarter of an hour after it came.
        """
        return self._answer(answers.Health, Call("GET", "/health"))
