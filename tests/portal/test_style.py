"""The style sheets keep the design's promises: contrast in both themes, no side of its own, fonts of a fair size."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "portal_static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", (STATIC / "css" / "base.css").read_text()
    )
}
TEXT = """
    ink paper, ink surface, ink sunk, ink-2 paper, ink-2 surface, ink-2 sunk, ink-3 paper, ink-3 surface, ink-3 sunk,
    ink-3 accent-soft, accent paper, accent surface, accent sunk, accent accent-soft, accent note, ink accent-soft,
    on-accent accent, on-accent accent-2, note-ink note, note note-ink, ink note, ink-3 note, ok ok-soft, ink ok-soft,
    warn warn-soft, ink warn-soft, bad bad-soft, ink bad-soft, accent bad-soft, bad surface, bad paper, hold hold-soft,
    mute mute-soft
""".replace("\n", " ").split(",")
GRAPHICS = ["edge surface", "edge paper", "gold surface", "gold paper", "ok surface"]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(pair: str, theme: int) -> float:
    """WCAG 2.2's ratio between two tokens; theme 0 is light, 1 is dark."""
    low, high = sorted(luminance(TOKENS[name][theme]) for name in pair.split())
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TEXT)
def test_text_can_be_read(pair, theme):
    assert contrast(pair, theme) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("pair", GRAPHICS)
def test_what_is_drawn_can_be_seen(pair, theme):
    assert contrast(pair, theme) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_rule_names_a_side_of_the_screen(sheet):
    """Left and right are start and end here; what has no logical form is turned by --flip."""
    rules = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheet.read_text(), flags=re.DOTALL)

    sides = r"(?<![\w-])(?:(?:margin|padding|border|inset)-)?(?:left|right|top|bottom):"
    sizes = r"(?<![\w-])(?:min-|max-)?(?:width|height)\s*:"
    assert re.findall(f"{sides}|{sizes}|text-align: (?:left|right)|float:", rules) == []


def test_arabic_is_neither_spaced_nor_slanted():
    text = "".join(sheet.read_text() for sheet in SHEETS)

    assert re.findall(r"letter-spacing|italic|uppercase|text-align: justify", text) == []


def test_every_variable_that_is_used_is_set():
    text = "".join(sheet.read_text() for sheet in SHEETS)

    assert set(re.findall(r"var\(--([\w-]+)", text)) <= set(re.findall(r"--([\w-]+):", text))


def test_every_file_that_a_sheet_names_is_there():
    for sheet in SHEETS:
        for name in re.findall(r"url\(([^)]+)\)", sheet.read_text()):
            assert (sheet.parent / name).resolve().is_file(), name


def test_the_fonts_are_small_and_say_whence_they_come():
    fonts = list((STATIC / "fonts").glob("*.woff2"))

    assert sum(font.stat().st_size for font in fonts) < 120 * 1024
    assert {font.name.split("-arabic")[0].split("-latin")[0] for font in fonts} == {
        licence.name.partition(".")[0] for licence in (STATIC / "fonts").glob("*.LICENSE.txt")
    }
