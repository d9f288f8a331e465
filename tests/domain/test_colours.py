"""Colours: contrast by WCAG 2.2, what follows from one accent, and what is refused with the nearest that does."""

from pathlib import Path

import pytest

from chalicelib.domain.colours import (
    GROUNDS,
    LEAST_CONTRAST,
    OURS,
    PAIRS,
    Palette,
    contrast,
    following,
    unreadable,
    whole,
)

THEMES = ["light", "dark"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#27408b", "#faf9f5", 9.1),
        ("#a8bbf7", "#12141b", 9.7),
    ],
)
def test_contrast_is_that_of_the_specification(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_our_own_colours_can_be_read(theme):
    assert [*unreadable(Palette(**OURS[theme]), theme)] == []
    assert whole(None, theme) == OURS[theme]


@pytest.mark.parametrize("theme", THEMES)
def test_the_grounds_are_those_of_the_style_sheet(theme):
    sheet = Path("portal_static/css/base.css").read_text()
    for name, colour in {**GROUNDS[theme], **OURS[theme]}.items():
        told = sheet.partition(f"--{name.replace('_', '-')}: light-dark(")[2].partition(")")[0]
        assert told.split(", ")[THEMES.index(theme)] == colour


@pytest.mark.parametrize(
    ("accent", "theme"), [("#0b5d4e", "light"), ("#7a1f3d", "light"), ("#8ee0c8", "dark"), ("#f4b6c8", "dark")]
)
def test_one_colour_is_enough_and_the_others_follow_from_it(accent, theme):
    assert [*unreadable(Palette(accent), theme)] == []
    made = whole(Palette(accent), theme)
    assert made["accent"] == accent and len(set(made.values())) == 4


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "accent", ["#9bb7ff", "#ffd400", "#27408b", "#808080", "#ff0000", "#00ff00", "#000000", "#ffffff"]
)
def test_what_cannot_be_read_is_told_with_a_colour_that_can(accent, theme):
    for found in unreadable(Palette(accent), theme):
        assert (found.written, found.ground) in PAIRS and found.ratio < LEAST_CONTRAST
        assert [*unreadable(Palette(found.instead), theme)] == []


def test_the_suggestion_is_near():
    [found] = unreadable(Palette("#5a78d8"), "light")
    known = GROUNDS["light"] | whole(Palette(found.instead), "light")
    least = min(contrast(known[written], known[ground]) for written, ground in PAIRS)
    assert found.name == "accent" and LEAST_CONTRAST <= least < LEAST_CONTRAST + 0.1


def test_of_two_colours_the_one_that_was_set_is_to_change():
    [found] = unreadable(Palette("#27408b", on_accent="#27408b"), "light")
    assert (found.name, found.written, found.ground, found.ratio) == ("on_accent", "on_accent", "accent", 1.0)
    [soft] = unreadable(Palette("#27408b", accent_soft="#8899dd"), "light")
    assert soft.name == "accent_soft"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("accent", ["#7a1f3d", "#0b5d4e", "#ffd400", "#808080", "#000000", "#ffffff"])
def test_a_theme_without_colours_follows_the_other_ones_and_can_be_read(accent, theme):
    made = following(Palette(accent), theme)
    assert [*unreadable(made, theme)] == [] and made.accent != OURS[theme]["accent"]


@pytest.mark.parametrize(("theme", "other"), [("light", "dark"), ("dark", "light")])
def test_where_the_accent_is_ours_the_other_theme_stays_ours(theme, other):
    assert following(Palette(OURS[other]["accent"], accent_2="#112233"), theme) is None


def test_a_dark_page_has_the_hue_of_the_light_one():
    made = following(Palette("#7a1f3d"), "dark").accent
    red, green, blue = (int(made[at : at + 2], 16) for at in (1, 3, 5))
    assert red > blue > green and contrast(made, GROUNDS["dark"]["paper"]) >= LEAST_CONTRAST


def test_our_soft_ground_bears_small_print_too():
    assert ("ink_3", "accent_soft") in PAIRS
