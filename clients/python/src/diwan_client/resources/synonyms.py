"""Words that stand for each other when customers search.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Synonyms(Resource):
    """Words that stand for each other when customers search."""

    def create(
        self,
        *,
        locale: Literal["ar", "en"],
        words: Sequence[str],
        visibility: Literal["agents", "customers", "public"] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.SynonymSet:
        """Make a set of synonyms.

        The search follows within seconds. What stands in an article counts more than what stands for it. Takes the
        scope `articles:write`.

        Args:
            locale: The language they are of.
            words: Of one word or several each; whoever searches for one finds the others as well.
            visibility: Whose searches know them: everybody’s, signed-in customers’, or agents’ only.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.SynonymSet,
            Call(
                "POST",
                "/v1/synonyms",
                body={"locale": locale, "words": words, "visibility": visibility},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(
        self, *, locale: Literal["ar", "en"] | Unset = UNSET, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.SynonymSet]:
        """List synonyms.

        By language, then by their first words. Takes the scope `articles:read`.

        Args:
            locale: Only sets of this language.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.SynonymSet, "/v1/synonyms", {"locale": locale, "limit": limit, "cursor": cursor})

    def get(self, synonym_id: str, *, if_none_match: int | None = None) -> answers.SynonymSet:
        """Read a set of synonyms.

        One of them. Takes the scope `articles:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.SynonymSet,
            Call("GET", f"/v1/synonyms/{in_path(synonym_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        synonym_id: str,
        *,
        locale: Literal["ar", "en"] | Unset = UNSET,
        words: Sequence[str] | Unset = UNSET,
        visibility: Literal["agents", "customers", "public"] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.SynonymSet:
        """Change a set of synonyms.

        Only what is given changes; `words` are all of them. Takes the scope `articles:write`.

        Args:
            locale: The language they are of.
            words: Of one word or several each; whoever searches for one finds the others as well.
            visibility: Whose searches know them: everybody’s, signed-in customers’, or agents’ only.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.SynonymSet,
            Call(
                "PATCH",
                f"/v1/synonyms/{in_path(synonym_id)}",
                body={"locale": locale, "words": words, "visibility": visibility},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, synonym_id: str, *, if_match: int | None = None) -> None:
        """Delete a set of synonyms.

        Its words stand for themselves again. Takes the scope `articles:write`.

        Args:
            if_match: change it only if it still has this `version`
        """
        self._done(Call("DELETE", f"/v1/synonyms/{in_path(synonym_id)}", headers=conditions(if_match=if_match)))
