"""What the shop has set, as an admin's key reads and changes it."""

import pytest

from chalicelib.store import shop


def test_settings_are_read_with_everything_off(api):
    found = api.get("/v1/settings")
    assert (found.status, found.headers["etag"]) == (200, '"0"')
    assert found.json["sms"] == {
        "max_parts": 6,
        "quiet_hours": None,
        "daily_cap": None,
        "prices": {},
        "confirm_opt_out": False,
    }


def test_only_what_is_given_changes_and_holds_at_once(api):
    changed = api.patch("/v1/settings", {"sms": {"quiet_hours": {"from": "21:00", "to": "08:00"}, "daily_cap": 5}})
    assert changed.json["sms"]["quiet_hours"] == {"from": "21:00", "to": "08:00"}

    again = api.patch("/v1/settings", {"time_zone": "Africa/Tunis", "sms": {"max_parts": 3, "prices": {"TN": 0.1}}})

    assert again.json == api.get("/v1/settings").json
    assert again.json["time_zone"] == "Africa/Tunis"
    assert again.json["sms"]["quiet_hours"] == {"from": "21:00", "to": "08:00"}
    assert (again.json["sms"]["max_parts"], again.json["version"]) == (3, 2)
    assert shop.read().sms.prices == {"TN": 0.1}
    off = api.patch("/v1/settings", {"sms": {"quiet_hours": None, "daily_cap": None}}).json["sms"]
    assert (off["quiet_hours"], off["daily_cap"]) == (None, None)


def test_the_template_of_whatsapp_is_set_by_its_name(api):
    assert api.get("/v1/settings").json["whatsapp"] == {"template": None, "languages": {"en": "en", "ar": "ar"}}

    api.patch("/v1/settings", {"whatsapp": {"languages": {"en": "en_US"}}})
    changed = api.patch("/v1/settings", {"whatsapp": {"template": "answer_waiting"}})

    assert changed.json["whatsapp"] == {"template": "answer_waiting", "languages": {"en": "en_US"}}
    assert shop.read().whatsapp.language("ar") == "en_US"


@pytest.mark.parametrize(
    ("whatsapp", "pointer"),
    [
        ({"template": "Answer waiting"}, "/whatsapp/template"),
        ({"template": ""}, "/whatsapp/template"),
        ({"languages": {"en": "English"}}, "/whatsapp/languages/en"),
    ],
    ids=str,
)
def test_what_meta_knows_not_is_refused(api, whatsapp, pointer):
    refused = api.patch("/v1/settings", {"whatsapp": whatsapp})
    assert (refused.status, list(refused.faults)) == (422, [pointer])


def test_what_changes_nothing_is_no_new_version(api):
    assert api.patch("/v1/settings", {"sms": {"max_parts": 6}}).json["version"] == 0


def test_a_version_that_does_not_hold_is_refused(api):
    api.patch("/v1/settings", {"sms": {"max_parts": 3}}, If_Match='"0"')
    assert api.patch("/v1/settings", {"sms": {"max_parts": 4}}, If_Match='"0"').code == "version-mismatch"
    assert shop.load().sms.max_parts == 3


def test_a_repeated_request_is_answered_as_the_first(api):
    first = api.patch("/v1/settings", {"sms": {"max_parts": 3}}, Idempotency_Key="one")
    assert api.patch("/v1/settings", {"sms": {"max_parts": 3}}, Idempotency_Key="one").json == first.json


def test_months_of_imported_tickets_outlive_a_change(api):
    shop.reach_back("2019-04")
    api.patch("/v1/settings", {"sms": {"max_parts": 3}})
    assert shop.load().first_month == "2019-04"


@pytest.mark.parametrize(
    ("sms", "pointer", "code"),
    [
        ({"max_parts": 0}, "/sms/max_parts", "out-of-range"),
        ({"max_parts": 11}, "/sms/max_parts", "out-of-range"),
        ({"daily_cap": -0.5}, "/sms/daily_cap", "out-of-range"),
        ({"daily_cap": "5"}, "/sms/daily_cap", "wrong-type"),
        ({"quiet_hours": {"from": "24:00", "to": "08:00"}}, "/sms/quiet_hours/from", "invalid-characters"),
        ({"quiet_hours": {"from": "08:00", "to": "08:00"}}, "/sms/quiet_hours/to", "same-hours"),
        ({"quiet_hours": {"from": "21:00"}}, "/sms/quiet_hours/to", "required"),
        ({"prices": {"Tunisia": 0.1}}, "/sms/prices/Tunisia", "invalid-characters"),
        ({"prices": {"TN": -0.1}}, "/sms/prices/TN", "out-of-range"),
        ({"pace": 1}, "/sms/pace", "unknown-field"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_by_name(api, sms, pointer, code):
    refused = api.patch("/v1/settings", {"sms": sms})
    assert (refused.status, refused.faults) == (422, {pointer: code})
    assert shop.load().version == 0


def test_an_unknown_time_zone_is_refused(api):
    assert api.patch("/v1/settings", {"time_zone": "Tunis/Africa"}).faults == {"/time_zone": "unknown-time-zone"}
