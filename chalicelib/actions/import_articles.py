"""Writes imported categories and articles, each once. Their ids tell a second run that they are here."""

from chalicelib import ids
from chalicelib.actions import change_category, word_article
from chalicelib.actions.import_people import People
from chalicelib.domain.agent import Agent
from chalicelib.domain.article import MAX_BODY, MAX_TITLE, Article, Category
from chalicelib.domain.article_version import written
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.errors import Invalid
from chalicelib.importing import records
from chalicelib.store import articles, changes, events, imported
from chalicelib.store.changes import Changes


def bring_category(record: records.Category) -> None:
    """Write the category, unless it was brought before."""
    changes.again(lambda: _bring_category(record))


def bring(record: records.Article, people: People) -> tuple[str, tuple[str, ...]]:
    """Write the article, unless it was brought before; gives its id, and what of it is not as it was.

    Raises:
        Invalid: code `unknown-category`, its category is not here.
    """
    return changes.again(lambda: _bring(record, people))


def _bring_category(record: records.Category) -> None:
    if imported.find([record.source]):
        return
    category_id, change = ids.at("cat", record.created_at, record.source), Changes()
    given = {
        locale: {"name": name[:MAX_TITLE], "description": record.descriptions.get(locale, "")}
        for locale, name in record.names.items()
    }
    texts = change_category.named(category_id, given, {})
    at = record.created_at
    articles.add_category(change, Category(category_id, texts, at, at, position=record.position))
    imported.remember(change, record.source, category_id)
    change.commit()


def _bring(record: records.Article, people: People) -> tuple[str, tuple[str, ...]]:
    article_id, notes = ids.at("art", record.created_at, record.source), list(record.notes)
    if articles.get(article_id):
        return article_id, ()
    category_id = imported.find([record.category]).get(record.category)
    if category_id is None:
        raise Invalid("its section is not in the export", code="unknown-category")
    author = people.find(record.author, record.created_at) if record.author else None
    change = Changes()
    article = Article(
        id=article_id,
        category_id=category_id,
        visibility=record.visibility,
        state="published" if record.published else "draft",
        translations=word_article.translated(article_id, _within_bounds(record, notes), {}),
        created_at=record.created_at,
        updated_at=record.updated_at or record.created_at,
        author_id=author.id if isinstance(author, Agent) else None,
        position=record.position,
    )
    saved = articles.add(change, written(article, None, article.updated_at, article.author_id))
    if record.published:
        events.add(change, _event(saved), live=False)
    change.commit()
    return article_id, tuple(notes)


def _within_bounds(record: records.Article, notes: list[str]) -> dict[str, dict[str, str]]:
    found = {}
    for locale, text in record.translations.items():
        if len(text["body"]) > MAX_BODY:
            notes.append(f"its text in {locale} is cut after {MAX_BODY} characters")
        found[locale] = {"title": text["title"][:MAX_TITLE], "body": text["body"][:MAX_BODY]}
    return found


def _event(article: Article) -> Event:
    event_id = ids.at("evt", article.updated_at, article.id)
    return Event(
        event_id, "article.published", article.updated_at, SYSTEM, article.id, article_id=article.id, version=1
    )
