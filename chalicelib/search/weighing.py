"""BM25 (Robertson and Zaragoza, 2009) as tantivy reckons it, so that scores of its indexes and our own compare."""

import math

SATURATION, _LENGTH = 1.2, 0.75
# Terms a ticket holds on average; tantivy does not tell. Where tickets are shorter, fresh ones come a little too early.
_USUAL_TERMS = 120


def idf(documents: int, holding: int) -> float:
    """How much a term tells that `holding` of so many `documents` hold; more than 0."""
    holding = min(holding, documents)
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def weight(count: int, terms: int, usual: int = _USUAL_TERMS) -> float:
    """How much it counts that a document of so many `terms` (others have the `usual` ones) holds one `count` times."""
    return count * (1 + SATURATION) / (count + SATURATION * (1 - _LENGTH + _LENGTH * terms / usual))
