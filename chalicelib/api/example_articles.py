"""Examples of the help centre for the OpenAPI document, by the name of their schema."""

from typing import Any

from chalicelib.api.example_ids import AGENT, ARTICLE, CATEGORY, NEVER_CHANGED, THEN

_VERSION: dict[str, Any] = {
    "number": 3,
    "article_id": ARTICLE,
    "author": {"type": "agent", "id": AGENT, "name": "Bob"},
    "changed": ["en"],
    "category_id": CATEGORY,
    "visibility": "public",
    "titles": {"en": "My board has split"},
    "published": True,
    "created_at": THEN,
}

ARTICLES: dict[str, Any] = {
    "Article": {
        "id": ARTICLE,
        "category_id": CATEGORY,
        "visibility": "public",
        "state": "published",
        "translations": {
            "en": {
                "title": "My board has split",
                "body": "Dry it **slowly**, then oil it.",
                "slug": "my-board-has-split",
                "url": "https://help.example.org/en/articles/my-board-has-split",
                "updated_at": THEN,
                "outdated": False,
            }
        },
        "drafts": {
            "en": {
                "title": "My board has split",
                "body": "Dry it **slowly**, in the shade, then oil it.",
                "slug": "my-board-has-split",
                "minor": True,
                "updated_at": THEN,
                "updated_by": AGENT,
                "outdated": False,
            }
        },
        "position": 0,
        "author_id": AGENT,
        "updated_by": AGENT,
        "publish_at": None,
        **NEVER_CHANGED,
    },
    "ArticleVersion": _VERSION,
    "WholeArticleVersion": {
        **_VERSION,
        "translations": {"en": {"title": "My board has split", "body": "Dry it **slowly**, then oil it."}},
    },
    "ArticleVotes": {
        "article_id": ARTICLE,
        "translations": {
            "en": {
                "helpful": 31,
                "unhelpful": 4,
                "reasons": {"unclear": 1, "outdated": 0, "wrong": 0, "missing": 2, "other": 0},
                "current": {
                    "helpful": 12,
                    "unhelpful": 1,
                    "reasons": {"unclear": 0, "outdated": 0, "wrong": 0, "missing": 1, "other": 0},
                },
            }
        },
        "complaints": [
            {"locale": "en", "reason": "missing", "words": "How long in winter?", "current": True, "created_at": THEN},
        ],
    },
    "Category": {
        "id": CATEGORY,
        "translations": {
            "en": {
                "name": "Caring for wood",
                "description": "",
                "slug": "caring-for-wood",
                "url": "https://help.example.org/en/categories/caring-for-wood",
            }
        },
        "position": 1,
        **NEVER_CHANGED,
    },
    "SearchResults": {
        "data": [
            {
                "article_id": ARTICLE,
                "locale": "en",
                "title": "My board has split",
                "url": "https://help.example.org/en/articles/my-board-has-split",
                "snippet": "Dry the <mark>split</mark> board slowly, then oil it.",
                "score": 8.21,
            }
        ],
        "did_you_mean": None,
        "total": 1,
    },
    "Image": {
        "image_id": "img_01KA3V0F9C5X8N2YR7VD3JKN9E",
        "path": "/media/img_01KA3V0F9C5X8N2YR7VD3JKN9E/split-board.png",
        "url": "https://files.example.org/",
        "fields": {
            "key": "media/img_01KA3V0F9C5X8N2YR7VD3JKN9E/split-board.png",
            "Content-Type": "image/png",
            "Cache-Control": "public, max-age=31536000, immutable",
            "policy": "eyJ…",
        },
    },
}
