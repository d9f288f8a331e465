"""All pages of the settings, for whoever puts them on the app."""

from chalice import Blueprint


def blueprints() -> tuple[Blueprint, ...]:
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
        messaging,
        rules,
        shop,
        webhook_log,
        webhooks,
    )

    of_the_shop = (home, shop, branding, announcement, hours, rules, messaging)
    of_connections = (channels, api_keys, webhooks, webhook_log, data)
    return tuple(area.blueprint for area in (*of_the_shop, agents, fields, *of_connections))
