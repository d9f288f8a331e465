"""Keys of the API. A key is shown once, on the page that answers its making, and kept nowhere, in no cookie either."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalice import Response

from chalicelib import clock, ids, settings, signing
from chalicelib.actions import change_api_key
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.record_form import RecordForm
from chalicelib.agent.settings import pages
from chalicelib.domain.api_key import SCOPES, ApiKey
from chalicelib.errors import NotFound
from chalicelib.store import api_keys, shop
from chalicelib.store.idempotency import Keyed
from chalicelib.web import numbers
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once

doors = Doors(desks.refuse)

HERE = "/agent/settings/api-keys"
NEW = "/agent/settings/new-api-key"
PAGE = 25
MAX_NAME = 200
MAX_LIMIT = 100_000
FORM = RecordForm("name", "key-changed-meanwhile", beside={"past-time": "expires_on"})


@doors.get(HERE)
@for_agents
@pages.for_admins
def index(desk: Desk) -> Response:
    after = signing.unseal("desk-api-keys", desk.visit.query.get("after", ""))
    page = api_keys.page(PAGE, after)
    return pages.show(
        desk,
        "api_keys",
        listed=page.keys,
        people=desk.staff.agents,
        now=clock.now(),
        first_page=HERE if after else None,
        next_page=f"{HERE}?after={signing.seal('desk-api-keys', page.after)}" if page.after else None,
    )


@doors.get(NEW)
@for_agents
@pages.for_admins
def new(desk: Desk) -> Response:
    return _form(desk, None, {"limit": "600"})


@doors.post(NEW)
@for_agents
@pages.for_admins
def create(desk: Desk) -> Response:
    typed = _typed(desk)
    made: dict[str, Any] = {}
    wrong = _wrong(typed) or FORM.refusal(lambda: made.update(_create(desk, typed)))
    if wrong:
        return _form(desk, None, typed, wrong)
    return pages.show(desk, "api_key_made", key_name=made["name"], token=made["key"], api=settings.public_url())


@doors.get(HERE + "/{id}")
@for_agents
@pages.for_admins
def one(desk: Desk) -> Response:
    key = _named(desk)
    return _form(desk, key, _as_typed(key))


@doors.post(HERE + "/{id}")
@for_agents
@pages.for_admins
def change(desk: Desk) -> Response:
    key, typed = _named(desk), _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(
        lambda: change_api_key.change(key.id, _wanted(typed), desk.actor, version=desk.version)
    )
    return _form(desk, key, typed, wrong) if wrong else pages.done(desk, HERE)


@doors.post(HERE + "/{id}/revoke")
@for_agents
@pages.for_admins
def revoke(desk: Desk) -> Response:
    key = _named(desk)
    if desk.visit.line("sure") != "yes":
        return _form(desk, key, _as_typed(key), {"sure": "not-sure"})
    change_api_key.revoke(key.id, desk.actor)
    return pages.done(desk, HERE, "key-revoked")


def _create(desk: Desk, typed: dict[str, str]) -> dict[str, Any]:
    """A form that is sent twice makes one key, and shows it both times: it is made of the form's own name."""
    known: list[Keyed] = []

    def work(keyed: Keyed) -> dict[str, Any]:
        known.append(keyed)
        wanted = {**_wanted(typed), "agent_id": desk.agent.id}
        return _told(change_api_key.create(wanted, desk.actor, keyed)[0])

    told = Once(desk.visit, "api-key").do(work, _told)
    return {**told, "key": change_api_key.token_of(told["id"], known[0])}


def _told(key: ApiKey) -> dict[str, Any]:
    return {"id": key.id, "name": key.name}


def _named(desk: Desk) -> ApiKey:
    wanted = desk.visit.params["id"]
    key = api_keys.get(wanted) if ids.is_id(wanted, "key") else None
    if key is None:
        raise NotFound("There is no such key.")
    return key


def _typed(desk: Desk) -> dict[str, str]:
    scopes = {_field_of(scope): 3 for scope in SCOPES}
    return pages.lines(desk, {"name": MAX_NAME, **scopes, "limit": 8, "expires_on": 10})


def _as_typed(key: ApiKey) -> dict[str, str]:
    scopes = {_field_of(scope): "yes" for scope in key.scopes}
    ends = key.expires_at.astimezone(_zone()) - timedelta(seconds=1) if key.expires_at else None
    return {"name": key.name, **scopes, "limit": str(key.limit), "expires_on": ends.date().isoformat() if ends else ""}


def _wrong(typed: dict[str, str]) -> dict[str, str]:
    wrong = {}
    if not 0 < len(typed["name"]) <= MAX_NAME:
        wrong["name"] = "name-too-long" if typed["name"] else "key-nameless"
    if not any(typed[_field_of(scope)] for scope in SCOPES):
        wrong[_field_of(SCOPES[0])] = "key-scopeless"
    limit = numbers.whole(typed["limit"])
    if limit is None or not 1 <= limit <= MAX_LIMIT:
        wrong["limit"] = "no-limit"
    if typed["expires_on"] and _end_of(typed["expires_on"]) is None:
        wrong["expires_on"] = "no-day"
    return wrong


def _wanted(typed: dict[str, str]) -> dict[str, Any]:
    return {
        "name": typed["name"],
        "scopes": tuple(scope for scope in SCOPES if typed[_field_of(scope)]),
        "limit": int(typed["limit"]),
        "expires_at": _end_of(typed["expires_on"]),
    }


def _field_of(scope: str) -> str:
    return "scope_" + scope.replace(":", "_").replace("*", "all")


def _end_of(day: str) -> datetime | None:
    """When that day ends by the shop's clock; None when it is none."""
    try:
        following = datetime.fromisoformat(day).date() + timedelta(days=1)
        return datetime.combine(following, time(), _zone()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone() -> ZoneInfo:
    return ZoneInfo(shop.read().time_zone)


def _form(desk: Desk, key: ApiKey | None, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return pages.show(
        desk,
        "api_key",
        errors=errors,
        edited=key,
        typed=typed,
        version=FORM.version(desk, key, errors),
        scopes=[(scope, _field_of(scope)) for scope in SCOPES],
        owner=desk.staff.name(key.agent_id if key else desk.agent.id, desk.lang),
        today=clock.now().date().isoformat(),
    )
