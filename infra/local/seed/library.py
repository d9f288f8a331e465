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
    """Publish the article that `folder` holds.

    Raises:
        KeyError: it names a category, a picture or an author that is not there.
    """
    told = _told(folder)
    article = read_article(folder, categories[told["category"]].id, pictures)
    return articles.add(change, replace(article, author_id=cast.agents[told["author"]].id))


def read_article(folder: Path, category_id: str, pictures: Mapping[str, str]) -> Article:
    """The article in `folder`: `article.json` says what it is, a file a language what it says."""
    told = _told(folder)
    written = clock.now() - timedelta(days=told["days_ago"])
    return Article(
        id=ids.new("art"),
        category_id=category_id,
        visibility=told["visibility"],
        state="published",
        translations={
            locale: _translation(folder, locale, slug, pictures, written) for locale, slug in told["slug"].items()
        },
        created_at=written,
        updated_at=written,
        position=int(folder.name[:2]),
    )


def _told(folder: Path) -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads((folder / "article.json").read_text())
    return told


def _translation(folder: Path, locale: str, slug: str, pictures: Mapping[str, str], written: datetime) -> Translation:
    """A file's first line is the title, as a heading; the rest is the body."""
    title, _, body = (folder / f"{locale}.md").read_text(encoding="utf-8").partition("\n")
    shown = _PICTURE.sub(lambda named: pictures[named[1]], body)
    return Translation(title.removeprefix("# ").strip(), shown.strip() + "\n", slug, updated_at=written)
