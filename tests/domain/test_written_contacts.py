"""Whoever says something without saying who he is may yet write it down: that is found, however it is written."""

import pytest

from chalicelib.domain import written_contacts


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("call me 20 - 555 - 014", "call me …"),
        ("+216 (0) 20 / 555 / 014 please", "… please"),
        ("at +216 (20) 555-014.", "at …."),
        ("20_555_014, or 20–555–014", "…, or …"),
        ("on \u200e20\u200f \u200e555\u200f 014", "on \u200e…"),
        ("رقمي ٢٠ ٥٥٥ ٠١٤ شكرا", "رقمي … شكرا"),
        ("２０５５５０１４", "…"),
        ("alice＠example.org", "…"),
        ("Mail alice @ example.tn", "Mail …"),
        ("I answer to @alice there", "I answer … there"),
        ("alice [at] example.org", "alice [at] …"),
        ("see HTTPS://x.example/reset?t=1 now", "see … now"),
    ],
)
def test_a_contact_is_left_out_however_it_is_written(said, kept):
    assert written_contacts.are_in(said)
    assert written_contacts.without(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "It took 12 days, not 3…",
        "Open 9:00 – 17:00?",
        "A board of 120 × 240 cm, x² and ½",
        "12345 and one of 67",
        "لم تذكروا ٣ أيام",
        "e.g. this.and.that",
        "",
    ],
)
def test_all_else_stays_as_it_was_written(said):
    assert not written_contacts.are_in(said)
    assert written_contacts.without(said) == said
