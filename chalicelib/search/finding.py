"""Searching one audience's article index, and suggesting from it while somebody types."""

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from chalicelib.search import asking, clauses, engine, index, spelling, suggesting, synonyms
from chalicelib.search.clauses import Clause
from chalicelib.search.documents import Document, Hit, Results, Suggestion, Suggestions
from chalicelib.search.highlight import Marker
from chalicelib.search.laid_over import Found, LaidOver
from chalicelib.search.suggesting import Suggester
from chalicelib.search.synonyms import Synonyms
from chalicelib.search.texts import Texts
from chalicelib.search.weighing import idf

MAX_LIMIT = 100
MAX_OFFSET = 10_000

_CATEGORIES = 200
_NOTHING = LaidOver((), ())


class Index:
    """An index opened for searching; safe to use from several threads."""

    def __init__(self, folder: Path, texts: Texts | None = None) -> None:
        self._index = index.open_at(folder)
        self._texts = texts
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._taken_out = engine.taken_out(self._index, "locale")
        self._speller = spelling.Speller(folder)
        self._synonyms = Synonyms(synonyms.read(folder))
        self._suggester = Suggester(self._index, self._speller.vocabulary)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self,
        query: str,
        *,
        locale: str | None,
        category_id: str | None,
        limit: int,
        offset: int,
        over: LaidOver = _NOTHING,
    ) -> Results:
        """Articles for `query`, of which the first 1,000 signs and 64 words count; `limit` is held to 1-100."""
        asked = asking.read(query, lambda term: over.knows(term) or self._known(term), self._speller.mend)
        wanted = clauses.of(asked, self._synonyms, locale, len(self), self._frequency)
        if not wanted:
            return Results()
        everywhere = self._filtered(self._any_of(wanted, over.article_ids), locale=locale)
        fresh = over.find(wanted, locale, category_id, self._idf)
        total, found = self._best(self._filtered(everywhere, category_id=category_id), fresh, limit, offset)
        marker = Marker({term for clause in wanted for term in clause.terms})
        return Results(
            hits=tuple(_hit(each, marker) for each in found),
            total=total,
            did_you_mean=asked.did_you_mean,
            categories=self._by_category(everywhere, over.find(wanted, locale, None, self._idf)),
        )

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
        return suggesting.shown(typed, index.documents_at(self._searcher, places, None))

    def _known(self, term: str) -> bool:
        return self._is_held(term) or self._synonyms.know(term)

    def _is_held(self, term: str) -> bool:
        """Whether an article holds it that was not taken out."""
        counted = self._frequency(term)
        return counted > self._taken_out or (counted > 0 and engine.holds(self._index, "terms", term))

    def _frequency(self, term: str) -> int:
        return int(self._searcher.doc_freq("terms", term))

    def _idf(self, term: str) -> float:
        return idf(len(self), self._frequency(term))

    def _best(self, query: Any, fresh: list[Found], limit: int, offset: int) -> tuple[int, list[Found]]:
        """How many there are in the index and of the fresh ones, and the page of the best of both."""
        limit, offset = min(max(limit, 1), MAX_LIMIT), max(offset, 0)
        if offset > MAX_OFFSET:
            return int(self._searcher.search(query, 1).count) + len(fresh), []
        first, most = (0, offset + limit) if fresh else (offset, limit)
        page = self._searcher.search(query, most, offset=first)
        documents = index.documents_at(self._searcher, (place for _, place in page.hits), self._texts)
        found = [Found(score, document) for (score, _), document in zip(page.hits, documents, strict=True)]
        if fresh:
            found = sorted([*fresh, *found], key=lambda each: -each.score)[offset : offset + limit]
        return int(page.count) + len(fresh), found

    def _any_of(self, wanted: Sequence[Clause], without: Collection[str]) -> Any:
        from tantivy import Occur, Query

        parts = [(Occur.Should, self._all_of(clause)) for clause in wanted]
        parts += [(Occur.MustNot, engine.term(self._schema, "article_id", each)) for each in without]
        return Query.boolean_query(parts)

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

    def _by_category(self, query: Any, fresh: Sequence[Found]) -> dict[str, int]:
        counted = self._searcher.aggregate(query, {"n": {"terms": {"field": "category_id", "size": _CATEGORIES}}})
        old = {bucket["key"]: bucket["doc_count"] for bucket in counted["n"]["buckets"]}
        return dict(Counter(old) + Counter(each.document.category_id for each in fresh))


def _hit(found: Found, marker: Marker) -> Hit:
    document: Document = found.document
    return Hit(
        article_id=document.article_id,
        locale=document.locale,
        visibility=document.visibility,
        title=document.title,
        title_html=marker.mark(document.title),
        snippet=marker.snippet(document.body),
        slug=document.slug,
        category_id=document.category_id,
        updated_at=document.updated_at,
        score=round(found.score, 4),
    )
