"""Searching tickets, for agents only, and keeping their index: a shard a month, all in one manifest.

`tickets_opensearch` does the same in OpenSearch, and `ticket_engine` chooses between them.
What changed since the last publication is not in the shards. Whoever searches hands it in as `fresh`; the shards are
then asked without those tickets, so that each is found once and as it is now.
"""

import functools
import heapq
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from chalicelib import settings
from chalicelib.search import asking, packing, tickets_month
from chalicelib.search.asking import Asked
from chalicelib.search.reading import Reader
from chalicelib.search.snapshot import Edition, File, Manifest, Shelf
from chalicelib.search.tickets_documents import (
    ALWAYS,
    FORMAT,
    NOBODY,
    Entry,
    Hit,
    Publication,
    Results,
    Span,
    TicketDocument,
    Wanted,
    as_exact,
    entry,
)
from chalicelib.search.tickets_fresh import Fresh
from chalicelib.search.tickets_month import Month
from chalicelib.search.weighing import idf

__all__ = ["NOBODY", "Entry", "Hit", "Results", "TicketDocument", "entry", "search"]

# Nobody reads the forty-first page; each hit before it costs every shard.
MAX_REACHED = 1_000
_AT_ONCE = 4
_MENDED = 3

# A score, and how to get the id it belongs to: ids are fetched for the page that is shown only.
_Placed = tuple[float, Callable[[], str]]

_shelf = Shelf("tickets")


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
    """The tickets that hold every word of `query`, best first; if none does, those that hold any.

    Args:
        query: free text; its first 1,000 signs and 64 words count.
        fresh: tickets as they are now, which the shards may hold as they were.
        without: ids of tickets that are left out, such as those that are gone.
        filters: values a ticket may have, by the fields of `tickets_month.FILTERS` (`none`: nobody's).
        born: when a ticket was made; shards of other months are not opened, and do not say what a word tells.
        generation: the publication that must be seen at least.
        limit: how many hits; 0 counts only.
        offset: hits to leave out before the first; beyond 1,000 there are none.
        strictly: every word as it is spelt, or nothing.
    """
    shards, overlay = _shards(generation, born), Fresh(fresh)
    asked = asking.as_written(query) if strictly else _read(query, shards, overlay)
    if not asked.words:
        return Results()
    wanted = Wanted(
        words=tuple(dict.fromkeys(asked.words)),
        every=True,
        weights=_weights(asked, shards, overlay),
        exact=as_exact(query),
        filters=filters or {},
        without=frozenset(each.ticket_id for each in fresh).union(without),
        born=born,
    )
    most = min(offset + limit, MAX_REACHED)
    best, total = _best(wanted, shards, overlay, most)
    if not total and len(wanted.words) > 1 and not strictly:
        best, total = _best(replace(wanted, every=False), shards, overlay, most)
    hits = tuple(Hit(id(), round(score, 4)) for score, id in best[offset:])
    return Results(hits, total, asked.did_you_mean, tuple(asked.terms))


def publish(read: Callable[[], tuple[Iterable[TicketDocument], Collection[str]]]) -> Publication:
    """Put documents in place of those of the same tickets, and take out tickets that are gone.

    `read` gives both; it is asked again after each lost race, so that the last truth wins.

    Raises:
        errors.Contention: others published again and again; nothing was changed.
    """

    def edit(manifest: Manifest) -> Edition | None:
        documents, gone = read()
        by_month = _by_month(documents)
        old = dict(manifest.files) if manifest.format == FORMAT else {}
        touched = sorted({*by_month, *(old if gone else ())})
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            changed = threads.map(lambda name: _changed(old.get(name), by_month.get(name, []), gone), touched)
            files = {**old, **dict(zip(touched, changed, strict=True))}
        return None if files == manifest.files else Edition(FORMAT, files)

    return Publication(_shelf.publish(edit).generation)


def rebuild(month: str, documents: Iterable[TicketDocument]) -> int:
    """Publish a shard of exactly these documents, all born in `month`; returns the generation.

    Nobody else may publish changes to that month meanwhile: they would be lost (see `store.unindexed.hold`).
    """
    entries = [entry(each) for each in documents]
    with tempfile.TemporaryDirectory(prefix="diwan-index-") as place:
        tickets_month.build(Path(place), entries)
        packed = packing.pack(Path(place))

    def edit(manifest: Manifest) -> Edition | None:
        old = manifest.files if manifest.format == FORMAT else {}
        return Edition(FORMAT, {**old, month: packed}) if entries or month in old else None

    return _shelf.publish(edit).generation


def months() -> set[str]:
    """The months that have a shard of today's format."""
    manifest, _ = _shelf.manifest()
    return set(manifest.files) if manifest.format == FORMAT else set()


def sweep() -> int:
    """Delete shards that nobody needs any more; see `articles.sweep`."""
    return _shelf.sweep()


def clear() -> int:
    """Give up all shards, once something else finds tickets; see `sweep`. Called on three nights, it leaves no file."""
    _shelf.publish(lambda manifest: Edition(FORMAT, {}) if manifest.keys() else None)
    return _shelf.sweep()


def forget() -> None:
    """Close what this process has open, so that the next search looks at S3 anew: for a world that was made anew."""
    _reader.cache_clear()


def _shards(generation: int, born: Span) -> list[Month]:
    """Of the months wanted all that can be read, the oldest first."""
    copies = _reader(settings.search_bucket()).open_all(generation=generation, wanted=born.touches)
    return [copy.index for _, copy in sorted(copies.items()) if copy.index is not None]


def _read(query: str, shards: Sequence[Month], overlay: Fresh) -> Asked:
    def known(term: str) -> bool:
        return overlay.frequency(term) > 0 or any(shard.frequency(term) for shard in shards)

    def mend(word: str, errors: int) -> list[str]:
        """What most shards think was meant."""
        votes = Counter(best for shard in shards for best in shard.mend(word, errors)[:1])
        return [best for best, _ in votes.most_common(_MENDED)]

    return asking.read(query, known, mend)


def _weights(asked: Asked, shards: Sequence[Month], overlay: Fresh) -> dict[str, float]:
    indexes: list[Month | Fresh] = [*shards, overlay]
    tickets = sum(len(each) for each in indexes)
    return {term: idf(tickets, sum(each.frequency(term) for each in indexes)) for term in set(asked.terms)}


def _best(wanted: Wanted, shards: Sequence[Month], overlay: Fresh, most: int) -> tuple[list[_Placed], int]:
    """The `most` best of all shards and the overlay (of equals, the youngest first), and how many there are."""
    fresh = sorted(overlay.find(wanted), reverse=True)
    placed: list[_Placed] = [(score, functools.partial(str, id)) for score, id in fresh]
    total = len(fresh)
    for shard in reversed(shards):
        count, hits = shard.find(wanted, most)
        total += count
        placed += [(score, functools.partial(shard.id_at, place)) for score, place in hits]
    return heapq.nlargest(most, placed, key=lambda hit: hit[0]), total


def _by_month(documents: Iterable[TicketDocument]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for document in documents:
        found[document.month].append(entry(document))
    return found


def _changed(old: File | None, entries: Sequence[Entry], gone: Collection[str]) -> bytes | File:
    """The month's shard after the change; its old file if the change does not touch it."""
    with tempfile.TemporaryDirectory(prefix="diwan-index-") as place:
        folder = Path(place)
        if old:
            packing.unpack(_shelf.fetch(old), folder)
        touched = tickets_month.change(folder, entries, gone)
        return packing.pack(folder) if touched or old is None else old


@functools.cache
def _reader(bucket: str) -> Reader[Month | None]:
    return Reader(_shelf, lambda folder, format: Month(folder) if format == FORMAT else None)
