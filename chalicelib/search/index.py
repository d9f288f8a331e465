"""One audience's article index, as it is written: a tantivy index, its vocabulary and its synonyms in a folder.

`finding` reads it.
"""

import json
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chalicelib.search import engine, synonyms, text
from chalicelib.search.documents import Document, SynonymSet
from chalicelib.search.texts import Place, Texts

# Of the fields below and of what the analyser yields: an index of another format is built anew from what it stores.
FORMAT = f"3.{text.ANALYSER}"

_ARTICLES = "articles"
_TITLE_WEIGHT = 3  # one field with the title thrice ranks better than BM25 summed over two boosted fields


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its words analysed, made once for the indexes of all its audiences."""

    document: Document
    terms: str
    spellings: str
    title_words: str

    @property
    def key(self) -> str:
        return _key(self.document.article_id, self.document.locale)


def entry(document: Document) -> Entry:
    title, body = (text.meaningful(text.words(part)) for part in (document.title, document.body))
    joined = [[each.written for each in text.compounds(part)] for part in (document.title, document.body)]
    said = (title + joined[0]) * _TITLE_WEIGHT + body + joined[1]
    # NFKC may take one word apart: U+FDFA is a whole sentence.
    spellings = {part: None for word in title + body for part in text.spelling(word).split()}
    return Entry(
        document,
        " ".join(term for word in said for term in text.terms(word)),
        " ".join(spellings),
        " ".join(dict.fromkeys(form for word in text.words(document.title) for form in text.beginnings(word))),
    )


def build(
    folder: Path,
    entries: Sequence[Entry],
    sets: Sequence[SynonymSet] = (),
    apart: Mapping[str, Place] = MappingProxyType({}),
) -> None:
    """Make the index of `entries` in `folder`, where none is.

    Args:
        apart: where those texts lie, by their entry's key, that the index does not carry itself (see `texts`).
    """
    synonyms.write(folder, sets)
    _write(folder, engine.create(folder / _ARTICLES, _schema()), entries, [], apart)


def change(
    folder: Path,
    adding: Sequence[Entry],
    replacing: Collection[str],
    deleting: Collection[str],
    sets: Sequence[SynonymSet] | None = None,
) -> bool:
    """Bring the index in `folder` (which may be empty) up to date, and say whether anything in it changed.

    Args:
        adding: new entries.
        replacing: keys (`Entry.key`) whose old entry goes, whether or not a new one comes.
        deleting: ids of articles that go in all their languages.
        sets: all the synonyms there are from now on; None leaves those that are there.
    """
    if not (folder / _ARTICLES).exists():
        if adding or sets:
            build(folder, adding, sets or ())
        return bool(adding or sets)
    index = open_at(folder)
    stale = [("key", key) for key in replacing if engine.holds(index, "key", key)]
    stale += [("article_id", article_id) for article_id in deleting if engine.holds(index, "article_id", article_id)]
    others = sets is not None and list(sets) != synonyms.read(folder)
    if sets is not None and others:
        synonyms.write(folder, sets)
    if adding or stale or others:
        _write(folder, index, adding, stale)
    return bool(adding or stale or others)


def open_at(folder: Path) -> Any:
    """The tantivy index in that folder."""
    return engine.open_at(folder / _ARTICLES)


def documents_at(searcher: Any, places: Iterable[Any], texts: Texts | None) -> list[Document]:
    """The documents at places that a search of that index gave; without `texts`, some may lack theirs."""
    kept = [json.loads(bytes(searcher.doc(place)["source"][0])) for place in places]
    apart = [one.pop("at") for one in kept if "at" in one]
    found = iter(texts.at(apart) if texts and apart else [""] * len(apart))
    return [Document(**(one if "body" in one else one | {"body": next(found)})) for one in kept]


def renew(folder: Path, texts: Texts | None) -> None:
    """Make the index in `folder`, written in another format, anew from the documents it keeps; they are gone from
    there if that fails.

    The former one is read beside it: whoever opens an index, tantivy locks it once more from a thread of its own, and a
    folder in which a lock comes and goes cannot be deleted.
    """
    beside = tempfile.TemporaryDirectory(prefix="diwan-index-", dir=folder.parent, ignore_cleanup_errors=True)
    with beside as former:
        shutil.move(folder / _ARTICLES, former)
        entries, apart = _kept(Path(former), texts)
    build(folder, entries, synonyms.read(folder), apart)


def _kept(folder: Path, texts: Texts | None) -> tuple[list[Entry], dict[str, Place]]:
    """The entries of the index in `folder`, and where those texts lie that it does not carry itself."""
    searcher = open_at(folder).searcher()
    places = _everything(searcher)
    entries = [entry(document) for document in documents_at(searcher, places, texts)]
    kept = (json.loads(bytes(searcher.doc(place)["source"][0])).get("at") for place in places)
    return entries, {each.key: (at[0], at[1]) for each, at in zip(entries, kept, strict=True) if at}


def _key(article_id: str, locale: str) -> str:
    return f"{article_id}/{locale}"


def _row(each: Entry, place: Place | None) -> Any:
    import tantivy

    document = each.document
    source = asdict(document) | ({"at": place} if place else {})
    if place:
        del source["body"]
    row = tantivy.Document()
    row.add_text("key", each.key)
    row.add_text("article_id", document.article_id)
    row.add_text("locale", document.locale)
    row.add_text("category_id", document.category_id)
    # tantivy 0.27: `Document(updated_at=5)` is a signed number, which kills the writer at an unsigned fast field.
    row.add_unsigned("updated_at", document.updated_at)
    row.add_bytes("source", json.dumps(source, ensure_ascii=False).encode("utf-8", "replace"))
    row.add_text("terms", each.terms)
    row.add_text("spellings", each.spellings)
    row.add_text("title_words", each.title_words)
    return row


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("key", "article_id"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("locale", "category_id"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("updated_at", fast=True)
    builder.add_bytes_field("source", stored=True)
    engine.add_words(builder, "terms", "freq")
    engine.add_words(builder, "spellings", "basic")
    engine.add_words(builder, "title_words", "freq")
    return builder.build()


def _write(
    folder: Path,
    index: Any,
    adding: Iterable[Entry],
    stale: Iterable[tuple[str, str]],
    apart: Mapping[str, Place] = MappingProxyType({}),
) -> None:
    engine.write(index, (_row(each, apart.get(each.key)) for each in adding), stale)
    said = {word: 1 for each in synonyms.read(folder) for side in each.words for word in _spelled(side)}
    engine.write_vocabulary(folder, {**said, **engine.counted(index, "spellings")}.items())


def _spelled(words: str) -> list[str]:
    return [part for word in text.meaningful(text.words(words)) for part in text.spelling(word).split()]


def _everything(searcher: Any) -> list[Any]:
    from tantivy import Query

    return [place for _, place in searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits]
