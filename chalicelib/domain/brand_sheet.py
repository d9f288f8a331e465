"""The one style sheet of a shop: its colours as the variables that our own sheets draw with, then its own rules.

Our sheets stand in layers and this one in none, so whatever it says goes before them.
"""

import hashlib
from functools import lru_cache

from chalicelib.domain.branding import THEMES, Branding

# Two pictures stand in the page, since a theme may be chosen against the system's; one of them is shown.
_LOGOS = """.logo.on-dark { display: none }
@media (prefers-color-scheme: dark) {
:root:not([data-theme=light]) .logo.on-dark { display: block }
:root:not([data-theme=light]) .logo.on-light { display: none }
}
:root[data-theme=dark] .logo.on-dark { display: block }
:root[data-theme=dark] .logo.on-light { display: none }
"""


def sheet(branding: Branding) -> str:
    """The style sheet; empty where a shop has set nothing that needs one."""
    both = any(logo.light and logo.dark for logo in branding.logos.values())
    return _variables(branding) + (_LOGOS if both else "") + branding.css


def tag(sheet: str) -> str:
    """Twelve letters that stand for this sheet and no other one."""
    return hashlib.sha256(sheet.encode()).hexdigest()[:12]


def address(branding: Branding) -> str | None:
    """Where the portal finds it: another address after every change, so that no cache shows an old one."""
    written = sheet(branding)
    return f"/brand.css?v={_tag(written)}" if written else None


_tag = lru_cache(maxsize=8)(tag)


def _variables(branding: Branding) -> str:
    if branding.light is None and branding.dark is None:
        return ""
    light, dark = (branding.colours(theme) for theme in THEMES)
    told = "".join(f"--{name.replace('_', '-')}: light-dark({light[name]}, {dark[name]});\n" for name in light)
    return f":root {{\n{told}}}\n"
