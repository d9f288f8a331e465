"""Keys of the API, made and revoked by keys with the scope `admin`. Each is told once: only its hash is kept."""

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib import ids
from chalicelib.actions import change_api_key
from chalicelib.api import fields, lists, queries
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import api_keys as schemas
from chalicelib.api.schemas.staff import ListQuery
from chalicelib.api.schemas.values import Page
from chalicelib.domain.api_key import ApiKey
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import api_keys


def _with_key_again(call: Call, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The kept answer with the key in it, made once more. A signing secret that was changed makes another one."""
    token = change_api_key.token_of(kept["id"], call.named)
    if not token.startswith(kept["prefix"]):
        raise Conflict("The key cannot be told again. Revoke it and make another one.", code="key-lost")
    return {**kept, "key": token}


@operation(
    "Make a key",
    body=schemas.NewApiKey,
    gives=schemas.MadeApiKey,
    status=201,
    refuses=("unknown-agent", "past-time", "key-lost"),
    again=_with_key_again,
)
def create(call: Call, body: schemas.NewApiKey) -> Answer:
    """`key` is in this answer and in no other one, but for a repeat under the same Idempotency-Key."""
    wanted = {"agent_id": call.owner.agent_id, **_settled(fields.given(body), call.locale)}
    made, token = change_api_key.create(wanted, call.actor, call.keyed(_made))
    told = {**msgspec.structs.asdict(_shape(made)), "key": token}
    return Answer(schemas.MadeApiKey(**told), 201, made.version, f"/v1/api-keys/{made.id}")


@operation("List keys", query=ListQuery, gives=Page[schemas.ApiKey])
def index(call: Call, query: ListQuery) -> Answer:
    """In the order they were made, revoked ones too."""
    found = api_keys.page(query.limit, lists.place(call))
    return lists.page(call, [_shape(one) for one in found.keys], found.after)


@operation("Read a key", gives=schemas.ApiKey, refuses=("api-key-not-found",))
def show(call: Call) -> Answer:
    """What it may do and when it was last used; the key itself is told nowhere."""
    found = api_keys.get(_id(call))
    if found is None:
        raise _not_found(call.id)
    return _shown(found)


@operation(
    "Change a key",
    body=schemas.ApiKeyChange,
    gives=schemas.ApiKey,
    refuses=("api-key-not-found", "version-mismatch", "api-key-revoked", "own-key", "past-time"),
)
def update(call: Call, body: schemas.ApiKeyChange) -> Answer:
    """Only what is given changes, and it holds from the key's next request on."""
    wanted = _settled(fields.given(body), call.locale)
    return _shown(change_api_key.change(_id(call), wanted, call.actor, call.keyed(_shown), call.version))


@operation("Revoke a key", status=204, refuses=("api-key-not-found", "own-key"))
def delete(call: Call) -> Answer:
    """It stops at once and for good. No key can revoke itself, so there is always one left that can make others."""
    change_api_key.revoke(_id(call), call.actor)
    return Answer(status=204)


def _settled(told: dict[str, Any], locale: str) -> dict[str, Any]:
    made = fields.settled(told, locale)
    if "scopes" in made:
        made["scopes"] = tuple(dict.fromkeys(made["scopes"]))
    if "expires_at" in made:
        made["expires_at"] = queries.in_utc(made["expires_at"])
    return made


def _id(call: Call) -> str:
    if not ids.is_id(call.id, "key"):
        raise _not_found(call.id)
    return call.id


def _not_found(given: str) -> NotFound:
    return NotFound(f"There is no key {given[:100]}.", code="api-key-not-found")


def _made(key: ApiKey) -> Answer:
    """What is kept of the answer: all but the key."""
    return Answer(_shape(key), 201, key.version, f"/v1/api-keys/{key.id}")


def _shown(key: ApiKey) -> Answer:
    """When it was used last is part of what is shown, and of no version: `If-Match` is about what people set."""
    return Answer(_shape(key), version=key.version, moves=True)


def _shape(noun: ApiKey) -> schemas.ApiKey:
    return schemas.ApiKey(
        id=noun.id,
        name=noun.name,
        prefix=noun.prefix,
        scopes=list(noun.scopes),
        agent_id=noun.agent_id,
        limit=noun.limit,
        expires_at=noun.expires_at,
        last_used_at=noun.last_used_at,
        revoked_at=noun.revoked_at,
        created_at=noun.created_at,
        version=noun.version,
    )
