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


def add_words(builder: Any) -> None:
    """The two fields every index has: `terms` to be found by, `spellings` for the vocabulary."""
    builder.add_text_field("terms", tokenizer_name=BLANKS, index_option="freq")
    builder.add_text_field("spellings", tokenizer_name=BLANKS, index_option="basic")


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


def write_vocabulary(folder: Path, index: Any, fewest: int = 1) -> None:
    """The words that `fewest` documents or more hold now. (Without the filter, tantivy lists those of deleted ones.)"""
    from tantivy import Query

    shutil.rmtree(folder / spelling.FOLDER, ignore_errors=True)
    counted = index.searcher().terms_with_prefix("spellings", "", filter_query=Query.all_query())
    spelling.write(folder, ((word, count) for word, count in counted if count >= fewest))


def holds(index: Any, field: str, value: str) -> bool:
    """Whether a document that is there now has that value. (`doc_freq` still counts those that were taken out.)"""
    return bool(index.searcher().search(term(index.schema, field, value), 1).count)


def term(schema: Any, field: str, value: str, option: str = "basic") -> Any:
    """The query for one value; `freq` is the option for words that are to be weighed."""
    from tantivy import Query

    return Query.term_query(schema, field, value.encode("utf-8", "replace").decode(), option)


def _ready(index: Any) -> Any:
    import tantivy

    index.register_tokenizer(BLANKS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")  # else each open index keeps a thread that watches its folder
    return index
