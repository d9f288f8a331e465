"""Synonyms: words that stand for each other when customers search."""

from msgspec import UNSET

from chalicelib.actions import change_synonyms
from chalicelib.api import fields, lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import synonyms as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.synonyms import SynonymSet
from chalicelib.store import synonyms

_REFUSES = ("no-searchable-word", "too-few-synonyms")


@operation(
    "Make a set of synonyms",
    body=schemas.NewSynonymSet,
    gives=schemas.SynonymSet,
    status=201,
    refuses=(*_REFUSES, "limit-reached"),
)
def create(call: Call, body: schemas.NewSynonymSet) -> Answer:
    """The search follows within seconds. What stands in an article counts more than what stands for it."""
    return _made(change_synonyms.create(fields.given(body), call.keyed(_made)))


@operation("List synonyms", query=schemas.SynonymQuery, gives=Page[schemas.SynonymSet])
def index(call: Call, query: schemas.SynonymQuery) -> Answer:
    """By language, then by their first words."""
    found = [one for one in synonyms.read() if query.locale in (UNSET, one.locale)]
    return lists.piece(call, list(map(_shape, found)), query.limit)


@operation("Read a set of synonyms", gives=schemas.SynonymSet, refuses=("synonyms-not-found",))
def show(call: Call) -> Answer:
    """One of them."""
    return _shown(change_synonyms.named(call.id))


@operation(
    "Change a set of synonyms",
    body=schemas.SynonymSetChange,
    gives=schemas.SynonymSet,
    refuses=("synonyms-not-found", "version-mismatch", *_REFUSES),
)
def update(call: Call, body: schemas.SynonymSetChange) -> Answer:
    """Only what is given changes; `words` are all of them."""
    return _shown(change_synonyms.change(call.id, fields.given(body), call.keyed(_shown), call.version))


@operation("Delete a set of synonyms", status=204, refuses=("synonyms-not-found", "version-mismatch"))
def delete(call: Call) -> Answer:
    """Its words stand for themselves again."""
    change_synonyms.delete(call.id, call.version)
    return Answer(status=204)


def _made(made: SynonymSet) -> Answer:
    return Answer(_shape(made), 201, made.version, f"/v1/synonyms/{made.id}")


def _shown(found: SynonymSet) -> Answer:
    return Answer(_shape(found), version=found.version)


def _shape(noun: SynonymSet) -> schemas.SynonymSet:
    return schemas.SynonymSet(
        id=noun.id,
        locale=noun.locale,  # type: ignore[arg-type]
        words=list(noun.words),
        visibility=noun.visibility,  # type: ignore[arg-type]
        created_at=noun.created_at,
        updated_at=noun.updated_at,
        version=noun.version,
    )
