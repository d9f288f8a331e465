"""What goes into the ticket index and what comes out of it. Of a ticket's texts only the analysed words go in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from chalicelib.search import text

# Of what the analyser yields and the shards' fields: shards of another format are not read, and made anew at night.
FORMAT = f"t3.{text.ANALYSER}"

NOBODY = "none"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALMOST_ONE = timedelta(microseconds=999)
_SUBJECT_WEIGHT = 3  # as an article's title: see `index`


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: from `after` on, and before `before`. None leaves that side open."""

    after: datetime | None = None
    before: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        return (self.after is None or self.after <= moment) and (self.before is None or moment < self.before)

    def touches(self, month: str) -> bool:
        """Whether some of that month (2026-11, of UTC) lies in it."""
        return (self.after is None or _month(self.after) <= month) and (self.before is None or month <= self._last)

    def covers(self, month: str) -> bool:
        """Whether all of that month does."""
        return (self.after is None or _month(self.after) < month) and (self.before is None or month < self._last)

    @property
    def in_milliseconds(self) -> tuple[int | None, int | None]:
        """Its ends as both engines keep times, so that nothing in it is left out."""
        after = milliseconds(self.after) if self.after else None
        return after, milliseconds(self.before + _ALMOST_ONE) if self.before else None

    @property
    def _last(self) -> str:
        return _month(self.before - timedelta(microseconds=1)) if self.before else ""


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class TicketDocument:
    """A ticket as agents may find it. `born` is when it was made: the month of that (2026-11) names its shard.

    `texts` are its messages and notes, `names` whatever else it is known by: the customer's name and contacts, tags,
    number. `exact` are names that, asked for as they are, bring it to the top. `filters` are its values by the fields
    of `tickets_month.FILTERS`, several only of `tag`; `none` stands for nobody. Of two states of a ticket the younger
    has the higher `version`.
    """

    ticket_id: str
    born: datetime
    subject: str
    texts: tuple[str, ...]
    names: tuple[str, ...]
    exact: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    version: int = 1

    @property
    def month(self) -> str:
        return _month(self.born)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its words analysed: `terms` with repeats, `spellings` each once."""

    ticket_id: str
    born: datetime
    terms: tuple[str, ...]
    spellings: tuple[str, ...]
    exact: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: tickets with every one of `words` (or any, if not `every`), each word one of several terms.

    `filters` are values a ticket may have, by field; `born` when it was made; `without` ids that are left out;
    `weights` how much a term tells; `exact` what brings a ticket that is called so to the top.
    """

    words: tuple[tuple[str, ...], ...]
    every: bool
    weights: Mapping[str, float]
    exact: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    born: Span = ALWAYS


@dataclass(frozen=True, slots=True)
class Hit:
    ticket_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """One page, best first; `total` counts all. `terms` are what was looked for, to be marked in a text.

    `did_you_mean` is the query with its misspelt words mended (`hits` already hold what that finds), or None.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    did_you_mean: str | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What readers must at least have seen from now on, and the tickets that they would not yet find as they are."""

    generation: int
    unseen: frozenset[str] = frozenset()


def entry(document: TicketDocument) -> Entry:
    """Analyse a document."""
    subject = text.meaningful(text.words(document.subject))
    rest = [word for part in (*document.texts, *document.names) for word in text.meaningful(text.words(part))]
    terms = [term for word in subject * _SUBJECT_WEIGHT + rest for term in text.terms(word)]
    spellings = {part: None for word in subject + rest for part in text.spelling(word).split()}
    return Entry(
        ticket_id=document.ticket_id,
        born=document.born,
        terms=tuple(terms),
        spellings=tuple(spellings),
        exact=tuple(as_exact(name) for name in document.exact),
        filters=document.filters,
    )


def milliseconds(moment: datetime) -> int:
    """A time as both engines keep it: since 1970, and nothing before."""
    return max(0, (moment - _EPOCH) // timedelta(milliseconds=1))


def as_exact(name: str) -> str:
    """A name as it is compared with what was typed."""
    return " ".join(name.casefold().split())


def _month(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m}"
