"""Receipts, and the rules of a ticket's life: when a solved one closes, how long a closed one opens again."""

from chalice import Response

from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import form, pages
from chalicelib.domain.shop import RECEIPTS, Shop
from chalicelib.store import shop
from chalicelib.web import numbers
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/rules"
DAYS = ("rules_close_after_days", "rules_reopen_within_days")


@doors.get(HERE)
@for_agents
@pages.for_admins
def show(desk: Desk) -> Response:
    return _form(desk, _as_typed(shop.load()))


@doors.post(HERE)
@for_agents
@pages.for_admins
def save(desk: Desk) -> Response:
    typed = pages.lines(desk, {**dict.fromkeys(DAYS, 6), **{f"receipt_{name}": 3 for name in RECEIPTS}})
    wrong: dict[str, object] = {name: "no-days" for name in DAYS if numbers.whole(typed[name]) is None}
    wrong = wrong or form.save(desk, _wanted(typed), typed)
    return _form(desk, typed, wrong) if wrong else pages.done(desk, HERE)


def _as_typed(the_shop: Shop) -> dict[str, str]:
    days = {name: str(getattr(the_shop.rules, name.removeprefix("rules_"))) for name in DAYS}
    return {**days, **{f"receipt_{name}": "yes" if name in the_shop.receipts else "" for name in RECEIPTS}}


def _wanted(typed: dict[str, str]) -> dict[str, object]:
    receipts = tuple(name for name in RECEIPTS if typed[f"receipt_{name}"])
    return {"rules": {name.removeprefix("rules_"): int(typed[name]) for name in DAYS}, "receipts": receipts}


def _form(desk: Desk, typed: dict[str, str], errors: dict[str, object] | None = None) -> Response:
    version = form.version_for(desk, errors)
    return pages.show(desk, "rules", errors=errors, typed=typed, version=version, channels=RECEIPTS)
