"""What an SMS would take and cost, before it is sent."""

import pytest

from chalicelib.domain import sms_prices


def estimate(api, text, to="+21620123456", **more):
    return api.post("/v1/sms-estimates", {"text": text, "to": to, **more})


def test_a_text_is_counted_and_priced(api):
    told = estimate(api, "Your board is ready.")
    assert told.status == 200
    assert told.json == {
        "encoding": "GSM-7",
        "parts": 1,
        "left": 140,
        "price": 0.2,
        "currency": "USD",
        "linked": False,
        "price_version": sms_prices.VERSION,
    }


def test_the_shops_own_prices_go_before_the_table(api):
    api.patch("/v1/settings", {"sms": {"prices": {"TN": 0.05}}})
    told = estimate(api, "م" * 71).json
    assert (told["price"], told["price_version"]) == (0.1, None)


def test_a_number_is_read_as_people_type_it(api):
    assert estimate(api, "Hello", "٢٠ ١٢٣ ٤٥٦").json["price"] == estimate(api, "Hello").json["price"]


def test_a_country_nobody_has_a_price_for_has_none(api):
    assert estimate(api, "Hello", "+881612345678").json["price"] is None


@pytest.mark.parametrize(("text", "files"), [("Word " * 400, 0), ("😀" * 1600, 0), ("See the photo", 1)], ids=str)
def test_what_goes_out_with_a_link_is_counted_as_that(api, text, files):
    told = estimate(api, text, attachments=files).json
    assert told["linked"]
    assert told["parts"] <= 3


def test_no_number_is_refused(api):
    assert estimate(api, "Hello", "SHOP").code == "invalid-phone"


def test_an_empty_text_is_refused(api):
    assert estimate(api, " ").faults == {"/text": "blank"}
