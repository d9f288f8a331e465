"""One audience's article index: a tantivy index and its vocabulary in a folder, written by `change`, read by `Index`.

Words are analysed by `text`, never by tantivy, whose tokenizer only splits at blanks; it forgets even that one when an
index is opened, so it is registered again each time.
"""

import itertools
import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chalicelib.search import highlight, spelling, text
from chalicelib.search.documents import Document, Hit, Results

# Of the fields below and of what the analyser yields: an index of another format is built anew from what it stores.
FORMAT = f"1.{text.ANALYSER}"

MAX_QUERY_SIGNS = 1_000
MAX_QUERY_WORDS = 64
MAX_LIMIT = 100
MAX_OFFSET = 10_000

_ARTICLES = "articles"
_TITLE_WEIGHT = 3  # one field with the title thrice ranks better than BM25 summed over two boosted fields
_CATEGORIES = 200
_WRITER_BYTES = 64_000_000
_BLANKS = "blanks"


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
    (folder / _ARTICLES).mkdir()
    _write(folder, _ready(_new(folder / _ARTICLES)), entries, [])


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
    index = _open(folder / _ARTICLES)
    stale = [("key", key) for key in replacing if _holds(index, "key", key)]
    stale += [("article_id", article_id) for article_id in deleting if _holds(index, "article_id", article_id)]
    if adding or stale:
        _write(folder, index, adding, stale)
    return bool(adding or stale)


def renew(folder: Path) -> None:
    """Make the index in `folder`, written in another format, anew from the documents it keeps."""
    entries = [entry(document) for document in _documents(_open(folder / _ARTICLES))]
    shutil.rmtree(folder / _ARTICLES)
    build(folder, entries)


class Index:
    """An index opened for searching; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._index = _open(folder / _ARTICLES)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._speller = spelling.Speller(folder)

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(self, query: str, *, locale: str | None, category_id: str | None, limit: int, offset: int) -> Results:
        """Articles for `query`, of which the first 1,000 signs and 64 words count; `limit` is held to 1-100."""
        terms, did_you_mean = self._terms(query)
        if not terms:
            return Results()
        everywhere = self._filtered(self._any_of(terms), locale=locale)
        wanted = self._filtered(everywhere, category_id=category_id)
        found = self._searcher.search(wanted, min(max(limit, 1), MAX_LIMIT), offset=min(max(offset, 0), MAX_OFFSET))
        hits = tuple(self._hit(score, address, terms) for score, address in found.hits) if offset <= MAX_OFFSET else ()
        return Results(hits, found.count, did_you_mean, self._by_category(everywhere))

    def _terms(self, query: str) -> tuple[list[str], str | None]:
        """The terms to look for, repeats kept, and the query as it should have been spelt if it was not."""
        asked = query[:MAX_QUERY_SIGNS].encode("utf-8", "replace").decode()
        terms: list[str] = []
        mended, at = "", 0
        for word in _asked_words(asked):
            known = any(self._known(term) for term in text.terms(word.written))
            better = [] if known else self._speller.mend(word.written)
            terms += [term for each in better or [word.written] for term in text.terms(each)]
            if better:
                mended += asked[at : word.start] + better[0]
                at = word.end
        return terms, (mended + asked[at:]).strip() if at else None

    def _known(self, term: str) -> bool:
        # Not `doc_freq`, which still counts articles that were taken out.
        return _holds(self._index, "terms", term)

    def _any_of(self, terms: list[str]) -> Any:
        from tantivy import Occur, Query

        each = [Query.term_query(self._schema, "terms", term, "freq") for term in terms]
        return Query.boolean_query([(Occur.Should, query) for query in each])

    def _filtered(self, query: Any, **wanted: str | None) -> Any:
        from tantivy import Occur, Query

        parts = [(Occur.Must, query)]
        for field, value in wanted.items():
            if value is not None:
                only = Query.term_query(self._schema, field, value.encode("utf-8", "replace").decode(), "basic")
                parts.append((Occur.Must, Query.const_score_query(only, 0.0)))
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


def _asked_words(asked: str) -> list[text.Word]:
    words = list(itertools.islice(text.placed_words(asked), MAX_QUERY_WORDS))
    return [word for word in words if not text.is_common(word.written)] or words


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
    builder.add_text_field("terms", tokenizer_name=_BLANKS, index_option="freq")
    builder.add_text_field("spellings", tokenizer_name=_BLANKS, index_option="basic")
    return builder.build()


def _write(folder: Path, index: Any, adding: Iterable[Entry], stale: Iterable[tuple[str, str]]) -> None:
    writer = index.writer(_WRITER_BYTES, 1)
    for field, value in stale:
        writer.delete_documents_by_term(field, value)
    for each in adding:
        writer.add_document(_row(each))
    writer.commit()
    writer.garbage_collect_files()
    writer.wait_merging_threads()
    index.reload()
    _write_vocabulary(folder, index)


def _documents(index: Any) -> Iterator[Document]:
    from tantivy import Query

    searcher = index.searcher()
    found = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False)
    return (_document(searcher, address) for _, address in found.hits)


def _document(searcher: Any, address: Any) -> Document:
    return Document(**json.loads(bytes(searcher.doc(address)["source"][0])))


def _new(place: Path) -> Any:
    import tantivy

    return tantivy.Index(_schema(), path=str(place))


def _open(place: Path) -> Any:
    import tantivy

    return _ready(tantivy.Index.open(str(place)))


def _ready(index: Any) -> Any:
    import tantivy

    index.register_tokenizer(_BLANKS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")  # else each open index keeps a thread that watches its folder
    return index


def _holds(index: Any, field: str, value: str) -> bool:
    from tantivy import Query

    query = Query.term_query(index.schema, field, value, "basic")
    return index.searcher().search(query, 1).count > 0


def _write_vocabulary(folder: Path, index: Any) -> None:
    """The words of the articles that are there now: without the filter, tantivy lists those of deleted ones too."""
    from tantivy import Query

    shutil.rmtree(folder / spelling.FOLDER, ignore_errors=True)
    spelling.write(folder, index.searcher().terms_with_prefix("spellings", "", filter_query=Query.all_query()))
