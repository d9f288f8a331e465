"""One audience's article index: a tantivy index, its vocabulary and its synonyms in a folder.

`change` writes it, `Index` reads.
"""

import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chalicelib.search import asking, clauses, engine, highlight, spelling, suggesting, synonyms, text
from chalicelib.search.clauses import Clause
from chalicelib.search.documents import Document, Hit, Results, Suggestion, Suggestions, SynonymSet
from chalicelib.search.suggesting import Suggester
from chalicelib.search.synonyms import Synonyms

# Of the fields below and of what the analyser yields: an index of another format is built anew from what it stores.
FORMAT = f"2.{text.ANALYSER}"

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


def build(folder: Path, entries: Sequence[Entry], sets: Sequence[SynonymSet] = ()) -> None:
    """Make the index of `entries` in `folder`, which is empty."""
    synonyms.write(folder, sets)
    _write(folder, engine.create(folder / _ARTICLES, _schema()), entries, [])


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
    index = engine.open_at(folder / _ARTICLES)
    stale = [("key", key) for key in replacing if engine.holds(index, "key", key)]
    stale += [("article_id", article_id) for article_id in deleting if engine.holds(index, "article_id", article_id)]
    others = sets is not None and list(sets) != synonyms.read(folder)
    if sets is not None and others:
        synonyms.write(folder, sets)
    if adding or stale or others:
        _write(folder, index, adding, stale)
    return bool(adding or stale or others)


def renew(folder: Path) -> None:
    """Make the index in `folder`, written in another format, anew from the documents it keeps."""
    entries = [entry(document) for document in _documents(engine.open_at(folder / _ARTICLES))]
    sets = synonyms.read(folder)
    shutil.rmtree(folder / _ARTICLES)
    build(folder, entries, sets)


class Index:
    """An index opened for searching; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._index = engine.open_at(folder / _ARTICLES)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._speller = spelling.Speller(folder)
        self._synonyms = Synonyms(synonyms.read(folder))
        self._suggester = Suggester(self._index, self._speller.vocabulary)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, query: str, *, locale: str | None, category_id: str | None, limit: int, offset: int) -> Results:
        """Articles for `query`, of which the first 1,000 signs and 64 words count; `limit` is held to 1-100."""
        asked = asking.read(query, self._known, self._speller.mend)
        wanted = clauses.of(asked, self._synonyms, locale, len(self), self._frequency)
        if not wanted:
            return Results()
        everywhere = self._filtered(self._any_of(wanted), locale=locale)
        here = self._filtered(everywhere, category_id=category_id)
        found = self._searcher.search(here, min(max(limit, 1), MAX_LIMIT), offset=min(max(offset, 0), MAX_OFFSET))
        terms = {term for clause in wanted for term in clause.terms}
        hits = tuple(self._hit(score, address, terms) for score, address in found.hits) if offset <= MAX_OFFSET else ()
        return Results(hits, found.count, asked.did_you_mean, self._by_category(everywhere))

    def suggest(self, query: str, *, locale: str | None) -> Suggestions:
        """Articles that may be meant by what is being typed; if there are none, by the same words spelt right."""
        found = self._suggested(query, locale)
        if found or not suggesting.Typed(query):
            return Suggestions(found)
        meant = asking.read(query, self._known, self._speller.mend).did_you_mean
        mended = self._suggested(meant, locale) if meant else ()
        return Suggestions(mended, meant if mended else None)

    def _suggested(self, query: str, locale: str | None) -> tuple[Suggestion, ...]:
        typed = suggesting.Typed(query)
        places = self._suggester.find(typed, locale) if typed else []
        return suggesting.shown(typed, [_document(self._searcher, place) for place in places])

    def _known(self, term: str) -> bool:
        return engine.holds(self._index, "terms", term) or self._synonyms.know(term)

    def _frequency(self, term: str) -> int:
        return int(self._searcher.doc_freq("terms", term))

    def _any_of(self, wanted: Sequence[Clause]) -> Any:
        from tantivy import Occur, Query

        return Query.boolean_query([(Occur.Should, self._all_of(clause)) for clause in wanted])

    def _all_of(self, clause: Clause) -> Any:
        from tantivy import Occur, Query

        each = [engine.term(self._schema, "terms", term, "freq") for term in clause.terms]
        query = each[0] if len(each) == 1 else Query.boolean_query([(Occur.Must, one) for one in each])
        return query if clause.weight == 1 else Query.boost_query(query, clause.weight)

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

    def _hit(self, score: float, address: Any, terms: Collection[str]) -> Hit:
        return shown(_document(self._searcher, address), score, terms)


def shown(document: Document, score: float, terms: Collection[str]) -> Hit:
    """A document as a hit, with those terms marked."""
    return Hit(
        article_id=document.article_id,
        locale=document.locale,
        visibility=document.visibility,
        title=document.title,
        title_html=highlight.mark(document.title, terms),
        snippet=highlight.snippet(document.body, terms),
        slug=document.slug,
        category_id=document.category_id,
        updated_at=document.updated_at,
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


def _write(folder: Path, index: Any, adding: Iterable[Entry], stale: Iterable[tuple[str, str]]) -> None:
    engine.write(index, map(_row, adding), stale)
    said = {word: 1 for each in synonyms.read(folder) for side in each.words for word in _spelled(side)}
    engine.write_vocabulary(folder, {**said, **engine.counted(index, "spellings")}.items())


def _spelled(words: str) -> list[str]:
    return [part for word in text.meaningful(text.words(words)) for part in text.spelling(word).split()]


def _documents(index: Any) -> Iterator[Document]:
    from tantivy import Query

    searcher = index.searcher()
    found = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False)
    return (_document(searcher, address) for _, address in found.hits)


def _document(searcher: Any, address: Any) -> Document:
    return Document(**json.loads(bytes(searcher.doc(address)["source"][0])))
