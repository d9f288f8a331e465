"""Meta's error codes in words of ours."""

import pytest

from chalicelib.domain import delivery_reason, whatsapp_errors


@pytest.mark.parametrize("code", [None, 0, 1, 100, 130429, 131026, 131047, 131050, 132001, 133010, 999_999])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_code_has_words(code, language):
    assert delivery_reason.words(whatsapp_errors.reason(code), language)


def test_no_failure_on_whatsapp_is_the_numbers_own():
    """It may be reached by SMS all the same, so nothing marks the contact."""
    assert not any(delivery_reason.is_of_address(whatsapp_errors.reason(code)) for code in whatsapp_errors.REASONS)


def test_all_reasons_are_in_the_table():
    assert set(whatsapp_errors.REASONS.values()) <= set(delivery_reason.REASONS)
