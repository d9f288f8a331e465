"""Makes sets of synonyms, changes them and takes them away. The search follows within seconds."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from chalicelib import clock, ids
from chalicelib.channels import queues
from chalicelib.domain import synonyms as rules
from chalicelib.domain.synonyms import SynonymSet
from chalicelib.domain.task import Task
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.search import text
from chalicelib.store import changes, idempotency, synonyms
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed

T = TypeVar("T")


def create(wanted: Mapping[str, Any], keyed: Keyed | None = None) -> SynonymSet:
    """A new set; `wanted`: `locale`, `words` (2 to 20, of at most 60 signs) and, if wished, `visibility`.

    Raises:
        Conflict: code `limit-reached` beyond 500 sets.
        Invalid: code `no-searchable-word` or `too-few-synonyms`.
        Replayed: the idempotency key was there before.
    """
    return _indexed(lambda: _create(wanted, keyed))


def change(
    set_id: str, wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None
) -> SynonymSet:
    """Set fields of a set; `words` are all of them.

    Raises:
        NotFound: code `synonyms-not-found`.
        VersionMismatch: `version` is given and not the set's.
        Invalid, Replayed: as `create`.
    """
    return _indexed(lambda: _change(set_id, wanted, keyed, version))


def delete(set_id: str, version: int | None = None) -> None:
    """Take it away. Raises NotFound, VersionMismatch."""
    _indexed(lambda: _delete(set_id, version))


def named(set_id: str) -> SynonymSet:
    """The set with that id. Raises NotFound."""
    found = synonyms.get(set_id) if ids.is_id(set_id, "syn") else None
    if found is None:
        raise NotFound(f"There is no set of synonyms {set_id[:100]}.", code="synonyms-not-found")
    return found


def _indexed(work: Callable[[], T]) -> T:
    """Do it, and have the index follow; should the task be lost, the mark written with the change is on `due`."""
    done = changes.again(work)
    queues.put([Task("jobs", "index_synonyms", {})])
    return done


def _create(wanted: Mapping[str, Any], keyed: Keyed | None) -> SynonymSet:
    now, edit = clock.now(), Changes()
    made = SynonymSet(ids.new("syn"), created_at=now, updated_at=now, **{**wanted, "words": _checked(wanted["words"])})
    if len(synonyms.read()) >= rules.MOST:
        words = f"There are {rules.MOST} sets of synonyms, and there may be no more."
        raise Conflict(words, code="limit-reached")
    saved = synonyms.add(edit, made)
    idempotency.record(edit, keyed, saved)
    edit.commit()
    return saved


def _change(set_id: str, wanted: Mapping[str, Any], keyed: Keyed | None, version: int | None) -> SynonymSet:
    old, edit = _at(set_id, version), Changes()
    new = saved = replace(old, **{**wanted, "words": _checked(wanted.get("words", old.words))})
    if new != old:
        saved = synonyms.save(edit, old, replace(new, updated_at=clock.now()))
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
    return saved


def _delete(set_id: str, version: int | None) -> None:
    edit = Changes()
    synonyms.delete(edit, _at(set_id, version))
    edit.commit()


def _at(set_id: str, version: int | None) -> SynonymSet:
    found = named(set_id)
    if version not in (None, found.version):
        raise VersionMismatch(f"The set of synonyms is at version {found.version} now.")
    return found


def _checked(words: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The words as they are kept: cleaned, each one that can be searched for, at least two of them different."""
    for place, word in enumerate(words):
        if all(map(text.is_common, text.words(word))):
            told = f"“{word[: rules.LONGEST_WORD]}” holds no word that can be searched for."
            raise _refused("no-searchable-word", told, f"/words/{place}")
    kept = rules.cleaned(words)
    if len({tuple(text.analyse(word)) for word in kept}) < rules.LEAST_WORDS:
        raise _refused("too-few-synonyms", "The search reads all these words as one and the same.", "/words")
    return kept


def _refused(code: str, words: str, pointer: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault(pointer, code, words),))
