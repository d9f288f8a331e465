"""What Amazon Connect's events told of a call so far."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class CallLegRow(Row, discriminator="call-leg"):
    """A leg of a call, as in `domain.call_leg`; never who the customer is."""

    id = UnicodeAttribute()
    chain = UnicodeAttribute()
    previous = UnicodeAttribute(null=True)
    instance = UnicodeAttribute(null=True)
    method = UnicodeAttribute()
    connected_at = TimeAttribute(null=True)
    agent = UnicodeAttribute(null=True)
    agent_at = TimeAttribute(null=True)
    ended_at = TimeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    machine = UnicodeAttribute(null=True)
