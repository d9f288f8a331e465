"""Signing in by a mailed link, step by step, for both doors. Faults are named as in `templates/parts/fields.html`."""

from chalice import Response

from chalicelib.actions import sign_in
from chalicelib.domain.contact import normal_email
from chalicelib.errors import Invalid, TooManyRequests
from chalicelib.web import answer, session
from chalicelib.web import visit as visits
from chalicelib.web.session import Session
from chalicelib.web.visit import Visit

MINUTES = int(sign_in.LINK_LIFE.total_seconds() // 60)


def ask(visit: Visit, role: str, lang: str) -> tuple[str, str]:
    """Mail a link to the address in the form; gives the address, or what is wrong with the form as the second."""
    typed = visit.line("email")
    if not visit.is_ours:
        return typed, "form-expired"
    try:
        email = normal_email(typed)
    except Invalid:
        return typed, "email-invalid" if typed else "email-missing"
    try:
        sign_in.ask(role, email, lang, visit.browser)
    except TooManyRequests:
        return email, "too-many-links"
    return email, ""


def status(wrong: str) -> int:
    """The HTTP status of the form when that is wrong with it."""
    return 429 if wrong == "too-many-links" else 422


def fault(visit: Visit, role: str) -> str:
    """Why the link in the address signs nobody in here, empty when it does. Spends nothing."""
    found = sign_in.look(visit.params["token"])
    if found is None or found.role != role:
        return "link-spent"
    return "" if found.browser in (None, visit.browser) else "other-browser"


def spend(visit: Visit, role: str, otherwise: str) -> Response | None:
    """Sign in by the link and go where one wanted to be, else to `otherwise`; None when the link is no good."""
    visit.refuse_forged()
    signed_in = None if fault(visit, role) else sign_in.spend(visit.params["token"], visit.browser)
    if signed_in is None:
        return None
    wanted = answer.flashed(visit, "next")
    to = visits.local_path(wanted) if isinstance(wanted, str) else None
    return answer.redirect(visit, to or otherwise, session.begin(role, Session(signed_in.person_id, signed_in.email)))
