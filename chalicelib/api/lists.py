"""Pages of lists: sealed cursors and the Link header.

A cursor holds the place reached and is bound to the address, its filters and the key: with another it is worth nothing.
"""

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from chalicelib import settings, signing
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.schemas.values import Page
from chalicelib.errors import Malformed


def place(call: Call) -> str | None:
    """The place to go on from: what the request's cursor holds, None on the first page.

    Raises:
        Malformed: code `invalid-cursor`, the cursor was given for another list or to another key, or is none of ours.
    """
    cursor = call.query.get("cursor")
    if cursor is None:
        return None
    found = signing.unseal("cursor", cursor)
    if not isinstance(found, list) or found[0] != _binding(call):
        raise Malformed("This cursor is none of this list and this key.", code="invalid-cursor")
    return str(found[1])


def page(call: Call, data: Sequence[Any], reached: str | None) -> Answer:
    """A page of `data`; `reached` is the place to go on from, None at the end."""
    if reached is None:
        return Answer(Page(list(data), False, None))
    cursor = signing.seal("cursor", [_binding(call), reached])
    following = urlencode({**call.query, "cursor": cursor})
    link = f'<{settings.public_url()}{call.address}?{following}>; rel="next"'
    return Answer(Page(list(data), True, cursor), headers={"Link": link})


def piece(call: Call, everything: Sequence[Any], limit: int) -> Answer:
    """A page of a list short enough to be read whole; the place is the last one shown: how manieth, and its id."""
    start = _behind(place(call), [one.id for one in everything])
    end = start + limit
    shown = everything[start:end]
    return page(call, shown, f"{end} {shown[-1].id}" if end < len(everything) else None)


def _behind(reached: str | None, ids: Sequence[str]) -> int:
    """Where to go on: behind the last one shown or, if that was deleted, where the one behind it stands now."""
    count, _, last = (reached or "0 ").partition(" ")
    return ids.index(last) + 1 if last in ids else max(0, int(count) - 1)


def _binding(call: Call) -> str:
    filters = sorted((name, value) for name, value in call.query.items() if name not in ("cursor", "limit"))
    told = repr([call.address, filters, call.owner.id])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
