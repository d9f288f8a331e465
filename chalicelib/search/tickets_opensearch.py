"""Searching tickets in OpenSearch, in place of the shards of `tickets`: the same functions, words and results.

OpenSearch shows what was written only after a while that nobody can shorten in a collection. So a publication names
what cannot be seen yet, and whoever searches goes on handing that in as `fresh`.
"""

import heapq
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib import settings
from chalicelib.search import asking, opensearch, text
from chalicelib.search.asking import Asked
from chalicelib.search.tickets import MAX_REACHED
from chalicelib.search.tickets_documents import (
    ALWAYS,
    FORMAT,
    Entry,
    Hit,
    Publication,
    Results,
    Span,
    TicketDocument,
    Wanted,
    as_exact,
    entry,
    milliseconds,
)
from chalicelib.search.tickets_fresh import Fresh
from chalicelib.search.tickets_month import EXACT_SCORE, FILTERS
from chalicelib.search.tickets_vocabulary import TICKETS, Vocabulary, held, holding
from chalicelib.search.weighing import SATURATION, idf

# What one request may hold: instances of some domains refuse more than 10 MB.
_MOST_OCTETS = 4_000_000
_PAGE = 1_000
# Above the version of any document: what is gone is not written again by a job that read it before.
_GONE = 2**62
# Seconds between looks at whether what was written can be seen. A job has a minute.
PAUSES = (0.5, 1, 2, 4)

Json = dict[str, Any]


def search(
    query: str,
    *,
    fresh: Sequence[Entry] = (),
    without: Collection[str] = (),
    filters: Mapping[str, tuple[str, ...]] | None = None,
    born: Span = ALWAYS,
    generation: int = 0,
    limit: int = 25,
    offset: int = 0,
    strictly: bool = False,
) -> Results:
    """See `tickets.search`; `generation` means nothing here.

    Raises:
        errors.Unavailable: OpenSearch does not answer.
    """
    asked = asking.as_written(query)  # most searches find something, and need not know which words are known
    if not asked.words:
        return Results()
    look = _Look(
        exact=as_exact(query),
        overlay=Fresh(fresh),
        filters=filters or {},
        without=frozenset(each.ticket_id for each in fresh).union(without),
        born=born,
        most=min(offset + limit, MAX_REACHED),
    )
    best, total = look.best(asked, every=True)
    if not total and not strictly:
        vocabulary = Vocabulary(_index(), query, look.overlay)
        asked = asking.read(query, vocabulary.known, vocabulary.mend)
        best, total = look.best(asked, every=True)
        if not total and len(set(asked.words)) > 1:
            best, total = look.best(asked, every=False)
    return Results(tuple(best[offset:]), total, asked.did_you_mean, tuple(asked.terms))


def publish(read: Callable[[], tuple[Iterable[TicketDocument], Collection[str]]]) -> Publication:
    """See `tickets.publish`. A document that can be seen as it is to be is not written again; a deletion is, since a
    job that read the ticket before may be about to write it for the first time.

    Raises:
        errors.Unavailable: OpenSearch does not answer, or did not take all of it.
    """
    listed, gone = read()
    documents = {document.ticket_id: document for document in listed}
    wanted = {**{id: document.version for id, document in documents.items()}, **dict.fromkeys(gone, _GONE)}
    if not wanted:
        return Publication(0)
    opensearch.create(_index(), _DEFINITION)
    unseen = _unseen(wanted)
    _write(_lines(documents[id]) if id in documents else [_deletion(id, _GONE)] for id in sorted(unseen.union(gone)))
    for pause in PAUSES:
        if unseen:
            time.sleep(pause)
            unseen = _unseen({id: wanted[id] for id in unseen})
    return Publication(0, frozenset(unseen))


def rebuild(month: str, documents: Iterable[TicketDocument]) -> int:
    """See `tickets.rebuild`; the month counts as there when all of it was taken.

    Raises:
        errors.Unavailable: OpenSearch does not answer, or did not take all of it.
    """
    opensearch.create(_index(), _DEFINITION)
    given: set[str] = set()

    def lines() -> Iterator[list[Json]]:
        for document in documents:
            given.add(document.ticket_id)
            yield _lines(document)

    _write(lines())
    _write([_deletion(id, version)] for id, version in list(_held(month)) if id not in given)
    if given:
        _write([[{"index": {"_id": f"month-{month}"}}, {"kind": "month", "month": month}]])
    return 0


def months() -> set[str]:
    """The months that were built with today's format.

    Raises:
        errors.Unavailable: OpenSearch does not answer.
    """
    body = {"query": {"term": {"kind": "month"}}, "size": _PAGE}
    return {hit["_source"]["month"] for hit in opensearch.search(_index(), body)["hits"]["hits"]}


def sweep() -> int:
    """Delete this stage's indexes of other formats.

    Raises:
        errors.Unavailable: OpenSearch does not answer.
    """
    others = [name for name in opensearch.names(f"{_prefix()}*") if name != _index()]
    for name in others:
        opensearch.drop(name)
    return len(others)


@dataclass(frozen=True)
class _Look:
    """One search, whatever words it comes to."""

    exact: str
    overlay: Fresh
    filters: Mapping[str, tuple[str, ...]]
    without: frozenset[str]
    born: Span
    most: int

    def best(self, asked: Asked, every: bool) -> tuple[list[Hit], int]:
        """The best of the index and the overlay (of equals, the youngest first), and how many there are."""
        terms = sorted(set(asked.terms))
        words = tuple(dict.fromkeys(asked.words))
        answer = opensearch.search(_index(), self._body(words, every, terms))
        weights = self._weights(terms, answer) if len(self.overlay) else {}
        wanted = Wanted(words, every, weights, self.exact, self.filters, self.without, self.born)
        fresh = sorted(self.overlay.find(wanted), reverse=True)
        found = [(hit["_score"], hit["_id"]) for hit in answer["hits"]["hits"]]
        placed = heapq.nlargest(self.most, [*fresh, *found], key=lambda hit: hit[0])
        hits = [Hit(id, round(score, 4)) for score, id in placed]
        return hits, len(fresh) + answer["hits"]["total"]["value"]

    def _body(self, words: Sequence[tuple[str, ...]], every: bool, terms: Sequence[str]) -> Json:
        body = {
            "query": self._query(words, every),
            "size": self.most,
            "_source": False,
            "track_total_hits": True,
            # Ids tell when a ticket was born.
            "sort": [{"_score": "desc"}, {"id": "desc"}],
        }
        return body | {"aggs": holding(terms)} if len(self.overlay) else body

    def _query(self, words: Sequence[tuple[str, ...]], every: bool) -> Json:
        each = [_any([{"term": {"terms": term}} for term in word]) for word in words]
        named = {"constant_score": {"filter": {"term": {"exact": self.exact}}, "boost": EXACT_SCORE}}
        whole = _any([{"bool": {"must": each}} if every else _any(each), named])
        only = [TICKETS, *({"terms": {name: list(of)}} for name, of in self.filters.items())]
        born = zip(("gte", "lt"), self.born.in_milliseconds, strict=True)
        if ends := {name: end for name, end in born if end is not None}:
            only.append({"range": {"born": ends}})
        return {"bool": {"must": [whole], "filter": only, "must_not": [{"ids": {"values": sorted(self.without)}}]}}

    def _weights(self, terms: Sequence[str], answer: Json) -> dict[str, float]:
        """How much each term tells in the index, whose scores (since OpenSearch 3) lack the factor that saturates."""
        tickets, counts = held(answer, terms)
        return {term: idf(tickets, count) / (1 + SATURATION) for term, count in counts.items()}


def _any(clauses: Sequence[Json]) -> Json:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def _lines(document: TicketDocument) -> list[Json]:
    """The action and the document that write a ticket, unless what is there is younger."""
    each = entry(document)
    forms = {form: None for word in each.spellings for form in text.fold(word).split()}
    fields = {
        "kind": "ticket",
        "id": each.ticket_id,
        "month": document.month,
        "born": milliseconds(each.born),
        "terms": " ".join(each.terms),
        "forms": " ".join(forms),
        "exact": list(each.exact),
        **{name: list(each.filters[name]) for name in FILTERS},
    }
    return [{"index": {"_id": each.ticket_id, **_version(document.version)}}, fields]


def _deletion(ticket_id: str, version: int) -> Json:
    return {"delete": {"_id": ticket_id, **_version(version)}}


def _version(version: int) -> Json:
    return {"version": version, "version_type": "external_gte"}


def _write(pieces: Iterable[Sequence[Json]]) -> None:
    """Send what belongs together in as few requests as may be."""
    lines: list[Json] = []
    octets = 0
    for piece in pieces:
        size = sum(len(line.get("terms", "")) + len(line.get("forms", "")) + 300 for line in piece) * 2
        if lines and octets + size > _MOST_OCTETS:
            opensearch.bulk(_index(), lines)
            lines, octets = [], 0
        lines += piece
        octets += size
    if lines:
        opensearch.bulk(_index(), lines)


def _unseen(wanted: Mapping[str, int]) -> set[str]:
    """Of tickets with the versions wanted, those that a search would not find so."""
    body = {"query": {"ids": {"values": sorted(wanted)}}, "size": len(wanted), "version": True, "_source": False}
    seen = {hit["_id"]: hit["_version"] for hit in opensearch.search(_index(), body)["hits"]["hits"]}
    return {id for id, version in wanted.items() if (id in seen if version == _GONE else seen.get(id, 0) < version)}


def _held(month: str) -> Iterator[tuple[str, int]]:
    """The tickets of a month that the index holds, with their versions."""
    body: Json = {
        "query": {"bool": {"filter": [TICKETS, {"term": {"month": month}}]}},
        "size": _PAGE,
        "version": True,
        "_source": False,
        "sort": [{"id": "asc"}],
    }
    while hits := opensearch.search(_index(), body)["hits"]["hits"]:
        yield from ((hit["_id"], hit["_version"]) for hit in hits)
        body["search_after"] = hits[-1]["sort"]


def _prefix() -> str:
    return f"diwan-{settings.stage()}-tickets-".lower()


def _index() -> str:
    return _prefix() + FORMAT


_NAME = {"type": "keyword"}
_DEFINITION: Json = {
    "mappings": {
        "dynamic": "strict",
        "properties": {
            **dict.fromkeys(("kind", "id", "month", "exact", *FILTERS), _NAME),
            "born": {"type": "long"},
            "terms": {"type": "text", "analyzer": "whitespace"},
            "forms": {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"},
        },
    }
}
