"""The help centre.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from typing import Literal

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Articles(Resource):
    """The help centre."""

    def create(
        self,
        *,
        category_id: str,
        translations: requests.NewArticleTexts,
        visibility: Literal["agents", "customers", "public"] | Unset = UNSET,
        position: int | Unset = UNSET,
        publish: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Article:
        """Write an article.

        A draft, unless `publish` is true: then it is in the help centre, and in the search within seconds. Takes the
        scope `articles:write`.

        Args:
            category_id: The category it stands in.
            translations: Its texts, in each language.
            visibility: Who may read it: everybody, customers who have signed in, agents.
            position: Lower comes first.
            publish: Whether its readers see it at once.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Article,
            Call(
                "POST",
                "/v1/articles",
                body={
                    "category_id": category_id,
                    "translations": translations,
                    "visibility": visibility,
                    "position": position,
                    "publish": publish,
                },
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(
        self,
        *,
        category_id: str | Unset = UNSET,
        state: Literal["archived", "draft", "published"] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
    ) -> Page[answers.Article]:
        """List articles.

        All of them, drafts and archived ones too, newest first. Takes the scope `articles:read`.

        Args:
            category_id: The category it stands in.
            state: Only articles in this state.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.Article,
            "/v1/articles",
            {"category_id": category_id, "state": state, "limit": limit, "cursor": cursor},
        )

    def get(self, article_id: str, *, if_none_match: int | None = None) -> answers.Article:
        """Read an article.

        In all its languages. Takes the scope `articles:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Article,
            Call("GET", f"/v1/articles/{in_path(article_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        article_id: str,
        *,
        category_id: str | Unset = UNSET,
        visibility: Literal["agents", "customers", "public"] | Unset = UNSET,
        translations: requests.ArticleTextChanges | Unset = UNSET,
        position: int | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Article:
        """Change an article.

        Only what is given changes. A former slug keeps leading to the article. Takes the scope `articles:write`.

        Args:
            category_id: The category it stands in.
            visibility: Who may read it: everybody, customers who have signed in, agents.
            translations: Its texts, in each language.
            position: Lower comes first.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Article,
            Call(
                "PATCH",
                f"/v1/articles/{in_path(article_id)}",
                body={
                    "category_id": category_id,
                    "visibility": visibility,
                    "translations": translations,
                    "position": position,
                },
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, article_id: str, *, if_match: int | None = None) -> None:
        """Delete an article.

        It is gone from pages, search and lists, for good; archiving it takes it out of the help centre for a while.
        Takes the scope `articles:write`.

        Args:
            if_match: change it only if it still has this `version`
        """
        self._done(Call("DELETE", f"/v1/articles/{in_path(article_id)}", headers=conditions(if_match=if_match)))

    def publish(
        self, article_id: str, *, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.Article:
        """Publish an article.

        Shows it to whom its visibility allows. Takes the scope `articles:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Article,
            Call(
                "POST",
                f"/v1/articles/{in_path(article_id)}/publish",
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def archive(
        self, article_id: str, *, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.Article:
        """Archive an article.

        Takes it out of pages and search; publishing brings it back. Takes the scope `articles:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Article,
            Call(
                "POST",
                f"/v1/articles/{in_path(article_id)}/archive",
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )
