"""The api door: its blueprints, registered by app.py."""

from chalice import Chalice


def register(app: Chalice) -> None:
    """Put this door's routes on the app."""
