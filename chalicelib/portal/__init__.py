"""The portal door: where customers read, ask and follow their tickets. A file is an area of the site."""

from chalice import Chalice


def register(app: Chalice) -> None:
    """Put this door's routes on the app."""
    from chalicelib.portal import articles, brand, files, home, preferences, search, sign_in, ticket_link, tickets

    for area in (brand, home, search, articles, preferences, tickets, ticket_link, files, sign_in):
        app.register_blueprint(area.blueprint)
