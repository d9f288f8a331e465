"""Whether articles help: what readers said of them."""

from typing import Any

from chalicelib.api import articles
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import article_votes as schemas
from chalicelib.domain.article import Article
from chalicelib.domain.vote import Tally, Vote
from chalicelib.store import votes

NEWEST = 50


@operation("Read how an article was voted on", gives=schemas.ArticleVotes, refuses=("article-not-found",))
def show(call: Call) -> Answer:
    """The counts of “was this helpful?”, in all and of the text as it is now, and what readers missed."""
    found = articles.named(call)
    judged = votes.judged(found)
    counted = {
        locale: _count(tally, judged.get(locale, Tally(found.id, locale)))
        for locale, tally in votes.tallies(found.id).items()
    }
    newest = [_complaint(vote, found) for vote in votes.complaints(found.id, NEWEST).votes]
    told = schemas.ArticleVotes(article_id=found.id, translations=schemas.VoteCounts(**counted), complaints=newest)
    return Answer(told)


def _count(in_all: Tally, judged: Tally) -> schemas.VoteCount:
    current = schemas.CurrentVoteCount(**_numbers(judged))
    return schemas.VoteCount(**_numbers(in_all), current=current)


def _numbers(tally: Tally) -> dict[str, Any]:
    reasons = schemas.VoteReasons(**tally.reasons)
    return {"helpful": tally.helpful, "unhelpful": tally.unhelpful, "reasons": reasons}


def _complaint(vote: Vote, article: Article) -> schemas.Complaint:
    text = article.translations.get(vote.locale)
    return schemas.Complaint(
        locale=vote.locale,  # type: ignore[arg-type]
        reason=vote.reason,  # type: ignore[arg-type]
        words=vote.words,
        current=text is not None and text.judged_since == vote.since,
        created_at=vote.at,
    )
