"""What is looked for, and how much each part of it counts: the words asked for, and other words that stand for them."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.search.asking import Asked
from chalicelib.search.synonyms import Side, Synonyms
from chalicelib.search.weighing import idf

# A word that stands for another counts less than it. A compound counts beside its parts: few have it by chance.
_SYNONYM = 0.7
_COMPOUND = 1.0


@dataclass(frozen=True)
class Clause:
    """Terms that must stand together in an article, and how much it counts that they do (1: as they weigh)."""

    terms: tuple[str, ...]
    weight: float = 1.0


def of(
    asked: Asked, synonyms: Synonyms, locale: str | None, documents: int, frequency: Callable[[str], int]
) -> list[Clause]:
    """The clauses of a query, any of which an article may answer.

    Args:
        documents: how many there are.
        frequency: how many of them hold a term.
    """
    certain = asked.certain or (1.0,) * len(asked.words)
    clauses = [
        Clause((term,), sure / place)
        for word, sure in zip(asked.words, certain, strict=True)
        for place, term in enumerate(word, start=1)
    ]  # of several words that may have been meant, the likeliest counts most
    clauses += [Clause((term,), _COMPOUND) for term in asked.compounds if (term,) not in asked.words]

    def weight(side: Side) -> float:
        return sum(idf(documents, frequency(term)) for term in side)

    for side, other in synonyms.other_words(asked.words, locale):
        # A rare word tells more than a frequent one, but never more than the one it stands for.
        clauses.append(Clause(other, _SYNONYM * min(1.0, weight(side) / weight(other))))
    return clauses
