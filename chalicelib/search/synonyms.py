"""Words that stand for each other, as an index carries them: what was asked for is looked for in other words, too.

They lie in the index's own folder, so that a reader sees words and synonyms of one edition.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from chalicelib.search import text
from chalicelib.search.asking import Alternatives
from chalicelib.search.documents import SynonymSet

_FILE = "synonyms.json"

Side = tuple[str, ...]


def write(folder: Path, sets: Iterable[SynonymSet]) -> None:
    told = [asdict(each) for each in sets]
    (folder / _FILE).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8", errors="replace")


def read(folder: Path) -> list[SynonymSet]:
    """The sets in that folder, where there may be none."""
    place = folder / _FILE
    told = json.loads(place.read_text(encoding="utf-8")) if place.exists() else []
    return [SynonymSet(**{**each, "words": tuple(each["words"])}) for each in told]


class Synonyms:
    """Sets made ready to be looked up by terms."""

    def __init__(self, sets: Sequence[SynonymSet]) -> None:
        self._others: dict[str, dict[Side, list[Side]]] = defaultdict(dict)
        self._by_first: dict[str, list[Side]] = defaultdict(list)
        for each in sets:
            self._learn(each)
        self._terms = {term for sides in self._by_first.values() for side in sides for term in side}

    def know(self, term: str) -> bool:
        """Whether a set speaks of the term: then it is spelt right, whatever the articles say."""
        return term in self._terms

    def other_words(self, words: Sequence[Alternatives], locale: str | None) -> list[tuple[Side, Side]]:
        """What may be said in place of parts of a query in `locale` (None: in any): those parts, and other terms."""
        found = []
        for at, alternatives in enumerate(words):
            for side in {side for term in alternatives for side in self._by_first.get(term, ())}:
                if _stands(side, words[at : at + len(side)]):
                    found += [(side, other) for other in self._said_for(side, locale)]
        return list(dict.fromkeys(found))

    def _learn(self, each: SynonymSet) -> None:
        sides = list(dict.fromkeys(filter(None, (tuple(text.analyse(word)) for word in each.words))))
        for side in sides:
            if side not in self._by_first[side[0]]:
                self._by_first[side[0]].append(side)
            others = self._others[each.locale].setdefault(side, [])
            others += [other for other in sides if other != side and other not in others]

    def _said_for(self, side: Side, locale: str | None) -> list[Side]:
        locales = list(self._others) if locale is None else [locale]
        return [other for each in locales for other in self._others.get(each, {}).get(side, [])]


def _stands(side: Side, words: Sequence[Alternatives]) -> bool:
    return len(words) == len(side) and all(term in word for term, word in zip(side, words, strict=True))
