"""The help centre of a seed: categories, pictures, and articles written as Markdown files in both languages.

The files name a picture by its place among the files, so that any viewer shows it; the world names it by its address.
"""

import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain.article import Article, Category, CategoryText, Translation
from chalicelib.domain.article_version import written
from chalicelib.store import articles, files
from chalicelib.store.changes import Changes
from infra.local.seed.cast import Cast

_PICTURE = re.compile(r"(?<=\]\()\.\./\.\./pictures/([a-z.-]+)(?=\))")


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


def add_pictures(folder: Path) -> dict[str, str]:
    """Put the pictures of `folder` where those of articles are kept; returns the address of each by its file's name."""
    addresses = places_of(folder)

    def put(name: str) -> None:
        files.put(addresses[name].removeprefix("/").partition("#")[0], (folder / name).read_bytes(), "image/webp")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, addresses))
    return addresses


def places_of(folder: Path) -> dict[str, str]:
    """A new address for each picture of `folder`, by its file's name, with its size behind it (chalicelib.markdown)."""
    return {
        path.name: f"/media/{ids.new('img')}/{path.name}#{_size(path.read_bytes())}"
        for path in sorted(folder.glob("*.webp"))
    }


def _size(webp: bytes) -> str:
    """As `1440x600`, from the head of an extended WebP, which Chromium writes: RFC 9649, 2.7."""
    width, height = (int.from_bytes(webp[at : at + 3], "little") + 1 for at in (24, 27))
    return f"{width}x{height}"


def add_article(
    change: Changes, folder: Path, categories: Mapping[str, Category], pictures: Mapping[str, str], cast: Cast
) -> Article:
    """Write the article that `folder` holds, and before it the version that it had, if it tells of one.

    Raises:
        KeyError: it names a category, a picture or an agent that is not there.
    """
    told = _told(folder)
    author = cast.agents[told["author"]].id
    article = replace(read_article(folder, categories[told["category"]].id, pictures), author_id=author)
    if "before" not in told:
        return articles.add(change, article)
    former = _former(article, told["before"])
    first = articles.add(change, written(former, None, former.created_at, author))
    now = replace(article, created_at=former.created_at, version=first.version)
    return articles.save(change, first, written(now, first, article.updated_at, cast.agents[told["changed_by"]].id))


def read_article(folder: Path, category_id: str, pictures: Mapping[str, str]) -> Article:
    """The article in `folder`: `article.json` says what it is, a file a language what it says."""
    told = _told(folder)
    written = clock.now() - timedelta(days=told["days_ago"])
    return Article(
        id=ids.new("art"),
        category_id=category_id,
        visibility=told["visibility"],
        state=told.get("state", "published"),
        translations={
            locale: _translation(folder, locale, slug, pictures, written) for locale, slug in told["slug"].items()
        },
        created_at=written,
        updated_at=written,
        position=int(folder.name[:2]),
        publish_at=clock.now() + timedelta(days=told["published_in_days"]) if "published_in_days" in told else None,
    )


def _former(article: Article, before: Mapping[str, Any]) -> Article:
    """The article as it was: `before` says since how many days ago, and by language which words stood for which."""
    when = clock.now() - timedelta(days=before["days_ago"])
    texts = {
        locale: replace(text, body=_reworded(text.body, before.get(locale, {})))
        for locale, text in article.translations.items()
    }
    return replace(article, translations=texts, created_at=when, updated_at=when)


def _reworded(body: str, changes: Mapping[str, str]) -> str:
    for words, earlier in changes.items():
        if words not in body:
            raise KeyError(words)
        body = body.replace(words, earlier)
    return body


def _told(folder: Path) -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads((folder / "article.json").read_text())
    return told


def _translation(folder: Path, locale: str, slug: str, pictures: Mapping[str, str], written: datetime) -> Translation:
    """A file's first line is the title, as a heading; the rest is the body."""
    title, _, body = (folder / f"{locale}.md").read_text(encoding="utf-8").partition("\n")
    shown = _PICTURE.sub(lambda named: pictures[named[1]], body)
    return Translation(title.removeprefix("# ").strip(), shown.strip() + "\n", slug, updated_at=written)
