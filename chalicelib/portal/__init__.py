"""The portal door: where customers read, ask and follow their tickets. A file is an area of the site."""

from chalice import Chalice

from chalicelib.web.doors import Site


def register(app: Chalice) -> None:
    """Put this door's routes on the app."""
    from chalicelib.portal import (
        articles,
        asking,
        attaching,
        brand,
        feed,
        files,
        home,
        media,
        my_tickets,
        own_data,
        pages,
        preferences,
        replies,
        search,
        sign_in,
        site_map,
        solving,
        suggest,
        suggestions,
        ticket_link,
        tickets,
        voting,
    )

    reading = (brand, home, search, suggest, articles, voting, site_map, feed)
    asked = (asking, suggestions, attaching)
    own = (my_tickets, tickets, replies, solving, ticket_link, preferences, own_data)
    areas = (*reading, *asked, *own, files, media, sign_in)
    Site([area.doors for area in areas], pages.refuse).register(app, "/", "/{lang}", "/{lang}/{rest+}")
