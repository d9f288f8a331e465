"""Channels that an agent's answer can take: those that something sends, and our own, whose answers go by those."""

from chalicelib.api.problem_words import fault
from chalicelib.errors import Invalid

_OUR_OWN = ("portal", "api")


def refuse_where_nothing_sends(channel: str | None, at: str, locale: str) -> None:
    """A message on such a channel can be taken in from a customer, but would never reach one.

    Raises:
        Invalid: code `channel-not-available`, at the pointer `at`.
    """
    from chalicelib.channels.outgoing import SENDERS

    if channel is None or channel in (*_OUR_OWN, *SENDERS):
        return
    found = fault("channel-not-available", at, locale)
    raise Invalid(f"Nothing is sent on the channel {channel}.", code="channel-not-available", faults=(found,))
