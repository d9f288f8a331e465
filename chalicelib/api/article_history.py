"""The versions of an article: listed, read, restored."""

from typing import Any

from chalicelib.actions import restore_article
from chalicelib.api import articles, lists, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import article_versions as schemas
from chalicelib.api.schemas.articles import Article as ArticleShape
from chalicelib.api.schemas.values import Page
from chalicelib.domain.article import Article
from chalicelib.domain.article_version import Version
from chalicelib.errors import NotFound
from chalicelib.store import article_versions, writers
from chalicelib.store.article_versions import Whole

_MOST_DIGITS = 9
_WRITERS = {"agt": "agent", "key": "api_key"}


@operation(
    "List the versions of an article",
    query=schemas.ArticleVersionQuery,
    gives=Page[schemas.ArticleVersion],
    refuses=("article-not-found",),
)
def versions(call: Call, query: schemas.ArticleVersionQuery) -> Answer:
    """Newest first, without their texts. One from before versions were kept has the current one."""
    reached = lists.place(call)
    found = article_versions.page(articles.named(call), query.limit, int(reached) if reached else None)
    names = writers.names([one.by for one in found.versions], call.locale)
    shown = [schemas.ArticleVersion(**_told(one, names)) for one in found.versions]
    return lists.page(call, shown, str(found.after) if found.after else None)


@operation(
    "Read a version of an article",
    gives=schemas.WholeArticleVersion,
    refuses=("article-not-found", "version-not-found"),
)
def version(call: Call) -> Answer:
    """In all the languages that it had."""
    return Answer(whole(restore_article.found(articles.named(call), _number(call)), call.locale))


@operation(
    "Restore a version of an article",
    gives=ArticleShape,
    refuses=("article-not-found", "version-not-found", "version-mismatch"),
)
def restore(call: Call) -> Answer:
    """Gives the article the titles and texts of that version, which is a new version of it.

    Its addresses, category and visibility stay, and so does a language that came later.
    """
    told = (_number(call), call.actor, call.keyed(_restored), call.version)
    return _restored(restore_article.restore(articles.named(call).id, *told))


def whole(found: Whole, locale: str) -> schemas.WholeArticleVersion:
    """A version with its texts, as the API shows it."""
    texts = {name: schemas.VersionText(title=text.title, body=text.body) for name, text in found.texts.items()}
    told = _told(found.version, writers.names([found.version.by], locale))
    return schemas.WholeArticleVersion(**told, translations=schemas.VersionTexts(**texts))


def _told(noun: Version, names: dict[str, str]) -> dict[str, Any]:
    kind = _WRITERS.get((noun.by or "")[:3], "system")
    return {
        "number": noun.number,
        "article_id": noun.article_id,
        "author": schemas.VersionWriter(type=kind, id=noun.by, name=names[noun.by or ""]),  # type: ignore[arg-type]
        "changed": list(noun.changed),
        "category_id": noun.category_id,
        "visibility": noun.visibility,
        "titles": schemas.VersionTitles(**noun.titles),
        "published": noun.published,
        "created_at": noun.at,
    }


def _number(call: Call) -> int:
    given = call.path["version"]
    if not (given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS):
        raise NotFound(f"The article has no version {given[:100]}.", code="version-not-found")
    return int(given)


def _restored(article: Article) -> Answer:
    return Answer(shapes.article(article), version=article.version)
