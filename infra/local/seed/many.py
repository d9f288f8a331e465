"""A world of many tickets, for measuring: made of the demo's people and real rows, as a shop has after nine months."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from chalicelib.domain.ticket import Ticket
from chalicelib.store import keys, shop
from infra.local.seed import conversations
from infra.local.seed.bulk import Bulk
from infra.local.seed.cast import Cast

# Rows are written as they come: ten thousand tickets are more than memory should hold at once.
PORTION = 500
NINE_MONTHS = 24 * 270
# Most tickets of a shop are done; a busy desk has one in ten before it.
STATUSES = ["closed"] * 75 + ["solved"] * 10 + ["open"] * 7 + ["pending"] * 5 + ["new"] * 2 + ["on_hold"]
CHANNELS = ["email", "portal", "sms", "api"]
QUESTION = "Hello, my order has not come yet. It was promised for last week. Could you look where it is? Thank you."
ANSWER = "Hello, I have looked: it left Sfax yesterday and reaches you in three working days. Sorry for the wait."


def load(count: int, cast: Cast) -> None:
    """Add `count` tickets of three messages each, by the people in `cast`; the same ones every time."""
    dice = random.Random(count)
    rules = shop.read().rules
    lived: list[Ticket] = []
    change = Bulk()
    for start in range(0, count, PORTION):
        lived += conversations.live(change, _stories(dice, min(PORTION, count - start), cast), cast, rules, trail=False)
        change.commit()
    conversations.count(change, lived)
    change.commit()
    first_month = min([keys.month(ticket.updated_at) for ticket in lived] + [shop.read().first_month or "9999"])
    shop.save(replace(shop.read(), first_month=first_month))


def _stories(dice: random.Random, count: int, cast: Cast) -> Iterator[dict[str, Any]]:
    for _ in range(count):
        status = dice.choice(STATUSES)
        done = status in ("solved", "closed")
        hours_ago = dice.uniform(200, NINE_MONTHS) if done else dice.uniform(3, 300)
        assignee = dice.choice([*cast.agents, None]) if status != "new" else None
        yield {
            "customer": dice.choice(list(cast.customers)),
            "subject": f"Order GH-{dice.randrange(80_000, 90_000)}",
            "channel": dice.choice(CHANNELS),
            "locale": dice.choice(["en", "ar"]),
            "status": status,
            "priority": dice.choice(["normal", "normal", "normal", "high", "low"]),
            "team": dice.choice([*cast.teams, None]),
            "assignee": assignee,
            "tags": dice.sample(["order", "delivery", "oil", "refund"], 1),
            "hours_ago": hours_ago,
            "thread": list(_thread(dice, status, hours_ago, dice.choice(list(cast.agents)))),
        }


def _thread(dice: random.Random, status: str, hours_ago: float, agent: str) -> Iterator[dict[str, Any]]:
    writers = ["customer"] if status == "new" else ["customer", agent, "customer" if status == "open" else agent]
    for place, writer in enumerate(writers):
        yield {
            "from": writer,
            "note": False,
            "channel": "email",
            "hours_ago": hours_ago - place,
            "text": QUESTION if writer == "customer" else ANSWER,
        }
