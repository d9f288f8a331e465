"""What readers say of articles."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from chalicelib.api.schemas.values import Locale, Time

Reason = Literal["unclear", "outdated", "wrong", "missing", "other"]


class VoteReasons(Struct, kw_only=True):
    """How often each reason was given for a no; many give none."""

    unclear: int = 0
    outdated: int = 0
    wrong: int = 0
    missing: int = 0
    other: int = 0


class CurrentVoteCount(Struct, kw_only=True):
    """How the text was voted on since it was changed last by more than a minor edit."""

    helpful: int = 0
    unhelpful: int = 0
    reasons: VoteReasons


class VoteCount(Struct, kw_only=True):
    """How one language of an article was voted on; each visitor has one vote, and another one once it is rewritten."""

    helpful: int = 0
    unhelpful: int = 0
    reasons: VoteReasons
    current: CurrentVoteCount


class VoteCounts(Struct, kw_only=True, omit_defaults=True):
    """By language; one that nobody voted on is not there."""

    en: VoteCount | UnsetType = UNSET
    ar: VoteCount | UnsetType = UNSET


class Complaint(Struct, kw_only=True):
    """A no of the last year. Who said it is not known; addresses and long numbers in its words are left out."""

    locale: Locale
    reason: Reason | None
    words: str
    current: bool
    created_at: Time


class ArticleVotes(Struct, kw_only=True):
    """How an article was voted on, and why it did not help: the newest 50 who were not helped, newest first."""

    article_id: str
    translations: VoteCounts
    complaints: list[Complaint]
