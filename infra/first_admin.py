"""`python -m infra.first_admin`: lets the first person into a deployment, and back in whoever locked himself out.

Whoever holds the AWS account may do this, and nobody else can: an admin is made by an admin. He signs in at
`/agent/sign-in` by a link that comes by mail, or uses the key that is shown here once.
"""

import os
from dataclasses import dataclass

from infra.deploy import stack_parameters


@dataclass(frozen=True)
class LetIn:
    """`key` is the API key itself, with every scope; it is kept nowhere."""

    agent_id: str
    key: str


def main() -> None:
    """Make `EMAIL` an admin of the stage `STAGE`, named `NAME`, and print a key for him.

    Raises:
        SystemExit: STAGE or EMAIL is not set, EMAIL is no address, or the stage does not stand.
    """
    stage, email = os.environ.get("STAGE"), os.environ.get("EMAIL", "")
    if not stage or "@" not in email:
        raise SystemExit("say which stage and who: make admin STAGE=prod EMAIL=you@example.com NAME='Your Name'")
    standing = stack_parameters(f"diwan-{stage}")
    if "TableName" not in standing:
        raise SystemExit(f"there is no deployment {stage}: run `make deploy` first")
    # Read when the rows are imported, which is why that happens below.
    os.environ["DIWAN_TABLE"] = standing["TableName"]
    made = let_in(email.strip().lower(), os.environ.get("NAME", email.partition("@")[0]))
    print(f"{email} is an admin ({made.agent_id}) and signs in at {standing['PublicUrl']}/agent/sign-in")
    print(f"API key with every scope, shown this once: {made.key}")


def let_in(email: str, name: str) -> LetIn:
    """An active admin with that address (made, or made again of an agent who has it), and a new key of his."""
    from chalicelib.actions import change_api_key, change_staff
    from chalicelib.domain.event import SYSTEM
    from chalicelib.store import staff

    known = staff.agent_by_email(email)
    if known:
        agent = change_staff.change_agent(known.id, {"role": "admin", "active": True}, SYSTEM)
    else:
        agent = change_staff.create_agent({"name": name, "email": email, "role": "admin"})
    wanted = {"name": f"first key of {agent.name}", "scopes": ("admin",), "agent_id": agent.id}
    _, token = change_api_key.create(wanted, SYSTEM)
    return LetIn(agent.id, token)


if __name__ == "__main__":
    main()
