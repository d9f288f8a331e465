"""The desk's articles, the list: by category and state, with what is missing in a language, and what readers say.

A category is shown in its order, which is changed here; without one the newest change comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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
from chalicelib.store.article_cards import ALL, Sieve
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

HERE = "/agent/articles"
PAGE = 25
MAX_QUERY = 200
# How far the articles of a category are counted.
MOST_COUNTED = 1000
LANGUAGE_MARKS = tuple(f"{mark}-{locale}" for mark in ("missing", "outdated", "drafted") for locale in LOCALES)
DONE = ("deleted",)


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; an empty word asks for all."""

    q: str = ""
    category: str = ""
    state: str = ""
    visibility: str = ""
    language: str = ""
    author: str = ""

    @property
    def sieve(self) -> Sieve:
        mark, _, locale = self.language.partition("-")
        return Sieve(
            shelf=self.state or None,
            visibility=self.visibility or None,
            author_id=self.author or None,
            **({mark: locale} if mark else {}),
        )

    @property
    def is_ordered(self) -> bool:
        """Whether all of one category is shown, so that its order can be seen and changed."""
        return bool(self.category) and not self.q and self.sieve == ALL

    @property
    def address(self) -> str:
        return self.at()

    def at(self, **more: str) -> str:
        """Its address, and what else it is to tell."""
        asked = {name: value for name, value in {**vars(self), **more}.items() if value}
        return HERE + (f"?{urlencode(asked)}" if asked else "")


@dataclass(frozen=True)
class Shown:
    """One page of cards; `next_page` and `first_page` are addresses, or None. `ends` names the first and the last of a
    category, as far as this page knows them; a `total` above MOST_COUNTED says that there are more."""

    cards: list[Card]
    first_page: str | None = None
    next_page: str | None = None
    total: int | None = None
    ends: tuple[str, str] = ("", "")


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    wanted = _wanted(desk.visit.query)
    shown = (_found if wanted.q else _page)(wanted, desk.visit.query)
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
        most_counted=MOST_COUNTED,
        after=desk.visit.query.get("after", ""),
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
    after = desk.visit.line("after")
    back = Wanted(category=category).at(after=after if _place(after) else "")
    return answer.redirect(desk.visit, f"{back}#{wanted}")


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
    ours = {"category": "cat", "author": "agt"}
    given |= {name: value for name, kind in ours.items() if ids.is_id(value := query.get(name, ""), kind)}
    return Wanted(q=" ".join(query.get("q", "").split())[:MAX_QUERY], **given)


def _found(wanted: Wanted, query: Mapping[str, str]) -> Shown:
    """What was searched for: best first, shown by numbered places."""
    cards = find_articles.find(wanted.q, category_id=wanted.category or None)
    fitting = [card for card in cards if wanted.sieve.lets(card)]
    asked = query.get("from", "0")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    rest = fitting[start:]
    return Shown(
        rest[:PAGE],
        wanted.address if start else None,
        wanted.at(**{"from": str(start + PAGE)}) if len(rest) > PAGE else None,
        len(fitting),
    )


def _page(wanted: Wanted, query: Mapping[str, str]) -> Shown:
    """What fits, behind the sealed place in the address."""
    after = _place(query.get("after", ""))
    if wanted.category:
        places = article_cards.in_category(wanted.category, wanted.sieve, after, PAGE + 1)
    else:
        places = article_cards.newest(wanted.sieve, after, PAGE + 1)
    cards = [place.card for place in places if place.card][:PAGE]
    more = len(places) > PAGE or any(place.card is None for place in places)
    reached = places[min(len(places), PAGE) - 1].at if more else None
    return Shown(
        cards,
        wanted.address if after else None,
        wanted.at(after=signing.seal("desk-articles", reached)) if reached else None,
        article_cards.count(wanted.category, MOST_COUNTED) if wanted.is_ordered else None,
        _ends(cards, at_first=not after, at_last=not more),
    )


def _ends(cards: list[Card], at_first: bool, at_last: bool) -> tuple[str, str]:
    if not cards:
        return "", ""
    return (cards[0].article_id if at_first else ""), (cards[-1].article_id if at_last else "")


def _place(sealed: str) -> str | None:
    place = signing.unseal("desk-articles", sealed)
    return place if isinstance(place, str) else None
