"""Makes keys of the API, changes and revokes them. The key itself is told once and kept nowhere.

No key can lock itself out, so there is always one left that can mend things: what a key does to another one is done
only while it stands itself.
"""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib import clock, ids, log, signing
from chalicelib.domain.api_key import ADMIN, MARK, SHOWN, ApiKey
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Fault, Forbidden, Invalid, NotFound, VersionMismatch
from chalicelib.store import api_keys, changes, idempotency, staff
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def create(wanted: Mapping[str, Any], actor: Actor, keyed: Keyed | None = None) -> tuple[ApiKey, str]:
    """A new key, and the key itself as its holder sends it; `wanted` as in ApiKey.

    Raises:
        Invalid: code `unknown-agent`, the agent is none or does not work here any more; `expires_at` is over.
        Replayed: the idempotency key was there before; see `token_of`.
    """
    return changes.again(lambda: _create(wanted, actor, keyed))


def change(
    key_id: str, wanted: Mapping[str, Any], actor: Actor, keyed: Keyed | None = None, version: int | None = None
) -> ApiKey:
    """Set name, scopes, limit or end of a key.

    Raises:
        NotFound: no such key.
        VersionMismatch: `version` is given and not the key's.
        Conflict: code `api-key-revoked`, or `own-key`: a key cannot take `admin` from itself, nor set its own end.
        Invalid: `expires_at` is over.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _change(key_id, wanted, actor, keyed, version))


def revoke(key_id: str, actor: Actor) -> None:
    """Let the key stop at once; one that was revoked before stays so.

    Raises:
        NotFound: no such key.
        Conflict: code `own-key`, a key cannot revoke itself.
    """
    changes.again(lambda: _revoke(key_id, actor))


def revoke_all(edit: Changes, found: list[ApiKey]) -> None:
    """Let these keys stop, within a change that takes away their ground."""
    now = clock.now()
    for key in found:
        api_keys.save(edit, key, replace(key, revoked_at=now))


def while_it_stands(edit: Changes, actor: Actor) -> None:
    """Let the change happen only while the key that asks for it still stands: two keys may not revoke each other.

    Raises:
        Forbidden: code `missing-scope`, the key was revoked meanwhile, or may do less.
    """
    if actor.type != "api_key" or actor.id is None:
        return
    acting = api_keys.get(actor.id)
    if acting:
        if acting.revoked_at or not acting.may(ADMIN):
            raise Forbidden("The key that asks may not do this any more.", code="missing-scope")
        api_keys.check(edit, acting)


def token_of(key_id: str, keyed: Keyed | None) -> str:
    """The key itself: 256 bits by chance.

    For a request with an Idempotency-Key they are made of its name and of our secret, so that a repeat gets the same
    key again though nobody keeps it.
    """
    named = f"{key_id}\n{keyed.scope}\n{keyed.request_hash}" if keyed else ""
    octets = signing.digest("api-key", named) if named else secrets.token_bytes(32)
    return MARK + base64.b32encode(octets).decode().rstrip("=").lower()


def _create(wanted: Mapping[str, Any], actor: Actor, keyed: Keyed | None) -> tuple[ApiKey, str]:
    _refuse_over(wanted)
    now, edit, key_id = clock.now(), Changes(), ids.new("key")
    token = token_of(key_id, keyed)
    while_it_stands(edit, actor)
    _on_staff(edit, wanted["agent_id"])
    made = api_keys.add(edit, token, ApiKey(id=key_id, prefix=token[:SHOWN], created_at=now, **wanted))
    idempotency.record(edit, keyed, made)
    edit.commit()
    log.info("api_key.made", key_id=made.id, by=actor.id)
    return made, token


def _change(key_id: str, wanted: Mapping[str, Any], actor: Actor, keyed: Keyed | None, version: int | None) -> ApiKey:
    old, edit = _found(key_id), Changes()
    if version is not None and version != old.version:
        raise VersionMismatch(f"The key is at version {old.version} now.")
    if old.revoked_at:
        raise Conflict("A revoked key stays as it was.", code="api-key-revoked")
    _refuse_over(wanted)
    new, saved = replace(old, **wanted), old
    if new != old:
        _permit(edit, old, new, actor)
        saved = api_keys.save(edit, old, new)
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
        log.info("api_key.changed", key_id=key_id, by=actor.id)
    return saved


def _permit(edit: Changes, old: ApiKey, new: ApiKey, actor: Actor) -> None:
    if old.id != actor.id:
        while_it_stands(edit, actor)
    elif not new.may(ADMIN) or new.expires_at != old.expires_at:
        words = "A key cannot take “admin” from itself, nor set when it ends. Use another key."
        raise Conflict(words, code="own-key")


def _revoke(key_id: str, actor: Actor) -> None:
    key, edit = _found(key_id), Changes()
    if key.revoked_at:
        return
    if key.id == actor.id:
        raise Conflict("A key cannot revoke itself. Revoke it with another one.", code="own-key")
    while_it_stands(edit, actor)
    revoke_all(edit, [key])
    edit.commit()
    log.info("api_key.revoked", key_id=key_id, by=actor.id)


def _found(key_id: str) -> ApiKey:
    found = api_keys.get(key_id)
    if found is None:
        raise NotFound(f"There is no key {key_id}.", code="api-key-not-found")
    return found


def _on_staff(edit: Changes, agent_id: str) -> None:
    """Refuse an agent who does not work here; should he leave at this very moment, one of the two changes fails."""
    agent = staff.agent(agent_id)
    if agent is None or not agent.active:
        words = f"There is no active agent {agent_id}."
        raise Invalid(words, code="unknown-agent", faults=(Fault("/agent_id", "unknown-agent", words),))
    staff.give_key(edit, agent)


def _refuse_over(wanted: Mapping[str, Any]) -> None:
    ends = wanted.get("expires_at")
    if ends and ends <= clock.now():
        words = "This time is over."
        raise Invalid(words, code="past-time", faults=(Fault("/expires_at", "past-time", words),))
