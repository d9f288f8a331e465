"""Signing in by a one-time link, and out. Looking at the link spends nothing: mail scanners open every link."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.portal import pages, readers
from chalicelib.web import answer, one_time_link, session
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)


@doors.get("/{lang}/sign-in")
def ask(visit: Visit) -> Response:
    return _page(visit, sent_to=answer.flashed(visit, "asked") if "sent" in visit.query else None)


@doors.post("/{lang}/sign-in")
def send(visit: Visit) -> Response:
    lang = pages.language(visit)
    email, wrong = one_time_link.ask(visit, "customer", lang)
    if wrong:
        return _page(visit, one_time_link.status(wrong), typed={"email": email}, errors={"email": wrong})
    return answer.redirect(visit, f"/{lang}/sign-in?sent=1", [answer.flash("asked", email)])


@doors.get("/{lang}/sign-in/{token}")
def look(visit: Visit) -> Response:
    wrong = one_time_link.fault(visit, "customer")
    return _page(visit, 410, errors={"link": wrong}) if wrong else pages.show(visit, "sign_in_confirm", None, area="")


@doors.post("/{lang}/sign-in/{token}")
def spend(visit: Visit) -> Response:
    into = one_time_link.spend(visit, "customer", f"/{pages.language(visit)}/tickets")
    return into or _page(visit, 410, errors={"link": "link-spent"})


@doors.post("/{lang}/sign-out")
def leave(visit: Visit) -> Response:
    visit.refuse_forged()
    ended = [*session.end("customer"), *session.end("conversation")]
    return answer.redirect(visit, f"/{pages.language(visit)}/", ended)


def _page(visit: Visit, status: int = 200, **context: Any) -> Response:
    reader = readers.known(visit)
    viewer = reader.viewer if reader and not reader.came_from else None
    given = {"sent_to": None, "minutes": one_time_link.MINUTES, "came_from": reader and reader.came_from, **context}
    return pages.show(visit, "sign_in", viewer, area="", status=status, **given)
