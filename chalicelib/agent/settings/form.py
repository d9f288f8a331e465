"""Forms about the shop itself: what is wrong is told beside its field, in the words of the page.

Each form changes its own part, under the version of the settings that it was made of: who saved meanwhile is asked for.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.actions import change_settings
from chalicelib.actions.change_settings import Unfit
from chalicelib.agent.pages import Desk
from chalicelib.domain.branding import Wrong
from chalicelib.errors import VersionMismatch
from chalicelib.store import shop

CHANGED = "settings-changed-meanwhile"


def save(desk: Desk, wanted: Mapping[str, Any], typed: Mapping[str, str], within: str = "") -> dict[str, Any]:
    """Change the settings; gives what is wrong, by the field it is told beside.

    A fault at `/branding/light/accent` belongs to the field `light_accent`, when `within` is `branding`; one that no
    field is named for, to the field that stands for the beginning of its path.
    """
    first = next(iter(typed))
    if desk.version is None:  # its fields may be missing as well, and would be taken for emptied ones
        return {first: CHANGED}
    try:
        change_settings.change(wanted, version=desk.version)
    except VersionMismatch:
        return {first: CHANGED}
    except Unfit as error:
        return faults(error.wrongs, typed, within)
    return {}


def faults(wrongs: tuple[Wrong, ...], typed: Mapping[str, str], within: str = "") -> dict[str, Any]:
    """The first fault of each field."""
    found: dict[str, Any] = {}
    for wrong in wrongs:
        found.setdefault(_field(wrong, typed, within), wrong)
    return found


def version_for(desk: Desk, errors: Mapping[str, Any] | None) -> str | int:
    """The version that the form is made of: what it was, while it is being mended; else the one that holds."""
    stale = CHANGED in (errors or {}).values()
    return shop.load().version if stale or not errors else desk.visit.line("version")


def _field(wrong: Wrong, typed: Mapping[str, str], within: str) -> str:
    path = wrong.path[1:] if within and wrong.path[0] == within else wrong.path
    names = ("_".join(path[:length]) for length in range(len(path), 0, -1))
    beginnings = [name for name in names if name in typed]
    begun = (name for name in typed if name.startswith(f"{path[0]}_") or name == path[0])
    return beginnings[0] if beginnings else next(begun, next(iter(typed)))
