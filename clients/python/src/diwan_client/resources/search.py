"""Finding articles and tickets.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource
from diwan_client.transport import UNSET, Call, Unset


class Search(Resource):
    """Finding articles and tickets."""

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

        Published articles, best first: in all languages, unless `locale` names one. What was just published is found
        within seconds; with `audience=agents` at once. Of `q` the first 1,000 characters and 64 words count. Nothing
        that can be typed is refused. Takes the scope `articles:read`.

        Args:
            q: The words to look for; a misspelt one is found too.
            locale: Only articles in this language.
            category_id: Only articles of this category.
            audience: Whose articles are looked through.
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

    def tickets(
        self,
        *,
        q: str,
        status: Sequence[Literal["closed", "new", "on_hold", "open", "pending", "solved"]] | Unset = UNSET,
        team_id: str | Unset = UNSET,
        assignee_id: str | Unset = UNSET,
        customer_id: str | Unset = UNSET,
        channel: Literal["api", "chat", "email", "phone", "portal", "sms", "whatsapp"] | Unset = UNSET,
        tag: str | Unset = UNSET,
        created_after: datetime | Unset = UNSET,
        created_before: datetime | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
    ) -> Page[answers.TicketHit]:
        """Search tickets.

        By every word, in messages, notes, subjects, names, tags and names of files; by any if no ticket holds all. A
        change is found at once. Of very many at the same time, as an import makes, those of older tickets are found
        within minutes; until then such a ticket is found by what it held before. Each ticket shown is as it is now. Of
        a long one the newest 100 messages and 50,000 signs are searched. Pages are no snapshot: what changes between
        two of them may show a ticket twice, or leave one out. Where OpenSearch finds the tickets and does not answer,
        this refuses with `unavailable`; what is called just what was typed is found even so. Takes the scope
        `tickets:read`.

        Args:
            q: The words to look for.
            status: Only tickets in one of these; several by comma.
            team_id: Only this team's; `none`: of no team.
            assignee_id: Only this agent's; `none`: nobody's.
            customer_id: Only this customer's.
            channel: Only tickets that began by this channel.
            tag: Only tickets that have this tag.
            created_after: Only tickets that were made then or later.
            created_before: Only tickets that were made before then.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.TicketHit,
            "/v1/search/tickets",
            {
                "q": q,
                "status": status,
                "team_id": team_id,
                "assignee_id": assignee_id,
                "customer_id": customer_id,
                "channel": channel,
                "tag": tag,
                "created_after": created_after,
                "created_before": created_before,
                "limit": limit,
                "cursor": cursor,
            },
        )
