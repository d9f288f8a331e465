"""Mends misspelt words from the index's own vocabulary, which is a small tantivy index beside the articles.

The Levenshtein automaton of tantivy finds the near words; they are ranked by how likely such a mistake is, then by how
many articles hold them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib.search import mistakes, text

FOLDER = "vocabulary"
_SHORTEST = 4  # fewer letters are near to too much
_TWO_ERRORS_FROM = 7
_LONGEST = 32
_STEM = 5  # letters of a stem that words may be derived from
_AFFIX = 3  # letters of an ending or a particle, which one of two words with near stems may have and the other not
_CANDIDATES = 24
_ANSWERS = 3
_WRITER_BYTES = 64_000_000  # of less, a large vocabulary comes in parts, each of which is looked through by itself


def write(folder: Path, counted: Iterable[tuple[str, int]]) -> None:
    """Write the vocabulary into `folder`: words as they are written, with the number of articles that hold them."""
    import tantivy

    place = folder / FOLDER
    place.mkdir()
    writer = tantivy.Index(_schema(), path=str(place)).writer(_WRITER_BYTES, 1)
    for form, spellings in _by_form(counted).items():
        entry = tantivy.Document()
        entry.add_text("form", form)
        entry.add_bytes("written", _packed(spellings.most_common(1)[0][0], form))
        entry.add_unsigned("articles", spellings.total())
        writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()


class _Entry(NamedTuple):
    written: str
    form: str
    articles: int


class Speller:
    """The vocabulary that `write` left in `folder`."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        index = tantivy.Index.open(str(folder / FOLDER))
        self._schema = index.schema
        self._searcher = index.searcher()

    @property
    def vocabulary(self) -> Any:
        """The searcher of the vocabulary, with a `form` for each way a word may be compared by."""
        return self._searcher

    def mend(self, word: str, errors: int) -> list[str]:
        """Up to three known words that differ from `word` by at most so many errors (1 or 2), the likeliest first.

        Errors are counted as Damerau and Levenshtein do (two letters swapped are one), on folded spellings: one in a
        word of four letters or more, two from seven on. Words whose stems are near must begin alike, and be near as
        they are written but for an ending or a particle: `insurance` is not `unsure`. Words derived from the same
        stem come first.
        """
        shortest = _SHORTEST if errors == 1 else _TWO_ERRORS_FROM
        whole = text.fold(word)
        if errors == 1 and (longer := self._derived(word)):
            return longer
        for form in _forms(word):
            near = self._near(form, whole, errors) if shortest <= len(form) <= _LONGEST else []
            if near:
                return list(dict.fromkeys(near))[:_ANSWERS]
        return []

    def _derived(self, word: str) -> list[str]:
        """Words that go on a little from a Latin word's stem: `freezer`, where nobody writes `freezing`."""
        from tantivy import Query

        stem = "".join(text.terms(word)[:1])
        if not stem.isascii() or not _STEM <= len(stem) <= _LONGEST:
            return []
        longer = [form for form, _ in self._searcher.terms_with_prefix("form", stem, limit=_CANDIDATES)]
        near = [form for form in longer if len(form) - len(stem) <= _AFFIX]
        entries = self._entries(Query.term_set_query(self._schema, "form", near)) if near else []
        return list(dict.fromkeys(entry.written for entry in entries))[:_ANSWERS]

    def _near(self, form: str, whole: str, errors: int) -> list[str]:
        from tantivy import Query

        query = Query.fuzzy_term_query(self._schema, "form", form, errors, transposition_cost_one=True)
        rows = self._entries(query)
        if form != whole:
            rows = [row for row in rows if _is_near(form, whole, row, errors)]
        ranked = sorted(rows, key=lambda row: (mistakes.cost(form, row.form), -row.articles))
        return [row.written for row in ranked]

    def _entries(self, query: Any) -> list[_Entry]:
        """The most frequent of those found, the most frequent first."""
        found = self._searcher.search(query, _CANDIDATES, count=False, order_by_field="articles")
        return [_Entry(*self._unpacked(address), articles) for articles, address in found.hits]

    def _unpacked(self, address: Any) -> tuple[str, str]:
        """A spelling, and the form it is found by."""
        kept = bytes(self._searcher.doc(address)["written"][0]).decode()
        written, _, form = kept.partition("\t")
        return written, form or text.fold(written)


def _packed(written: str, form: str) -> bytes:
    """The form is left out where the spelling folds to it, as it mostly does: these are most of a vocabulary."""
    return (written if text.fold(written) == form else f"{written}\t{form}").encode()


def _is_near(form: str, whole: str, row: _Entry, errors: int) -> bool:
    """Whether a word with a near stem may be meant; a mistaken first letter costs more than one error."""
    written = text.fold(row.written)
    return mistakes.cost(form, row.form) <= errors and mistakes.cost(whole, written) <= errors + _AFFIX


def _by_form(counted: Iterable[tuple[str, int]]) -> dict[str, Counter[str]]:
    """Spellings under each form they are compared by: folded, and folded and stemmed."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for written, articles in counted:
        if not written.isnumeric():
            for form in _forms(written):
                forms[form][written] += articles
    return {form: spellings for form, spellings in forms.items() if len(form) >= _SHORTEST - 1}


def _forms(written: str) -> list[str]:
    """What a word is compared by: its folded spelling first, then its stem."""
    return list(dict.fromkeys([text.fold(written), *text.terms(written)]))


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("form", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("written", stored=True)
    builder.add_unsigned_field("articles", fast=True)
    return builder.build()
