"""Makes the world of a seed: `demo` is the shop of the mock pages, `empty` has one admin and nothing else."""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

from chalicelib import settings
from chalicelib.actions import index_tickets, update_search
from chalicelib.domain.article import Article, Category
from chalicelib.domain.business_hours import as_business_hours
from chalicelib.domain.shop import Shop
from chalicelib.store import changes, keys, numbers, shop, unindexed_articles
from chalicelib.store.changes import Changes
from chalicelib.store.table import CounterRow
from infra.local.seed import cast as people
from infra.local.seed import conversations, feedback, library, setting_up
from infra.local.seed.bulk import Bulk
from infra.local.seed.cast import Cast

DEMO = Path(__file__).parent / "demo"
_ADMIN = {
    "key": "admin",
    "name": "Admin",
    "name_ar": "المدير",
    "role": "admin",
    "teams": [],
    "locale": "en",
}


def load(seed: str, api_key: str) -> str:
    """Fill an empty world; `api_key` is the world's key if it had one. Returns the key."""
    change = Bulk()
    token = _load_demo(change, api_key) if seed == "demo" else _load_empty(change, api_key)
    change.commit()
    _index()
    return token


def _index() -> None:
    """Both indexes at the same time: much of it is waiting for the engine."""
    with ThreadPoolExecutor(2) as pool:
        articles, tickets = pool.submit(_index_articles), pool.submit(index_tickets.rebuild_missing)
        articles.result()
        tickets.result()


def _index_articles() -> None:
    """One edition with everything in it, of which nothing is left to be made up for."""
    shown = unindexed_articles.of_synonyms()
    update_search.rebuild()
    if shown:
        unindexed_articles.clear_synonyms(shown)


def _load_empty(change: Changes, api_key: str) -> str:
    cast = Cast()
    domain = settings.support_email().partition("@")[2]
    people.add_agent(change, cast, {**_ADMIN, "email": f"admin@{domain}"})
    shop.save(Shop())
    return people.add_api_key(change, cast.agents["admin"], api_key)


def _load_demo(change: Changes, api_key: str) -> str:
    told = _read("shop")
    stories = [one for file in sorted(DEMO.glob("tickets-*.json")) for one in json.loads(file.read_text())]
    cast = load_people(change, stories)
    categories = {one["key"]: library.add_category(change, one) for one in _read("categories")}
    for position, field in enumerate(_read("fields")):
        setting_up.add_field(change, position, field)
    for one in _read("synonyms"):
        setting_up.add_synonyms(change, one)
    articles = _add_articles(change, categories, cast)
    _add_what_agents_keep(change, cast)
    _number_from(told["first_ticket_number"])
    the_shop = _shop(told)
    lived = conversations.live(change, stories, cast, the_shop.rules)
    conversations.count(change, lived)
    eldest = min(
        *(ticket.created_at for ticket in lived),
        *(article.created_at for article in articles),
        *(customer.created_at for customer in cast.customers.values()),
    )
    shop.save(Shop(**{**vars(the_shop), "first_month": keys.month(eldest)}))
    change.commit()
    for one in _read("organizations"):
        setting_up.add_organization(cast, one)
    return people.add_api_key(change, cast.agents["nadia"], api_key)


def _add_articles(change: Changes, categories: dict[str, Category], cast: Cast) -> list[Article]:
    """The articles, published and not, with what their readers said, and what readers looked for."""
    pictures, written = library.add_pictures(DEMO / "pictures"), {}
    for folder in sorted((*(DEMO / "articles").iterdir(), *(DEMO / "drafts").iterdir())):
        written[folder.name] = library.add_article(change, folder, categories, pictures, cast)
    for one in _read("votes"):
        feedback.add_votes(change, written[one["article"]], one)
    for one in _read("searches"):
        feedback.add_searches(change, one)
    return list(written.values())


def _add_what_agents_keep(change: Changes, cast: Cast) -> None:
    for position, one in enumerate(_read("macros")):
        setting_up.add_macro(change, position, one, cast)
    for one in _read("blocked_senders"):
        setting_up.add_blocked_sender(change, one, cast)
    for one in _read("customer_notes"):
        setting_up.add_customer_note(change, one, cast)


def load_people(change: Changes, stories: Iterable[Mapping[str, Any]] = ()) -> Cast:
    """The people; customers are known since they first bought or, in one of those stories, asked anything."""
    cast, asked = Cast(), dict[str, float]()
    for story in stories:
        asked[story["customer"]] = max(story["hours_ago"], asked.get(story["customer"], 0))
    for one in _read("teams"):
        people.add_team(change, cast, one)
    for one in _read("agents"):
        people.add_agent(change, cast, one)
    for one in _read("customers"):
        people.add_customer(change, cast, one, timedelta(hours=asked.get(one["key"], 0)))
    return cast


def _shop(told: dict[str, Any]) -> Shop:
    return Shop(
        names=told["name"],
        default_locale=told["default_locale"],
        time_zone=told["time_zone"],
        addresses=told["address"],
        hours=told["hours"],
        taglines=told["tagline"],
        often_asked=tuple(told["often_asked"]),
        business_hours=as_business_hours({**told["business_hours"], "holidays": setting_up.holidays(told["holidays"])}),
        branding=setting_up.branding(_read("branding")),
    )


def _number_from(first: int) -> None:
    """Let the next ticket have the number `first`."""
    changes.connection()
    # Added to as `numbers` does, so that the row has no kind: the nightly count of tickets must not see it.
    CounterRow(keys.counter("ticket-number")).update(actions=[CounterRow.value.add(first - numbers.FIRST)])
    numbers.forget_block()


def _read(name: str) -> Any:
    return json.loads((DEMO / f"{name}.json").read_text())
