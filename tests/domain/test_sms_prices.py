"""The table of prices, and what goes before it."""

import phonenumbers

from chalicelib.domain import sms_prices


def test_every_price_is_of_a_country_that_has_phone_numbers():
    assert sms_prices._PRICES.keys() <= set(phonenumbers.SUPPORTED_REGIONS)
    assert all(0.005 <= price < 1 for price in sms_prices._PRICES.values())


def test_the_shops_own_price_goes_before_the_table_and_may_be_nothing():
    assert sms_prices.of_part("TN", {}) == 0.20
    assert sms_prices.of_part("TN", {"TN": 0.0}) == 0.0
    assert sms_prices.of_part("AQ", {"AQ": 0.9}) == 0.9
    assert sms_prices.of_part("AQ", {}) is None
    assert sms_prices.of_part(None, {"TN": 0.1}) is None
