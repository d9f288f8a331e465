"""Whether an SMS may go out at this moment, and what it adds to the day's spending.

What nobody wrote by hand waits for the end of the quiet hours, and for the next day once the cap is met; it is never
dropped. An agent's answer counts, and is never held.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from chalicelib import clock
from chalicelib.channels.sending import Rejected, Throttled
from chalicelib.domain import sms_prices
from chalicelib.domain.shop import Shop
from chalicelib.store import sms_spending

# A cap may be raised meanwhile, and quiet hours be given up.
LOOK_AGAIN = timedelta(hours=1)


class Held(Exception):
    """It is to wait: ask again at `until`. `reason` is one of `delivery_reason`."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until


@contextmanager
def admitted(body: str, to: str, shop: Shop, may_wait: bool) -> Iterator[None]:
    """Within it the SMS may be sent. What it costs is counted before, and taken back if it was not sent after all.

    Raises:
        Held: not now; only of what `may_wait`: nobody wrote it for this very customer, and nobody looks out for it.
    """
    price, day = _price(body, to, shop), clock.now().date()
    if may_wait:
        _refuse_in_quiet_hours(shop)
        _spend_within_cap(price, shop, day)
    else:
        sms_spending.spend(price, day=day)
    try:
        yield
    except (Throttled, Rejected):
        sms_spending.give_back(price, day)
        raise


def _price(body: str, to: str, shop: Shop) -> float:
    """Of a country without a price the dearest is taken: a cap is there to hold."""
    # Rendering costs imports that a job which sends nothing must not pay for; so below.
    from chalicelib.channels import sms_estimate

    known = sms_estimate.price_of(body, to, shop)
    return sms_prices.DEAREST * sms_estimate.parts(body) if known is None else known


def _refuse_in_quiet_hours(shop: Shop) -> None:
    quiet = shop.sms.quiet_hours
    over = quiet.end(clock.now(), shop.time_zone) if quiet else None
    if over:
        raise Held("quiet-hours", min(over, clock.now() + LOOK_AGAIN))


def _spend_within_cap(price: float, shop: Shop, day: date) -> None:
    if sms_spending.spend(price, shop.sms.daily_cap, day):
        return
    from chalicelib.actions import warn_of_sms_cap

    warn_of_sms_cap.warn(shop)
    raise Held("sms-cap", min(sms_spending.next_day(), clock.now() + LOOK_AGAIN))
