"""What is new in the help centre, for feed readers: an Atom feed a language (https://www.rfc-editor.org/rfc/rfc4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from chalice import Response

from chalicelib import i18n, markdown
from chalicelib.domain.article import Article
from chalicelib.portal import article_page, pages
from chalicelib.store import articles, shop
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

MOST = 30
# The index is late by moments: some of what it names may be archived by now. One batch reads so many in one language.
LOOKED_AT = 36
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# XML 1.0 has no place for these, written in whatever way.
_NO_XML = {code: None for code in (*range(32), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}


@doors.get("/{lang}/feed.xml")
def feed(visit: Visit) -> Response:
    lang = pages.language(visit)
    return answer.public(visit, _document(lang, _newest(lang)), "application/atom+xml")


def _newest(lang: str) -> list[Article]:
    """The public articles in that language that changed last."""
    found = articles.in_language(articles.newest(lang, LOOKED_AT), lang)
    readable = [one for one in found if one.state == "published" and one.visibility == "public"]
    return sorted(readable[:MOST], key=lambda one: _changed(one, lang), reverse=True)


def _document(lang: str, found: list[Article]) -> str:
    home, own = pages.absolute(f"/{lang}/"), pages.absolute(f"/{lang}/feed.xml")
    name = shop.read().name(lang)
    title = i18n.translate(lang, "%(shop)s help centre") % {"shop": name}
    updated = max((_changed(one, lang) for one in found), default=_NEVER)
    return _lines(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">',
            f"<id>{escape(home)}</id>",
            f"<title>{_words(title)}</title>",
            f"<updated>{_time(updated)}</updated>",
            f"<author><name>{_words(name)}</name></author>",
            f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>',
            f'<link rel="alternate" type="text/html" hreflang="{lang}" href={quoteattr(home)}/>',
            *(_entry(one, lang) for one in found),
            "</feed>",
        ]
    )


def _entry(article: Article, lang: str) -> str:
    """Its id stays when the title and the address change: a reader shows it once."""
    text = article.translations[lang]
    address = pages.absolute(article_page.path(article.visibility, lang, text.slug))
    return _lines(
        [
            "<entry>",
            f"<id>{escape(pages.absolute('/'))}articles/{article.id}#{lang}</id>",
            f"<title>{_words(text.title)}</title>",
            f"<published>{_time(article.created_at)}</published>",
            f"<updated>{_time(_changed(article, lang))}</updated>",
            f'<link rel="alternate" type="text/html" hreflang="{lang}" href={quoteattr(address)}/>',
            f"<summary>{_words(markdown.to_summary(text.body, 300))}</summary>",
            "</entry>",
        ]
    )


def _changed(article: Article, lang: str) -> datetime:
    return article.translations[lang].updated_at or article.updated_at


def _time(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _words(text: str) -> str:
    return escape(text.translate(_NO_XML))


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts) + "\n"
