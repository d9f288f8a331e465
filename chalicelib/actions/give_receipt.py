"""Answers a new ticket by a receipt, as far as machines may: never a machine, and nobody again and again."""

from datetime import timedelta

from chalicelib.actions.incoming import Incoming, Received
from chalicelib.domain.channel import reaches_by, reaching
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.shop import Shop
from chalicelib.store import allowances, deliveries, intake
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes

STRANGERS_RECEIPTS = Allowance("receipt", 10, timedelta(days=1))


def give(change: Changes, received: Received, incoming: Incoming, the_shop: Shop) -> tuple[str, ...]:
    """A receipt, where the shop gives one; returns what the event sends.

    By mail at most one a sender a day, or two machines answer for ever. Into the portal's form a stranger may type any
    address: it gets a few receipts a day.
    """
    address = incoming.address
    wanted = incoming.channel in the_shop.receipts and address and incoming.answerable and incoming.verified
    if not wanted or incoming.is_spent() or (incoming.channel == "email" and intake.answered_automatically(address)):
        return ()
    if incoming.channel == "email":
        intake.claim_automatic_answer(change, address)
    if incoming.channel == "portal" and incoming.customer_id is None:
        if allowances.is_spent(STRANGERS_RECEIPTS, address):
            return ()
        allowances.claim(change, STRANGERS_RECEIPTS, address)
    message = received.message
    receipt = Delivery(
        message.ticket_id, message.id, "receipt", _channel(incoming), address, "queued", message.created_at
    )
    deliveries.add(change, receipt)
    return ("receipt",)


def _channel(incoming: Incoming) -> str:
    """The one it came on; what came on none that reaches out is answered at the contact that was given."""
    if reaches_by(incoming.channel):
        return incoming.channel
    return reaching(incoming.sender.type if incoming.sender else "email")[0]
