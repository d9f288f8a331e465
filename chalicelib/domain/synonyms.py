"""Words that stand for each other when customers search: each of one word or several, in one language.

A set is for whoever has its visibility, so a name that only agents use tells customers nothing.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

# All of them travel with every index, and are read when it is opened.
MOST = 500
LEAST_WORDS = 2
MOST_WORDS = 20
LONGEST_WORD = 60

_JOINERS = "\u200c\u200d"  # Persian and others write them inside words


@dataclass(frozen=True)
class SynonymSet:
    """`words` are as they were given, cleaned; whoever looks for one of them finds the others as well."""

    id: str
    locale: str
    words: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    visibility: str = "public"
    version: int = 0


def cleaned(words: Iterable[str]) -> tuple[str, ...]:
    """The words without blanks around them, control signs and direction marks; each once, whatever its case."""
    told = (" ".join(_written(word).split()) for word in words)
    return tuple({word.casefold(): word for word in reversed(list(told)) if word}.values())[::-1]


def in_order(sets: Iterable[SynonymSet]) -> list[SynonymSet]:
    """By language, then by their first words."""
    return sorted(sets, key=lambda one: (one.locale, one.words[0].casefold(), one.id))


def _written(word: str) -> str:
    shown = (" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", word))
    return "".join(sign for sign in shown if sign in _JOINERS or unicodedata.category(sign)[0] != "C")
