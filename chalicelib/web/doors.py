"""Routes of HTML: each view gets a Visit and gives an answer; what it raises becomes a page, never JSON.

API Gateway learns two addresses of a whole site (its root, and all below it) and not one for each page: it allows 300
resources an API, and answers by itself, in JSON and in English, what it knows nothing of.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from chalice import Chalice, Response
from chalice.app import Request

from chalicelib import log
from chalicelib.errors import DiwanError
from chalicelib.web import visit as visits
from chalicelib.web.visit import Visit

View = Callable[[Visit], Response]
Refusal = Callable[[Visit, int], Response]

NOT_FOUND, NOT_ALLOWED, FAILED = 404, 405, 500


@dataclass(frozen=True)
class Door:
    """One address, `/{lang}/tickets/{number}`, and what answers there by each method."""

    method: str
    segments: tuple[str, ...]
    view: View

    def params(self, parts: list[str]) -> dict[str, str] | None:
        """What stands in place of the names in braces; None when that address is not this one."""
        if len(parts) != len(self.segments):
            return None
        pairs = list(zip(self.segments, parts, strict=True))
        if any(not part if segment[:1] == "{" else segment != part for segment, part in pairs):
            return None
        return {segment[1:-1]: part for segment, part in pairs if segment[:1] == "{"}

    @property
    def looseness(self) -> list[bool]:
        """Of several that match, the one with the earliest literal segment wins."""
        return [segment[:1] == "{" for segment in self.segments]


class Doors:
    """The routes of one area. `refuse` makes the page that tells a visitor of an error, given its HTTP status."""

    def __init__(self, refuse: Refusal) -> None:
        self.refuse = refuse
        self.listed: list[Door] = []

    def get(self, path: str) -> Callable[[View], View]:
        return self._route(path, "GET")

    def post(self, path: str) -> Callable[[View], View]:
        """A form's address."""
        return self._route(path, "POST")

    def _route(self, path: str, method: str) -> Callable[[View], View]:
        def register(view: View) -> View:
            self.listed.append(Door(method, tuple(_parts(path)), view))
            return view

        return register


class Site:
    """All pages below one address; `refuse` makes the page for an address that is none of theirs."""

    def __init__(self, areas: Iterable[Doors], refuse: Refusal) -> None:
        self._doors = [(door, area.refuse) for area in areas for door in area.listed]
        self._refuse = refuse

    def register(self, app: Chalice, *addresses: str) -> None:
        """Answer at these addresses. Any content type is let in: Chalice would refuse the wrong one in JSON."""

        def answer(**_: str) -> Response:
            assert app.current_request  # which Chalice leaves out only between requests
            return self.answer(app.current_request)

        for address in addresses:
            app.route(address, methods=["GET", "HEAD"])(answer)
            app.route(address, methods=["POST"], content_types=["*/*"])(answer)

    def answer(self, request: Request) -> Response:
        """What stands at that address. HEAD is asked by who wants the headers of GET alone (RFC 9110 §9.3.2)."""
        if request.method != "HEAD":
            return self._answer(request)
        request.method = "GET"
        response = self._answer(request)
        return Response("", response.headers, response.status_code)

    def _answer(self, request: Request) -> Response:
        parts = _parts(request.to_original_event()["path"])
        fitting = [(one, refuse, params) for one, refuse in self._doors if (params := one.params(parts)) is not None]
        allowed = sorted({door.method for door, _, _ in fitting})
        found = [one for one in fitting if one[0].method == request.method]
        if found:
            door, refuse, params = min(found, key=lambda one: one[0].looseness)
            return _answer(door.view, refuse, request, params)
        return self._refused(request, {"lang": parts[0]} if parts else {}, allowed)

    def _refused(self, request: Request, params: Mapping[str, str], allowed: list[str]) -> Response:
        """No such page, or none that is asked for in that way."""
        status = NOT_ALLOWED if allowed else NOT_FOUND
        response = _answer(lambda visit: self._refuse(visit, status), self._refuse, request, params)
        if allowed:
            response.headers["Allow"] = ", ".join(allowed)
        return response


def _answer(view: View, refuse: Refusal, request: Request, params: Mapping[str, str]) -> Response:
    visit = visits.Visit(request.method, "/", params, {}, {}, {}, "", False, "")
    try:
        visit = visits.read(request, params)
        return view(visit)
    except DiwanError as error:
        return refuse(visit, error.status)
    except Exception:  # the last line of defence: a browser is owed a page, and Chalice would answer JSON
        log.error("page.failed", view=view.__name__, request_id=visit.request_id)
        return refuse(visit, FAILED)


def _parts(path: str) -> list[str]:
    return path.strip("/").split("/") if path.strip("/") else []
