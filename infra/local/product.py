"""The few things the console asks the product itself, past its public doors: links, outcomes, the mail reader.

Everything of the product is imported late: PynamoDB wants to know the table before its classes are made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class People:
    """Whom to sign in as."""

    admin_email: str
    agent_email: str


def people() -> People:
    """The first admin and the first agent of the shop; the admin is both where there is nobody else."""
    from chalicelib.store import staff

    agents = [agent for agent in staff.read().agents.values() if agent.active]
    admin = next(agent.email for agent in agents if agent.role == "admin")
    return People(admin, next((agent.email for agent in agents if agent.role == "agent"), admin))


def sign_in_link(email: str, role: str) -> str:
    """A one-time link that works in whichever browser opens it."""
    from chalicelib.actions import sign_in

    return sign_in.local_link(email, role)


def outcome(ses_id: str) -> dict[str, Any]:
    """What became of a mail."""
    from chalicelib.store import intake

    found = intake.of_mail(ses_id)
    if found is None:
        return {"outcome": "pending", "ticket_id": None, "message_id": None, "reason": None}
    return {name: getattr(found, name) for name in ("outcome", "ticket_id", "message_id", "reason")}


def read_email(raw: bytes) -> dict[str, Any]:
    """What the reader of incoming mail makes of `raw`; nothing is stored."""
    from chalicelib.channels import email_in

    return email_in.summary(raw)


def watch_webhooks(seen: Callable[[str, str, int | None], None]) -> None:
    """Have `seen` told of each attempt to post a webhook: its `webhook-id`, where to, and the answer's status."""
    from chalicelib.channels import webhook_out

    post = webhook_out.post

    def watched(url: str, body: bytes, headers: Mapping[str, str], loopback: bool = False) -> webhook_out.Outcome:
        outcome = post(url, body, headers, loopback)
        seen(headers["webhook-id"], url, outcome.status)
        return outcome

    webhook_out.post = watched


def lay_former() -> None:
    """In a folder of an earlier Diwan, list articles and tickets where this one looks for them, as nights do."""
    from chalicelib.actions import find_organization_tickets, lay_missing_cards

    lay_missing_cards.lay_former()
    find_organization_tickets.list_all()


def see_all_changes() -> None:
    """Let every reader that keeps something in memory look again."""
    from chalicelib.actions import index_tickets, note_search
    from chalicelib.search import articles, tickets
    from chalicelib.store import field_definitions, shop, staff

    articles.forget()
    note_search.forget()
    tickets.forget()
    index_tickets.forget()
    field_definitions.forget()
    shop.forget()
    staff.forget()


def forget_world() -> None:
    """Drop what this process remembers of a world that is gone."""
    from chalicelib import aws, ids
    from chalicelib.store import numbers

    aws.forget_clients()
    ids.forget_last()
    numbers.forget_block()
    see_all_changes()
