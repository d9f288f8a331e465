"""Groups of agents, each with a queue of its own.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Teams(Resource):
    """Groups of agents, each with a queue of its own."""

    def create(
        self,
        *,
        names: requests.NewNames,
        email: str | Unset | None = UNSET,
        signatures: requests.Signatures | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Team:
        """Make a team.

        Agents are put into it by their own `team_ids`. Takes the scope `admin`.

        Args:
            names: What it is called, in each language.
            email: An address of the team's own, which no agent and no other team has; null: none.
            signatures: What stands under answers in its tickets, by language.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Team,
            Call(
                "POST",
                "/v1/teams",
                body={"names": names, "email": email, "signatures": signatures},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(self, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET) -> Page[answers.Team]:
        """List teams.

        In the order they came, those that were dissolved too (`active` is false). Takes the scope `tickets:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.Team, "/v1/teams", {"limit": limit, "cursor": cursor})

    def get(self, team_id: str, *, if_none_match: int | None = None) -> answers.Team:
        """Read a team.

        One of them; `name` is in the language of Accept-Language. Takes the scope `tickets:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Team, Call("GET", f"/v1/teams/{in_path(team_id)}", headers=conditions(if_none_match=if_none_match))
        )

    def update(
        self,
        team_id: str,
        *,
        names: requests.Names | Unset = UNSET,
        email: str | Unset | None = UNSET,
        signatures: requests.Signatures | Unset = UNSET,
        active: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Team:
        """Change a team.

        Only what is given changes; languages that `names` and `signatures` leave out stay. Takes the scope `admin`.

        Args:
            names: What it is called, in each language.
            email: An address of the team's own, which no agent and no other team has; null: none.
            signatures: What stands under answers in its tickets, by language.
            active: False: out of use, and kept since history names it.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Team,
            Call(
                "PATCH",
                f"/v1/teams/{in_path(team_id)}",
                body={"names": names, "email": email, "signatures": signatures, "active": active},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, team_id: str, *, if_match: int | None = None) -> None:
        """Dissolve a team.

        No ticket can be given to it any more; those that it has stay its own, and every list finds them. Takes the
        scope `admin`.

        Args:
            if_match: change it only if it still has this `version`
        """
        self._done(Call("DELETE", f"/v1/teams/{in_path(team_id)}", headers=conditions(if_match=if_match)))
