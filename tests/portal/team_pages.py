"""What the settings of teams, macros and blocked senders are given on that morning."""

from typing import Any

from chalicelib.domain.macro import PLACEHOLDERS
from tests.portal import samples

Pages = dict[str, tuple[str, dict[str, Any]]]


def pages(lang: str, base: dict[str, Any]) -> Pages:
    """Name of the picture -> template and what it is given; `base` is what every page of the desk is."""
    base = base | {"area": "settings"}
    return {**_teams(lang, base), **_macros(lang, base), **_blocked(lang, base)}


def _teams(lang: str, base: dict[str, Any]) -> Pages:
    of_teams = {
        "listed": samples.TEAMS,
        "members": {"team_1": [samples.BOB.name_in(lang)], "team_2": []},
        "shops_door": "help@ghusn.example",
        "done": "saved",
    }
    of_team = {
        "edited": samples.TEAMS[0],
        "version": 1,
        "typed": {"name_en": "Workshop", "name_ar": "الورشة", "email": "workshop@ghusn.example"},
        "shops_door": "help@ghusn.example",
        "mail_domain": "ghusn.example",
    }
    return {
        "settings-teams": ("agent/settings_teams", base | of_teams),
        "settings-teams-none": ("agent/settings_teams", base | of_teams | {"listed": [], "done": ""}),
        "settings-team": ("agent/settings_team", base | of_team),
        "settings-team-new": ("agent/settings_team", base | of_team | {"edited": None, "typed": {}}),
        "settings-team-wrong": (
            "agent/settings_team",
            base | of_team | {"errors": {"name_en": "team-nameless", "email": "email-taken"}},
        ),
    }


def _macros(lang: str, base: dict[str, Any]) -> Pages:
    of_macros = {
        "listed": [samples.MACRO],
        "team_of": {"team_1": samples.TEAMS[0]},
        "done": "macro-made",
    }
    of_macro = {
        "edited": samples.MACRO,
        "version": 1,
        "typed": {"name": samples.MACRO.name, "text_en": samples.MACRO.texts["en"], "position": "0"},
        "team_choices": [("team_1", samples.TEAMS[0].name_in(lang))],
        "placeholders": PLACEHOLDERS,
        "unfilled": {},
    }
    return {
        "settings-macros": ("agent/settings_macros", base | of_macros),
        "settings-macros-none": ("agent/settings_macros", base | of_macros | {"listed": [], "done": ""}),
        "settings-macro": ("agent/settings_macro", base | of_macro),
        "settings-macro-wrong": (
            "agent/settings_macro",
            base
            | of_macro
            | {"edited": None, "errors": {"text_en": "unknown-placeholder"}, "unfilled": {"en": ["customer.nick"]}},
        ),
    }


def _blocked(lang: str, base: dict[str, Any]) -> Pages:
    of_blocked = {
        "senders": samples.BLOCKED,
        "people": {"agt_1": samples.BOB.name_in(lang)},
        "done": "blocked",
        "first_page": None,
        "next_page": "/agent/settings/blocked-senders?after=1",
    }
    return {
        "settings-blocked": ("agent/settings_blocked", base | of_blocked),
        "settings-blocked-none": (
            "agent/settings_blocked",
            base | of_blocked | {"senders": [], "errors": {"value": "own-sender"}, "typed": {"value": "ghusn.example"}},
        ),
    }
