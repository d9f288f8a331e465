"""What the published article index may not show as it is: articles, and the synonyms as a whole.

A mark is written with the change itself and goes when a publication shows it, so whoever reads the marks and then the
newest index misses no change. On `due` it sees to it that a lost task is made up for.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta

from pynamodb.exceptions import DeleteError

from chalicelib import clock, ids
from chalicelib.domain.task import Task
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row, UnindexedArticleRow

# The event's own task comes within seconds.
SAFETY_NET = timedelta(minutes=3)
_SYNONYMS = "SYNONYMS"
_ARTICLE = "ARTICLE#"
# An import may leave thousands behind; those beyond are found when they are published.
_MOST = 100


def mark(change: Changes, article_id: str) -> None:
    """Say, within the change itself, that the index must look at the article anew."""
    change.put(_row(_ARTICLE + article_id))


def mark_synonyms(change: Changes) -> None:
    """The same of the synonyms."""
    change.put(_row(_SYNONYMS))


def read() -> Mapping[str, str]:
    """Marks of articles, by their ids; not of very many."""
    changes.connection()
    pk, _ = keys.unindexed_article("")
    found = Row.query(pk, Row.sk.startswith(_ARTICLE), consistent_read=True, limit=_MOST)
    marks = [row for row in found if isinstance(row, UnindexedArticleRow)]
    return {row.sk.removeprefix(_ARTICLE): row.stamp for row in marks}


def of(article_ids: Collection[str]) -> Mapping[str, str]:
    """The marks of those articles, as far as they have any."""
    found = _stamps([_ARTICLE + each for each in article_ids])
    return {name.removeprefix(_ARTICLE): stamp for name, stamp in found.items()}


def of_synonyms() -> str | None:
    return _stamps([_SYNONYMS]).get(_SYNONYMS)


def clear(shown: Mapping[str, str]) -> None:
    """Take away marks of articles that a publication shows; one that changed meanwhile keeps its new mark."""
    for article_id, stamp in shown.items():
        _unmark(_ARTICLE + article_id, stamp)


def clear_synonyms(stamp: str) -> None:
    _unmark(_SYNONYMS, stamp)


def task(name: str) -> Task:
    """What is to be done about the mark with that name (its sort key)."""
    if name == _SYNONYMS:
        return Task("jobs", "index_synonyms", {})
    return Task("jobs", "index_article", {"article_id": name.removeprefix(_ARTICLE)})


def _stamps(names: Collection[str]) -> dict[str, str]:
    found = rows.batch([keys.unindexed_article(name) for name in names])
    return {row.sk: row.stamp for row in found.values() if isinstance(row, UnindexedArticleRow)}


def _row(name: str) -> UnindexedArticleRow:
    row = UnindexedArticleRow(keys.unindexed_article(name), stamp=ids.new("chg"))
    row.index("due", keys.due(clock.now() + SAFETY_NET, name))
    return row


def _unmark(name: str, stamp: str) -> None:
    changes.connection()
    try:
        UnindexedArticleRow(keys.unindexed_article(name)).delete(UnindexedArticleRow.stamp == stamp)
    except DeleteError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
