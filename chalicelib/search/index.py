"""One audience's article index: a tantivy index and its vocabulary in a folder; `change` writes it, `Index` reads."""

import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chalicelib.search import asking, engine, highlight, spelling, text
from chalicelib.search.documents import Document, Hit, Results

# Of the fields below and of what the analyser yields: an index of another format is built anew from what it stores.
FORMAT = f"1.{text.ANALYSER}"

MAX_LIMIT = 100
MAX_OFFSET = 10_000

_ARTICLES = "articles"
_TITLE_WEIGHT = 3  # one field with the title thrice ranks better than BM25 summed over two boosted fields
_CATEGORIES = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its words analysed, made once for the indexes of all its audiences."""

    document: Document
    terms: str
    spellings: str

    @property
    def key(self) -> str:
        return _key(self.document.article_id, self.document.locale)


def entry(document: Document) -> Entry:
    title, body = (text.meaningful(text.words(part)) for part in (document.title, document.body))
    terms = [term for word in title * _TITLE_WEIGHT + body for term in text.terms(word)]
    # NFKC may take one word apart: U+FDFA is a whole sentence.
    spellings = {part: None for word in title + body for part in text.spelling(word).split()}
    return Entry(document, " ".join(terms), " ".join(spellings))


def build(folder: Path, entries: Sequence[Entry]) -> None:
    """Make the index of `entries` in `folder`, which is empty."""
    _write(folder, engine.create(folder / _ARTICLES, _schema()), entries, [])


def change(folder: Path, adding: Sequence[Entry], replacing: Collection[str], deleting: Collection[str]) -> bool:
    """Bring the index in `folder` (which may be empty) up to date, and say whether anything in it changed.

    Args:
        adding: new entries.
        replacing: keys (`Entry.key`) whose old entry goes, whether or not a new one comes.
        deleting: ids of articles that go in all their languages.
    """
    if not (folder / _ARTICLES).exists():
        if adding:
            build(folder, adding)
        return bool(adding)
    index = engine.open_at(folder / _ARTICLES)
    stale = [("key", key) for key in replacing if engine.holds(index, "key", key)]
    stale += [("article_id", article_id) for article_id in deleting if engine.holds(index, "article_id", article_id)]
    if adding or stale:
        _write(folder, index, adding, stale)
    return bool(adding or stale)


def renew(folder: Path) -> None:
    """Make the index in `folder`, written in another format, anew from the documents it keeps."""
    entries = [entry(document) for document in _documents(engine.open_at(folder / _ARTICLES))]
    shutil.rmtree(folder / _ARTICLES)
    build(folder, entries)


class Index:
    """An index opened for searching; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._index = engine.open_at(folder / _ARTICLES)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._speller = spelling.Speller(folder)

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(self, query: str, *, locale: str | None, category_id: str | None, limit: int, offset: int) -> Results:
        """Articles for `query`, of which the first 1,000 signs and 64 words count; `limit` is held to 1-100."""
        asked = asking.read(query, self._known, self._speller.mend)
        terms = asked.terms
        if not terms:
            return Results()
        everywhere = self._filtered(self._any_of(terms), locale=locale)
        wanted = self._filtered(everywhere, category_id=category_id)
        found = self._searcher.search(wanted, min(max(limit, 1), MAX_LIMIT), offset=min(max(offset, 0), MAX_OFFSET))
        hits = tuple(self._hit(score, address, terms) for score, address in found.hits) if offset <= MAX_OFFSET else ()
        return Results(hits, found.count, asked.did_you_mean, self._by_category(everywhere))

    def _known(self, term: str) -> bool:
        return engine.holds(self._index, "terms", term)

    def _any_of(self, terms: list[str]) -> Any:
        from tantivy import Occur, Query

        each = [engine.term(self._schema, "terms", term, "freq") for term in terms]
        return Query.boolean_query([(Occur.Should, query) for query in each])

    def _filtered(self, query: Any, **wanted: str | None) -> Any:
        from tantivy import Occur, Query

        parts = [(Occur.Must, query)]
        for field, value in wanted.items():
            if value is not None:
                only = Query.const_score_query(engine.term(self._schema, field, value), 0.0)
                parts.append((Occur.Must, only))
        return Query.boolean_query(parts)

    def _by_category(self, query: Any) -> dict[str, int]:
        counted = self._searcher.aggregate(query, {"n": {"terms": {"field": "category_id", "size": _CATEGORIES}}})
        return {bucket["key"]: bucket["doc_count"] for bucket in counted["n"]["buckets"]}

    def _hit(self, score: float, address: Any, terms: list[str]) -> Hit:
        found = _document(self._searcher, address)
        return Hit(
            article_id=found.article_id,
            locale=found.locale,
            title=found.title,
            title_html=highlight.mark(found.title, terms),
            snippet=highlight.snippet(found.body, terms),
            slug=found.slug,
            category_id=found.category_id,
            updated_at=found.updated_at,
            score=round(score, 4),
        )


def _key(article_id: str, locale: str) -> str:
    return f"{article_id}/{locale}"


def _row(each: Entry) -> Any:
    import tantivy

    document = each.document
    row = tantivy.Document()
    row.add_text("key", each.key)
    row.add_text("article_id", document.article_id)
    row.add_text("locale", document.locale)
    row.add_text("category_id", document.category_id)
    # tantivy 0.27: `Document(updated_at=5)` is a signed number, which kills the writer at an unsigned fast field.
    row.add_unsigned("updated_at", document.updated_at)
    row.add_bytes("source", json.dumps(asdict(document), ensure_ascii=False).encode("utf-8", "replace"))
    row.add_text("terms", each.terms)
    row.add_text("spellings", each.spellings)
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
    return builder.build()


def _write(folder: Path, index: Any, adding: Iterable[Entry], stale: Iterable[tuple[str, str]]) -> None:
    engine.write(index, map(_row, adding), stale)
    engine.write_vocabulary(folder, engine.counted(index, "spellings").items())


def _documents(index: Any) -> Iterator[Document]:
    from tantivy import Query

    searcher = index.searcher()
    found = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False)
    return (_document(searcher, address) for _, address in found.hits)


def _document(searcher: Any, address: Any) -> Document:
    return Document(**json.loads(bytes(searcher.doc(address)["source"][0])))
