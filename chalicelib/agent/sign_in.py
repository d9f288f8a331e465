"""Signing in to the desk by a one-time link, and out. An address we do not know gets the same answer as one we do."""

from typing import Any

from chalice import Response

from chalicelib.agent import pages
from chalicelib.web import answer, one_time_link, session
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)


@doors.get("/agent/sign-in")
def ask(visit: Visit) -> Response:
    return _page(visit, sent_to=answer.flashed(visit, "asked") if "sent" in visit.query else None)


@doors.post("/agent/sign-in")
def send(visit: Visit) -> Response:
    asked = one_time_link.ask(visit, "agent", visit.wished_language("en"))
    if asked.wrong:
        errors = {"email": asked.wrong}
        return _page(visit, one_time_link.status(asked.wrong), typed={"email": asked.typed}, errors=errors)
    return answer.redirect(visit, "/agent/sign-in?sent=1", [answer.flash("asked", asked.typed)])


@doors.get("/agent/sign-in/{token}")
def look(visit: Visit) -> Response:
    wrong = one_time_link.fault(visit, "agent")
    return _page(visit, 410, errors={"link": wrong}) if wrong else pages.show_outside(visit, "sign_in_confirm")


@doors.post("/agent/sign-in/{token}")
def spend(visit: Visit) -> Response:
    into = one_time_link.spend(visit, "agent", "/agent/tickets")
    return into or _page(visit, 410, errors={"link": "link-spent"})


@doors.post("/agent/sign-out")
def leave(visit: Visit) -> Response:
    visit.refuse_forged()
    return answer.redirect(visit, "/agent/sign-in", session.end("agent"))


def _page(visit: Visit, status: int = 200, **context: Any) -> Response:
    given = {"sent_to": None, "minutes": one_time_link.MINUTES, **context}
    return pages.show_outside(visit, "sign_in", status=status, **given)
