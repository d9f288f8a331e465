"""The desk's settings, blocked senders: the list of them, blocking one more, letting one in again. Every agent may."""

from typing import Any

from chalice import Response

from chalicelib import ids, signing
from chalicelib.actions import change_blocked_sender
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain.blocked_sender import MAX_VALUE
from chalicelib.errors import Invalid, NotFound
from chalicelib.store import blocked_senders
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

HERE = "/agent/settings/blocked-senders"
PAGE = 25
DONE = ("blocked", "unblocked")


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    return _page(desk)


@doors.post(HERE)
@for_agents
def block(desk: Desk) -> Response:
    typed = desk.visit.line("value")[: MAX_VALUE + 1]
    try:
        change_blocked_sender.block(typed, desk.actor)
    except Invalid as error:
        code = error.code if typed else "sender-missing"
        return _page(desk, 422, errors={"value": code}, typed={"value": typed})
    return answer.redirect(desk.visit, f"{HERE}?done=blocked")


@doors.post(HERE + "/{id}/unblock")
@for_agents
def unblock(desk: Desk) -> Response:
    """Pressed twice, it leads to the same page: whoever was let in is let in."""
    wanted = desk.visit.params["id"]
    try:
        change_blocked_sender.unblock(wanted if ids.is_id(wanted, "blk") else "none")
    except NotFound:
        return answer.redirect(desk.visit, HERE)
    return answer.redirect(desk.visit, f"{HERE}?done=unblocked")


def _page(desk: Desk, status: int = 200, **context: Any) -> Response:
    after = signing.unseal("desk-blocked", desk.visit.query.get("after", ""))
    page = blocked_senders.page(PAGE, after)
    done = desk.visit.query.get("done", "")
    given = {
        "area": "settings",
        "senders": page.senders,
        "people": {one.id: one.name_in(desk.lang) for one in desk.staff.agents.values()},
        "done": done if done in DONE else "",
        "first_page": HERE if after else None,
        "next_page": f"{HERE}?after={signing.seal('desk-blocked', page.after)}" if page.after else None,
    }
    return pages.show(desk, "settings_blocked", status=status, **given | context)
