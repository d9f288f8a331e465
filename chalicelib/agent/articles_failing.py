"""The articles that help fewest of their readers: how many said no, why, and in which words.

They are judged by what was said since they were rewritten: what an older text was blamed for is no fault of this one.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from chalice import Response

from chalicelib.agent import pages
from chalicelib.agent.articles import HERE as ARTICLES
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain.article import Article
from chalicelib.domain.vote import Tally, Vote
from chalicelib.store import votes
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

HERE = f"{ARTICLES}/failing"
# One angry reader is no judgement.
LEAST_VOTES = 3
MOST_SHOWN = 20
# Of the newest complaints of an article those with words are shown.
LOOKED_AT = 25
WORDS_SHOWN = 5


@dataclass(frozen=True)
class Failing:
    """One language of an article, how it was voted on since it was rewritten, what was said of it, newest first; and
    how it was voted on `in_all`."""

    article: Article
    tally: Tally
    said: list[Vote]
    in_all: Tally

    @property
    def title(self) -> str:
        return self.article.in_locale(self.tally.locale)[1].title

    @property
    def tickets(self) -> str:
        """Where tickets are found that speak of it, since its words are what they are."""
        text = self.article.translations[self.tally.locale]
        since = {"since": f"{text.updated_at:%Y-%m-%d}"} if text.updated_at else {}
        return f"/agent/tickets?{urlencode({'q': text.title} | since)}"

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why it did not help, the most frequent reason first."""
        return sorted(self.tally.reasons.items(), key=lambda pair: (-pair[1], pair[0]))


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    found = votes.failing(LEAST_VOTES, MOST_SHOWN)
    listed = [Failing(one.article, one.tally, _said(one.tally), one.in_all) for one in found]
    return pages.show(desk, "article_failing", area="articles", tab="failing", listed=listed, least_votes=LEAST_VOTES)


def _said(tally: Tally) -> list[Vote]:
    newest = votes.complaints(tally.article_id, LOOKED_AT).votes
    of_it = [one for one in newest if (one.locale, one.since) == (tally.locale, tally.since)]
    return [one for one in of_it if one.words][:WORDS_SHOWN]
