"""Who asks: an API key in the Authorization header (RFC 6750), counted and checked in one conditional write."""

from chalicelib import clock, ids
from chalicelib.api.call import Call
from chalicelib.api.routes import ANY_SCOPE
from chalicelib.domain.api_key import ADMIN, ApiKey
from chalicelib.errors import Forbidden, TooManyRequests, Unauthorized
from chalicelib.store import api_keys, staff
from chalicelib.store.api_keys import WINDOW_SECONDS

_LONGEST = 200


def admit(call: Call, scope: str) -> None:
    """Let the call in, with its key; the key is on the call before it is refused for scope or rate.

    Raises:
        Unauthorized: no key, or none that stands.
        TooManyRequests: the key has used up its minute.
        Forbidden: code `missing-scope`.
    """
    call.key = _key(call.headers.get("authorization", ""))
    if call.key.used > call.key.limit:
        raise TooManyRequests(f"{call.key.limit} requests a minute are allowed; wait {seconds_left()} seconds.")
    refuse_without(call.key, *_wanted(scope))


def admit_as(call: Call, key: ApiKey, scope: str) -> None:
    """Let in a call that is made in the name of a key which has come in before. Raises Forbidden as `admit` does."""
    call.key = key
    refuse_without(key, *_wanted(scope))


def refuse_without(key: ApiKey, *scopes: str) -> None:
    """Refuse a key that has not all of these scopes. Raises Forbidden, code `missing-scope`, that names the first."""
    for scope in scopes:
        if not key.may(scope):
            raise Forbidden(f"This call needs a key with the scope {scope}.", code="missing-scope")


def standing(maker_id: str) -> ApiKey:
    """The key of that id, as it stands now, for a job that it made; of an agent who made one on the desk, one of his.

    Raises:
        Unauthorized: it was revoked, or has ended; the agent is no admin any more.
    """
    found = _of_admin(maker_id) if ids.is_id(maker_id, "agt") else api_keys.get(maker_id)
    if found is None or found.revoked_at or (found.expires_at and found.expires_at <= clock.now()):
        raise Unauthorized("The key that made this job was revoked, or has ended.")
    return found


def _of_admin(agent_id: str) -> ApiKey | None:
    """What an admin may do, as a key that is kept nowhere."""
    agent = staff.agent(agent_id)
    return ApiKey(agent.id, agent.name, "", (ADMIN,), agent.id, agent.created_at) if agent and agent.is_admin else None


def rate_headers(key: ApiKey) -> dict[str, str]:
    """How much the key may still ask (draft-ietf-httpapi-ratelimit-headers), and when again."""
    headers = {
        "RateLimit-Policy": f'"minute";q={key.limit};w={WINDOW_SECONDS}',
        "RateLimit": f'"minute";r={key.left};t={seconds_left()}',
    }
    return headers | ({"Retry-After": str(seconds_left())} if key.used > key.limit else {})


def seconds_left() -> int:
    """Until the current minute ends, at least one."""
    return WINDOW_SECONDS - int(clock.real_now().timestamp()) % WINDOW_SECONDS


def _wanted(scope: str) -> tuple[str, ...]:
    return () if scope == ANY_SCOPE else (scope,)


def _key(header: str) -> ApiKey:
    scheme, _, token = header.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _LONGEST:
        raise Unauthorized("Send an API key: Authorization: Bearer <key>.")
    found = api_keys.use(token)
    if found is None:
        raise Unauthorized("There is no such key, or it was revoked, or its time is over.")
    return found
