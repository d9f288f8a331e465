"""Phone numbers as people type them, on a stage with a number of its own and on one without."""

import pytest

from chalicelib.channels import phone_numbers
from chalicelib.errors import Invalid

ALICE = "+21620555014"


@pytest.fixture
def nowhere(monkeypatch):
    """A stage that has neither a number nor a region."""
    monkeypatch.setenv("DIWAN_SUPPORT_PHONE", "")


@pytest.mark.parametrize(
    "typed",
    [
        "20 555 014",
        "20.555-014",
        "(20) 555-014",
        "20555014",
        "+216 20 555 014",
        "+216(20)555014",
        "00216 20 555 014",
        "00 216 20 555 014",
        "tel:+216-20-555-014",
        "TEL:20555014",
        "٢٠ ٥٥٥ ٠١٤",
        "۲۰۵۵۵۰۱۴",
        "+٢١٦٢٠٥٥٥٠١٤",
        "٠٠٢١٦٢٠٥٥٥٠١٤",
        "２０５５５０１４",
        "＋216 20 555 014",
        "\u200e+216 20 555 014\u200f",
        "\u2066+216 20 555 014\u2069",
        "20\u00a0555\u00a0014",
        "  20 555 014\n",
    ],
    ids=ascii,
)
def test_a_number_is_the_same_however_it_is_typed(typed):
    assert phone_numbers.normal_phone(typed) == phone_numbers.parse(typed) == ALICE


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("call me", "is not a phone number"),
        ("GHUSN", "is not a phone number"),
        ("1-800-FLOWERS", "is not a phone number"),
        ("هاتف", "is not a phone number"),
        ("", "is not a phone number"),
        ("+", "is not a phone number"),
        ("🪵", "is not a phone number"),
        ("*31#20555014", "is not a phone number"),
        ("+999 123456789", "is not a phone number"),
        ("+1", "too short"),
        ("197", "too short"),
        ("88123", "too short"),
        ("٨٨١٢٣", "too short"),
        ("+216 20 555", "too short"),
        ("+266696687", "too short"),
        ("+216 20 555 0144", "too long"),
        ("20555014 / 20555015", "too long"),
        ("1" * 300, "too long"),
        ("20 555 014 ext. 12", "extension"),
        ("20 555 014 x3", "extension"),
        ("20555014,3", "extension"),
        ("20 555 014 تحويلة 3", "extension"),
    ],
    ids=ascii,
)
def test_what_is_no_number_to_write_to_is_refused_with_the_reason_at_the_field(typed, why):
    with pytest.raises(Invalid) as refused:
        phone_numbers.normal_phone(typed, "/customer/phone")

    (fault,) = refused.value.faults
    assert (refused.value.code, fault.pointer, fault.code) == ("invalid-phone", "/customer/phone", "invalid-phone")
    assert why in fault.message
    assert phone_numbers.parse(typed) is None


@pytest.mark.parametrize("typed", ["+44 909 879 0000", "+1 900 555 0100"])
def test_a_premium_number_is_typed_by_nobody_who_wants_an_answer_but_a_carrier_may_name_it(typed):
    with pytest.raises(Invalid, match="premium-rate"):
        phone_numbers.normal_phone(typed)

    assert phone_numbers.parse(typed)


def test_without_a_region_a_number_must_name_its_country(nowhere):
    with pytest.raises(Invalid, match="names no country"):
        phone_numbers.normal_phone("20 555 014")

    assert phone_numbers.normal_phone("+216 20 555 014") == ALICE
    assert phone_numbers.normal_phone("0044 20 7946 0018") == "+442079460018"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("(202) 555-0123", "+12025550123"), ("011 216 20 555 014", ALICE), ("00216 20 555 014", ALICE)],
)
def test_the_region_that_is_set_comes_before_that_of_our_own_number(monkeypatch, typed, read):
    monkeypatch.setenv("DIWAN_PHONE_REGION", "us")

    assert phone_numbers.normal_phone(typed) == read


@pytest.mark.parametrize(
    ("region", "number", "shown"),
    [
        ("", ALICE, "20 555 014"),
        ("", "+33612345678", "+33 6 12 34 56 78"),
        ("US", ALICE, "+216 20 555 014"),
        ("US", "+12025550123", "(202) 555-0123"),
        ("US", "+18765550123", "+1 876-555-0123"),
        ("GB", "+442079460018", "020 7946 0018"),
    ],
)
def test_a_number_of_our_region_is_shown_as_people_there_write_it_all_others_with_their_country(
    monkeypatch, region, number, shown
):
    monkeypatch.setenv("DIWAN_PHONE_REGION", region)

    assert phone_numbers.on_screen(number) == shown


def test_without_a_region_every_number_is_shown_with_its_country(nowhere):
    assert phone_numbers.on_screen(ALICE) == "+216 20 555 014"
