"""What agents know of a customer, on the desk: name, language, tags, notes, and who may be the same person."""

import re

from chalice import Response

from chalicelib.actions import change_customer, change_customer_note, merge_customers, suggest_doubles
from chalicelib.agent import pages
from chalicelib.agent.customer_page import back, named, show, standing_for
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain import channel
from chalicelib.domain.customer_note import MAX_NOTE, CustomerNote
from chalicelib.domain.ticket import MAX_TAGS
from chalicelib.errors import Conflict, Invalid, NotFound, VersionMismatch
from chalicelib.i18n import LOCALES
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once

doors = Doors(pages.refuse)

MAX_NAME = 200
GRANT = change_customer.GRANT
MAX_TAG = 100


@doors.post("/agent/customers/{id}")
@for_agents
def change(desk: Desk) -> Response:
    customer, visit = standing_for(named(desk)), desk.visit
    wanted, version = _wanted(desk), visit.line("version")
    code = _fault(wanted)
    if code is None:
        try:
            asked = int(version) if version.isascii() and version.isdigit() else None
            change_customer.change(customer.id, wanted, None, desk.actor, version=asked)
        except (Conflict, VersionMismatch):
            code = "customer-changed-meanwhile"
    if code:
        return show(desk, standing_for(named(desk)), 422, errors={"profile": code}, typed=dict(visit.form))
    return back(desk, customer, "profile")


@doors.post("/agent/customers/{id}/notes")
@for_agents
def write_note(desk: Desk) -> Response:
    customer, text = standing_for(named(desk)), desk.visit.text("note")
    if not text or len(text) > MAX_NOTE:
        code = "note-too-long" if text else "note-missing"
        return show(desk, customer, 422, errors={"note": code}, typed={"note": text})
    Once(desk.visit, "customer-note").do(
        lambda keyed: _told(change_customer_note.write(customer.id, desk.agent, text, keyed)), _told
    )
    return back(desk, customer, "note")


@doors.post("/agent/customers/{id}/notes/{note_id}/delete")
@for_agents
def delete_note(desk: Desk) -> Response:
    customer = standing_for(named(desk))
    change_customer_note.delete(customer.id, desk.visit.params["note_id"])
    return back(desk, customer, "note")


@doors.post("/agent/customers/{id}/doubles/{other_id}/merge")
@for_agents
def merge_double(desk: Desk) -> Response:
    """The other one is the same person: he is merged into this one."""
    customer = standing_for(named(desk))
    try:
        merge_customers.merge(desk.visit.params["other_id"], customer.id, desk.actor)
    except (Conflict, Invalid) as error:
        code = error.code if error.code == "too-many-merged" else "not-merged-now"
        return show(desk, customer, error.status, errors={"doubles": code})
    return back(desk, customer, "doubles")


@doors.post("/agent/customers/{id}/doubles/{other_id}/dismiss")
@for_agents
def dismiss_double(desk: Desk) -> Response:
    """The other one is somebody else: he is not suggested again."""
    customer = standing_for(named(desk))
    try:
        suggest_doubles.dismiss(customer.id, desk.visit.params["other_id"])
    except Invalid as error:
        raise NotFound(error.detail) from error  # they were merged meanwhile
    return back(desk, customer, "doubles")


def _wanted(desk: Desk) -> dict[str, object]:
    """What the form sets. A language or a channel that it does not offer is none."""
    visit = desk.visit
    locale, preferred = visit.line("locale"), visit.line("preferred_channel")
    tags = dict.fromkeys(tag for part in re.split(r"[,،\n]", visit.text("tags")) if (tag := " ".join(part.split())))
    return {
        "name": visit.line("name"),
        "locale": locale if locale in LOCALES else "",
        "preferred_channel": preferred if preferred in channel.REACHING else None,
        "tags": tuple(tags),
    } | ({GRANT: bool(visit.line(GRANT))} if "grants" in visit.form else {})


def _fault(wanted: dict[str, object]) -> str | None:
    name, tags = str(wanted["name"]), wanted["tags"]
    assert isinstance(tags, tuple)
    if len(name) > MAX_NAME:
        return "name-too-long"
    return "too-many-tags" if len(tags) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in tags) else None


def _told(note: CustomerNote) -> dict[str, str]:
    return {"note": note.id}
