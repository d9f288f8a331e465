"""One article of each kind that there is by its readers, and all addresses that list or tell of articles."""

from datetime import timedelta

from chalicelib import clock
from chalicelib.actions import change_category, publish_article, update_search
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM
from chalicelib.search import articles as index

ALICE = "alice@example.org"
# Each kind has a word of its own, which stands in its title, its text and its address.
KINDS = ("publicum", "customarium", "agentium", "draftium", "futurum", "archivium", "deletium")
PUBLIC, SIGNED_IN = {"publicum"}, {"publicum", "customarium"}
LISTS = [
    "/en/",
    "/en/categories/care",
    "/en/search?q=oiling+board",
    "/en/search?q=oiling+board&language=all",
    "/ar/search?q=oiling+board",
    "/en/suggest?q=oiling+bo",
    "/ar/suggest?q=oiling+bo",
    "/en/feed.xml",
    "/sitemap.xml",
    "/en/articles/board-leading",
    "/en/articles/oiling-board-that-is-not-there",
    "/en/nothing-about-oiling-board",
]


def furnished():
    """By its kind, an article in one category, all about the same thing; and one more that leads to the others."""
    care = change_category.create({"en": {"name": "Caring for wood", "slug": "care"}})
    made = {kind: write(care, kind) for kind in (*KINDS, "leading")}
    update_search.index_articles([article.id for article in made.values()])
    index.forget()
    return made


def write(category, kind):
    visibility = {"customarium": "customers", "agentium": "agents"}.get(kind, "public")
    texts = {"en": {"title": f"Oiling the board {kind}", "body": f"Oil the board, {kind}.", "slug": f"board-{kind}"}}
    later = clock.now() + timedelta(days=1) if kind == "futurum" else None
    draft = Draft(category.id, texts, visibility, publish=kind not in ("draftium", "futurum"), publish_at=later)
    article = publish_article.create(draft, SYSTEM)
    if kind == "archivium":
        publish_article.archive(article.id, SYSTEM)
    if kind == "deletium":
        publish_article.delete(article.id, SYSTEM)
    return article


def met(browser, address):
    """The kinds of article that what stands there tells of."""
    browser.go(address)
    told = browser.body.decode()
    return {kind for kind in KINDS if kind in told}
