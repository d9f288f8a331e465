"""Articles that may be meant by words still being typed: by their titles first, then by what else is in them.

The last word is taken for the beginning of one, however whole it looks.
"""

from collections.abc import Collection, Sequence
from typing import Any

from chalicelib.search import engine, highlight, text
from chalicelib.search.documents import Document, Suggestion
from chalicelib.search.weighing import idf

MOST = 8
_MAX_SIGNS = 200
_SHORTEST = 2  # one letter begins half of all words
_COMPLETIONS = 50
_LOOKED_AT = 24


class Typed:
    """What is in the box: `whole` words before the last one, and the letters that the last one `begins` with."""

    def __init__(self, query: str) -> None:
        written = [word.written for word in text.placed_words(query[:_MAX_SIGNS].encode("utf-8", "replace").decode())]
        begun = text.fold(written.pop()) if written else ""
        if written and len(begun) < _SHORTEST:
            begun = text.fold(written.pop())
        self.begins = "".join(begun.split())
        self.whole = [word for word in written if not text.is_common(word)]

    def __bool__(self) -> bool:
        return len(self.begins) >= _SHORTEST

    def is_meant_by(self, word: str) -> bool:
        """Whether a word of a title is to be marked."""
        begun = any(form.startswith(self.begins) for form in text.beginnings(word))
        wanted = {term for each in self.whole for term in text.terms(each)}
        return begun or not wanted.isdisjoint(text.terms(word))


class Suggester:
    """Looks through an index (as `index.Index` opens it) and the vocabulary beside it."""

    def __init__(self, index: Any, vocabulary: Any) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._vocabulary = vocabulary

    def find(self, typed: Typed, locale: str | None) -> list[Any]:
        """Places of articles, the likeliest first, some of them twice."""
        completions = self._completions(self._searcher, "title_words", typed.begins)
        titled = self._best(typed, "title_words", completions, locale)
        if len(titled) >= MOST:
            return titled
        forms = self._completions(self._vocabulary, "form", typed.begins)
        terms = dict.fromkeys(term for form, _ in forms for term in text.terms(form))
        return titled + self._best(typed, "terms", [(term, 0) for term in terms], locale)

    def _completions(self, searcher: Any, field: str, begun: str) -> list[tuple[str, int]]:
        """Words that begin so, the most frequent of them; nobody sees them, so some may be of what is gone."""
        return list(searcher.terms_with_prefix(field, begun, limit=_COMPLETIONS))

    def _best(self, typed: Typed, field: str, completions: Sequence[tuple[str, int]], locale: str | None) -> list[Any]:
        from tantivy import Occur, Query

        if not completions:
            return []
        each = [(Occur.Should, self._weighed(field, word)) for word, _ in completions]
        parts = [(Occur.Must, Query.boolean_query(each))]
        parts += [(Occur.Must, engine.any_of(self._schema, "terms", text.terms(word))) for word in typed.whole]
        if locale is not None:
            parts.append((Occur.Must, Query.const_score_query(engine.term(self._schema, "locale", locale), 0.0)))
        found = self._searcher.search(Query.boolean_query(parts), _LOOKED_AT, count=False)
        return [place for _, place in found.hits]

    def _weighed(self, field: str, word: str) -> Any:
        """The query for one completion, in which a rare one counts no more than a frequent one: short titles win."""
        from tantivy import Query

        rarity = idf(self._searcher.num_docs, self._searcher.doc_freq(field, word))
        return Query.boost_query(engine.term(self._schema, field, word, "freq"), 1 / rarity)


def shown(typed: Typed, documents: Sequence[Document]) -> tuple[Suggestion, ...]:
    """Those to offer, each article once, with titles that begin as was typed before all others."""
    first: dict[str, Document] = {}
    for document in documents:
        first.setdefault(document.article_id, document)
    words = [*map(text.fold, typed.whole), typed.begins]
    ordered = sorted(first.values(), key=lambda document: not _opens_with(document.title, words))
    return tuple(_suggestion(typed, document) for document in ordered[:MOST])


def _opens_with(title: str, words: Collection[str]) -> bool:
    return " ".join(map(text.fold, text.meaningful(text.words(title)))).startswith(" ".join(words))


def _suggestion(typed: Typed, document: Document) -> Suggestion:
    return Suggestion(
        article_id=document.article_id,
        locale=document.locale,
        visibility=document.visibility,
        title=document.title,
        title_html=highlight.mark_words(document.title, typed.is_meant_by),
        slug=document.slug,
    )
