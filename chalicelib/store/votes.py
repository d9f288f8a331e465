"""Votes on articles, and their counts: a vote and its count are written together, so that the counts are exact.

All counts stand in one partition: which articles fail is one query. A vote goes after a year, with its words; it stays
counted. Each counts among all votes on its language, and, since a text that was rewritten is judged by what was said of
it from then on, among those since that version (none, while it was never rewritten).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from pynamodb.expressions.update import Action

from chalicelib.domain.article import LOCALES, Article
from chalicelib.domain.vote import REASONS, Tally, Vote
from chalicelib.store import articles, changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row, VoteCountRow, VoteRow

# As long as the cookie by which a visitor is known.
KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Page:
    """`after` is the place to go on from, None at the end."""

    votes: tuple[Vote, ...]
    after: str | None


@dataclass(frozen=True)
class Failing:
    """A published article, how the language in question was voted on since it was rewritten, and how `in_all`."""

    article: Article
    tally: Tally
    in_all: Tally


def find(article_id: str, locale: str, visitor: str, since: int = 0) -> Vote | None:
    """The vote that this visitor (a hash) has on the text that stands since that version."""
    row = rows.get(VoteRow, keys.vote(article_id, locale, visitor, since))
    return rows.noun(Vote, row) if row else None


def put(change: Changes, vote: Vote, old: Vote | None) -> None:
    """Write a vote, in place of `old` if there was one, and count it."""
    new = replace(vote, version=old.version + 1 if old else 1)
    row = row_of(new)
    if old:
        change.replace(row, old.version)
    else:
        change.add(row)
    for since in {0, vote.since}:
        if counted := _counted(vote, old, since):
            change.update(VoteCountRow(keys.vote_count(vote.article_id, vote.locale, since)), counted)


def row_of(vote: Vote) -> VoteRow:
    """The row of a vote as it stands; its count is another one."""
    row = VoteRow(keys.vote(vote.article_id, vote.locale, vote.visitor, vote.since), **rows.attributes(vote))
    row.expires_at = int((vote.at + KEPT).timestamp())
    if not vote.helpful:
        row.index("customer", keys.complaint(vote.article_id, vote.at, vote.visitor))
    return row


def tallies(article_id: str) -> dict[str, Tally]:
    """How the article was voted on in all, by language; a language that nobody voted on is not there."""
    found = rows.batch([keys.vote_count(article_id, locale) for locale in LOCALES])
    return {row.locale: _tally(row) for row in found.values() if isinstance(row, VoteCountRow)}


def judged(article: Article) -> dict[str, Tally]:
    """How each of its texts was voted on since it was rewritten; zeros where nobody voted since."""
    texts = article.translations.items()
    wanted = {locale: keys.vote_count(article.id, locale, text.judged_since) for locale, text in texts}
    found = rows.batch(list(wanted.values()))
    return {
        locale: _tally(row) if isinstance(row := found.get(key), VoteCountRow) else Tally(article.id, locale)
        for locale, key in wanted.items()
    }


def tallies_of(article_ids: Iterable[str]) -> dict[str, list[Tally]]:
    """How each of these articles was voted on in all: a tally a language, for those that have votes."""
    found = rows.batch([keys.vote_count(id, locale) for id in article_ids for locale in LOCALES])
    counted = [_tally(row) for row in found.values() if isinstance(row, VoteCountRow)]
    return {id: [one for one in counted if one.article_id == id] for id in {one.article_id for one in counted}}


def failing(least: int, most: int, locale: str | None = None) -> list[Failing]:
    """The published articles that helped fewest of their readers since they were rewritten, the worst first.

    Args:
        least: how many votes a language of an article must have since then to be judged.
        most: how many articles are wanted; those that helped enough of them are none.
        locale: only this language.
    """
    known = _all()
    in_all = {(one.article_id, one.locale): one for one in known if not one.since}
    wanted = [one for one in known if one.votes >= least and one.fails and locale in (None, one.locale)]
    worst = sorted(wanted, key=lambda one: (one.share, -one.unhelpful, one.article_id))
    found: list[Failing] = []
    for start in range(0, len(worst), most):
        found += _published(worst[start : start + most], in_all)
        if len(found) >= most:
            break
    return found[:most]


def complaints(article_id: str, limit: int, after: str | None = None) -> Page:
    """At most `limit` votes that say the article did not help, newest first, behind the place `after`."""
    changes.connection()
    pk, _ = keys.complaint(article_id)
    before = Row.customer_sk < after if after else None
    places = list(Row.customer.query(pk, before, scan_index_forward=False, limit=limit + 1))
    shown = places[:limit]
    stored = rows.batch([(row.pk, row.sk) for row in shown])
    votes = [row for key in ((row.pk, row.sk) for row in shown) if isinstance(row := stored.get(key), VoteRow)]
    listed = tuple(rows.noun(Vote, row) for row in votes if not row.helpful)
    return Page(listed, shown[-1].customer_sk if len(places) > limit else None)


def _counted(vote: Vote, old: Vote | None, since: int) -> list[Action]:
    """What changes in the counts since that version; nothing when the visitor only found other words."""
    by = dict.fromkeys(_names(old) if old else (), -1)
    for name in _names(vote):
        by[name] = by.get(name, 0) + 1
    actions = [getattr(VoteCountRow, name).add(count) for name, count in by.items() if count]
    if not actions:
        return []
    named = [VoteCountRow.article_id.set(vote.article_id), VoteCountRow.locale.set(vote.locale)]
    return [*actions, *named, VoteCountRow.since.set(since), VoteCountRow.kind.set(VoteCountRow)]


def _names(vote: Vote) -> list[str]:
    """What the vote is counted under."""
    return ["helpful" if vote.helpful else "unhelpful", *([vote.reason] if vote.reason else [])]


def _all() -> list[Tally]:
    changes.connection()
    return [_tally(row) for row in Row.query(keys.vote_count("", "")[0]) if isinstance(row, VoteCountRow)]


def _published(listed: Iterable[Tally], in_all: Mapping[tuple[str, str], Tally]) -> list[Failing]:
    """Those of published articles whose tally is of the text as it is now.

    Both counts of a first vote are written at once, but a query may see the one without the other.
    """
    by_id = {one.id: one for one in articles.get_all(list({one.article_id for one in listed}))}
    pairs = [(by_id.get(one.article_id), one) for one in listed]
    return [
        Failing(found, one, in_all.get((one.article_id, one.locale), one))
        for found, one in pairs
        if found and found.state == "published" and _is_of(one, found)
    ]


def _is_of(tally: Tally, article: Article) -> bool:
    text = article.translations.get(tally.locale)
    return text is not None and text.judged_since == tally.since


def _tally(row: VoteCountRow) -> Tally:
    reasons = {name: int(getattr(row, name)) for name in REASONS if getattr(row, name)}
    return Tally(
        row.article_id, row.locale, int(row.helpful or 0), int(row.unhelpful or 0), reasons, int(row.since or 0)
    )
