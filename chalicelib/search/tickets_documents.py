"""What goes into the ticket index and what comes out of it. Of a ticket's texts only the analysed words go in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.search import text

# Of what the analyser yields and the shards' fields: shards of another format are not read, and made anew at night.
FORMAT = f"t2.{text.ANALYSER}"

NOBODY = "none"
_SUBJECT_WEIGHT = 3  # as an article's title: see `index`


@dataclass(frozen=True, slots=True)
class TicketDocument:
    """A ticket as agents may find it. `month` (2026-11) is that of its birth, and names its shard.

    `texts` are its messages and notes, `names` whatever else it is known by: the customer's name and contacts, tags,
    number. `exact` are names that, asked for as they are, bring it to the top. `filters` are its values by the fields
    of `tickets_month.FILTERS`, several only of `tag`; `none` stands for nobody. Of two states of a ticket the younger
    has the higher `version`.
    """

    ticket_id: str
    month: str
    subject: str
    texts: tuple[str, ...]
    names: tuple[str, ...]
    exact: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    version: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its words analysed: `terms` with repeats, `spellings` each once."""

    ticket_id: str
    month: str
    terms: tuple[str, ...]
    spellings: tuple[str, ...]
    exact: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: tickets with every one of `words` (or any, if not `every`), each word one of several terms.

    `filters` are values a ticket may have, by field; `without` ids that are left out; `weights` how much a term tells;
    `exact` what brings a ticket that is called so to the top.
    """

    words: tuple[tuple[str, ...], ...]
    every: bool
    weights: Mapping[str, float]
    exact: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


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
        month=document.month,
        terms=tuple(terms),
        spellings=tuple(spellings),
        exact=tuple(as_exact(name) for name in document.exact),
        filters=document.filters,
    )


def as_exact(name: str) -> str:
    """A name as it is compared with what was typed."""
    return " ".join(name.casefold().split())
