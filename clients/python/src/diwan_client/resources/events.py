"""Every change, in order.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource
from diwan_client.transport import UNSET, Unset


class Events(Resource):
    """Every change, in order."""

    def list(
        self, *, after: int | Unset = UNSET, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.Event]:
        """Follow the events.

        Oldest first. At the end of the feed ask again with `after` set to the last `sequence` you have. Takes the scope
        `tickets:read`.

        Args:
            after: The `sequence` of the last event you have read; 0 begins with the first ever.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.Event, "/v1/events", {"after": after, "limit": limit, "cursor": cursor})
