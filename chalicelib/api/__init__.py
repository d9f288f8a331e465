"""The API door: JSON under /v1, its documents, /health. `routes.py` lists every address.

Importing this package is cheap, since every event handler does it by way of app.py; a call imports what it needs.
"""

from collections.abc import Callable

from chalice import Blueprint, Chalice, Response

from chalicelib.api.routes import ROUTES, Route


def register(app: Chalice) -> None:
    """Put this door's routes on the app."""
    blueprint = Blueprint("chalicelib.api")
    for route in ROUTES:
        # No content types: Chalice would refuse a wrong one in a shape of its own.
        blueprint.route(route.path, methods=[route.method], content_types=[])(_view(route, blueprint))
    app.register_blueprint(blueprint)


def _view(route: Route, blueprint: Blueprint) -> Callable[..., Response]:
    def answer(**path: str) -> Response:
        from chalicelib.api import door

        return door.answer(route, blueprint.current_request, path)

    answer.__name__ = route.operation.replace(".", "_")
    return answer
