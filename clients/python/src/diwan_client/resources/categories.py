"""How the help centre is ordered.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Categories(Resource):
    """How the help centre is ordered."""

    def create(
        self,
        *,
        translations: requests.NewCategoryTexts,
        position: int | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Category:
        """Make a category.

        A place for articles, named in at least one language. Takes the scope `articles:write`.

        Args:
            translations: Its texts, in each language.
            position: Lower comes first.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Category,
            Call(
                "POST",
                "/v1/categories",
                body={"translations": translations, "position": position},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(self, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET) -> Page[answers.Category]:
        """List categories.

        In the order of the help centre. Takes the scope `articles:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.Category, "/v1/categories", {"limit": limit, "cursor": cursor})

    def get(self, category_id: str, *, if_none_match: int | None = None) -> answers.Category:
        """Read a category.

        In all its languages. Takes the scope `articles:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Category,
            Call("GET", f"/v1/categories/{in_path(category_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        category_id: str,
        *,
        translations: requests.CategoryTextChanges | Unset = UNSET,
        position: int | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Category:
        """Change a category.

        Only what is given changes. Takes the scope `articles:write`.

        Args:
            translations: Its texts, in each language.
            position: Lower comes first.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Category,
            Call(
                "PATCH",
                f"/v1/categories/{in_path(category_id)}",
                body={"translations": translations, "position": position},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, category_id: str) -> None:
        """Delete a category.

        Only one without published articles. Takes the scope `articles:write`.
        """
        self._done(Call("DELETE", f"/v1/categories/{in_path(category_id)}"))

    def move(self, category_id: str, *, after: str | None, idempotency_key: str | None = None) -> answers.Category:
        """Move a category.

        Puts it behind another category; null: first. Takes the scope `articles:write`.

        Args:
            after: Which one it goes behind; null: it goes first.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Category,
            Call(
                "POST",
                f"/v1/categories/{in_path(category_id)}/move",
                body={"after": after},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )
