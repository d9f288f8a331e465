"""How the shop looks, as an admin's key sets it: what cannot be read or would load from elsewhere is refused."""

import pytest

from chalicelib.domain.shop import Shop
from chalicelib.store import changes, keys, shop
from chalicelib.store.table import ShopRow

ANNOUNCED = {"level": "warn", "texts": {"en": "Parcels are late."}, "until": "2030-11-21T18:00:00Z"}


def test_a_shop_that_set_nothing_looks_like_diwan(api):
    found = api.get("/v1/settings").json
    assert found["branding"] == {
        "light": None,
        "dark": None,
        "logos": {},
        "css": "",
        "links": {},
        "announcement": None,
    }
    assert (found["names"], found["locales"]) == ({"en": "Diwan", "ar": "ديوان"}, ["en", "ar"])
    assert found["business_hours"] == {"week": {}, "holidays": [], "reply_within": None}


def test_how_it_looks_is_set_field_by_field_and_read_as_it_was_written(api):
    links = {"en": {"header": [{"text": "The shop", "url": "https://shop.example.org"}], "footer": []}}
    api.patch("/v1/settings", {"branding": {"light": {"accent": "#0b5d4e"}, "links": links}})

    again = api.patch("/v1/settings", {"branding": {"css": "h1 { color: red }", "announcement": ANNOUNCED}})

    branding = again.json["branding"]
    assert branding == api.get("/v1/settings").json["branding"]
    assert (branding["light"]["accent"], branding["links"]) == ("#0b5d4e", links)
    assert branding["announcement"] == {**ANNOUNCED, "links": {}, "from": None}
    shop.forget()
    assert shop.read().branding.announcement.texts == {"en": "Parcels are late."}


def test_texts_change_by_language_and_an_empty_one_goes(api):
    api.patch("/v1/settings", {"taglines": {"en": "Olive wood", "ar": "خشب الزيتون"}})
    changed = api.patch("/v1/settings", {"taglines": {"en": None}, "names": {"en": "Ghusn"}}).json
    assert (changed["taglines"], changed["names"]) == ({"ar": "خشب الزيتون"}, {"en": "Ghusn", "ar": "ديوان"})


def test_opening_hours_and_the_promise_are_set_together(api):
    wished = {"week": {"monday": [{"from": "09:00", "to": "17:00"}]}, "holidays": ["2026-12-25"], "reply_within": 240}
    assert api.patch("/v1/settings", {"business_hours": wished}).json["business_hours"] == wished


@pytest.mark.parametrize(
    ("wished", "pointer", "code"),
    [
        ({"branding": {"light": {"accent": "#9bb7ff"}}}, "/branding/light/accent", "low-contrast"),
        ({"branding": {"dark": {"accent": "#27408b"}}}, "/branding/dark/accent", "low-contrast"),
        ({"branding": {"css": "@import 'x.css';"}}, "/branding/css", "css-at-rule"),
        ({"branding": {"logos": {"en": {"light": "https://elsewhere.example/a.png"}}}}, "/branding/logos/en/light", ""),
        (
            {"branding": {"links": {"en": {"footer": [{"text": "Run", "url": "javascript:alert(1)"}]}}}},
            "/branding/links/en/footer/0/url",
            "no-address",
        ),
        ({"branding": {"announcement": {"texts": {}}}}, "/branding/announcement/texts", "blank"),
        (
            {"branding": {"announcement": {**ANNOUNCED, "from": "2031-01-01T00:00:00Z"}}},
            "/branding/announcement/until",
            "before",
        ),
        ({"names": {"en": None, "ar": None}}, "/names", "blank"),
        ({"locales": ["ar"]}, "/default_locale", "unknown-value"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone", "unknown-time-zone"),
        ({"rules": {"close_after_days": 0}}, "/rules/close_after_days", "out-of-range"),
        ({"business_hours": {"reply_within": 60}}, "/business_hours/reply_within", "no-open-hours"),
        (
            {"business_hours": {"week": {"monday": [{"from": "22:00", "to": "02:00"}]}}},
            "/business_hours/week/monday/0/to",
            "window-over-midnight",
        ),
        (
            {"business_hours": {"week": {"someday": [{"from": "09:00", "to": "10:00"}]}}},
            "/business_hours/week/someday",
            "unknown-day",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_where_it_stands(api, wished, pointer, code):
    refused = api.patch("/v1/settings", wished)
    assert (refused.status, list(refused.faults)) == (422, [pointer])
    assert not code or refused.faults[pointer] == code
    assert shop.load() == Shop()


def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(api):
    refused = api.patch("/v1/settings", {"branding": {"light": {"accent": "#9bb7ff"}}})
    [told] = refused.json["errors"]
    assert "accent on " in told["message"] and "4.5:1" in told["message"]
    instead = told["message"].rpartition(" ")[2]
    assert api.patch("/v1/settings", {"branding": {"light": {"accent": instead}}}).status == 200


def test_rows_from_before_there_was_branding_still_read(cloud):
    changes.connection()
    ShopRow(keys.shop(), settings={"names": {"en": "Old"}, "rules": {}, "receipts": ["sms"]}).save()
    found = shop.load()
    assert (found.name("en"), found.receipts, found.locales) == ("Old", ("sms",), ("en", "ar"))
    assert found.branding == Shop().branding and not found.business_hours.are_set
