"""A customer: one person, whatever he writes from. A contact belongs to one customer and never moves silently."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.domain import channel as channels
from chalicelib.domain.quiet_hours import QuietHours

# All of them are read when one of them is.
MOST_TOGETHER = 20
MAX_CONTACTS = 20
CONTACT_TYPES = ("email", "phone", "external")


@dataclass(frozen=True)
class Contact:
    """A way to reach somebody: `type` email, phone (E.164) or external (an id in the shop's own system).

    `opted_out_of` are the channels on which he wants nothing there any more. `suppressed_by` is why nothing is sent
    there: `bounce` or `complaint`; None when a person said so.
    """

    type: str
    value: str
    verified: bool = False
    opted_out_of: tuple[str, ...] = ()
    suppressed: bool = False
    suppressed_by: str | None = None

    @property
    def opted_out(self) -> bool:
        """Whether he wants nothing there any more, on one channel at least."""
        return bool(self.opted_out_of)

    @property
    def reachable(self) -> bool:
        """Whether one channel at least may be used to write there."""
        return any(self.reachable_on(one) for one in channels.reaching(self.type))

    def reachable_on(self, channel: str) -> bool:
        return channels.reaches_by(channel) == self.type and not (self.suppressed or channel in self.opted_out_of)


@dataclass(frozen=True)
class Customer:
    """`merged_into` is the customer who stands for this one, `merged_ids` are all for whom this one stands.

    `merged_contacts` is how to reach those: each contact stays with whom it came with, so that all comes apart again.
    In his `quiet_hours` (in his time zone, else the shop's) his phone is left alone: he set them himself.
    `sees_tickets_of` is the organization whose tickets he may read, as long as he belongs to it. Sessions begun before
    `signed_out_at` are over.
    """

    id: str
    name: str
    locale: str
    created_at: datetime
    updated_at: datetime
    contacts: tuple[Contact, ...] = ()
    time_zone: str | None = None
    preferred_channel: str | None = None
    organization_id: str | None = None
    tags: tuple[str, ...] = ()
    custom_fields: Mapping[str, Any] = field(default_factory=dict)
    merged_into: str | None = None
    merged_ids: tuple[str, ...] = ()
    merged_contacts: tuple[Contact, ...] = ()
    quiet_hours: QuietHours | None = None
    sees_tickets_of: str | None = None
    signed_out_at: datetime | None = None
    erased_at: datetime | None = None
    version: int = 0

    @property
    def sees_organization(self) -> bool:
        """Whether he may read the tickets of everybody in his organization: granted for that one, and no other."""
        return self.organization_id is not None and self.sees_tickets_of == self.organization_id

    @property
    def all_contacts(self) -> tuple[Contact, ...]:
        """Every way to reach him, his own ones first."""
        return self.contacts + self.merged_contacts

    @property
    def all_ids(self) -> tuple[str, ...]:
        """His own id and those of the customers he stands for."""
        return (self.id, *self.merged_ids)

    def contact(self, type: str) -> Contact | None:
        """The first contact of that type."""
        return next((c for c in self.all_contacts if c.type == type), None)

    def has(self, type: str, value: str) -> bool:
        return any(c.type == type and c.value == value for c in self.all_contacts)

    def owns(self, type: str, value: str) -> bool:
        """Whether it is a contact of his own, and not of one for whom he stands."""
        return any(c.type == type and c.value == value for c in self.contacts)

    def has_proven(self, type: str, value: str) -> bool:
        """Whether it is a contact of his own that he has shown to be his."""
        return any(c.type == type and c.value == value and c.verified for c in self.contacts)

    @property
    def display_name(self) -> str:
        """The name, else the first address, so that no place ever shows nothing."""
        return self.name or next((c.value for c in self.all_contacts), "")


@dataclass(frozen=True)
class Way:
    """A channel that reaches out, and the contact that it goes out to."""

    channel: str
    contact: Contact


def way_to(
    customer: Customer,
    channel: str,
    last_used: str | None = None,
    own: Customer | None = None,
    shut: Collection[str] = (),
) -> Way | None:
    """How an answer on `channel` goes out: to the contact last written from, else the first that the channel reaches.

    An answer on a channel that does not reach out by itself (portal, api, a call) goes out on the one he prefers, else
    by mail, else by SMS; not on one that is `shut`. Contacts of `own`, for whom the customer stands, come before all
    others.
    """
    usual = [one for one in channels.in_order(customer.preferred_channel) if one not in shut]
    wanted = [channel] if channels.reaches_by(channel) else usual
    listed = (own.contacts if own else ()) + customer.all_contacts
    for name in wanted:
        of_type = [c for c in listed if c.type == channels.reaches_by(name)]
        used = [c for c in of_type if c.value == last_used]
        if of_type:
            return Way(name, (used or of_type)[0])
    return None


def learn(customer: Customer, name: str, locale: str | None, now: datetime) -> Customer:
    """Fill in what we did not know; what is known is not overwritten by what a message claims."""
    new = replace(customer, name=customer.name or name, locale=customer.locale or locale or "")
    return new if new == customer else replace(new, updated_at=now)


def merged(customer: Customer, into: Customer, now: datetime) -> Customer:
    """The customer, for whom another one stands from now on."""
    return replace(customer, merged_into=into.id, updated_at=now)


def standing_for(customer: Customer, other: Customer, now: datetime) -> Customer:
    """The customer who stands for the other one too, and for all for whom that one stood."""
    ids = (*customer.merged_ids, *other.all_ids)
    contacts = (*customer.merged_contacts, *other.all_contacts)
    return replace(customer, merged_ids=ids, merged_contacts=contacts, updated_at=now)


def taken_back(customer: Customer, now: datetime) -> Customer:
    """The customer, who stands for himself again."""
    return replace(customer, merged_into=None, updated_at=now)


def without(customer: Customer, other: Customer, now: datetime) -> Customer:
    """The customer, who stands no longer for the other one, nor for those for whom that one stands."""
    ids = tuple(id for id in customer.merged_ids if id not in other.all_ids)
    contacts = tuple(c for c in customer.merged_contacts if c not in other.all_contacts)
    return replace(customer, merged_ids=ids, merged_contacts=contacts, updated_at=now)
