"""Routes of HTML: each view gets a Visit and gives an answer; what it raises becomes a page, never JSON."""

from collections.abc import Callable
from functools import wraps

from chalice import Blueprint, Response

from chalicelib import log
from chalicelib.errors import DiwanError
from chalicelib.web import visit as visits
from chalicelib.web.visit import Visit

View = Callable[[Visit], Response]
Refusal = Callable[[Visit, int], Response]


class Doors:
    """The routes of one area. `refuse` makes the page that tells a visitor of an error, given its HTTP status."""

    def __init__(self, blueprint: Blueprint, refuse: Refusal) -> None:
        self._blueprint = blueprint
        self._refuse = refuse

    def get(self, path: str) -> Callable[[View], View]:
        return self._route(path, "GET")

    def post(self, path: str) -> Callable[[View], View]:
        """A form's address. Any content type is let in: Chalice would refuse the wrong one in JSON."""
        return self._route(path, "POST", content_types=["*/*"])

    def _route(self, path: str, method: str, content_types: list[str] | None = None) -> Callable[[View], View]:
        def register(view: View) -> View:
            @wraps(view)
            def answer(**params: str) -> Response:
                return self._answer(view, params)

            self._blueprint.route(path, methods=[method], content_types=content_types or [])(answer)
            return view

        return register

    def _answer(self, view: View, params: dict[str, str]) -> Response:
        request = self._blueprint.current_request
        visit = visits.Visit(request.method, "/", params, {}, {}, {}, "", False, "")
        try:
            visit = visits.read(request, params)
            return view(visit)
        except DiwanError as error:
            return self._refuse(visit, error.status)
        except Exception:  # the last line of defence: a browser is owed a page, and Chalice would answer JSON
            log.error("page.failed", view=view.__name__, request_id=visit.request_id)
            return self._refuse(visit, 500)
