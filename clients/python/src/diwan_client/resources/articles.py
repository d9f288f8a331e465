"""The help centre.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from datetime import datetime
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
        publish_at: datetime | Unset | None = UNSET,
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
            publish_at: RFC 3339, UTC.
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
                    "publish_at": publish_at,
                },
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(
        self,
        *,
        category_id: str | Unset = UNSET,
        state: Literal["archived", "draft", "published"] | Unset = UNSET,
        visibility: Literal["agents", "customers", "public"] | Unset = UNSET,
        locale: Literal["ar", "en"] | Unset = UNSET,
        outdated: Literal["any", "ar", "en"] | Unset = UNSET,
        drafts: Literal["any", "ar", "en"] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
    ) -> Page[answers.Article]:
        """List articles.

        All of them, drafts and archived ones too, newest first. Takes the scope `articles:read`.

        Args:
            category_id: The category it stands in.
            state: Only articles in this state.
            visibility: Only articles with this visibility.
            locale: Only articles that there are in this language.
            outdated: Only articles whose text in this language, or in `any`, is outdated.
            drafts: Only articles with a draft in this language, or in `any`, beside what readers see.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.Article,
            "/v1/articles",
            {
                "category_id": category_id,
                "state": state,
                "visibility": visibility,
                "locale": locale,
                "outdated": outdated,
                "drafts": drafts,
                "limit": limit,
                "cursor": cursor,
            },
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
        publish_at: datetime | Unset | None = UNSET,
        draft: bool | Unset = UNSET,
        minor: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Article:
        """Change an article.

        Only what is given changes. A former slug keeps leading to the article. Readers of a published article see the
        change at once, unless it is to be a `draft`. With `publish_at` a draft is published at that time; null: not by
        itself any more. Takes the scope `articles:write`.

        Args:
            category_id: The category it stands in.
            visibility: Who may read it: everybody, customers who have signed in, agents.
            translations: Its texts, in each language.
            position: Lower comes first.
            publish_at: RFC 3339, UTC.
            draft: Whether a published article keeps the texts as drafts; of others the texts change.
            minor: Whether votes on the text go on counting; else they count afresh once readers see it.
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
                    "publish_at": publish_at,
                    "draft": draft,
                    "minor": minor,
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

        Shows it to whom its visibility allows, with its drafts in place of the texts that readers saw so far. Takes the
        scope `articles:write`.

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

        Takes it out of pages and search; publishing brings it back. Its drafts take the place of its texts. Takes the
        scope `articles:write`.

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

    def discard_drafts(self, article_id: str, *, if_match: int | None = None) -> None:
        """Discard the drafts of an article.

        In all languages. They stay among its versions; what readers see stays as it is. Takes the scope
        `articles:write`.

        Args:
            if_match: change it only if it still has this `version`
        """
        self._done(Call("DELETE", f"/v1/articles/{in_path(article_id)}/drafts", headers=conditions(if_match=if_match)))

    def discard_draft(self, article_id: str, locale_id: str, *, if_match: int | None = None) -> None:
        """Discard the draft of a translation.

        In that language alone; where there is none, nothing happens. Takes the scope `articles:write`.

        Args:
            if_match: change it only if it still has this `version`
        """
        self._done(
            Call(
                "DELETE",
                f"/v1/articles/{in_path(article_id)}/drafts/{in_path(locale_id)}",
                headers=conditions(if_match=if_match),
            )
        )

    def move(self, article_id: str, *, after: str | None, idempotency_key: str | None = None) -> answers.Article:
        """Move an article within its category.

        Puts it behind another article of its category; null: first. Its place is no part of its version. Takes the
        scope `articles:write`.

        Args:
            after: Which one it goes behind; null: it goes first.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Article,
            Call(
                "POST",
                f"/v1/articles/{in_path(article_id)}/move",
                body={"after": after},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def confirm(
        self, article_id: str, locale_id: str, *, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.Article:
        """Say that a translation still holds.

        It is outdated no more, although another language changed after it. Takes the scope `articles:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Article,
            Call(
                "POST",
                f"/v1/articles/{in_path(article_id)}/translations/{in_path(locale_id)}/confirm",
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def versions(
        self, article_id: str, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.ArticleVersion]:
        """List the versions of an article.

        Newest first, without their texts. One from before versions were kept has the current one. Takes the scope
        `articles:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.ArticleVersion, f"/v1/articles/{in_path(article_id)}/versions", {"limit": limit, "cursor": cursor}
        )

    def version(self, article_id: str, version_id: str) -> answers.WholeArticleVersion:
        """Read a version of an article.

        In all the languages that it had. Takes the scope `articles:read`.
        """
        return self._answer(
            answers.WholeArticleVersion,
            Call("GET", f"/v1/articles/{in_path(article_id)}/versions/{in_path(version_id)}"),
        )

    def restore(
        self, article_id: str, version_id: str, *, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.Article:
        """Restore a version of an article.

        Gives the article the titles and texts of that version, which is a new version of it. Its addresses, category
        and visibility stay, and so does a language that came later. Takes the scope `articles:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Article,
            Call(
                "POST",
                f"/v1/articles/{in_path(article_id)}/versions/{in_path(version_id)}/restore",
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )
