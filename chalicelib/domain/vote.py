"""What a reader says of an article: it helped, or it did not and why.

Nobody has to say who he is, so his words could never be found to erase them: what looks like a contact is not kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.domain import written_contacts
from chalicelib.domain.storable_text import storable

REASONS = ("unclear", "outdated", "wrong", "missing", "other")
MAX_WORDS = 1000
# Nothing helps all its readers: the question of some was another one.
ENOUGH = 0.8


@dataclass(frozen=True)
class Vote:
    """One visitor's vote on one language of an article; `visitor` is a hash. `reason` and `words` go with a no.

    `since` is the version from which on votes count as his does: see domain.article.Translation.judged_since.
    """

    article_id: str
    locale: str
    visitor: str
    helpful: bool
    at: datetime
    reason: str | None = None
    words: str = ""
    since: int = 0
    version: int = 0


@dataclass(frozen=True)
class Tally:
    """How one language of an article was voted on; `reasons` counts those that were given.

    One with a `since` counts the votes from that version of the article on; without, all of them.
    """

    article_id: str
    locale: str
    helpful: int = 0
    unhelpful: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    since: int = 0

    @property
    def votes(self) -> int:
        return self.helpful + self.unhelpful

    @property
    def share(self) -> float:
        """Which part of the votes says that it helped, from 0 to 1; 1 while nobody voted."""
        return self.helpful / self.votes if self.votes else 1.0

    @property
    def fails(self) -> bool:
        """Whether it helps too few of its readers."""
        return self.share < ENOUGH


def kept_words(text: str) -> str:
    """What is kept of a reader's words: at most MAX_WORDS characters, addresses and long numbers left out."""
    return written_contacts.without(storable(text[:MAX_WORDS]))
