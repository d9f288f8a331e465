"""Sets of synonyms: one query brings them all. Each change is marked for the article index within its transaction."""

from dataclasses import replace

from chalicelib.domain.synonyms import SynonymSet, in_order
from chalicelib.store import changes, keys, rows, unindexed_articles
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row, SynonymsRow


def read() -> list[SynonymSet]:
    """All of them, by language and first word."""
    changes.connection()
    found = Row.query(keys.synonyms("")[0], consistent_read=True)
    return in_order(rows.noun(SynonymSet, row) for row in found if isinstance(row, SynonymsRow))


def get(set_id: str) -> SynonymSet | None:
    row = rows.get(SynonymsRow, keys.synonyms(set_id))
    return rows.noun(SynonymSet, row) if row else None


def add(change: Changes, made: SynonymSet) -> SynonymSet:
    new = replace(made, version=1)
    change.add(_row(new))
    unindexed_articles.mark_synonyms(change)
    return new


def save(change: Changes, old: SynonymSet, made: SynonymSet) -> SynonymSet:
    new = replace(made, version=old.version + 1)
    change.replace(_row(new), old.version)
    unindexed_articles.mark_synonyms(change)
    return new


def delete(change: Changes, gone: SynonymSet) -> None:
    """Only while it is as it was read."""
    change.delete(_row(gone), Row.version == gone.version)
    unindexed_articles.mark_synonyms(change)


def _row(noun: SynonymSet) -> SynonymsRow:
    return SynonymsRow(keys.synonyms(noun.id), **rows.attributes(noun, "words"), words=list(noun.words))
