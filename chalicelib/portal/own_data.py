"""What a customer may do with his data: take a copy, and ask to be forgotten. For who signed in, and nobody else."""

from typing import Any

from chalice import Response

from chalicelib.actions import export_own_data, prove_by_code, wish_erasure
from chalicelib.domain.customer import Customer
from chalicelib.errors import Conflict, Invalid, NotFound, TooManyRequests
from chalicelib.portal import pages
from chalicelib.store import files
from chalicelib.web import answer, session
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

LINK_SECONDS = 300
MAX_CODE = 40


@doors.get("/{lang}/account/data")
def show(visit: Visit) -> Response:
    viewer = pages.customer(visit)
    return _page(visit, viewer) if viewer else pages.sign_in_first(visit)


@doors.post("/{lang}/account/data/copies")
def copy(visit: Visit) -> Response:
    visit.refuse_forged()
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    try:
        export_own_data.start(viewer)
    except TooManyRequests:
        return _page(visit, viewer, 429, errors={"copy": "too-many-copies-today"})
    return answer.redirect(visit, _here(visit))


@doors.get("/{lang}/account/data/copies/{name}")
def download(visit: Visit) -> Response:
    """His own archive alone, by a short link that is made for this moment."""
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    found = export_own_data.find(viewer)
    key = next((key for name, key in found.archives if name == visit.params["name"]), None) if found else None
    if key is None:
        raise NotFound("There is no such file.")
    return answer.redirect(visit, files.link(key, visit.params["name"], "application/zip", LINK_SECONDS))


@doors.post("/{lang}/account/data/erasure")
def ask(visit: Visit) -> Response:
    """Send a code to where he is signed in by: who only has his browser in hand is stopped here."""
    visit.refuse_forged()
    viewer, signed_in = pages.customer(visit), session.read(visit.cookies, "customer")
    if viewer is None or signed_in is None:
        return pages.sign_in_first(visit)
    own, sent_to = pages.own(visit, viewer), (signed_in.address_type, signed_in.address)
    try:
        prove_by_code.ask(own.id, *sent_to, pages.language(visit), visit.client, purpose=wish_erasure.PURPOSE)
    except TooManyRequests:
        return _page(visit, viewer, 429, errors={"erasure": "too-many-codes"})
    except Invalid as error:
        return _page(visit, viewer, 422, errors={"erasure": error.code})
    return answer.redirect(visit, f"{_here(visit)}/erasure")


@doors.get("/{lang}/account/data/erasure")
def confirming(visit: Visit) -> Response:
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    return _code_page(visit, viewer)


@doors.post("/{lang}/account/data/erasure/confirm")
def confirm(visit: Visit) -> Response:
    visit.refuse_forged()
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    try:
        wish_erasure.confirm(viewer, pages.own(visit, viewer).id, visit.line("code")[:MAX_CODE])
    except (Invalid, Conflict) as error:
        return _code_page(visit, viewer, "code-wrong" if error.code == "code-wrong" else "code-spent")
    return answer.redirect(visit, _here(visit))


@doors.post("/{lang}/account/data/erasure/cancel")
def cancel(visit: Visit) -> Response:
    visit.refuse_forged()
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    wish_erasure.call_off(viewer)
    return answer.redirect(visit, _here(visit))


def _here(visit: Visit) -> str:
    return f"/{pages.language(visit)}/account/data"


def _page(visit: Visit, viewer: Customer, status: int = 200, **context: Any) -> Response:
    wish = wish_erasure.find(viewer)
    given: dict[str, Any] = {"copy": export_own_data.find(viewer), "erase_at": wish.erase_at if wish else None}
    return pages.show(visit, "own_data", viewer, area="preferences", status=status, **given | context)


def _code_page(visit: Visit, viewer: Customer, wrong: str = "") -> Response:
    waiting = prove_by_code.waiting(pages.own(visit, viewer).id)
    if waiting is None or waiting.purpose != wish_erasure.PURPOSE or wrong == "code-spent":
        return _page(visit, viewer, 422 if wrong else 200, errors={"erasure": wrong} if wrong else {})
    days, errors = wish_erasure.GRACE.days, {"code": wrong} if wrong else {}
    status = 422 if wrong else 200
    told: dict[str, Any] = {"sent_to": waiting, "days": days, "errors": errors}
    return pages.show(visit, "own_data_erasure", viewer, area="preferences", status=status, **told)
