"""The agents' desk: where tickets are read and answered. A file is an area of the site."""

from chalice import Chalice


def register(app: Chalice) -> None:
    """Put this door's routes on the app."""
    from chalicelib.agent import (
        articles,
        articles_editor,
        articles_finding,
        blocked_senders,
        calls,
        customer_contacts,
        customer_profile,
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

    of_tickets = (inbox, ticket, replies, calls, retry, merging)
    of_articles = (articles, articles_editor, articles_finding)
    of_customers = (customers, customer_contacts, customer_profile)
    for area in (*of_tickets, *of_customers, *of_articles, suspended, teams, macros, blocked_senders, sign_in):
        app.register_blueprint(area.blueprint)
