"""The shard of the tickets born in one month: a tantivy index that keeps no text but ids, and its vocabulary."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from chalicelib.search import engine, spelling, text
from chalicelib.search.tickets_documents import Entry, Span, Wanted, milliseconds
from chalicelib.search.weighing import idf

FILTERS = ("status", "team_id", "assignee_id", "customer_id", "channel", "tag")
EXACT_SCORE = 1_000.0

_TICKETS, _WORDS = "tickets", "words.txt"
# A word that one ticket of many holds is more often misspelt itself than what somebody meant.
_FEW = 500


def build(folder: Path, entries: Sequence[Entry]) -> None:
    """Make the shard of `entries` in `folder`, which is empty."""
    _write(folder, engine.create(folder / _TICKETS, _schema()), entries, ())


def change(folder: Path, entries: Sequence[Entry], gone: Collection[str]) -> bool:
    """Put entries in place of those of the same tickets and take out those that are `gone`; says whether it did."""
    if not (folder / _TICKETS).exists():
        build(folder, entries)
        return True
    index = engine.open_at(folder / _TICKETS)
    stale = [id for id in (*(each.ticket_id for each in entries), *gone) if engine.holds(index, "id", id)]
    if entries or stale:
        _write(folder, index, entries, stale)
    return bool(entries or stale)


class Month:
    """A shard opened for searching; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._index = engine.open_at(folder / _TICKETS)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._speller = spelling.Speller(folder)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def frequency(self, term: str) -> int:
        """How many tickets hold the term, or did when they were last written."""
        return int(self._searcher.doc_freq("terms", term))

    def mend(self, word: str, errors: int) -> list[str]:
        """The known words that differ from `word` by so many errors, the likeliest first."""
        return self._speller.mend(word, errors)

    def find(self, wanted: Wanted, most: int) -> tuple[int, list[tuple[float, Any]]]:
        """How many tickets fit, and the best of them: scores and places, for `id_at`."""
        found = self._searcher.search(self._query(wanted), max(1, most))
        return found.count, found.hits if most else []

    def id_at(self, place: Any) -> str:
        return str(self._searcher.doc(place)["id"][0])

    def _query(self, wanted: Wanted) -> Any:
        from tantivy import Occur, Query

        parts = [(Occur.Must, self._asked(wanted))]
        for name, values in wanted.filters.items():
            any_of = [(Occur.Should, engine.term(self._schema, name, value)) for value in values]
            parts.append((Occur.Must, Query.const_score_query(Query.boolean_query(any_of), 0.0)))
        if wanted.born.after or wanted.born.before:
            parts.append((Occur.Must, Query.const_score_query(self._born(wanted.born), 0.0)))
        # Most of those left out are in other months; each query for an id costs time.
        here = [id for id in wanted.without if self._searcher.doc_freq("id", id)]
        parts += [(Occur.MustNot, engine.term(self._schema, "id", id)) for id in here]
        return Query.boolean_query(parts)

    def _born(self, span: Span) -> Any:
        from tantivy import FieldType, Query

        after, before = span.in_milliseconds
        return Query.range_query(self._schema, "born", FieldType.Unsigned, after, before, include_upper=before is None)

    def _asked(self, wanted: Wanted) -> Any:
        """The words, or the exact name."""
        from tantivy import Occur, Query

        each = Occur.Must if wanted.every else Occur.Should
        words = Query.boolean_query([(each, self._any_of(word, wanted)) for word in wanted.words])
        named = Query.const_score_query(engine.term(self._schema, "exact", wanted.exact), EXACT_SCORE)
        return Query.boolean_query([(Occur.Should, words), (Occur.Should, named)])

    def _any_of(self, word: tuple[str, ...], wanted: Wanted) -> Any:
        from tantivy import Occur, Query

        return Query.boolean_query([(Occur.Should, self._weighed(term, wanted.weights[term])) for term in word])

    def _weighed(self, term: str, weight: float) -> Any:
        """The term, by what it tells in all shards: by what it tells in this one, a young month would rank last."""
        from tantivy import Query

        own = idf(len(self), self.frequency(term))
        return Query.boost_query(engine.term(self._schema, "terms", term, "freq"), weight / own)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*FILTERS, "exact"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("born", fast=True)
    engine.add_words(builder, "terms", "freq")
    return builder.build()


def _write(folder: Path, index: Any, entries: Sequence[Entry], stale: Collection[str]) -> None:
    engine.write(index, map(_row, entries), (("id", id) for id in stale))
    words = _counted_words(folder, index, entries)
    (folder / _WORDS).write_text("\n".join(words), "utf-8")
    fewest = 1 if index.searcher().num_docs < _FEW else 2
    engine.write_vocabulary(folder, ((word, count) for word, count in words.items() if count >= fewest))


def _counted_words(folder: Path, index: Any, entries: Sequence[Entry]) -> dict[str, int]:
    """Words as they are written, of which some form stands in a ticket now, with how many tickets hold such a form.

    A field of them in the index, as articles have, would double its size.
    """
    held = engine.counted(index, "terms")
    before = (folder / _WORDS).read_text("utf-8").split("\n") if (folder / _WORDS).exists() else ()
    words = sorted({*before, *(word for each in entries for word in each.spellings if not word.isnumeric())})
    counts = {word: max((held.get(term, 0) for term in text.terms(word)), default=0) for word in words}
    return {word: count for word, count in counts.items() if count}


def _row(each: Entry) -> Any:
    import tantivy

    row = tantivy.Document()
    row.add_text("id", each.ticket_id)
    for name in FILTERS:
        for value in each.filters[name]:
            row.add_text(name, value)
    for name in each.exact:
        row.add_text("exact", name)
    row.add_unsigned("born", milliseconds(each.born))
    row.add_text("terms", " ".join(each.terms))
    return row
