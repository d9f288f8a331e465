"""A form is sent once, however often its button is pressed: each shown form carries a name of its own."""

import hashlib
from collections.abc import Callable
from typing import Any

from chalicelib import ids
from chalicelib.errors import DiwanError
from chalicelib.store import changes, idempotency
from chalicelib.store.idempotency import Keyed
from chalicelib.web.visit import Visit

Answer = dict[str, Any]


class Once:
    """The work of one form. `what` keeps one form's name from standing for another's."""

    def __init__(self, visit: Visit, what: str) -> None:
        name = visit.form.get("once", "")
        name = name if ids.is_id(name, "req") else ids.new("req")
        typed = sorted((key, value) for key, value in visit.form.items() if key != "csrf")
        self._hash = hashlib.sha256(repr(typed).encode()).hexdigest()
        # The words are part of the name: who goes back, writes something else and sends again has written twice.
        self._scope = f"form#{visit.browser}#{what}#{name}#{self._hash}"

    def do(self, work: Callable[[Keyed], Answer], answer: Callable[..., Answer]) -> Answer:
        """What `work` answers; the second time what it answered the first time, and nothing is done.

        `answer` makes the answer out of what the work commits. A second time may be refused before it comes to commit
        (a reply meets its own message as the newest one), so a refusal first looks whether the work was done already.
        """
        keyed = Keyed(self._scope, self._hash, answer)
        try:
            return work(keyed)
        except changes.Replayed as met:
            found = idempotency.of(met.stored)
            if found is None:
                raise
        except DiwanError as refusal:
            found = idempotency.find(keyed) if refusal.status < 500 else None
            if found is None:
                raise
        return found[1]
