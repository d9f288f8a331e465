"""What readers and customers of the demo told it: votes on articles with their reasons, and what they searched for.

Each counts as if it had come in one by one; of those who were helped only the count stands, as after a year.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from chalicelib import clock
from chalicelib.actions import note_search
from chalicelib.domain.article import Article
from chalicelib.domain.vote import Vote
from chalicelib.store import keys, votes
from chalicelib.store.changes import Changes
from chalicelib.store.searches import KEPT
from chalicelib.store.table import SearchesRow, VoteCountRow


def add_votes(change: Changes, article: Article, told: Mapping[str, Any]) -> None:
    """Lay how one language of the article was voted on: so many it helped, and those in `said` it did not.

    They judge the text as it stands: nothing is told of votes from before it was rewritten.
    """
    locale, said = told["locale"], told["said"]
    since = article.translations[locale].judged_since
    for place, one in enumerate(said):
        at, visitor = clock.now() - timedelta(days=one["days_ago"]), keys.visitor(f"{article.id} {locale} {place}")
        vote = Vote(article.id, locale, visitor, False, at, one["reason"], one["words"], since=since, version=1)
        change.put(votes.row_of(vote))
    counted = {"helpful": told["helpful"], "unhelpful": len(said), **Counter(one["reason"] for one in said)}
    for start in {0, since}:
        place_of = keys.vote_count(article.id, locale, start)
        change.put(VoteCountRow(place_of, article_id=article.id, locale=locale, since=start, **counted))


def add_searches(change: Changes, told: Mapping[str, Any]) -> None:
    """Lay how often something was searched for, and on which days."""
    query = note_search.normal(told["query"]) or ""
    for day in told["days"]:
        at = clock.now() - timedelta(days=day["ago"])
        row = SearchesRow(keys.searches(told["locale"], at.date().isoformat(), query), query_text=query)
        row.searches, row.hits, row.searched_at = day["times"], told["hits"], at
        row.in_vain, row.opened = (0, day["times"] * 2 // 3) if told["hits"] else (day["times"], 0)
        row.expires_at = int((at + KEPT).timestamp())
        change.put(row)
