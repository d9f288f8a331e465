"""Words that agents use again and again.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Macros(Resource):
    """Words that agents use again and again."""

    def create(
        self,
        *,
        name: str,
        texts: requests.MacroTexts,
        position: int | Unset = UNSET,
        team_id: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Macro:
        """Make a macro.

        A place that nothing fills is refused by its name. With a `team_id` it is offered on that team's tickets only.
        Takes the scope `admin`.

        Args:
            name: What agents choose it by.
            texts: What is written, in each language.
            position: Lower comes first.
            team_id: The team on whose tickets it is offered; null: on all.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Macro,
            Call(
                "POST",
                "/v1/macros",
                body={"name": name, "texts": texts, "position": position, "team_id": team_id},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(self, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET) -> Page[answers.Macro]:
        """List macros.

        By position, then by name: as the desk offers them. Takes the scope `tickets:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.Macro, "/v1/macros", {"limit": limit, "cursor": cursor})

    def get(self, macro_id: str, *, if_none_match: int | None = None) -> answers.Macro:
        """Read a macro.

        One of them, with its places as they were written. Takes the scope `tickets:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Macro,
            Call("GET", f"/v1/macros/{in_path(macro_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        macro_id: str,
        *,
        name: str | Unset = UNSET,
        texts: requests.MacroTextsChange | Unset = UNSET,
        position: int | Unset = UNSET,
        team_id: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Macro:
        """Change a macro.

        Only what is given changes; of `texts` the languages given. Takes the scope `admin`.

        Args:
            name: What agents choose it by.
            texts: What is written, in each language.
            position: Lower comes first.
            team_id: The team on whose tickets it is offered; null: on all.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Macro,
            Call(
                "PATCH",
                f"/v1/macros/{in_path(macro_id)}",
                body={"name": name, "texts": texts, "position": position, "team_id": team_id},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, macro_id: str, *, if_match: int | None = None) -> None:
        """Delete a macro.

        What was written with it stays. Takes the scope `admin`.

        Args:
            if_match: change it only if it still has this `version`
        """
        self._done(Call("DELETE", f"/v1/macros/{in_path(macro_id)}", headers=conditions(if_match=if_match)))
