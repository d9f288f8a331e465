"""Articles of the help centre: written, published, archived, listed."""

from typing import Any

from msgspec import UNSET

from chalicelib import ids
from chalicelib.actions import order_articles, publish_article, word_article
from chalicelib.actions.publish_article import Draft
from chalicelib.api import fields, lists, queries, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas import articles as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.article import Article
from chalicelib.errors import Invalid, NotFound
from chalicelib.store import articles, created_lists

# A text lies in one row of at most 400 KB.
MAX_BODY_OCTETS = 380_000


@operation(
    "Write an article",
    body=schemas.NewArticle,
    gives=schemas.Article,
    status=201,
    refuses=("unknown-category", "no-translation", "slug-taken", "in-past", "not-a-draft"),
)
def create(call: Call, body: schemas.NewArticle) -> Answer:
    """A draft, unless `publish` is true: then it is in the help centre, and in the search within seconds."""
    draft = Draft(
        category_id=body.category_id,
        translations=_texts(body.translations, call.locale),
        visibility=body.visibility,
        author_id=call.owner.agent_id,
        position=body.position,
        publish=body.publish,
        publish_at=queries.in_utc(body.publish_at),
    )
    return _made(publish_article.create(draft, call.actor, call.keyed(_made)))


@operation("List articles", query=schemas.ArticleQuery, gives=Page[schemas.Article])
def index(call: Call, query: schemas.ArticleQuery) -> Answer:
    """All of them, drafts and archived ones too, newest first."""
    found = created_lists.page_of_articles(query.limit, lists.place(call))
    return lists.page(call, [shapes.article(one) for one in found.articles if _fits(one, query)], found.after)


@operation("Read an article", gives=schemas.Article, refuses=("article-not-found",))
def show(call: Call) -> Answer:
    """In all its languages."""
    return _shown(named(call))


@operation(
    "Change an article",
    body=schemas.ArticleChange,
    gives=schemas.Article,
    refuses=(
        *("article-not-found", "version-mismatch", "unknown-category", "slug-taken", "in-past", "not-a-draft"),
        "not-in-draft",
    ),
)
def update(call: Call, body: schemas.ArticleChange) -> Answer:
    """Only what is given changes. A former slug keeps leading to the article. Readers of a published article see the
    change at once, unless it is to be a `draft`.

    With `publish_at` a draft is published at that time; null: not by itself any more.
    """
    wanted = fields.given(body)
    told = {"draft": wanted.pop("draft"), "minor": wanted.pop("minor")}
    if body.publish_at is not UNSET:
        wanted["publish_at"] = queries.in_utc(body.publish_at)
    if body.translations is not UNSET:
        wanted["translations"] = _texts(body.translations, call.locale)
    return _shown(publish_article.change(_id(call), wanted, call.actor, call.keyed(_shown), call.version, **told))


@operation("Delete an article", status=204, refuses=("article-not-found", "version-mismatch"))
def delete(call: Call) -> Answer:
    """It is gone from pages, search and lists, for good; archiving it takes it out of the help centre for a while."""
    publish_article.delete(_id(call), call.actor, call.version)
    return Answer(status=204)


@operation(
    "Publish an article",
    gives=schemas.Article,
    refuses=("article-not-found", "version-mismatch", "unknown-category", "slug-taken"),
)
def publish(call: Call) -> Answer:
    """Shows it to whom its visibility allows, with its drafts in place of the texts that readers saw so far."""
    return _shown(publish_article.publish(_id(call), call.actor, call.keyed(_shown), call.version))


@operation("Discard the drafts of an article", status=204, refuses=("article-not-found", "version-mismatch"))
def discard_drafts(call: Call) -> Answer:
    """In all languages. They stay among its versions; what readers see stays as it is."""
    publish_article.discard_drafts(_id(call), call.actor, version=call.version)
    return Answer(status=204)


@operation("Discard the draft of a translation", status=204, refuses=("article-not-found", "version-mismatch"))
def discard_draft(call: Call) -> Answer:
    """In that language alone; where there is none, nothing happens."""
    publish_article.discard_drafts(_id(call), call.actor, call.path["locale"], version=call.version)
    return Answer(status=204)


@operation("Archive an article", gives=schemas.Article, refuses=("article-not-found", "version-mismatch"))
def archive(call: Call) -> Answer:
    """Takes it out of pages and search; publishing brings it back. Its drafts take the place of its texts."""
    return _shown(publish_article.archive(_id(call), call.actor, call.keyed(_shown), call.version))


@operation(
    "Move an article within its category",
    body=schemas.ArticleMove,
    gives=schemas.Article,
    refuses=("article-not-found", "unknown-neighbour"),
)
def move(call: Call, body: schemas.ArticleMove) -> Answer:
    """Puts it behind another article of its category; null: first. Its place is no part of its version."""
    order_articles.put_behind(named(call), body.after)
    return _shown(named(call))


@operation(
    "Say that a translation still holds",
    gives=schemas.Article,
    refuses=("article-not-found", "translation-not-found", "version-mismatch"),
)
def confirm(call: Call) -> Answer:
    """It is outdated no more, although another language changed after it."""
    told = (call.path["locale"], call.actor, call.keyed(_shown), call.version)
    return _shown(word_article.still_holds(_id(call), *told))


def named(call: Call) -> Article:
    """The article that the address names.

    Raises:
        NotFound: code `article-not-found`.
    """
    found = articles.with_drafts(_id(call))
    if found is None or found.is_deleted:
        raise _not_found(call.id)
    return found


def _fits(article: Article, query: schemas.ArticleQuery) -> bool:
    outdated = [locale for locale, text in article.translations.items() if text.outdated]
    return (
        query.category_id in (UNSET, article.category_id)
        and query.state in (UNSET, article.state)
        and query.visibility in (UNSET, article.visibility)
        and (query.locale is UNSET or query.locale in article.translations)
        and (query.outdated is UNSET or query.outdated in (*outdated, "any" if outdated else ""))
        and (query.drafts is UNSET or query.drafts in (*article.drafts, "any" if article.drafts else ""))
    )


def _texts(wanted: schemas.NewArticleTexts | schemas.ArticleTextChanges, locale: str) -> dict[str, dict[str, Any]]:
    texts = {name: fields.given(text) for name, text in fields.given(wanted).items()}
    faults = [
        fault("too-big", f"/translations/{name}/body", locale, count=size, limit=MAX_BODY_OCTETS)
        for name, text in texts.items()
        if (size := len(text.get("body", "").encode())) > MAX_BODY_OCTETS
    ]
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))
    return texts


def _id(call: Call) -> str:
    if not ids.is_id(call.id, "art"):
        raise _not_found(call.id)
    return call.id


def _not_found(given: str) -> NotFound:
    return NotFound(f"There is no article {given[:100]}.", code="article-not-found")


def _made(article: Article) -> Answer:
    return Answer(shapes.article(article), 201, article.version, f"/v1/articles/{article.id}")


def _shown(article: Article) -> Answer:
    return Answer(shapes.article(article), version=article.version)
