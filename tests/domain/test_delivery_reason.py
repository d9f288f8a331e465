"""Why a sending did not arrive, by the codes of RFC 3463, SES's own names, and what the other side says."""

import pytest

from chalicelib.domain import delivery_reason


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        ("5.1.1", None, "no-such-mailbox"),
        ("5.1.2", None, "no-such-domain"),
        ("5.1.10", None, "takes-no-mail"),
        ("5.2.1", None, "mailbox-disabled"),
        ("4.2.2", None, "mailbox-full"),
        ("5.3.4", None, "too-large"),
        ("4.4.1", None, "no-answer"),
        ("5.4.6", None, "loop"),
        ("4.4.7", None, "expired"),
        ("5.6.9", None, "content-refused"),
        ("5.7.1", None, "refused"),
        ("5.7.26", None, "sender-unproven"),
        ("5.7.99", None, "refused"),
        ("5.9.9", None, "not-delivered"),
        (None, "smtp; 550 5.2.2 full", "mailbox-full"),
        ("5.7.1", "smtp; 550 5.7.1 Message rejected as spam", "taken-for-spam"),
        ("4.7.1", "smtp; 450 4.7.1 Greylisted, see you", "greylisted"),
        ("5.0.0", "550 No such user here", "no-such-mailbox"),
        ("5.0.0", "554 mailbox quota exceeded", "mailbox-full"),
        (None, "something else", "not-delivered"),
        (None, None, "not-delivered"),
    ],
)
def test_a_code_or_what_was_said_tells_why(status, said, reason):
    assert delivery_reason.of_status(status, said) == reason


def test_every_reason_that_is_found_has_words_in_both_languages():
    named = {*delivery_reason._CODES.values(), *delivery_reason._SUBJECTS.values(), "complaint", "not-made"}
    named |= {*delivery_reason._BOUNCE_SUBTYPES.values(), *delivery_reason._DELAY_TYPES.values()}
    named |= {reason for _, reason in delivery_reason._WORDS}

    assert named <= delivery_reason.REASONS.keys()
    for reason in delivery_reason.REASONS:
        assert delivery_reason.words(reason, "en") != delivery_reason.words(reason, "ar")
    assert delivery_reason.words("unheard-of", "en") is None
    assert delivery_reason.words(None, "ar") is None
