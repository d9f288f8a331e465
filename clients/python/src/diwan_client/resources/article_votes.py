"""Whether articles help.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers
from diwan_client.resource import Resource, in_path
from diwan_client.transport import Call


class ArticleVotes(Resource):
    """Whether articles help."""

    def get(self, article_id: str) -> answers.ArticleVotes:
        """Read how an article was voted on.

        The counts of “was this helpful?”, in all and of the text as it is now, and what readers missed. Takes the scope
        `articles:read`.
        """
        return self._answer(answers.ArticleVotes, Call("GET", f"/v1/articles/{in_path(article_id)}/votes"))
