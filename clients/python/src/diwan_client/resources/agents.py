"""Who answers.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Agents(Resource):
    """Who answers."""

    def create(
        self,
        *,
        name: str,
        email: str,
        names: requests.Names | Unset = UNSET,
        role: Literal["admin", "agent"] | Unset = UNSET,
        team_ids: Sequence[str] | Unset = UNSET,
        locale: Literal["ar", "en"] | Unset = UNSET,
        notifications: Literal["assigned", "none"] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Agent:
        """Make an agent.

        He signs in with a link that is mailed to his address; no invitation is sent. Takes the scope `admin`.

        Args:
            name: What it is called, or who it is.
            email: An address of mail.
            names: What it is called, in each language.
            role: `admin` may do everything, `agent` all that customers need.
            team_ids: The teams he answers for.
            locale: The language: `en` or `ar`.
            notifications: What the agent is mailed: `assigned`, when somebody else gives him a ticket or a customer
                writes in one of his, or `none`.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Agent,
            Call(
                "POST",
                "/v1/agents",
                body={
                    "name": name,
                    "email": email,
                    "names": names,
                    "role": role,
                    "team_ids": team_ids,
                    "locale": locale,
                    "notifications": notifications,
                },
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(self, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET) -> Page[answers.Agent]:
        """List agents.

        In the order they came, those who left too (`active` is false). Takes the scope `tickets:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.Agent, "/v1/agents", {"limit": limit, "cursor": cursor})

    def get(self, agent_id: str, *, if_none_match: int | None = None) -> answers.Agent:
        """Read an agent.

        One of them. Takes the scope `tickets:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Agent,
            Call("GET", f"/v1/agents/{in_path(agent_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        agent_id: str,
        *,
        name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        names: requests.Names | Unset = UNSET,
        role: Literal["admin", "agent"] | Unset = UNSET,
        team_ids: Sequence[str] | Unset = UNSET,
        locale: Literal["ar", "en"] | Unset = UNSET,
        notifications: Literal["assigned", "none"] | Unset = UNSET,
        active: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Agent:
        """Change an agent.

        Only what is given changes; languages that `names` leaves out stay. Takes the scope `admin`.

        Args:
            name: What it is called, or who it is.
            email: An address of mail.
            names: What it is called, in each language.
            role: `admin` may do everything, `agent` all that customers need.
            team_ids: The teams he answers for.
            locale: The language: `en` or `ar`.
            notifications: What the agent is mailed: `assigned`, when somebody else gives him a ticket or a customer
                writes in one of his, or `none`.
            active: False: out of use, and kept since history names it.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Agent,
            Call(
                "PATCH",
                f"/v1/agents/{in_path(agent_id)}",
                body={
                    "name": name,
                    "email": email,
                    "names": names,
                    "role": role,
                    "team_ids": team_ids,
                    "locale": locale,
                    "notifications": notifications,
                    "active": active,
                },
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, agent_id: str, *, if_match: int | None = None) -> None:
        """Let an agent go.

        He is signed out at once, his keys are revoked, and nobody can assign a ticket to him. His tickets stay his.
        Takes the scope `admin`.

        Args:
            if_match: change it only if it still has this `version`
        """
        self._done(Call("DELETE", f"/v1/agents/{in_path(agent_id)}", headers=conditions(if_match=if_match)))
