"""The help centre of a seed: categories, and articles written as Markdown files in both languages."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain.article import Article, Category, CategoryText, Translation
from chalicelib.store import articles
from chalicelib.store.changes import Changes
from infra.local.seed.cast import Cast


def add_category(change: Changes, told: Mapping[str, Any]) -> Category:
    category = Category(
        id=ids.new("cat"),
        translations={locale: CategoryText(**text) for locale, text in told["translations"].items()},
        created_at=clock.now(),
        updated_at=clock.now(),
        position=told["position"],
        icon=told["icon"],
    )
    return articles.add_category(change, category)


def add_article(change: Changes, folder: Path, categories: Mapping[str, Category], cast: Cast) -> Article:
    """Publish the article that `folder` holds: `article.json` says what it is, a file a language what it says."""
    told = json.loads((folder / "article.json").read_text())
    written = clock.now() - timedelta(days=told["days_ago"])
    article = Article(
        id=ids.new("art"),
        category_id=categories[told["category"]].id,
        visibility=told["visibility"],
        state="published",
        translations={locale: _translation(folder, locale, slug) for locale, slug in told["slug"].items()},
        created_at=written,
        updated_at=written,
        author_id=cast.agents[told["author"]].id,
        position=int(folder.name[:2]),
    )
    return articles.add(change, article)


def _translation(folder: Path, locale: str, slug: str) -> Translation:
    """A file's first line is the title, as a heading; the rest is the body."""
    title, _, body = (folder / f"{locale}.md").read_text().partition("\n")
    return Translation(title.removeprefix("# ").strip(), body.strip() + "\n", slug)
