"""The colours of a shop: those it sets, those made of them, and whether they can be read on ours.

A shop names one colour a theme; what it leaves out follows from it. Contrast is WCAG 2.2's, and what is below 4.5:1 is
refused together with the nearest colour that is not.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

LEAST_CONTRAST = 4.5

COLOUR = r"#[0-9a-f]{6}"
# What the pages of the portal are drawn on and written in (portal_static/css/base.css); a shop does not change them.
GROUNDS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "paper": "#faf9f5", "surface": "#ffffff", "sunk": "#f1efe8", "ink": "#1d1f26", "ink_2": "#4c4f58",
        "ink_3": "#656770",
    },
    "dark": {
        "paper": "#12141b", "surface": "#1a1d26", "sunk": "#232733", "ink": "#f0ede5", "ink_2": "#c2c4cc",
        "ink_3": "#9da2b0",
    },
}  # fmt: skip
OURS: Mapping[str, Mapping[str, str]] = {
    "light": {"accent": "#27408b", "accent_2": "#1a2e6b", "accent_soft": "#ebeef8", "on_accent": "#ffffff"},
    "dark": {"accent": "#a8bbf7", "accent_2": "#c9d5fc", "accent_soft": "#252d4a", "on_accent": "#10172e"},
}
# First what is written, then what it is written on.
PAIRS = (
    ("accent", "paper"),
    ("accent", "surface"),
    ("accent", "sunk"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_2"),
    ("ink", "accent_soft"),
    ("ink_2", "accent_soft"),
    ("ink_3", "accent_soft"),
)
_BLACK, _WHITE = "#000000", "#ffffff"
# Which of two colours is to change: the one that was set, and of two the more particular.
_BLAMED_FIRST = ("on_accent", "accent_soft", "accent_2", "accent")


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as `#27408b`. `accent` is links and main buttons, `accent_2` the same under the
    pointer, `accent_soft` what is chosen and our own messages, `on_accent` words on a filled button; None: made of
    `accent`.
    """

    accent: str
    accent_2: str | None = None
    accent_soft: str | None = None
    on_accent: str | None = None


@dataclass(frozen=True)
class Unreadable:
    """`name` of the palette does not do: `written` on `ground` has a contrast of `ratio`; `instead` would do."""

    name: str
    written: str
    ground: str
    ratio: float
    instead: str


def contrast(one: str, other: str) -> float:
    """Between two colours, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def whole(palette: Palette | None, theme: str) -> dict[str, str]:
    """All four colours of a theme (`light` or `dark`); ours where none are set."""
    if palette is None:
        return dict(OURS[theme])
    accent, dark = palette.accent, theme == "dark"
    made = {
        "accent": accent,
        "accent_2": mixed(accent, _WHITE, 0.38) if dark else mixed(accent, _BLACK, 0.35),
        "accent_soft": mixed(accent, GROUNDS[theme]["surface"], 0.86 if dark else 0.91),
        "on_accent": max(_WHITE, mixed(accent, _BLACK, 0.88), key=lambda word: contrast(word, accent)),
    }
    given = {name: value for name in made if (value := getattr(palette, name))}
    return made | given


@lru_cache(maxsize=8)  # every page asks, and two hundred colours are tried
def following(other: Palette, theme: str) -> Palette | None:
    """The palette of a theme for which none is set, from that of the other one; None where that has our accent.

    Its accent is the other one's, made lighter or darker until all can be read.
    """
    if other.accent == OURS["light" if theme == "dark" else "dark"]["accent"]:
        return None
    same = Palette(other.accent)
    return replace(same, accent=_nearest(same, theme, "accent")) if [*unreadable(same, theme)] else same


def unreadable(palette: Palette, theme: str) -> Iterator[Unreadable]:
    """What cannot be read, each colour once with the pair that is worst."""
    worst: dict[str, Unreadable] = {}
    for written, ground, ratio in sorted(_ratios(palette, theme), key=lambda found: found[2]):
        if ratio < LEAST_CONTRAST:
            name = _to_change(palette, written, ground)
            worst.setdefault(name, Unreadable(name, written, ground, ratio, _nearest(palette, theme, name)))
    yield from worst.values()


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with that share (0 to 1) of `other` in it."""
    pairs = zip(_octets(colour), _octets(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def is_colour(text: str) -> bool:
    return bool(re.fullmatch(COLOUR, text))


def _ratios(palette: Palette, theme: str) -> Iterator[tuple[str, str, float]]:
    known = {**GROUNDS[theme], **whole(palette, theme)}
    for written, ground in PAIRS:
        yield written, ground, contrast(known[written], known[ground])


def _to_change(palette: Palette, *pair: str) -> str:
    return next((name for name in _BLAMED_FIRST if name in pair and getattr(palette, name)), "accent")


def _nearest(palette: Palette, theme: str, name: str) -> str:
    """The colour nearest to the one set, towards black or white, with which no pair is wrong because of it.

    Where another colour stands in every way, the one that reads best.
    """
    wished = getattr(palette, name)
    tried = [mixed(wished, end, step / 100) for step in range(1, 101) for end in (_BLACK, _WHITE)]
    return max(tried, key=lambda colour: min(_least(replace(palette, **{name: colour}), theme, name), LEAST_CONTRAST))


def _least(palette: Palette, theme: str, name: str) -> float:
    ratios = _ratios(palette, theme)
    return min(ratio for written, ground, ratio in ratios if _to_change(palette, written, ground) == name)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(octet / 255) for octet in _octets(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _octets(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
