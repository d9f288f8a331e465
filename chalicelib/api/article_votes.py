"""Whether articles help: what readers said of them."""

from chalicelib.api import articles
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import article_votes as schemas
from chalicelib.domain.vote import Tally, Vote
from chalicelib.store import votes

NEWEST = 50


@operation("Read how an article was voted on", gives=schemas.ArticleVotes, refuses=("article-not-found",))
def show(call: Call) -> Answer:
    """The counts of “was this helpful?”, and what readers missed."""
    found = articles.named(call)
    counted = {locale: _count(tally) for locale, tally in votes.tallies(found.id).items()}
    newest = [_complaint(vote) for vote in votes.complaints(found.id, NEWEST).votes]
    told = schemas.ArticleVotes(article_id=found.id, translations=schemas.VoteCounts(**counted), complaints=newest)
    return Answer(told)


def _count(tally: Tally) -> schemas.VoteCount:
    reasons = schemas.VoteReasons(**tally.reasons)
    return schemas.VoteCount(helpful=tally.helpful, unhelpful=tally.unhelpful, reasons=reasons)


def _complaint(vote: Vote) -> schemas.Complaint:
    return schemas.Complaint(
        locale=vote.locale,  # type: ignore[arg-type]
        reason=vote.reason,  # type: ignore[arg-type]
        words=vote.words,
        created_at=vote.at,
    )
