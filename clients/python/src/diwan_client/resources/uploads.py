"""Files for messages.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from typing import Literal

from diwan_client import answers
from diwan_client.resource import Resource, conditions
from diwan_client.transport import UNSET, Call, Unset


class Uploads(Resource):
    """Files for messages."""

    def create(
        self,
        *,
        name: str,
        content_type: str,
        size: int,
        purpose: Literal["import", "message"] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Upload:
        """Announce a file.

        The form in the answer uploads exactly this file, within the hour. A message can name it within a day, an import
        within a week. Takes the scope `tickets:write`.

        Args:
            name: What it is called, or who it is.
            content_type: The media type, as image/png.
            size: In octets.
            purpose: What the file is for: a message, or an import job.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Upload,
            Call(
                "POST",
                "/v1/uploads",
                body={"name": name, "content_type": content_type, "size": size, "purpose": purpose},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )
