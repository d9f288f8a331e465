"""The people of a seed: agents with their teams, customers, and the API key of this world."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain.agent import Agent, Team
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.customer_event import CustomerEvent
from chalicelib.store import api_keys, customer_events, customers, staff
from chalicelib.store.api_keys import ApiKey
from chalicelib.store.changes import Changes

# Limits are tested with keys of their own.
UNLIMITED = 1_000_000_000


@dataclass
class Cast:
    """By the short names that the seed's files use."""

    teams: dict[str, Team] = field(default_factory=dict)
    agents: dict[str, Agent] = field(default_factory=dict)
    customers: dict[str, Customer] = field(default_factory=dict)


def add_team(change: Changes, cast: Cast, told: Mapping[str, Any]) -> None:
    door = {name: told[name] for name in ("email", "signatures") if name in told}
    team = Team(ids.new("tea"), told["name"], clock.now(), **door)
    cast.teams[told["key"]] = team
    staff.add_team(change, team)


def add_agent(change: Changes, cast: Cast, told: Mapping[str, Any]) -> None:
    agent = Agent(
        id=ids.new("agt"),
        name=told["name"],
        names={"en": told["name"], "ar": told["name_ar"]},
        email=told["email"],
        role=told["role"],
        created_at=clock.now(),
        team_ids=tuple(cast.teams[key].id for key in told["teams"]),
        locale=told["locale"],
    )
    cast.agents[told["key"]] = agent
    staff.add_agent(change, agent)


@contextmanager
def at(moment: datetime, now: datetime) -> Iterator[None]:
    """Let the product's clock stand at `moment`, so that ids tell that time."""
    seconds = (now - moment).total_seconds()
    clock.shift(-seconds)
    ids.forget_last()
    try:
        yield
    finally:
        clock.shift(seconds)
        ids.forget_last()


def add_customer(change: Changes, cast: Cast, told: Mapping[str, Any], asked: timedelta = timedelta(0)) -> None:
    """A customer, known since the first purchase or, if that was earlier, since the first question so long ago."""
    now = clock.now()
    with at(now - max(asked, *(_ago(one) for one in told["purchases"]), timedelta(0)), now):
        customer = _known(told)
    cast.customers[told["key"]] = customers.add(change, customer)
    for purchase in told["purchases"]:
        customer_events.add(change, _bought(customer, purchase))


def _known(told: Mapping[str, Any]) -> Customer:
    ways = (("email", told["email"]), ("phone", told["phone"]), ("external", told["external_id"]))
    return Customer(
        id=ids.new("cus"),
        name=told["name"],
        locale=told["locale"],
        created_at=clock.now(),
        updated_at=clock.now(),
        contacts=tuple(Contact(type, value, verified=True) for type, value in ways if value),
        time_zone=told["time_zone"],
        tags=tuple(told["tags"]),
    )


def _bought(customer: Customer, told: Mapping[str, Any]) -> CustomerEvent:
    return CustomerEvent(
        id=ids.new("cev"),
        customer_id=customer.id,
        type="purchase",
        title=told["title"][customer.locale],
        occurred_at=clock.now() - _ago(told),
        created_at=clock.now(),
        amount={"value": told["amount"], "currency": told["currency"]},
        external_id=told["order"],
    )


def _ago(purchase: Mapping[str, Any]) -> timedelta:
    return timedelta(days=purchase["days_ago"])


def add_api_key(change: Changes, agent: Agent, token: str) -> str:
    """Store the world's key, which may do everything; an empty `token` makes a new one. Returns the token."""
    token = token or "dwn_" + secrets.token_urlsafe(24)
    key = ApiKey(
        id=ids.new("key"),
        name="Local",
        prefix=token[:8],
        scopes=("admin",),
        agent_id=agent.id,
        created_at=clock.now(),
        limit=UNLIMITED,
    )
    api_keys.add(change, token, key)
    return token
