"""The agents' desk: where tickets are read and answered. A file is an area of the site."""

from chalice import Chalice


def register(app: Chalice) -> None:
    """Put this door's routes on the app."""
    from chalicelib.agent import customers, inbox, merging, sign_in, ticket

    for area in (inbox, ticket, merging, customers, sign_in):
        app.register_blueprint(area.blueprint)
