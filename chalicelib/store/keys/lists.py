"""Keys on the indexes, each named for what it lists."""

from datetime import datetime

from chalicelib.store.keys.form import DUE_SHARDS, SHARDS, Key, hashed, month, shard, time


# Index `inbox`: the tickets of one team that wait for us / for others / for nobody, by last activity.
def inbox(team_id: str | None, group: str, updated_at: datetime, ticket_id: str) -> Key:
    part = f"done#{month(updated_at)}" if group == "done" else group
    return inbox_part(team_id, part, shard(ticket_id, SHARDS)), f"{time(updated_at)}#{ticket_id}"


def inbox_part(team_id: str | None, part: str, shard: int) -> str:
    return f"INBOX#{team_id or 'none'}#{part}#{shard}"


# Index `assignee`: the same for one agent, or for nobody.
def assignee(agent_id: str | None, group: str, updated_at: datetime, ticket_id: str) -> Key:
    part = f"done#{month(updated_at)}" if group == "done" else group
    return assignee_part(agent_id, part, shard(ticket_id, SHARDS)), f"{time(updated_at)}#{ticket_id}"


def assignee_part(agent_id: str | None, part: str, shard: int) -> str:
    return f"ASSIGNEE#{agent_id or 'none'}#{part}#{shard}"


# Index `customer`: all tickets of a customer, by birth.
def customer_tickets(customer_id: str, created_at: datetime, ticket_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"{time(created_at)}#{ticket_id}"


# Index `customer`, too: every message of a customer, whatever its ticket and channel, oldest first.
def customer_messages(customer_id: str, message_id: str) -> Key:
    return f"CUSTOMER#{customer_id}#MESSAGES", message_id


# Which message did he write into somebody else's ticket? On the same list.
def wrote_elsewhere(customer_id: str, message_id: str, ticket_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"WROTE#{message_id}#{ticket_id}"


# Index `customer`, too: the sign-ins that were asked for with an address or a number.
def sign_ins_of(address: str, sign_in_id: str) -> Key:
    return f"SIGNINS#{hashed(address)}", sign_in_id


# Index `created`: everything of one kind born in a month, by birth.
def created(kind: str, created_at: datetime, id: str) -> Key:
    return created_part(kind, month(created_at), shard(id, SHARDS)), f"{time(created_at)}#{id}"


def created_part(kind: str, month: str, shard: int) -> str:
    return f"CREATED#{kind}#{month}#{shard}"


# Index `promise`: the tickets of a team to which something was promised, soonest first.
def promise_part(team_id: str | None, shard: int) -> str:
    return f"PROMISE#{team_id or 'none'}#{shard}"


# Index `due`: what a timer must look at, soonest first.
def due(next_at: datetime, id: str) -> Key:
    return due_part(shard(id, DUE_SHARDS)), f"{time(next_at)}#{id}"


def due_part(shard: int) -> str:
    return f"DUE#{shard}"
