"""All pages of the settings, for whoever puts them on the app."""

from chalicelib.web.doors import Doors


def doors() -> tuple[Doors, ...]:
    """The routes of them all."""
    from chalicelib.agent.settings import (
        agents,
        announcement,
        api_keys,
        branding,
        channels,
        data,
        fields,
        home,
        hours,
        logos,
        messaging,
        often_asked,
        rules,
        shop,
        webhook_log,
        webhooks,
    )

    of_the_shop = (home, shop, branding, logos, announcement, often_asked, hours, rules, messaging)
    of_connections = (channels, api_keys, webhooks, webhook_log, data)
    return tuple(area.doors for area in (*of_the_shop, agents, fields, *of_connections))
