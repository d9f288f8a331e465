"""Which ticket holds the mail in which a person named a Message-ID, whether or not we ever got the mail of that id.

Kept for each person apart: whoever names an id first says nothing about the mails of others, and captures none of them.
"""

from collections.abc import Iterable
from datetime import timedelta

from chalicelib import clock
from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import PointerRow

KEPT = timedelta(days=180)


def find(message_ids: Iterable[str], addresses: Iterable[str]) -> list[str]:
    """The ids of the tickets in which any of those people named any of those Message-IDs, in that order."""
    people = list(addresses)
    wanted = [keys.named_id(id, address) for id in message_ids for address in people]
    found = rows.batch(wanted)
    pointers = [found[key] for key in wanted if key in found]
    return list(dict.fromkeys(p.ticket_id for p in pointers if isinstance(p, PointerRow) and p.ticket_id))


def remember(change: Changes, message_ids: Iterable[str], address: str, ticket_id: str) -> None:
    """Keep that the person named those ids in that ticket; our own, and his own that came in, lead there themselves.

    Of two mails of a person at the same moment, which may name each other, one is `Stale` by its pace (`sender_pace`).
    """
    named = list(message_ids)
    real = {id: _keys_of_real(id, address) for id in named}
    found = rows.batch([key for listed in real.values() for key in listed])
    wanted = [keys.named_id(id, address) for id in named if not any(key in found for key in real[id])]
    known = rows.batch(wanted)
    for key in wanted:
        _point(change, key, known.get(key), ticket_id)


def _point(change: Changes, key: keys.Key, before: object, ticket_id: str) -> None:
    row = PointerRow(key, ticket_id=ticket_id)
    row.expires_at = int((clock.now() + KEPT).timestamp())
    if not isinstance(before, PointerRow):
        change.add(row)
    elif before.ticket_id != ticket_id:
        change.put(row, PointerRow.ticket_id == before.ticket_id)


def _keys_of_real(message_id: str, address: str) -> tuple[keys.Key, ...]:
    ours = keys.email_id(message_id), keys.email_id(keys.provider_name(message_id))
    return *ours, keys.received_id(message_id, address)
