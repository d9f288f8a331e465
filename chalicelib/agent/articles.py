"""The desk's articles, the list: by category and state, with what is missing in a language, and what readers say.

A category is shown whole, in its order, which is changed here; without one the newest change comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from chalice import Response

from chalicelib import ids, signing
from chalicelib.actions import find_articles, order_articles
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain.article import LOCALES, VISIBILITIES
from chalicelib.domain.article_card import SHELVES, Card
from chalicelib.errors import NotFound
from chalicelib.store import article_cards, articles, votes
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

HERE = "/agent/articles"
PAGE = 25
MAX_QUERY = 200
# What is looked through for one page when a filter lets little pass: the page may then be short.
MOST_READ = 1000
LANGUAGE_MARKS = tuple(f"{mark}-{locale}" for mark in ("missing", "outdated") for locale in LOCALES)
DONE = ("deleted",)


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; an empty word asks for all."""

    q: str = ""
    category: str = ""
    state: str = ""
    visibility: str = ""
    language: str = ""

    def fits(self, card: Card) -> bool:
        mark, _, locale = self.language.partition("-")
        return (
            self.state in ("", card.shelf)
            and self.visibility in ("", card.visibility)
            and (not mark or locale in {"missing": card.missing, "outdated": card.outdated}[mark])
        )

    @property
    def is_ordered(self) -> bool:
        """Whether all of one category is shown, so that its order can be seen and changed."""
        return bool(self.category) and not (self.q or self.state or self.visibility or self.language)

    @property
    def address(self) -> str:
        asked = {name: value for name, value in vars(self).items() if value}
        return HERE + (f"?{urlencode(asked)}" if asked else "")


@dataclass(frozen=True)
class Shown:
    """One page of cards; `next_page` and `first_page` are addresses, or None. `ends` names the first and the last."""

    cards: list[Card]
    first_page: str | None = None
    next_page: str | None = None
    total: int | None = None
    ends: tuple[str, str] = field(default=("", ""))


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    wanted = _wanted(desk.visit.query)
    shown = _chosen(wanted, desk.visit.query) if wanted.q or wanted.category else _newest(wanted, desk.visit.query)
    done = desk.visit.query.get("done", "")
    return pages.show(
        desk,
        "articles",
        area="articles",
        tab="articles",
        wanted=wanted,
        shown=shown,
        categories={one.id: one.in_locale(desk.lang).name for one in articles.categories()},
        helped=helped([card.article_id for card in shown.cards]),
        people={one.id: one.name_in(desk.lang) for one in desk.staff.agents.values()},
        states=SHELVES,
        visibilities=VISIBILITIES,
        language_marks=LANGUAGE_MARKS,
        done=done if done in DONE else "",
    )


@doors.post(HERE + "/{id}/move")
@for_agents
def move(desk: Desk) -> Response:
    """One place up or down in its category; the page comes back where it was."""
    wanted, category = desk.visit.params["id"], desk.visit.line("category")
    if not (ids.is_id(wanted, "art") and ids.is_id(category, "cat")):
        raise NotFound("There is no such article.")
    order_articles.move(category, wanted, -1 if desk.visit.line("to") == "up" else 1)
    return answer.redirect(desk.visit, f"{Wanted(category=category).address}#{wanted}")


def helped(article_ids: list[str]) -> dict[str, tuple[float, int]]:
    """Of each article that was voted on: which part of the votes says that it helped, and how many there are."""
    found = {}
    for article_id, tallies in votes.tallies_of(article_ids).items():
        count = sum(one.votes for one in tallies)
        found[article_id] = (sum(one.helpful for one in tallies) / max(count, 1), count)
    return {article_id: pair for article_id, pair in found.items() if pair[1]}


def _wanted(query: Mapping[str, str]) -> Wanted:
    known = {"state": SHELVES, "visibility": VISIBILITIES, "language": LANGUAGE_MARKS}
    given = {name: value for name, values in known.items() if (value := query.get(name, "")) in values}
    category = query.get("category", "")
    return Wanted(
        q=" ".join(query.get("q", "").split())[:MAX_QUERY],
        category=category if ids.is_id(category, "cat") else "",
        **given,
    )


def _chosen(wanted: Wanted, query: Mapping[str, str]) -> Shown:
    """What was searched for, or a category: read whole, and shown by numbered places."""
    if wanted.q:
        cards = find_articles.find(wanted.q, category_id=wanted.category or None)
    else:
        cards = article_cards.of_category(wanted.category)
    fitting = [card for card in cards if wanted.fits(card)]
    asked = query.get("from", "0")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    rest = fitting[start:]
    more = "&" if "?" in wanted.address else "?"
    return Shown(
        rest[:PAGE],
        wanted.address if start else None,
        f"{wanted.address}{more}from={start + PAGE}" if len(rest) > PAGE else None,
        len(fitting),
        (fitting[0].article_id, fitting[-1].article_id) if fitting else ("", ""),
    )


def _newest(wanted: Wanted, query: Mapping[str, str]) -> Shown:
    """The newest changes behind the sealed place in the address."""
    after = signing.unseal("desk-articles", query.get("after", ""))
    at: str | None = after if isinstance(after, str) else None
    cards: list[Card] = []
    some = MOST_READ // 2 if wanted.visibility or wanted.language else 2 * PAGE
    for _ in range(MOST_READ // some):
        read = article_cards.newest(wanted.state or None, at, some)
        for place in read:
            if len(cards) == PAGE:
                return _page(wanted, after, cards, at)
            at = place.at
            cards += [place.card] if wanted.fits(place.card) else []
        if len(read) < some:
            return _page(wanted, after, cards, None)
    return _page(wanted, after, cards, at)


def _page(wanted: Wanted, after: object, cards: list[Card], at: str | None) -> Shown:
    more = "&" if "?" in wanted.address else "?"
    onwards = f"{wanted.address}{more}after={signing.seal('desk-articles', at)}" if at else None
    return Shown(cards, wanted.address if after else None, onwards)
