"""The ledger of what customers allow, and the marks of numbers whose owners want nothing on a channel.

The ledger is the customer's: it goes with him. A mark is a hash of the number: it outlives him, and tells nobody who
he was.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from chalicelib.domain import channel
from chalicelib.domain.consent import Consent
from chalicelib.domain.customer import Contact
from chalicelib.store import changes, customers, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import ConsentRow, MarkedAddressRow, PointerRow, Row

_PIECE = 90


def add(change: Changes, consent: Consent) -> None:
    """Write the entry and, of a number, whether its owner wants nothing there. What holds is the contact's own."""
    change.add(
        ConsentRow(keys.consent(consent.customer_id, consent.at, consent.id), **rows.attributes(consent)),
    )
    if consent.contact_type != "phone":
        return
    if consent.action == "opt_out":
        mark(change, consent.channel, consent.contact, consent.at)
    else:
        unmark(change, consent.channel, consent.contact)


def contact(type: str, value: str) -> Contact:
    """The contact as it is while it is nobody's: opted out of what its owner wished nothing on before."""
    return as_marked(type, value, rows.batch(list(marks_of(type, value))))


def standing(e164: str) -> tuple[str, ...]:
    """The channels on which the owner of the number wants nothing, whoever he is."""
    return contact("phone", e164).opted_out_of


def still_in(on: str, numbers: Sequence[str]) -> list[str]:
    """Those of the numbers whose owners are not known to want nothing on that channel.

    Of a customer's number his contact tells, of nobody's the mark.
    """
    found = rows.batch([key for one in numbers for key in (keys.marked_number(on, one), keys.contact("phone", one))])
    owners = customers.get_all(sorted({row.customer_id for row in found.values() if isinstance(row, PointerRow)}))
    wanting = {c.value: on in c.opted_out_of for one in owners.values() for c in one.contacts if c.type == "phone"}
    return [one for one in numbers if not wanting.get(one, keys.marked_number(on, one) in found)]


def marks_of(type: str, value: str) -> Mapping[keys.Key, str]:
    """The channels on which he may want nothing, by the key of the mark that says so; an address of mail has none."""
    listed = channel.reaching(type) if type == "phone" else ()
    return {keys.marked_number(one, value): one for one in listed}


def as_marked(type: str, value: str, found: Collection[keys.Key]) -> Contact:
    """The contact opted out of those channels whose marks were `found`."""
    return Contact(type, value, opted_out_of=tuple(on for key, on in marks_of(type, value).items() if key in found))


def mark(change: Changes, on: str, e164: str, now: datetime) -> None:
    """Keep that the owner of a number, who may be no customer, wants nothing on that channel."""
    change.put(MarkedAddressRow(keys.marked_number(on, e164), mark="opted-out", marked_at=now))


def mark_of_nobody(change: Changes, on: str, e164: str, now: datetime) -> None:
    """The same; `change` is stale where the number is a customer's by then, whose contact must tell it as well."""
    change.check(PointerRow(keys.contact("phone", e164)), Row.pk.does_not_exist())
    mark(change, on, e164, now)


def unmark(change: Changes, on: str, e164: str) -> None:
    change.delete(MarkedAddressRow(keys.marked_number(on, e164)))


def page(customer_ids: Sequence[str], limit: int, before: str | None = None) -> tuple[list[Consent], str | None]:
    """At most `limit` entries of those customers, who are one person, newest first, behind the place `before`.

    With them comes the place to go on from, None at the end.
    """
    changes.connection()
    found = [row for id in customer_ids for row in _newest(id, limit + 1, before)]
    listed = sorted(found, key=lambda row: row.sk, reverse=True)
    shown = [rows.noun(Consent, row) for row in listed[:limit]]
    return shown, listed[limit - 1].sk if len(listed) > limit else None


def of_moment(customer_id: str, at: datetime) -> list[Consent]:
    """The entries that one change of that customer's wrote, at that time."""
    changes.connection()
    pk, begins = keys.consent(customer_id, at, "")
    found = Row.query(pk, Row.sk.startswith(begins), consistent_read=True)
    return [rows.noun(Consent, row) for row in found if isinstance(row, ConsentRow)]


def erase_some(customer_id: str) -> bool:
    """Take away the next of them; whether there may be more."""
    changes.connection()
    pk, _ = keys.customer(customer_id)
    piece = list(Row.query(pk, Row.sk.between("CONSENT#", "CONSENT$"), consistent_read=True, limit=_PIECE))
    change = Changes()
    for row in piece:
        change.delete(row)
    if piece:
        change.commit()
    return len(piece) == _PIECE


def _newest(customer_id: str, most: int, before: str | None) -> list[ConsentRow]:
    pk, _ = keys.customer(customer_id)
    between = Row.sk.between("CONSENT#", before or "CONSENT$")
    found = Row.query(pk, between, scan_index_forward=False, consistent_read=True, limit=most + 1)
    return [row for row in found if isinstance(row, ConsentRow) and row.sk != before][:most]
