"""Signing in by a one-time link, and out. Looking at the link spends nothing: mail scanners open every link."""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions import sign_in
from chalicelib.domain.contact import normal_email
from chalicelib.errors import Invalid
from chalicelib.portal import pages
from chalicelib.web import answer, session
from chalicelib.web import visit as visits
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)

MINUTES = int(sign_in.LINK_LIFE.total_seconds() // 60)


@doors.get("/{lang}/sign-in")
def ask(visit: Visit) -> Response:
    sent_to = answer.flashed(visit, "asked") if "sent" in visit.query else None
    return _page(visit, sent_to=sent_to)


@doors.post("/{lang}/sign-in")
def send(visit: Visit) -> Response:
    typed = {"email": visit.line("email")}
    if not visit.is_ours:
        return _page(visit, 422, typed=typed, errors={"email": "form-expired"})
    try:
        email = normal_email(typed["email"])
    except Invalid:
        code = "email-invalid" if typed["email"] else "email-missing"
        return _page(visit, 422, typed=typed, errors={"email": code})
    lang = pages.language(visit)
    sign_in.ask("customer", email, lang, visit.browser)
    return answer.redirect(visit, f"/{lang}/sign-in?sent=1", [answer.flash("asked", email)])


@doors.get("/{lang}/sign-in/{token}")
def look(visit: Visit) -> Response:
    found = sign_in.look(visit.params["token"])
    if found is None or found.role != "customer":
        return _page(visit, 410, errors={"link": "link-spent"})
    if found.browser not in (None, visit.browser):
        return _page(visit, 403, errors={"link": "other-browser"})
    return pages.show(visit, "sign_in_confirm", None, area="")


@doors.post("/{lang}/sign-in/{token}")
def spend(visit: Visit) -> Response:
    visit.refuse_forged()
    found = sign_in.look(visit.params["token"])
    signed_in = sign_in.spend(visit.params["token"], visit.browser) if found and found.role == "customer" else None
    if signed_in is None:
        return _page(visit, 410, errors={"link": "link-spent"})
    wanted = answer.flashed(visit, "next")
    to = visits.local_path(wanted) if isinstance(wanted, str) else None
    return answer.redirect(
        visit, to or f"/{pages.language(visit)}/tickets", [session.begin("customer", signed_in.person_id)]
    )


@doors.post("/{lang}/sign-out")
def leave(visit: Visit) -> Response:
    visit.refuse_forged()
    return answer.redirect(visit, f"/{pages.language(visit)}/", [session.end("customer")])


def _page(visit: Visit, status: int = 200, **context: Any) -> Response:
    given = {"sent_to": None, "minutes": MINUTES, **context}
    return pages.show(visit, "sign_in", pages.customer(visit), area="", status=status, **given)
