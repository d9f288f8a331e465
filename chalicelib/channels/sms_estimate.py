"""What an answer by SMS takes and about costs, before it is sent."""

from dataclasses import dataclass

from chalicelib import settings
from chalicelib.channels import sms_body, sms_text
from chalicelib.domain import sms_prices
from chalicelib.domain.shop import Shop

# As long as a link to a conversation is: see `ticket_links`.
_LINK = "/en/t/1000000-" + "a" * 17


@dataclass(frozen=True)
class Estimate:
    """`encoding` is `GSM-7` or `UCS-2`, `left` how many more of its characters fit the last part.

    With `linked` it is too long (or has files): its beginning goes out with a link to the whole, and that is what is
    counted. `price` is in `currency`, for all parts; None for a country whose price nobody knows. `price_version` is
    that of the table, None where the price is not of it.
    """

    encoding: str
    parts: int
    left: int
    price: float | None
    currency: str = sms_prices.CURRENCY
    linked: bool = False
    price_version: str | None = None


def estimate(text: str, e164: str, shop: Shop, files: int = 0, locale: str = "en") -> Estimate:
    """What `text`, an agent's answer with so many files in a conversation by SMS, takes to that number (E.164)."""
    link = settings.public_url() + _LINK
    body = sms_body.of_answer(text, files, link, locale, shop.sms.max_parts) if text.strip() or files else ""
    counted = sms_text.count(body)
    price, own = price_of(body, e164, shop), _region(e164) in shop.sms.prices
    version = None if price is None or own else sms_prices.VERSION
    linked = body.endswith(link)
    return Estimate(counted.encoding, counted.parts, counted.left, price, linked=linked, price_version=version)


def price_of(body: str, e164: str, shop: Shop) -> float | None:
    """What that SMS costs in US dollars by estimate; None for a country whose price nobody knows."""
    each = sms_prices.of_part(_region(e164), shop.sms.prices)
    return None if each is None else round(each * sms_text.count(body).parts, 5)


def parts(body: str) -> int:
    """How many parts the carrier bills."""
    return sms_text.count(body).parts


def _region(e164: str) -> str | None:
    """The ISO region of the number: of several countries with one calling code the one that has it, else the first."""
    import phonenumbers

    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return None
    whole = phonenumbers.region_code_for_number(number)
    return whole or phonenumbers.region_code_for_country_code(number.country_code or 0)
