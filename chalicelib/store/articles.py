"""Articles, their translations and categories. What a category shows is written with the article: store.listings.

`get` is a reader's: drafts beside a published article are not so much as read. Whoever writes asks `with_drafts`, since
what is saved in place of an article without them would lose sight of them.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from chalicelib.domain.article import Article, Category, CategoryText, DraftText, Translation
from chalicelib.store import article_cards, article_versions, changes, keys, listings, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import ArticleDraftRow, ArticleRow, CategoryRow, PointerRow, Row, TranslationRow


def get(article_id: str) -> Article | None:
    """The article with all its translations, and none of its drafts: one query."""
    return _read(article_id, keys.translation(article_id, "~")[1])


def with_drafts(article_id: str) -> Article | None:
    """The article with all its translations and drafts: one query."""
    return _read(article_id, keys.article_draft(article_id, "~")[1])


def id_of(locale: str, slug: str) -> str | None:
    """The id of the article that has (or had) this address."""
    row = rows.get(PointerRow, keys.slug(locale, slug))
    return row.article_id if row else None


def add(change: Changes, article: Article) -> Article:
    new = replace(article, version=1)
    change.add(_row(new))
    _write_parts(change, new, None)
    return new


def save(change: Changes, old: Article, article: Article) -> Article:
    """Write an article in place of `old`. Its former slugs keep leading to it."""
    new = replace(article, version=old.version + 1)
    # Its place among others moves without a new version: see store.article_order.
    change.put(_row(new), (ArticleRow.version == old.version) & (ArticleRow.position == old.position))
    _write_parts(change, new, old)
    return new


def categories() -> list[Category]:
    """All categories, in their order."""
    changes.connection()
    found = Row.query(keys.category("")[0], consistent_read=True)
    listed = [as_category(row) for row in found if isinstance(row, CategoryRow)]
    return sorted(listed, key=lambda item: (item.position, item.id))


def category(category_id: str) -> Category | None:
    row = rows.get(CategoryRow, keys.category(category_id))
    return as_category(row) if row else None


def add_category(change: Changes, new: Category) -> Category:
    first = replace(new, version=1)
    change.add(_category_row(first))
    return first


def save_category(change: Changes, old: Category, category: Category) -> Category:
    new = replace(category, version=old.version + 1)
    change.replace(_category_row(new), old.version)
    return new


def hold_category(change: Changes, new: Article, old: Article | None) -> None:
    """Let `change` be stale if the category is gone to which the article comes to be shown, now or by itself."""
    if _is_shown(new) and not (old and _is_shown(old) and old.category_id == new.category_id):
        change.check(CategoryRow(keys.category(new.category_id)), CategoryRow.pk.exists())


def delete_category(change: Changes, category: Category) -> None:
    change.delete(_category_row(category), CategoryRow.version == category.version)
    listings.forget_pages(change, category.id)


def get_all(article_ids: Sequence[str], read: Callable[[str], Article | None] = get) -> list[Article]:
    """The articles with those ids that exist, in that order; to `read` each, `get` or `with_drafts`."""
    changes.connection()
    with ThreadPoolExecutor(8) as pool:
        return [found for found in pool.map(read, article_ids) if found]


def in_language(article_ids: Sequence[str], locale: str) -> list[Article]:
    """Those of the articles that speak that language, in their order and with no other translation: one batch."""
    wanted = {one: (keys.article(one), keys.translation(one, locale)) for one in article_ids}
    found = rows.batch([key for pair in wanted.values() for key in pair])
    pairs = [(found.get(head), found.get(text)) for head, text in wanted.values()]
    return [
        rows.noun(Article, head, translations={locale: _translation(text)})
        for head, text in pairs
        if isinstance(head, ArticleRow) and isinstance(text, TranslationRow)
    ]


def newest(locale: str, most: int) -> list[str]:
    """Ids of at most `most` articles that everybody may read in that language, the newest change first: one query.

    By an index that is late by moments: which of them still is so, its own rows tell.
    """
    changes.connection()
    found = Row.created.query(keys.news_part(locale), scan_index_forward=False, limit=most)
    return [row.created_sk.partition("#")[2] for row in found]


def lay(change: Changes, article: Article) -> None:
    """Lay what lists the article, where there is none: it is older than its lists. Only while it is as it was read."""
    same = (Row.version == article.version) & (ArticleRow.position == article.position)
    change.check(ArticleRow(keys.article(article.id)), same)
    for locale in article.translations:
        change.put(_translation_row(article, locale))
    listings.place(change, article, None)
    article_cards.place(change, article, None)


def as_category(row: CategoryRow) -> Category:
    texts = {locale: _category_text(text) for locale, text in row.translations.items()}
    return rows.noun(Category, row, translations=texts)


def _category_text(stored: dict[str, Any]) -> CategoryText:
    return CategoryText(**stored | {"former": tuple(stored.get("former", ()))})


def _read(article_id: str, last: str) -> Article | None:
    """The article, of its rows up to that sort key."""
    changes.connection()
    found = list(Row.query(keys.article(article_id)[0], Row.sk <= last, consistent_read=True))
    head = next((row for row in found if isinstance(row, ArticleRow)), None)
    if head is None:
        return None
    texts = {row.locale: _translation(row) for row in found if isinstance(row, TranslationRow)}
    drafts = {
        row.locale: rows.noun(DraftText, row, body=row.body or "") for row in found if isinstance(row, ArticleDraftRow)
    }
    return rows.noun(Article, head, translations=texts, drafts=drafts)


def _is_shown(article: Article) -> bool:
    return article.state == "published" or article.publish_at is not None


def _write_parts(change: Changes, new: Article, old: Article | None) -> None:
    before = old.translations if old else {}
    for locale, text in new.translations.items():
        if old is None or text != before.get(locale) or _news(new, locale) != _news(old, locale):
            change.put(_translation_row(new, locale))
        if locale not in before or before[locale].slug != text.slug:
            _claim_slug(change, new.id, locale, text.slug)
    for locale in before.keys() - new.translations.keys():
        change.delete(TranslationRow(keys.translation(new.id, locale)))
    _write_drafts(change, new, old)
    listings.place(change, new, old)
    article_cards.place(change, new, old)
    article_versions.place(change, new, old)


def _write_drafts(change: Changes, new: Article, old: Article | None) -> None:
    """An address that a draft wishes for is claimed when it is published: until then nothing leads there."""
    before = old.drafts if old else {}
    for locale, one in new.drafts.items():
        if one != before.get(locale):
            told = rows.attributes(one)
            change.put(ArticleDraftRow(keys.article_draft(new.id, locale), locale=locale, **told))
    for locale in before.keys() - new.drafts.keys():
        change.delete(ArticleDraftRow(keys.article_draft(new.id, locale)))


def _claim_slug(change: Changes, article_id: str, locale: str, slug: str) -> None:
    free_or_mine = Row.pk.does_not_exist() | (PointerRow.article_id == article_id)
    change.put(PointerRow(keys.slug(locale, slug), article_id=article_id, locale=locale), free_or_mine)


def _row(article: Article) -> ArticleRow:
    row = ArticleRow(keys.article(article.id), **rows.attributes(article, "translations", "drafts"))
    row.position = article.position
    row.index("created", keys.created("ARTICLE", article.created_at, article.id))
    if article.publish_at:
        row.index("due", keys.due(article.publish_at, article.id))
    return row


def _translation_row(article: Article, locale: str) -> TranslationRow:
    row = TranslationRow(keys.translation(article.id, locale), locale=locale, **vars(article.translations[locale]))
    row.index("created", _news(article, locale))
    return row


def _news(article: Article, locale: str) -> keys.Key | None:
    """Where the article stands among what is new to everybody in that language."""
    told = article.state == "published" and article.visibility == "public"
    return keys.news(locale, article.updated_at, article.id) if told else None


def _translation(row: TranslationRow) -> Translation:
    return rows.noun(Translation, row)


def _category_row(category: Category) -> CategoryRow:
    row = CategoryRow(keys.category(category.id), **rows.attributes(category, "translations"))
    row.position = category.position
    row.translations = {locale: vars(text) for locale, text in category.translations.items()}
    return row
