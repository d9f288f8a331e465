"""Whether a customer's phone is to be left alone at this moment, because he asked for it.

Also by an answer that an agent wrote: it waits for his morning, and the desk says so. Codes that he asks for go out.
"""

from datetime import timedelta

from chalicelib import clock
from chalicelib.actions import identify_customer
from chalicelib.actions.admit_sms import LOOK_AGAIN, Held
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.shop import Shop
from chalicelib.domain.whatsapp_session import is_open
from chalicelib.store import customers, whatsapp_sessions

# Before a session on WhatsApp is over there must be time to send.
_MARGIN = timedelta(minutes=30)


def refuse_in_quiet_hours(customer_id: str, delivery: Delivery, shop: Shop) -> None:
    """Nothing is refused by mail, nor an answer on WhatsApp that could not go out any more in his morning.

    Raises:
        Held: not now, but once his quiet hours are over; he may give them up meanwhile, so it is asked each hour.
    """
    if delivery.contact_type != "phone":
        return
    customer = identify_customer.survivor(customers.get(customer_id))
    quiet = customer.quiet_hours if customer else None
    over = quiet.end(clock.now(), customer.time_zone or shop.time_zone) if customer and quiet else None
    if over is None:
        return
    if delivery.channel == "whatsapp" and not is_open(whatsapp_sessions.of(delivery.to), over + _MARGIN):
        return
    raise Held("customer-quiet-hours", min(over, clock.now() + LOOK_AGAIN))
