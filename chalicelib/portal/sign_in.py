"""Signing in by a link or a code that we send to an address or a number, and out.

Looking at the link spends nothing: mail scanners open every link. What was asked for is kept in a sealed cookie of the
browser that asked, which outlives the code: so an expired one can be told from a wrong one, and sent anew.
"""

from functools import partial
from typing import Any

from chalice import Response

from chalicelib import signing
from chalicelib.actions import sign_in
from chalicelib.channels import phone_numbers
from chalicelib.domain.contact import normal_email
from chalicelib.errors import Invalid
from chalicelib.portal import pages, readers
from chalicelib.web import answer, cookies, one_time_link, session
from chalicelib.web.doors import Doors
from chalicelib.web.one_time_link import Asked
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

ASKED_SECONDS = 3600
MAX_TYPED = 320
MAX_CODE = 40


@doors.get("/{lang}/sign-in")
def ask(visit: Visit) -> Response:
    return _page(visit)


@doors.post("/{lang}/sign-in")
def send(visit: Visit) -> Response:
    typed = visit.line("email")[:MAX_TYPED]
    address, wrong = _read(typed) if visit.is_ours else (typed, "form-expired")
    asked = Asked(address, wrong) if wrong else _begin(visit, address)
    if asked.wrong:
        status, errors = one_time_link.status(asked.wrong), {"email": asked.wrong}
        return _page(visit, status, typed={"email": typed}, errors=errors)
    return answer.redirect(visit, f"/{pages.language(visit)}/sign-in/code", [_keep(asked)])


@doors.get("/{lang}/sign-in/code")
def code(visit: Visit) -> Response:
    asked = _asked(visit)
    return _code_page(visit, asked) if asked else answer.redirect(visit, f"/{pages.language(visit)}/sign-in")


@doors.post("/{lang}/sign-in/code")
def check(visit: Visit) -> Response:
    asked = _asked(visit)
    if asked is None:
        return answer.redirect(visit, f"/{pages.language(visit)}/sign-in")
    if not visit.is_ours:
        return _code_page(visit, asked, "form-expired")
    work = partial(sign_in.spend_code, asked.id, visit.browser, visit.line("code")[:MAX_CODE])
    signed_in, wrong = one_time_link.attempt(work, "code-expired")
    if signed_in:
        return _enter(visit, one_time_link.enter(visit, signed_in, _home(visit)))
    return _anew(visit, asked) if wrong == "code-expired" else _code_page(visit, asked, wrong)


@doors.get("/{lang}/sign-in/{token}")
def look(visit: Visit) -> Response:
    wrong = one_time_link.fault(visit, "customer")
    return _link_page(visit, with_code=bool(wrong)) if wrong in ("", "other-browser") else _gone(visit)


@doors.post("/{lang}/sign-in/{token}")
def spend(visit: Visit) -> Response:
    """By the button alone in the browser that asked; in another one, with the code out of the same message."""
    visit.refuse_forged()
    elsewhere = one_time_link.fault(visit, "customer")
    if elsewhere not in ("", "other-browser"):
        return _gone(visit)
    work = partial(sign_in.spend, visit.params["token"], visit.browser, visit.line("code")[:MAX_CODE])
    signed_in, wrong = one_time_link.attempt(work, "link-spent")
    if signed_in:
        return one_time_link.enter(visit, signed_in, _home(visit))
    return _link_page(visit, with_code=True, wrong=wrong) if wrong == "code-wrong" else _gone(visit)


@doors.post("/{lang}/sign-out")
def leave(visit: Visit) -> Response:
    visit.refuse_forged()
    ended = [*session.end("customer"), *session.end("conversation")]
    return answer.redirect(visit, f"/{pages.language(visit)}/", ended)


def _read(typed: str) -> tuple[str, str]:
    """The address or number that was typed, in its one spelling, or what is wrong with it."""
    if not typed:
        return typed, "who-missing"
    numeric = not any(sign.isalpha() for sign in typed) and "@" not in typed
    try:
        return (phone_numbers.normal_phone(typed) if numeric else normal_email(typed)), ""
    except Invalid:
        return typed, "phone-invalid" if numeric else "email-invalid" if "@" in typed else "no-at"


def _begin(visit: Visit, address: str) -> Asked:
    return one_time_link.begin(visit, "customer", address, pages.language(visit), "too-many-sign-ins")


def _keep(asked: Asked) -> str:
    return cookies.write("asked", signing.seal("asked", [asked.id, asked.typed]), ASKED_SECONDS)


def _asked(visit: Visit) -> Asked | None:
    """What this browser asked for last."""
    told = signing.unseal("asked", visit.cookies.get("asked", ""))
    return Asked(str(told[1]), id=str(told[0])) if isinstance(told, list) else None


def _anew(visit: Visit, asked: Asked) -> Response:
    """Another code in place of one that has expired, and that it was sent."""
    again = _begin(visit, asked.typed)
    if again.wrong:
        return _code_page(visit, asked, again.wrong)
    return _code_page(visit, again, "code-expired", [_keep(again)])


def _enter(visit: Visit, response: Response) -> Response:
    response.headers["Set-Cookie"] = [*response.headers.get("Set-Cookie", []), cookies.write("asked", "", 0)]
    return response


def _home(visit: Visit) -> str:
    return f"/{pages.language(visit)}/tickets"


def _gone(visit: Visit) -> Response:
    return _page(visit, 410, errors={"link": "link-spent"})


def _page(visit: Visit, status: int = 200, **context: Any) -> Response:
    reader = readers.known(visit)
    viewer = reader.viewer if reader and not reader.came_from else None
    given = {"minutes": one_time_link.MINUTES, "came_from": reader and reader.came_from, **context}
    return pages.show(visit, "sign_in", viewer, area="", status=status, **given)


def _code_page(visit: Visit, asked: Asked, wrong: str = "", set_cookies: list[str] | None = None) -> Response:
    """Where the code is typed; what was sent to a number is a code alone, to an address a link as well."""
    status, errors = (one_time_link.status(wrong), {"code": wrong}) if wrong else (200, {})
    given = {"sent_to": asked.typed, "minutes": one_time_link.MINUTES, "errors": errors}
    return pages.show(visit, "sign_in_code", None, area="", status=status, set_cookies=set_cookies or (), **given)


def _link_page(visit: Visit, with_code: bool, wrong: str = "") -> Response:
    status, errors = (422, {"code": wrong}) if wrong else (200, {})
    return pages.show(visit, "sign_in_confirm", None, area="", status=status, with_code=with_code, errors=errors)
