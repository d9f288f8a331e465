"""Searching the help centre and keeping its index: one index an audience, all published together or not at all.

`update` asks for the articles again whenever another writer came first; `apply` cannot, so where changes race it may
put back an older text.
"""

import atexit
import functools
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

from chalicelib import errors, settings
from chalicelib.search import index, packing, texts
from chalicelib.search.documents import AUDIENCES, Document, Hit, Results, Suggestions, SynonymSet
from chalicelib.search.finding import Index
from chalicelib.search.laid_over import LaidOver
from chalicelib.search.reading import Reader
from chalicelib.search.snapshot import Edition, File, Manifest, Shelf, Swept
from chalicelib.search.texts import Texts

__all__ = [
    "Document",
    "Hit",
    "LaidOver",
    "Results",
    "Suggestions",
    "SynonymSet",
    "apply",
    "change_synonyms",
    "forget",
    "rebuild",
    "search",
    "suggest",
    "sweep",
    "update",
]

T = TypeVar("T")

_shelf = Shelf("articles")
_TEXTS = "texts"
# One for the indexes of all audiences, for as long as any of them is open.
_open_texts: WeakValueDictionary[str, Texts] = WeakValueDictionary()
_opening = threading.Lock()


def search(
    query: str,
    *,
    locale: str | None,
    audience: str = "public",
    category_id: str | None = None,
    limit: int = 10,
    offset: int = 0,
    now_fresh: bool = False,
    over: LaidOver | None = None,
) -> Results:
    """The articles that answer `query`, best first. Nothing a person can type makes it raise.

    Args:
        query: free text; its first 1,000 signs and 64 words count.
        locale: only articles in this language, or None for all.
        audience: `public`, `customers` (public and signed-in articles) or `agents` (all).
        limit: 1-100 hits.
        offset: hits to leave out before the first; beyond 10,000 there are none.
        now_fresh: see every change already published, at the price of a request to S3; else up to 15 s may pass.
        over: articles as they are now, whatever the index holds of them; see `laid_over`.

    Raises:
        KeyError: there is no such audience.
    """
    laid = over or LaidOver((), ())

    def ask(held: Index) -> Results:
        return held.search(query, locale=locale, category_id=category_id, limit=limit, offset=offset, over=laid)

    return _asked(audience, ask, now_fresh)


def suggest(query: str, *, locale: str | None, audience: str = "public") -> Suggestions:
    """At most eight articles that may be meant by words still being typed, of which the last is taken for a beginning.

    Args: as in `search`. Of the query the first 200 signs count; one letter alone begins nothing.
    """
    return _asked(audience, lambda held: held.suggest(query, locale=locale))


def apply(upserts: Iterable[Document], deletes: Iterable[str] = ()) -> int:
    """Put documents in place of those of the same article and locale, take whole articles out; returns the generation.

    Args:
        deletes: ids of articles, which go in all their locales (before the upserts come).

    Raises:
        errors.Contention: others published again and again; nothing was changed.
    """
    adding, deleting = tuple(upserts), frozenset(deletes)
    return update(lambda: (adding, deleting))


def update(read: Callable[[], tuple[Iterable[Document], Iterable[str]]]) -> int:
    """Like `apply`, with what `read` returns; it is asked again after each lost race, so that the last truth wins."""

    def edit(manifest: Manifest) -> Edition | None:
        upserts, deletes = read()
        entries, deleting = _analysed(upserts), frozenset(deletes)
        return _edition(
            manifest,
            lambda name, folder: index.change(
                folder, _visible(entries, name), [each.key for each in entries], deleting
            ),
        )

    return _shelf.publish(edit).generation


def change_synonyms(read: Callable[[], Iterable[SynonymSet]]) -> int:
    """Put all synonyms there are in place of those before; `read` is asked as in `update`. Returns the generation."""

    def edit(manifest: Manifest) -> Edition | None:
        sets = list(read())
        return _edition(manifest, lambda name, folder: index.change(folder, [], [], [], _known_to(name, sets)))

    return _shelf.publish(edit).generation


def rebuild(documents: Iterable[Document], synonyms: Iterable[SynonymSet] = ()) -> int:
    """Publish an index of exactly `documents` and `synonyms`; returns the generation.

    Give it generators: reading then begins after the manifest was read, so that no change can fall between.

    Raises:
        errors.Contention: another writer published meanwhile; nothing was changed, start again.
    """
    unread = iter([documents])

    def edit(_: Manifest) -> Edition:
        entries, sets = _analysed(_once(unread)), list(synonyms)
        apart = _set_apart(entries)
        built = _for_each_audience(lambda name: _built(name, entries, sets, apart))
        return Edition(index.FORMAT, {**built, _TEXTS: apart.file} if apart.file else built)

    return _shelf.publish(edit).generation


def sweep() -> int:
    """Delete index files that nobody needs any more: three generations stay; returns how many went. Run it nightly."""
    return _shelf.sweep()


def forget() -> None:
    """Close what this process has open, so that the next search looks at S3 anew: for a world that was made anew."""
    _reader.cache_clear()


def _asked(audience: str, ask: Callable[[Index], T], fresh: bool = False) -> T:
    """What the audience's index answers, or a newer one if its files were swept away before they were needed."""
    AUDIENCES[audience]
    try:
        return _answer(audience, ask, fresh)
    except Swept:
        return _answer(audience, ask, fresh=True)


def _answer(audience: str, ask: Callable[[Index], T], fresh: bool) -> T:
    copy = _reader(settings.search_bucket()).open(audience, fresh=fresh)
    return ask(copy.index if copy else _nothing())


def _for_each_audience(make: Callable[[str], T]) -> dict[str, T]:
    """What `make` gives for each audience; all at once, for most of the time is spent waiting for S3 and the disk."""
    with ThreadPoolExecutor(len(AUDIENCES)) as threads:
        return dict(zip(AUDIENCES, threads.map(make, AUDIENCES), strict=True))


def _edition(manifest: Manifest, change: Callable[[str, Path], bool]) -> Edition | None:
    """All indexes after `change`, which is given each audience and folder and says whether it changed anything."""
    used: list[Texts | None] = []  # what one audience fetched of them stays open for the others
    files = _for_each_audience(lambda name: _changed(manifest, name, change, used))
    if files == {name: manifest.files.get(name) for name in AUDIENCES}:
        return None
    files[_TEXTS] = manifest.files.get(_TEXTS)
    return Edition(index.FORMAT, {name: file for name, file in files.items() if file is not None})


def _changed(
    manifest: Manifest, audience: str, change: Callable[[str, Path], bool], used: list[Texts | None]
) -> bytes | File | None:
    """The index of `audience` after the change; its old file if the change does not touch it."""
    old = manifest.files.get(audience)
    with tempfile.TemporaryDirectory(prefix="diwan-index-") as place:
        folder = Path(place)
        if old:
            packing.unpack(_shelf.fetch(old), folder)
        outdated = old is not None and manifest.format != index.FORMAT
        if outdated:
            used.append(apart := _texts_of(folder))
            index.renew(folder, apart)
        return packing.pack(folder) if change(audience, folder) or outdated else old


def _built(audience: str, entries: Sequence[index.Entry], sets: Sequence[SynonymSet], apart: "_Apart") -> bytes:
    with tempfile.TemporaryDirectory(prefix="diwan-index-") as place:
        folder = Path(place)
        index.build(folder, _visible(entries, audience), _known_to(audience, sets), apart.places)
        if apart.file:
            texts.note(folder, apart.file, apart.dictionary)
        return packing.pack(folder)


@dataclass(frozen=True)
class _Apart:
    """Where texts lie that the indexes do not carry themselves."""

    file: File | None = None
    dictionary: bytes = b""
    places: Mapping[str, texts.Place] = field(default_factory=dict)


def _set_apart(entries: Sequence[index.Entry]) -> _Apart:
    """Store the texts in a file of their own, for the indexes of all audiences, if they are large."""
    if sum(len(each.document.body) for each in entries) < texts.LARGE:
        return _Apart()
    packed = texts.pack([(each.key, each.document.body) for each in entries])
    return _Apart(_shelf.store(_TEXTS, packed.content), packed.dictionary, packed.places)


def _texts_of(folder: Path) -> Texts | None:
    """The texts that lie apart from the index in that folder, if they do."""
    noted = texts.noted(folder)
    if noted is None:
        return None
    file, dictionary = noted
    opened = Texts(dictionary, partial(_shelf.fetch_part, file), partial(_shelf.fetch_into, file))
    with _opening:
        return _open_texts.setdefault(file.key, opened)


def _analysed(documents: Iterable[Document]) -> list[index.Entry]:
    """The last of each article and locale."""
    return list({each.key: each for each in map(index.entry, documents)}.values())


def _visible(entries: Sequence[index.Entry], audience: str) -> list[index.Entry]:
    return [each for each in entries if audience in AUDIENCES[each.document.visibility]]


def _known_to(audience: str, sets: Sequence[SynonymSet]) -> list[SynonymSet]:
    return [each for each in sets if audience in AUDIENCES[each.visibility]]


def _once(unread: Iterable[Iterable[Document]]) -> Iterable[Document]:
    for documents in unread:
        return documents
    raise errors.Contention("the article index changed while it was being rebuilt")


@functools.cache
def _reader(bucket: str) -> Reader[Index]:
    return Reader(_shelf, _opened)


@functools.cache
def _nothing() -> Index:
    """An index that holds nothing, for where none was ever published."""
    place = tempfile.mkdtemp(prefix="diwan-index-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    index.build(Path(place), [])
    return Index(Path(place))


def _opened(folder: Path, format: str) -> Index:
    apart = _texts_of(folder)
    if format != index.FORMAT:
        index.renew(folder, apart)
    return Index(folder, apart)
