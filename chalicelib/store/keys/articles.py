"""Keys of the help centre: articles, what is said of them, and what is searched for."""

from datetime import datetime

from chalicelib.store.keys.form import Key, hashed, time

_LAST_PLACE = 9_999_999


# What does this article say, in each language? One query.
def article(article_id: str) -> Key:
    return f"ARTICLE#{article_id}", "ARTICLE"


def translation(article_id: str, locale: str) -> Key:
    return f"ARTICLE#{article_id}", f"CURRENT#{locale}"


# What is it to become, in each language, and which no reader sees yet? Behind what one query brings a reader.
def article_draft(article_id: str, locale: str) -> Key:
    return f"ARTICLE#{article_id}", f"DRAFT#{locale}"


# What did it say before, and who changed it when? And the words of a version, a language each.
def article_version(article_id: str, number: int) -> Key:
    return f"ARTICLE#{article_id}", f"VERSION#{number:09d}"


def article_wording(article_id: str, number: int, locale: str) -> Key:
    return f"ARTICLE#{article_id}", f"TEXT#{number:09d}#{locale}"


# Which article has this address?
def slug(locale: str, value: str) -> Key:
    return f"SLUG#{locale}#{value}", "-"


# Which categories are there?
def category(category_id: str) -> Key:
    return "CATEGORIES", category_id


# Where does an article stand in its category? Text order is the category's order.
def article_place(position: int, article_id: str) -> str:
    return f"{min(max(position, 0), _LAST_PLACE):07d}#{article_id}"


# Which articles does a category show, in its order, to whom that visibility is? Where do the pages begin on which they
# come to those readers?
def listing(category_id: str, visibility: str, place: str) -> Key:
    return f"CATEGORY#{category_id}", f"LISTED#{visibility}#{place}"


def category_pages(category_id: str, audience: str) -> Key:
    return f"CATEGORY#{category_id}", f"PAGES#{audience}"


# What changed last of what everybody may read in that language? On index `created`.
def news(locale: str, updated_at: datetime, article_id: str) -> Key:
    return news_part(locale), f"{time(updated_at)}#{article_id}"


def news_part(locale: str) -> str:
    return f"NEWS#{locale}"


# Which articles has the desk, whatever their state? Those of a category, in its order; and those of a state, as last
# changed.
def article_card(category_id: str, place: str) -> Key:
    return f"CATEGORY#{category_id}", f"PLACED#{place}"


# Where the listing and the card of an article lay in its category before their keys told its order.
def former_listing(category_id: str, article_id: str) -> Key:
    return f"CATEGORY#{category_id}", f"ARTICLE#{article_id}"


def former_article_card(category_id: str, article_id: str) -> Key:
    return f"CATEGORY#{category_id}", f"CARD#{article_id}"


def article_shelf(shelf: str, updated_at: datetime, article_id: str) -> Key:
    return article_shelf_part(shelf), f"{time(updated_at)}#{article_id}"


def article_shelf_part(shelf: str) -> str:
    return f"ARTICLES#{shelf}"


# Did this visitor (a hash) say whether this article, as it is since that version, helped him? What was said, by article
# and language; and, newest first on index `customer`, to whom it did not.
def vote(article_id: str, locale: str, visitor: str, since: int = 0) -> Key:
    return f"VOTES#{article_id}", f"{locale}#{visitor}" + (f"#{since}" if since else "")


def visitor(cookie: str) -> str:
    return hashed(cookie)


# How was it voted on, all in all? And since that version, if there is one?
def vote_count(article_id: str, locale: str, since: int = 0) -> Key:
    return "VOTECOUNTS", f"{article_id}#{locale}" + (f"#{since}" if since else "")


def complaint(article_id: str, at: datetime | None = None, visitor: str = "") -> Key:
    return f"VOTES#{article_id}", f"{time(at)}#{visitor}" if at else ""


# What became of the visits to the ticket form on this day (`2026-11-22`, UTC)?
def deflections(day: str) -> Key:
    return "DEFLECTIONS", day


# What stands for what, when customers search?
def synonyms(set_id: str) -> Key:
    return "SYNONYMS", set_id


# What may the published article index not show as it is? `name` is ARTICLE#<id>, or SYNONYMS.
def unindexed_article(name: str) -> Key:
    return "UNINDEXEDARTICLES", name


# What was searched for on that day (`2026-11-22`, UTC) in that language?
def searches(locale: str, day: str, query: str) -> Key:
    return f"SEARCHES#{locale}#{day}", query
