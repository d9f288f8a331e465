"""The versions of articles. A text is kept with the version that brought it, which later ones name; a draft's once more
by the version that publishes it.

An article from before versions were kept has one: the current one. Its first change writes that down as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.article import Article
from chalicelib.domain.article_draft import latest
from chalicelib.domain.article_version import Version, changes_of, version_of, version_of_drafts
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import ArticleTextRow, ArticleVersionRow, Row


@dataclass(frozen=True)
class Text:
    title: str
    body: str


@dataclass(frozen=True)
class Whole:
    """A version with its texts, by language."""

    version: Version
    texts: Mapping[str, Text]


@dataclass(frozen=True)
class Page:
    """`after` is the number of the last one shown where there are more, else None."""

    versions: tuple[Version, ...]
    after: int | None


def place(change: Changes, new: Article, old: Article | None) -> None:
    """Write the version that `new` is, or that its drafts are; before it what `old` was, if no version tells of that.

    An article that is published as it was written makes no version: its newest one was no draft, then.
    """
    if old and new.text_version and not old.text_version:
        _write(change, old, version_of(old), tuple(old.translations))
    made = _made(new, old)
    if made:
        shown = new if made.published or not new.drafts else latest(new)
        _write(change, shown, made, [locale for locale, number in made.texts.items() if number == made.number])
    elif old and 0 < old.text_version == new.text_version and old.state != new.state == "published":
        row = ArticleVersionRow(keys.article_version(new.id, new.text_version))
        change.update(row, [ArticleVersionRow.published.set(True)])


def page(article: Article, limit: int, before: int | None = None) -> Page:
    """At most `limit` versions of the article, newest first, behind the number `before`."""
    if not article.text_version:
        return Page((version_of(article),), None)
    changes.connection()
    pk, last = keys.article_version(article.id, before - 1 if before else article.version)
    between = Row.sk.between(keys.article_version(article.id, 0)[1], last)
    found = Row.query(pk, between, scan_index_forward=False, consistent_read=True, limit=limit + 1)
    listed = [_version(row) for row in found if isinstance(row, ArticleVersionRow)]
    return Page(tuple(listed[:limit]), listed[limit - 1].number if len(listed) > limit else None)


def get(article: Article, number: int) -> Whole | None:
    """That version of the article with its texts; None when there is none of that number."""
    if not article.text_version:
        return _current(article) if number == article.version else None
    row = rows.get(ArticleVersionRow, keys.article_version(article.id, number))
    return _whole(_version(row)) if row else None


def _made(new: Article, old: Article | None) -> Version | None:
    if new.text_version == new.version:
        return version_of(new, changes_of(new, old))
    return version_of_drafts(new, old) if old else None


def _version(row: ArticleVersionRow) -> Version:
    return rows.noun(Version, row, by=row.by)


def all_whole(article: Article, listed: Sequence[Version]) -> list[Whole]:
    """Those versions of the article with their texts, in that order."""
    if not article.text_version:
        return [_current(article) for _ in listed]
    return [_whole(version) for version in listed]


def _current(article: Article) -> Whole:
    texts = {locale: Text(text.title, text.body) for locale, text in article.translations.items()}
    return Whole(version_of(article), texts)


def _whole(version: Version) -> Whole:
    places = {keys.article_wording(version.article_id, at, locale): locale for locale, at in version.texts.items()}
    found = rows.batch(list(places))
    texts = {places[key]: rows.noun(Text, row) for key, row in found.items()}
    return Whole(version, texts)


def _write(change: Changes, article: Article, version: Version, brought: tuple[str, ...] | list[str]) -> None:
    told = rows.attributes(replace(version, titles=dict(version.titles), texts=dict(version.texts)))
    change.put(ArticleVersionRow(keys.article_version(article.id, version.number), **told))
    for locale in brought:
        text = article.translations[locale]
        key = keys.article_wording(article.id, version.texts[locale], locale)
        change.put(ArticleTextRow(key, title=text.title, body=text.body))
