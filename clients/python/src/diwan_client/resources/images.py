"""Pictures of articles.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from typing import Literal

from diwan_client import answers
from diwan_client.resource import Resource, conditions
from diwan_client.transport import Call


class Images(Resource):
    """Pictures of articles."""

    def create(
        self,
        *,
        name: str,
        content_type: Literal["image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"],
        size: int,
        idempotency_key: str | None = None,
    ) -> answers.Image:
        """Announce a picture.

        The form in the answer uploads exactly this picture, within the hour; `path` goes into the article's Markdown.
        It is public for whoever knows its address, whatever the visibility of the articles that show it. Takes the
        scope `articles:write`.

        Args:
            name: What it is called, or who it is.
            content_type: The media type, as image/png.
            size: In octets.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Image,
            Call(
                "POST",
                "/v1/images",
                body={"name": name, "content_type": content_type, "size": size},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )
