"""Signing in to the desk by a one-time link, and out. An address we do not know gets the same answer as one we do."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions import sign_in
from chalicelib.agent import pages
from chalicelib.domain.contact import normal_email
from chalicelib.errors import Invalid
from chalicelib.web import answer, session
from chalicelib.web import visit as visits
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)

MINUTES = int(sign_in.LINK_LIFE.total_seconds() // 60)


@doors.get("/agent/sign-in")
def ask(visit: Visit) -> Response:
    return _page(visit, sent_to=answer.flashed(visit, "asked") if "sent" in visit.query else None)


@doors.post("/agent/sign-in")
def send(visit: Visit) -> Response:
    typed = {"email": visit.line("email")}
    if not visit.is_ours:
        return _page(visit, 422, typed=typed, errors={"email": "form-expired"})
    try:
        email = normal_email(typed["email"])
    except Invalid:
        code = "email-invalid" if typed["email"] else "email-missing"
        return _page(visit, 422, typed=typed, errors={"email": code})
    sign_in.ask("agent", email, visit.wished_language("en"), visit.browser)
    return answer.redirect(visit, "/agent/sign-in?sent=1", [answer.flash("asked", email)])


@doors.get("/agent/sign-in/{token}")
def look(visit: Visit) -> Response:
    found = sign_in.look(visit.params["token"])
    if found is None or found.role != "agent":
        return _page(visit, 410, errors={"link": "link-spent"})
    if found.browser not in (None, visit.browser):
        return _page(visit, 403, errors={"link": "other-browser"})
    return pages.show_outside(visit, "sign_in_confirm")


@doors.post("/agent/sign-in/{token}")
def spend(visit: Visit) -> Response:
    visit.refuse_forged()
    found = sign_in.look(visit.params["token"])
    signed_in = sign_in.spend(visit.params["token"], visit.browser) if found and found.role == "agent" else None
    if signed_in is None:
        return _page(visit, 410, errors={"link": "link-spent"})
    wanted = answer.flashed(visit, "next")
    to = visits.local_path(wanted) if isinstance(wanted, str) else None
    return answer.redirect(visit, to or "/agent/tickets", [session.begin("agent", signed_in.person_id)])


@doors.post("/agent/sign-out")
def leave(visit: Visit) -> Response:
    visit.refuse_forged()
    return answer.redirect(visit, "/agent/sign-in", [session.end("agent")])


def _page(visit: Visit, status: int = 200, **context: Any) -> Response:
    return pages.show_outside(visit, "sign_in", status=status, **{"sent_to": None, "minutes": MINUTES} | context)
