"""The articles that somebody may have looked for who came to an address that leads nowhere."""

import re
from types import SimpleNamespace
from urllib.parse import unquote

from chalicelib import log
from chalicelib.portal import article_page
from chalicelib.search import articles as index
from chalicelib.search.documents import Hit

MOST = 3
# Of an address; what is longer was made by a machine.
MAX_WORDS = 200
_NO_WORDS = re.compile(r"[\W_\d]+")
_OURS = frozenset({"en", "ar", "articles", "categories", "account", "search", "html", "index", "php"})


def find(path: str, lang: str) -> list[SimpleNamespace]:
    """At most three public articles that answer the words of the address, those in that language first."""
    words = " ".join(one for one in _NO_WORDS.split(unquote(path)[:MAX_WORDS]) if one.lower() not in _OURS)
    if not words.strip():
        return []
    try:
        spoken = index.search(words, locale=lang, limit=MOST).hits
        hits = spoken or index.search(words, locale=None, limit=MOST).hits
    except Exception:  # who is told that there is no such page is owed that page, whatever the index does
        log.error("page.no_nearest", path=path[:MAX_WORDS])
        return []
    return [_link(hit) for hit in hits]


def _link(hit: Hit) -> SimpleNamespace:
    url = article_page.path(hit.visibility, hit.locale, hit.slug)
    return SimpleNamespace(title=hit.title, url=url, locale=hit.locale)
