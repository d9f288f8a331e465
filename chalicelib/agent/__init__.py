"""The agents' desk: where tickets are read and answered. A file is an area of the site."""

from chalice import Chalice


def register(app: Chalice) -> None:
    """Put this door's routes on the app."""
    from chalicelib.agent import (
        blocked_senders,
        customers,
        inbox,
        macros,
        merging,
        replies,
        retry,
        sign_in,
        suspended,
        teams,
        ticket,
    )

    for area in (inbox, ticket, replies, retry, merging, customers, suspended, teams, macros, blocked_senders, sign_in):
        app.register_blueprint(area.blueprint)
