"""One call of the API, as its handler sees it: who asks, in which language, for what, and under which conditions."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from chalicelib.api.answer import Answer
from chalicelib.domain.agent import Agent
from chalicelib.domain.event import Actor
from chalicelib.errors import Forbidden, Malformed, Unauthorized, VersionMismatch
from chalicelib.store import staff
from chalicelib.store.api_keys import ApiKey
from chalicelib.store.idempotency import Keyed

_IDEMPOTENCY_KEY = re.compile(r"[\x20-\x7e]{1,255}")
_ETAG = re.compile(r'"([0-9]{1,15})"')


@dataclass
class Call:
    """`address` is the path as asked for, `path` its parameters; `headers` are found whatever their case.

    `ahead` is what the operation's own `ahead` found.
    """

    method: str
    address: str
    path: Mapping[str, str]
    headers: Mapping[str, str]
    query: Mapping[str, str]
    locale: str
    request_id: str
    key: ApiKey | None = None
    named: Keyed | None = field(default=None, repr=False)
    ahead: Any = None

    @property
    def id(self) -> str:
        return self.path["id"]

    @property
    def actor(self) -> Actor:
        return Actor("api_key", self.owner.id)

    @property
    def owner(self) -> ApiKey:
        """The key that asks. Raises Unauthorized on an address that asks for none."""
        if self.key is None:
            raise Unauthorized("Send a key.")
        return self.key

    @property
    def version(self) -> int | None:
        """The version that `If-Match` demands; None when any will do.

        Raises:
            VersionMismatch: it names none of ours (ETags compare strongly: RFC 9110 §13.1.1).
        """
        wanted = self.headers.get("if-match", "*").strip()
        if wanted == "*":
            return None
        found = _ETAG.fullmatch(wanted)
        if not found:
            raise VersionMismatch(f"If-Match is {wanted[:100]}; send the ETag of one answer as it was given.")
        return int(found[1])

    def has(self, tag: str) -> bool:
        """Whether the caller has what that ETag stands for already (`If-None-Match`, compared weakly)."""
        listed = [one.strip().removeprefix("W/") for one in self.headers.get("if-none-match", "").split(",")]
        return "*" in listed or tag in listed

    def name(self, body: Any) -> None:
        """Take note of the `Idempotency-Key`, if there is one.

        Raises:
            Malformed: it is not 1 to 255 printable ASCII characters.
        """
        wanted = self.headers.get("idempotency-key")
        if wanted is None or self.method not in ("POST", "PATCH"):
            return
        if not _IDEMPOTENCY_KEY.fullmatch(wanted):
            raise Malformed(
                "An Idempotency-Key is 1 to 255 printable ASCII characters.", code="invalid-idempotency-key"
            )
        scope = _hash(self.owner.id, self.method, self.address, wanted)
        self.named = Keyed(scope, _hash(self.method, self.address, json.dumps(body, sort_keys=True)), Answer.kept)

    def keyed(self, answer: Callable[..., Answer]) -> Keyed | None:
        """What the work keeps in its own transaction, for a repeat of this call; `answer` makes it of what was made."""
        return replace(self.named, answer=lambda *made: answer(*made).kept()) if self.named else None

    def agent(self, wanted: str | None = None) -> Agent:
        """The agent the key belongs to, or another one that it may write as.

        Raises:
            Forbidden: another agent takes the scope `admin`, and the key's own must be active.
        """
        agent_id = wanted or self.owner.agent_id
        if agent_id != self.owner.agent_id and not self.owner.may("admin"):
            raise Forbidden(f"This key may not write as {agent_id}.", code="not-your-agent")
        found = staff.agent(agent_id)
        if found is None or not found.active:
            raise Forbidden(f"There is no active agent {agent_id}.", code="not-your-agent")
        return found


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
