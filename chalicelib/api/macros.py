"""Macros: words that agents use again and again, with places that the desk fills for each ticket."""

from typing import Any

from msgspec import Struct

from chalicelib.actions import change_macro
from chalicelib.api import fields, lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import macros as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.macro import Macro
from chalicelib.store import macros


@operation(
    "Make a macro",
    body=schemas.NewMacro,
    gives=schemas.Macro,
    status=201,
    refuses=("unknown-placeholder", "no-translation", "unknown-team", "limit-reached"),
)
def create(call: Call, body: schemas.NewMacro) -> Answer:
    """A place that nothing fills is refused by its name. With a `team_id` it is offered on that team's tickets only."""
    return _made(change_macro.create(_settled(body), call.keyed(_made)))


@operation("List macros", query=schemas.MacroQuery, gives=Page[schemas.Macro])
def index(call: Call, query: schemas.MacroQuery) -> Answer:
    """By position, then by name: as the desk offers them."""
    return lists.piece(call, [_shape(one) for one in macros.read()], query.limit)


@operation("Read a macro", gives=schemas.Macro, refuses=("macro-not-found",))
def show(call: Call) -> Answer:
    """One of them, with its places as they were written."""
    return _shown(change_macro.named(call.id))


@operation(
    "Change a macro",
    body=schemas.MacroChange,
    gives=schemas.Macro,
    refuses=("macro-not-found", "version-mismatch", "unknown-placeholder", "no-translation", "unknown-team"),
)
def update(call: Call, body: schemas.MacroChange) -> Answer:
    """Only what is given changes; of `texts` the languages given."""
    return _shown(change_macro.change(call.id, _settled(body), call.keyed(_shown), call.version))


@operation("Delete a macro", status=204, refuses=("macro-not-found", "version-mismatch"))
def delete(call: Call) -> Answer:
    """What was written with it stays."""
    change_macro.delete(call.id, call.version)
    return Answer(status=204)


def _settled(told: Struct) -> dict[str, Any]:
    made = fields.given(told)
    if "texts" in made:
        made["texts"] = fields.given(made["texts"])
    if "name" in made:
        made["name"] = made["name"].strip()
    return made


def _made(macro: Macro) -> Answer:
    return Answer(_shape(macro), 201, macro.version, f"/v1/macros/{macro.id}")


def _shown(macro: Macro) -> Answer:
    return Answer(_shape(macro), version=macro.version)


def _shape(noun: Macro) -> schemas.Macro:
    return schemas.Macro(
        id=noun.id,
        name=noun.name,
        texts=dict(noun.texts),
        position=noun.position,
        team_id=noun.team_id,
        created_at=noun.created_at,
        updated_at=noun.updated_at,
        version=noun.version,
    )
