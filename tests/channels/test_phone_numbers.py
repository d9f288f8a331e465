"""Phone numbers as people type them, on a stage with a number of its own and on one without."""

import pytest

from chalicelib.channels import phone_numbers


@pytest.mark.parametrize(
    ("ours", "typed", "read"),
    [
        ("+21670555014", "20 555 014", "+21620555014"),
        ("+21670555014", "+33 6 12 34 56 78", "+33612345678"),
        ("", "+216 20 555 014", "+21620555014"),
        ("", "20 555 014", None),
        ("+21670555014", "GHUSN", None),
    ],
)
def test_a_number_without_a_country_is_one_of_our_own_country_if_we_have_a_number(monkeypatch, ours, typed, read):
    monkeypatch.setenv("DIWAN_SUPPORT_PHONE", ours)

    assert phone_numbers.parse(typed) == read
