"""Finding articles.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from typing import Literal

from diwan_client import answers
from diwan_client.resource import Resource
from diwan_client.transport import UNSET, Call, Unset


class Search(Resource):
    """Finding articles."""

    def articles(
        self,
        *,
        q: str,
        locale: Literal["ar", "en"] | Unset = UNSET,
        category_id: str | Unset = UNSET,
        audience: Literal["agents", "customers", "public"] | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> answers.SearchResults:
        """Search articles.

        Published articles, best first. What was just published is found within seconds. Takes the scope
        `articles:read`.

        Args:
            limit: At most this many.
        """
        return self._answer(
            answers.SearchResults,
            Call(
                "GET",
                "/v1/search/articles",
                query={"q": q, "locale": locale, "category_id": category_id, "audience": audience, "limit": limit},
            ),
        )
