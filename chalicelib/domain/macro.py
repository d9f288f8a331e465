"""A macro: words that agents write again and again, in our languages, with places that are filled for each ticket.

`{{customer.first_name|there}}` is filled with the customer's first name, else with "there". Filling is one pass of
plain substitution: what is filled in is not looked at for places again, so nobody's name can ask for somebody's data.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

MAX_NAME = 100
MAX_TEXT = 10_000
# All of them are read with every ticket on the desk.
MOST = 300
MAX_POSITION = 9_999

PLACEHOLDERS = (
    "customer.name",
    "customer.first_name",
    "last_inquiry.subject",
    "last_inquiry.date",
    "last_purchase.title",
    "ticket.number",
    "agent.name",
    "shop.name",
)

_PLACE = re.compile(r"\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}")
_OPENED = re.compile(r"\{\{\s*([a-z_]+\.[a-z_]+)")
# Where nothing stands, no gap stays: neither before a comma nor between two words.
_GAP_BEFORE_MARK = re.compile(r"[ \t\u00a0]*\0(?=[ \t]*(?:[,.;:!?)\u060c\u061b\u061f]|\n|\Z))")
_GAP = re.compile(r"\0[ \t\u00a0]?")
# Arabic names whose first word is but half a name: ʿAbd Allah, Abu Bakr, Umm Kulthum.
_HALF_NAMES = ("عبد", "أبو", "ابو", "أم", "ام")


@dataclass(frozen=True)
class Macro:
    """`texts` are by language; `team_id` keeps it to that team's tickets. Lists go by `position`, then by name."""

    id: str
    name: str
    texts: Mapping[str, str]
    created_at: datetime
    updated_at: datetime
    position: int = 0
    team_id: str | None = None
    version: int = 0

    def language_for(self, locale: str) -> str:
        """The language of the text that is used in a ticket in `locale`: the same, else the first there is."""
        return locale if self.texts.get(locale) else next(one for one in sorted(self.texts) if self.texts[one])

    def is_for(self, team_id: str | None) -> bool:
        """Whether it is offered on tickets of that team (None: of none)."""
        return self.team_id in (None, team_id)


def in_order(macros: list[Macro]) -> list[Macro]:
    return sorted(macros, key=lambda one: (one.position, one.name.casefold(), one.id))


def places(text: str) -> list[str]:
    """The names of the places in the text, in their order."""
    return list(dict.fromkeys(match[1] for match in _PLACE.finditer(text)))


def unknown(text: str) -> list[str]:
    """The names of places that nothing fills, and of those that are opened and never closed."""
    never_closed = _OPENED.findall(_PLACE.sub("", text))
    return [name for name in places(text) if name not in PLACEHOLDERS] + never_closed


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the values in their places; where there is neither value nor default, no gap stays."""

    def put(place: re.Match[str]) -> str:
        return values.get(place[1], "").replace("\0", "") or (place[2] or "").strip() or "\0"

    text = _PLACE.sub(put, text.replace("\0", ""))
    return _GAP.sub("", _GAP_BEFORE_MARK.sub("", text)).strip()


def left_empty(text: str, values: Mapping[str, str]) -> list[str]:
    """The names of the places for which there is neither value nor default."""
    empty = (place[1] for place in _PLACE.finditer(text) if not (values.get(place[1]) or (place[2] or "").strip()))
    return list(dict.fromkeys(empty))


def first_name(name: str) -> str:
    """How somebody is greeted: his name's first word, or two where the first alone is none."""
    words = name.split()
    return " ".join(words[:2] if words and words[0] in _HALF_NAMES else words[:1])
