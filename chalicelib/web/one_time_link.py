"""Signing in by a link or a code, step by step, for both doors. `templates/parts/fields.html` words the faults."""

from collections.abc import Callable
from dataclasses import dataclass

from chalice import Response

from chalicelib.actions import sign_in
from chalicelib.actions.sign_in import SignedIn
from chalicelib.domain.contact import normal_email
from chalicelib.errors import Invalid, TooManyRequests
from chalicelib.web import answer, session
from chalicelib.web import visit as visits
from chalicelib.web.session import Session
from chalicelib.web.visit import Visit

MINUTES = int(sign_in.LIFE.total_seconds() // 60)
TOO_MANY = ("too-many-links", "too-many-sign-ins")


@dataclass(frozen=True)
class Asked:
    """What was typed, in its one spelling if it is an address or a number; what is wrong; the sign-in, if it began."""

    typed: str
    wrong: str = ""
    id: str = ""


def ask(visit: Visit, role: str, lang: str) -> Asked:
    """Mail a link to the address in the form."""
    typed = visit.line("email")
    if not visit.is_ours:
        return Asked(typed, "form-expired")
    try:
        email = normal_email(typed)
    except Invalid:
        return Asked(typed, "email-invalid" if typed else "email-missing")
    return begin(visit, role, email, lang, "too-many-links")


def begin(visit: Visit, role: str, address: str, lang: str, too_many: str) -> Asked:
    """Send there what signs in; `too_many` is the fault where that was done too often."""
    try:
        return Asked(address, id=sign_in.ask(role, address, lang, visit.browser, visit.client))
    except TooManyRequests:
        return Asked(address, too_many)


def status(wrong: str) -> int:
    """The HTTP status of the form when that is wrong with it."""
    return 429 if wrong in TOO_MANY else 422


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
    return enter(visit, signed_in, otherwise) if signed_in else None


def enter(visit: Visit, signed_in: SignedIn, otherwise: str) -> Response:
    """Signed in, to where one wanted to be, else to `otherwise`."""
    wanted = answer.flashed(visit, "next")
    to = visits.local_path(wanted) if isinstance(wanted, str) else None
    begun = session.begin(signed_in.role, Session(signed_in.person_id, signed_in.address))
    return answer.redirect(visit, to or otherwise, begun)


def attempt(work: Callable[[], SignedIn | None], gone: str) -> tuple[SignedIn | None, str]:
    """Who signed in by typing a code, and what is wrong with it: `gone` where there is nothing left to sign in by."""
    try:
        signed_in = work()
    except Invalid as error:
        return None, error.code
    return signed_in, "" if signed_in else gone
