"""What customers searched for.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from typing import Literal

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource
from diwan_client.transport import UNSET, Unset


class Searches(Resource):
    """What customers searched for."""

    def list(
        self,
        *,
        found: bool | Unset = UNSET,
        locale: Literal["ar", "en"] | Unset = UNSET,
        days: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
    ) -> Page[answers.Searched]:
        """List what was searched for.

        In the help centre, the most searched first; with `found=false`, what was searched for in vain most often.
        Counted are words, nobody's name: no query with an address or a number of six digits in it, none of robots, none
        longer than 80 characters. Searches by the API are not counted. Counts are kept for 90 days. Takes the scope
        `articles:read`.

        Args:
            found: Whether the last search for it found anything.
            locale: Only searches in this language.
            days: The newest so many days, today among them.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.Searched,
            "/v1/searches",
            {"found": found, "locale": locale, "days": days, "limit": limit, "cursor": cursor},
        )
