"""Mends misspelt words from the index's own vocabulary, which is a small tantivy index beside the articles.

The Levenshtein automaton of tantivy finds the near words; they are ranked by how likely such a mistake is, then by how
many articles hold them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from chalicelib.search import mistakes, text

FOLDER = "vocabulary"
_SHORTEST = 4  # fewer letters are near to too much
_TWO_ERRORS_FROM = 7
_LONGEST = 32
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
        entry.add_text("written", spellings.most_common(1)[0][0])
        entry.add_unsigned("articles", spellings.total())
        writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()


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
        they are written but for an ending or a particle: `insurance` is not `unsure`.
        """
        shortest = _SHORTEST if errors == 1 else _TWO_ERRORS_FROM
        whole = text.fold(word)
        for form in _forms(word):
            near = self._near(form, whole, errors) if shortest <= len(form) <= _LONGEST else []
            if near:
                return list(dict.fromkeys(near))[:_ANSWERS]
        return []

    def _near(self, form: str, whole: str, errors: int) -> list[str]:
        from tantivy import Query

        query = Query.fuzzy_term_query(self._schema, "form", form, errors, transposition_cost_one=True)
        found = self._searcher.search(query, _CANDIDATES, count=False, order_by_field="articles")
        rows = [self._searcher.doc(address).to_dict() for _, address in found.hits]
        if form != whole:
            rows = [row for row in rows if _is_near(form, whole, row, errors)]
        ranked = sorted(rows, key=lambda row: (mistakes.cost(form, row["form"][0]), -row["articles"][0]))
        return [row["written"][0] for row in ranked]


def _is_near(form: str, whole: str, row: dict[str, list[str]], errors: int) -> bool:
    """Whether a word with a near stem may be meant; a mistaken first letter costs more than one error."""
    written = text.fold(row["written"][0])
    return mistakes.cost(form, row["form"][0]) <= errors and mistakes.cost(whole, written) <= errors + _AFFIX


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
    builder.add_text_field("form", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("written", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("articles", stored=True, fast=True)
    return builder.build()
