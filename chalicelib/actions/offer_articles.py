"""Offers articles to link to. What customers cannot open is named, too, so that nobody looks for it in vain."""

from dataclasses import dataclass

from chalicelib import ids, settings
from chalicelib.actions import search_articles
from chalicelib.domain.article import Article
from chalicelib.store import articles

MOST = 8
# Some of them may be there for agents only.
LOOKED_AT = 12


@dataclass(frozen=True)
class Offer:
    """An article that was found: its title in `locale`, and the address at which its readers find it."""

    article_id: str
    title: str
    locale: str
    visibility: str
    path: str

    @property
    def may_be_linked(self) -> bool:
        """Whether a customer who follows the link finds it (he may have to sign in first)."""
        return self.visibility != "agents"

    @property
    def url(self) -> str:
        return settings.public_url() + self.path


def offers(query: str, locale: str, *, to_customers: bool = False) -> list[Offer]:
    """At most eight published articles that answer `query`, best first; those in that language before the others.

    Args:
        to_customers: leave out those that only agents may read.
    """
    spoken = search_articles.search(query, locale=locale, limit=LOOKED_AT).hits
    others = search_articles.search(query, locale=None, limit=LOOKED_AT).hits if len(spoken) < MOST else ()
    wanted = list(dict.fromkeys(hit.article_id for hit in (*spoken, *others)))[:LOOKED_AT]
    found = [_offer(one, locale) for one in articles.get_all(wanted) if one.state == "published"]
    return [one for one in found if one.may_be_linked or not to_customers][:MOST]


def offer(article_id: str, locale: str) -> Offer | None:
    """That article, with its title and address in the language if it speaks it; None when it is not published."""
    found = articles.get(article_id) if ids.is_id(article_id, "art") else None
    return _offer(found, locale) if found and found.state == "published" else None


def _offer(article: Article, wished: str) -> Offer:
    locale, text = article.in_locale(wished)
    return Offer(article.id, text.title, locale, article.visibility, f"/{locale}/articles/{text.slug}")
