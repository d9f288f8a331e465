"""Definitions of custom fields, under /v1/fields. (`api/fields.py` is about the fields of a request.)"""

from typing import Any

from msgspec import UNSET

from chalicelib.actions import change_field
from chalicelib.api import fields, lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import field_definitions as schemas
from chalicelib.api.schemas.names import Names
from chalicelib.api.schemas.values import Page
from chalicelib.domain.field_definition import FieldDefinition, Option
from chalicelib.store import field_definitions


@operation(
    "Define a field",
    body=schemas.NewField,
    gives=schemas.Field,
    status=201,
    refuses=("field-taken", "limit-reached", "invalid-options", "unknown-topic", "no-translation"),
)
def create(call: Call, body: schemas.NewField) -> Answer:
    """From then on (within a minute) what the API writes under this key is checked; what stands already is not."""
    fields.refuse_nameless(body.names, call.locale)
    return _made(change_field.create(_settled(fields.given(body)), call.keyed(_made)))


@operation("List fields", query=schemas.FieldQuery, gives=Page[schemas.Field])
def index(call: Call, query: schemas.FieldQuery) -> Answer:
    """By position; all, or those of tickets, customers or organizations."""
    found = [one for one in field_definitions.read() if query.applies_to in (UNSET, one.applies_to)]
    return lists.piece(call, [_shape(one) for one in found], query.limit)


@operation("Read a field", gives=schemas.Field, refuses=("field-not-found",))
def show(call: Call) -> Answer:
    """One definition."""
    return _shown(change_field.named(call.id))


@operation(
    "Change a field",
    body=schemas.FieldChange,
    gives=schemas.Field,
    refuses=("field-not-found", "version-mismatch", "invalid-options", "unknown-topic"),
)
def update(call: Call, body: schemas.FieldChange) -> Answer:
    """Key, type and what it applies to stay; values that are no longer offered stay where they were chosen."""
    wanted = _settled(fields.given(body))
    return _shown(change_field.change(call.id, wanted, call.keyed(_shown), call.version))


@operation("Delete a field", status=204, refuses=("field-not-found",))
def delete(call: Call) -> Answer:
    """Values that were given stay, and are checked no more."""
    change_field.delete(call.id)
    return Answer(status=204)


def _settled(told: dict[str, Any]) -> dict[str, Any]:
    made = dict(told)
    if "names" in made:
        made["names"] = fields.given(made["names"])
    if "topics" in made:
        made["topics"] = tuple(made["topics"])
    if "options" in made:
        made["options"] = tuple(Option(one.value, fields.given(one.names)) for one in made["options"])
    return made


def _made(definition: FieldDefinition) -> Answer:
    return Answer(_shape(definition), 201, definition.version, f"/v1/fields/{definition.id}")


def _shown(definition: FieldDefinition) -> Answer:
    return Answer(_shape(definition), version=definition.version)


def _shape(noun: FieldDefinition) -> schemas.Field:
    return schemas.Field(
        id=noun.id,
        key=noun.key,
        type=noun.type,  # type: ignore[arg-type]
        applies_to=noun.applies_to,  # type: ignore[arg-type]
        names=dict(noun.names),
        options=[schemas.FieldOption(value=one.value, names=Names(**one.names)) for one in noun.options],
        required=noun.required,
        position=noun.position,
        shown_to_customers=noun.shown_to_customers,
        topics=list(noun.topics),
        created_at=noun.created_at,
        updated_at=noun.updated_at,
        version=noun.version,
    )
