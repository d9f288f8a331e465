"""Makes customers and changes them. A contact that another customer has is refused, never moved silently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib import clock, ids
from chalicelib.actions import change_consent, identify_customer
from chalicelib.actions.change_consent import Said
from chalicelib.domain import channel
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.store import changes, customers, events, idempotency, organizations, ticket_lists
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed

# More than anybody writes in a lifetime; a busy integration's customer keeps the old name on older rows.
RENAMED_MOST = 500
GRANT = "sees_organization"


@dataclass(frozen=True)
class ContactWish:
    """A contact that a customer is to have; None leaves what we know of it as it is (false for a new one).

    `opted_out` counts where it differs from what is known, and means all channels; else `opted_out_of` does.
    `at` is the pointer (RFC 6901) to it in the request, for a fault.
    """

    type: str
    value: str
    verified: bool | None = None
    opted_out: bool | None = None
    opted_out_of: tuple[str, ...] | None = None
    suppressed: bool | None = None
    at: str = "/contacts"


def create(
    fields: Mapping[str, Any],
    contacts: Sequence[ContactWish],
    actor: Actor,
    keyed: Keyed | None = None,
    source: str = "api",
) -> Customer:
    """A new customer; `fields` as in Customer, and `sees_organization`, whether he may read all tickets of his
    organization. Told no organization, he joins the one that has his mail domain.

    `source` is where his wishes were said (see `consent.SOURCES`).

    Raises:
        Invalid: code `unknown-organization`, also of one who is to read the tickets of none.
        Conflict: code `contact-taken`, another customer has one of the contacts.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _create(fields, contacts, Said(source, actor), keyed))


def change(
    customer_id: str,
    fields: Mapping[str, Any],
    contacts: Sequence[ContactWish] | None,
    actor: Actor,
    keyed: Keyed | None = None,
    version: int | None = None,
    source: str = "api",
) -> Customer:
    """Set fields of a customer; `contacts`, if given, are all he has from now on. `source` as in `create`.

    Raises:
        NotFound: no such customer.
        VersionMismatch: `version` is given and not the customer's.
        Conflict: code `customer-merged`, another one stands for him; else as `create`.
        Replayed: as `create`.
    """
    return changes.again(lambda: _change(customer_id, fields, contacts, Said(source, actor), keyed, version))


def rename_on_tickets(customer_id: str) -> None:
    """Write the customer's name on his tickets' rows, which show it in lists; of a merged one his survivor's."""
    customer = identify_customer.survivor(customers.get(customer_id))
    if customer is None:
        return
    page = ticket_lists.page(ticket_lists.Wanted(customer_id=customer_id), RENAMED_MOST)
    stale = [t.id for t in page.tickets if t.customer_name != customer.display_name]
    customers.refresh_name_rows(customer, stale)


def _create(fields: Mapping[str, Any], contacts: Sequence[ContactWish], said: Said, keyed: Keyed | None) -> Customer:
    now, edit = clock.now(), Changes()
    known = organizations.claims([(one.type, one.value) for one in contacts])
    before = known.unclaimed
    new = Customer(
        id=ids.new("cus"),
        created_at=now,
        updated_at=now,
        contacts=tuple(_as_wished(*pair) for pair in zip(before, contacts, strict=True)),
        **{"name": "", "locale": "", **_plain(fields)},
    )
    _refuse_taken(new, contacts, known.holders)
    if "organization_id" not in fields:
        new = replace(new, organization_id=known.organization_id)
    elif new.organization_id:
        _refuse_unknown_organization(new.organization_id)
    new = _granted(new, None, fields)
    saved = customers.add(edit, new)
    event = identify_customer.event_of(saved, "customer.created", said.actor)
    events.add(edit, replace(event, changes=change_consent.told(before, saved.contacts)))
    change_consent.record(edit, before, saved, said)
    idempotency.record(edit, keyed, saved)
    edit.commit()
    return saved


def _change(
    customer_id: str,
    fields: Mapping[str, Any],
    contacts: Sequence[ContactWish] | None,
    said: Said,
    keyed: Keyed | None,
    version: int | None,
) -> Customer:
    old, edit = customers.get(customer_id), Changes()
    if old is None:
        raise NotFound(f"There is no customer {customer_id}.", code="customer-not-found")
    if version is not None and version != old.version:
        raise VersionMismatch(f"The customer is at version {old.version} now.")
    if old.merged_into:
        words = f"The customer was merged into {old.merged_into}."
        raise Conflict(words, code="customer-merged")
    known = organizations.claims([(one.type, one.value) for one in contacts or ()])
    gained = [one for one in known.unclaimed if not old.has(one.type, one.value)]
    new = _granted(replace(old, **_plain(fields)), old, fields)
    if contacts is not None:
        new = _with_contacts(new, contacts, gained)
    saved = old
    if new != old:
        _refuse_taken(new, contacts or (), known.holders)
        if new.organization_id and new.organization_id != old.organization_id:
            _refuse_unknown_organization(new.organization_id)
        saved = _save(edit, old, new, said, gained)
        _save_merged(edit, old, new, said)
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
    return saved


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != GRANT}


def _granted(new: Customer, old: Customer | None, fields: Mapping[str, Any]) -> Customer:
    """The customer, who may read his organization's tickets or not; the grant ends where he changes to another one."""
    if GRANT not in fields:
        stays = old is not None and new.organization_id == old.organization_id
        return new if stays else replace(new, sees_tickets_of=None)
    if fields[GRANT] and new.organization_id is None:
        words = "The customer belongs to no organization whose tickets could be read."
        fault = Fault(f"/{GRANT}", "unknown-organization", words)
        raise Invalid(words, code="unknown-organization", faults=(fault,))
    return replace(new, sees_tickets_of=new.organization_id if fields[GRANT] else None)


def _save(edit: Changes, old: Customer, new: Customer, said: Said, gained: Sequence[Contact] = ()) -> Customer:
    before = (*old.contacts, *gained)
    saved = customers.save(edit, old, replace(new, updated_at=clock.now()))
    event = identify_customer.event_of(saved, "customer.updated", said.actor)
    events.add(edit, replace(event, changes=change_consent.told(before, saved.contacts)))
    change_consent.record(edit, before, saved, said)
    return saved


def _save_merged(edit: Changes, old: Customer, new: Customer, said: Said) -> None:
    """Write what was wished of the contacts of merged customers where they stand: with those they came with."""
    if new.merged_contacts == old.merged_contacts:
        return
    wished = {(c.type, c.value): c for c in new.merged_contacts}
    for one in customers.get_all(old.merged_ids).values():
        kept = tuple(wished[c.type, c.value] for c in one.contacts if (c.type, c.value) in wished)
        if kept != one.contacts:
            _save(edit, one, replace(one, contacts=kept), said)


def _with_contacts(customer: Customer, wishes: Sequence[ContactWish], gained: Sequence[Contact]) -> Customer:
    """The customer with just these contacts, each with whom it came with; new ones are his own."""
    known = {(c.type, c.value): c for c in (*customer.all_contacts, *gained)}
    wished = [_as_wished(known[w.type, w.value], w) for w in wishes]
    others = {(c.type, c.value) for c in customer.merged_contacts}
    return replace(
        customer,
        contacts=tuple(c for c in wished if (c.type, c.value) not in others),
        merged_contacts=tuple(c for c in wished if (c.type, c.value) in others),
    )


def _as_wished(contact: Contact, wish: ContactWish) -> Contact:
    said: dict[str, Any] = {"verified": wish.verified, "suppressed": wish.suppressed}
    if wish.opted_out is not None and wish.opted_out != contact.opted_out:
        said["opted_out_of"] = channel.reaching(contact.type) if wish.opted_out else ()
    elif wish.opted_out_of is not None:
        said["opted_out_of"] = tuple(one for one in channel.reaching(contact.type) if one in wish.opted_out_of)
    return replace(contact, **{name: value for name, value in said.items() if value is not None})


def _refuse_taken(customer: Customer, wishes: Sequence[ContactWish], holders: Mapping[tuple[str, str], str]) -> None:
    for wish in wishes:
        holder = holders.get((wish.type, wish.value))
        if holder not in (None, *customer.all_ids):
            words = f"Another customer ({holder}) has {wish.value}."
            raise Conflict(words, code="contact-taken", faults=(Fault(wish.at, "contact-taken", words),))


def _refuse_unknown_organization(organization_id: str) -> None:
    if organizations.get(organization_id) is None:
        words = f"There is no organization {organization_id[:100]}."
        fault = Fault("/organization_id", "unknown-organization", words)
        raise Invalid(words, code="unknown-organization", faults=(fault,))
