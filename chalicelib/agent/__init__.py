"""The agents' desk: where tickets are read and answered. A file is an area of the site."""

from chalice import Chalice

from chalicelib.web.doors import Site


def register(app: Chalice) -> None:
    """Put this door's routes on the app."""
    from chalicelib.agent import (
        articles,
        articles_categories,
        articles_editor,
        articles_failing,
        articles_finding,
        articles_images,
        articles_searches,
        articles_synonyms,
        articles_versions,
        attaching,
        blocked_senders,
        calls,
        customer_contacts,
        customer_profile,
        customers,
        inbox,
        macros,
        merging,
        pages,
        replies,
        retry,
        sign_in,
        suspended,
        teams,
        ticket,
    )
    from chalicelib.agent.settings import areas

    of_tickets = (inbox, ticket, replies, attaching, calls, retry, merging)
    of_articles = (articles, articles_editor, articles_finding, articles_versions, articles_categories)
    of_readers = (articles_images, articles_failing, articles_searches, articles_synonyms)
    of_customers = (customers, customer_contacts, customer_profile)
    of_help = (*of_articles, *of_readers)
    of_desk = (*of_tickets, *of_customers, *of_help, suspended, teams, macros, blocked_senders, sign_in)
    doors = [*(area.doors for area in of_desk), *areas.doors()]
    Site(doors, pages.refuse).register(app, "/agent", "/agent/{rest+}")
