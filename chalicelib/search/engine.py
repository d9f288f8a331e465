"""Tantivy as our indexes use it. Words are analysed by `text`, never by tantivy, whose tokenizer only splits at blanks.

It forgets even that one when an index is opened, so it is registered again each time.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from chalicelib.search import spelling

BLANKS = "blanks"
_WRITER_BYTES = 64_000_000


def create(place: Path, schema: Any) -> Any:
    """A new index in the folder `place`, which is made."""
    import tantivy

    place.mkdir()
    return _ready(tantivy.Index(schema, path=str(place)))


def open_at(place: Path) -> Any:
    """The index in that folder."""
    import tantivy

    return _ready(tantivy.Index.open(str(place)))


def add_words(builder: Any, name: str, option: str) -> None:
    """A field of words, split at blanks; `freq` is the option for those that are to be weighed, else `basic`."""
    builder.add_text_field(name, tokenizer_name=BLANKS, index_option=option)


def write(index: Any, adding: Iterable[Any], stale: Iterable[tuple[str, str]]) -> None:
    """Take out the documents with those values (field, value), put in the new ones, keep no file that is not needed."""
    writer = index.writer(_WRITER_BYTES, 1)
    for field, value in stale:
        writer.delete_documents_by_term(field, value)
    for document in adding:
        writer.add_document(document)
    writer.commit()
    writer.garbage_collect_files()
    writer.wait_merging_threads()
    index.reload()


def counted(index: Any, field: str) -> dict[str, int]:
    """The words of a field with the number of documents that hold them now."""
    from tantivy import Query

    # Without the filter, tantivy lists the words of deleted documents too.
    return dict(index.searcher().terms_with_prefix(field, "", filter_query=Query.all_query()))


def write_vocabulary(folder: Path, words: Iterable[tuple[str, int]]) -> None:
    """Put a vocabulary of these words, with how many documents hold them, in place of the one in `folder`."""
    shutil.rmtree(folder / spelling.FOLDER, ignore_errors=True)
    spelling.write(folder, words)


def holds(index: Any, field: str, value: str) -> bool:
    """Whether a document that is there now has that value. (`doc_freq` still counts those that were taken out.)"""
    return bool(index.searcher().search(term(index.schema, field, value), 1, count=False).hits)


def taken_out(index: Any, field: str) -> int:
    """How many documents were taken out that `doc_freq` still counts, told by a field of which each has one value."""
    searcher = index.searcher()
    return sum(count for _, count in searcher.terms_with_prefix(field, "")) - int(searcher.num_docs)


def term(schema: Any, field: str, value: str, option: str = "basic") -> Any:
    """The query for one value; `freq` is the option for words that are to be weighed."""
    from tantivy import Query

    return Query.term_query(schema, field, value.encode("utf-8", "replace").decode(), option)


def any_of(schema: Any, field: str, values: Iterable[str]) -> Any:
    """The query for any of the values of a field of words, weighed."""
    from tantivy import Occur, Query

    return Query.boolean_query([(Occur.Should, term(schema, field, value, "freq")) for value in values])


def _ready(index: Any) -> Any:
    import tantivy

    index.register_tokenizer(BLANKS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")  # else each open index keeps a thread that watches its folder
    return index
