"""Webhooks: who outside is told of events. A secret is shown on the page that answers its making, and on no other."""

from typing import Any

from chalice import Response

from chalicelib import ids
from chalicelib.actions import change_webhook
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.record_form import RecordForm, make_once
from chalicelib.agent.settings import pages
from chalicelib.domain.event import TYPES
from chalicelib.domain.webhook import EVERYTHING, Webhook
from chalicelib.domain.webhook_url import MAX_URL
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import webhooks
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/webhooks"
NEW = "/agent/settings/new-webhook"
MAX_DESCRIPTION = 200
FORM = RecordForm("url", "webhook-changed-meanwhile")


@doors.get(HERE)
@for_agents
@pages.for_admins
def index(desk: Desk) -> Response:
    return pages.show(desk, "webhooks", listed=webhooks.read())


@doors.get(NEW)
@for_agents
@pages.for_admins
def new(desk: Desk) -> Response:
    return _form(desk, None, {"enabled": "yes"})


@doors.post(NEW)
@for_agents
@pages.for_admins
def create(desk: Desk) -> Response:
    typed, made = _typed(desk), list[str]()
    wrong = _wrong(typed) or FORM.refusal(
        lambda: made.append(make_once(desk, "webhook", lambda keyed: change_webhook.create(_wanted(typed), keyed)))
    )
    return _form(desk, None, typed, wrong) if wrong else _secret(desk, change_webhook.find(made[0]))


@doors.get(HERE + "/{id}")
@for_agents
@pages.for_admins
def one(desk: Desk) -> Response:
    webhook = named(desk)
    return _form(desk, webhook, _as_typed(webhook))


@doors.post(HERE + "/{id}")
@for_agents
@pages.for_admins
def change(desk: Desk) -> Response:
    webhook, typed = named(desk), _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(
        lambda: change_webhook.change(webhook.id, _wanted(typed), version=desk.version)
    )
    return _form(desk, webhook, typed, wrong) if wrong else pages.done(desk, HERE)


@doors.post(HERE + "/{id}/secret")
@for_agents
@pages.for_admins
def rotate(desk: Desk) -> Response:
    """A second press changes nothing more: else the secret that signs along would be forgotten at once."""
    webhook = named(desk)
    if desk.visit.line("sure") != "yes":
        return _form(desk, webhook, _as_typed(webhook), {"sure_secret": "not-sure"})
    make_once(desk, f"webhook-secret-{webhook.id}", lambda keyed: change_webhook.rotate_secret(webhook.id, keyed))
    return _secret(desk, change_webhook.find(webhook.id))


@doors.post(HERE + "/{id}/test")
@for_agents
@pages.for_admins
def test(desk: Desk) -> Response:
    webhook = named(desk)
    try:
        make_once(desk, f"webhook-test-{webhook.id}", lambda keyed: change_webhook.test(webhook.id, keyed))
    except Conflict as error:
        return _form(desk, webhook, _as_typed(webhook), {"enabled": error.code})
    return answer.redirect(desk.visit, f"{HERE}/{webhook.id}/deliveries?done=tested")


@doors.post(HERE + "/{id}/delete")
@for_agents
@pages.for_admins
def delete(desk: Desk) -> Response:
    webhook = named(desk)
    if desk.visit.line("sure") != "yes":
        return _form(desk, webhook, _as_typed(webhook), {"sure_delete": "not-sure"})
    change_webhook.delete(webhook.id)
    return pages.done(desk, HERE, "webhook-deleted")


def named(desk: Desk) -> Webhook:
    """The webhook in the address. Raises NotFound."""
    wanted = desk.visit.params["id"]
    if not ids.is_id(wanted, "whk"):
        raise NotFound("There is no such webhook.")
    return change_webhook.find(wanted)


def _typed(desk: Desk) -> dict[str, str]:
    events = {field_of(event): 3 for event in (EVERYTHING, *TYPES)}
    return pages.lines(desk, {"url": MAX_URL, "description": MAX_DESCRIPTION, "enabled": 3, **events})


def _as_typed(webhook: Webhook) -> dict[str, str]:
    events = {field_of(event): "yes" for event in webhook.events}
    enabled = "yes" if webhook.enabled else ""
    return {"url": webhook.url, "description": webhook.description, "enabled": enabled, **events}


def _wrong(typed: dict[str, str]) -> dict[str, str]:
    wrong = {}
    if not typed["url"]:
        wrong["url"] = "invalid-webhook-url"
    if len(typed["description"]) > MAX_DESCRIPTION:
        wrong["description"] = "name-too-long"
    if not any(typed[field_of(event)] for event in (EVERYTHING, *TYPES)):
        wrong[field_of(EVERYTHING)] = "webhook-eventless"
    return wrong


def _wanted(typed: dict[str, str]) -> dict[str, Any]:
    everything = bool(typed[field_of(EVERYTHING)])
    events = (EVERYTHING,) if everything else tuple(event for event in TYPES if typed[field_of(event)])
    about = {"url": typed["url"], "description": typed["description"], "enabled": bool(typed["enabled"])}
    return {**about, "events": events}


def field_of(event: str) -> str:
    """The field of the form that asks for this type of event."""
    return "event_" + event.replace(".", "_").replace(EVERYTHING, "all")


def _secret(desk: Desk, webhook: Webhook) -> Response:
    return pages.show(desk, "webhook_secret", webhook=webhook)


def _form(desk: Desk, webhook: Webhook | None, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return pages.show(
        desk,
        "webhook",
        errors=errors,
        edited=webhook,
        typed=typed,
        version=FORM.version(desk, webhook, errors),
        events=[(event, field_of(event)) for event in TYPES],
    )
