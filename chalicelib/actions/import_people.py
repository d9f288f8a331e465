"""Whom an imported record names: found here, or made. A contact never moves: what belongs to somebody stays his.

Somebody who was merged into another is found as himself: what he asked stays his when the two come apart.

Nobody is written to, and nothing follows: the events stand in the trail alone.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib import ids
from chalicelib.actions import identify_customer, suggest_doubles
from chalicelib.channels.phone_numbers import parse as parse_phone
from chalicelib.domain.agent import MAX_AGENTS, Agent
from chalicelib.domain.contact import normal_email
from chalicelib.domain.customer import Contact, Customer, learn
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.domain.message import Author
from chalicelib.errors import Invalid
from chalicelib.importing.records import Person
from chalicelib.store import changes, consents, customers, events, imported, organizations, staff
from chalicelib.store.changes import Changes

MAX_FIELDS = 50
MAX_TAGS = 50


class People:
    """Remembers whom it has found for as long as one step of the import lasts."""

    def __init__(self) -> None:
        self._staff = staff.read()
        self._agents = {agent.email: agent for agent in self._staff.agents.values()}
        self._known: dict[str, Agent | Customer | None] = {}
        self._organizations: dict[str, str | None] = {}

    def team_named(self, name: str | None) -> str | None:
        """The id of the team of that name, in whatever language."""
        wanted = (name or "").strip().casefold()
        named = ((team.id, team.names.values()) for team in self._staff.teams.values())
        return next((id for id, names in named if wanted in (one.casefold() for one in names)), None)

    def bring(self, person: Person, at: datetime) -> tuple[Agent | Customer | None, list[str]]:
        """Whoever it is, made if he is not here yet, with what could not be brought of him.

        `at` is since when he is here, where the record does not say. An agent without an address is nobody.
        """
        notes: list[str] = []
        found: Agent | Customer | None = self._agent(person, at) if self._is_agent(person) else None
        if found is None and person.role != "agent":
            found = changes.again(lambda: self._customer(person, at, notes))
        self._remember(person, found)
        return found, list(dict.fromkeys(notes))

    def expect(self, persons: Iterable[Person]) -> None:
        """Look up at once those of whom no more than an id is told."""
        wanted = {person.source for person in persons if _is_bare(person)} - self._known.keys()
        targets = imported.find(wanted)
        found = customers.get_all([id for id in targets.values() if id.startswith("cus")])
        for source in wanted:
            target = targets.get(source, "")
            self._known[source] = found.get(target) or self._staff.agents.get(target)

    def find(self, person: Person, at: datetime) -> Agent | Customer | None:
        """The same without the notes, and remembered. Of whom only an id is told, and no file of users told it before,

        nobody is made.
        """
        name = person.source or ",".join((person.role, *person.emails, *person.phones, person.external_id or ""))
        if name not in self._known or (self._known[name] is None and person.emails):
            if _is_bare(person):
                self.expect([person])
            else:
                self._known[name] = self.bring(person, at)[0]
        return self._known[name]

    def customer(self, person: Person, at: datetime) -> Customer:
        """Him as a customer: whoever asked is one, even an agent, and even one of whom only an id is told.

        Raises:
            Invalid: he was erased here, or there is no way to tell him from others.
        """
        found = self.find(person, at)
        if not isinstance(found, Customer):
            found, notes = self.bring(replace_role(person, "customer"), at)
        if not isinstance(found, Customer):
            raise Invalid("; ".join(notes) or "its customer has no address")
        return found

    def author(self, person: Person, at: datetime) -> Author:
        found = self.find(person, at)
        if isinstance(found, Customer):
            return Author("customer", found.id, found.display_name)
        if found:
            return Author("agent", found.id, found.name)
        return Author("agent", None, person.name or person.source or ",".join(person.emails))

    def _is_agent(self, person: Person) -> bool:
        ours = any(email.lower() in self._agents for email in person.emails)
        return person.role == "agent" or (person.role == "" and ours)

    def _remember(self, person: Person, found: Agent | Customer | None) -> None:
        if person.source:
            self._known[person.source] = found

    def _agent(self, person: Person, at: datetime) -> Agent | None:
        """The agent of that address; one who is not here any more is made inactive, so that history names him."""
        email = next((made for one in person.emails if (made := _email(one))), None)
        found = self._agents.get(email or "")
        if found is None and email and len(self._agents) < MAX_AGENTS:
            found = changes.again(lambda: self._made_agent(person, email, person.created_at or at))
        if found and person.source:
            change = Changes()
            imported.remember(change, person.source, found.id)
            change.commit()
        return found

    def _made_agent(self, person: Person, email: str, at: datetime) -> Agent:
        known = staff.agent_by_email(email)
        if known is None:
            change = Changes()
            new = Agent(ids.at("agt", at, email), person.name or email, email, "agent", at, active=False)
            known = staff.add_agent(change, new)
            change.commit()
        self._agents[email] = known
        self._staff.agents[known.id] = known
        return known

    def _customer(self, person: Person, at: datetime, notes: list[str]) -> Customer | None:
        notes.clear()
        contacts = _contacts(person, notes)
        linked = imported.find([person.source] if person.source else [])
        taken = imported.owners(contacts)
        known = [linked.get(person.source), *(taken.get((one.type, one.value)) for one in contacts)]
        found = self._first([id for id in known if id and id.startswith("cus")])
        if found is None and linked.get(person.source, "").startswith("cus"):
            notes.append("the customer was erased here")
            return None
        if found is None and not contacts:
            return None
        at = person.created_at or at
        new = _described(found or _new(person, contacts, at), person, at, self._organization(person.organization))
        same = (identify_customer.survivor(found) or new).all_ids
        free = [consents.contact(one.type, one.value) for one in contacts if (one.type, one.value) not in taken]
        notes += [
            f"{one.value} belongs to another customer here"
            for one in contacts
            if taken.get((one.type, one.value), new.id) not in same
        ]
        new = replace(new, contacts=_joined(new.contacts, free))
        return _written(found, new, None if person.source in linked else person.source)

    def _organization(self, source: str | None) -> str | None:
        """The id of the organization that it has become here, if that is still there."""
        if source and source not in self._organizations:
            found = organizations.get(imported.find([source]).get(source, ""))
            self._organizations[source] = found.id if found else None
        return self._organizations.get(source or "")

    def _first(self, found: list[str]) -> Customer | None:
        return next((one for id in found if (one := customers.get(id))), None)


def replace_role(person: Person, role: str) -> Person:
    """The same person, seen as that."""
    import msgspec

    return msgspec.structs.replace(person, role=role)


def _is_bare(person: Person) -> bool:
    """Whether no more than an id is told of him."""
    return bool(person.source) and not (person.name or person.emails or person.phones)


def _contacts(person: Person, notes: list[str]) -> list[Contact]:
    found = []
    for text in person.emails:
        email = _email(text)
        if email:
            found.append(Contact("email", email))
        else:
            notes.append(f"“{text[:100]}” is no email address")
    for text in person.phones:
        number = parse_phone(text)
        if number:
            found.append(Contact("phone", number))
        else:
            notes.append(f"“{text[:40]}” is no phone number")
    if person.external_id:
        found.append(Contact("external", person.external_id[:200]))
    return list(dict.fromkeys(found))


def _email(text: str) -> str | None:
    try:
        return normal_email(text)
    except Invalid:
        return None


def _new(person: Person, contacts: list[Contact], at: datetime) -> Customer:
    source = person.source or f"{contacts[0].type}:{contacts[0].value}"
    return Customer(ids.at("cus", at, source), person.name, person.locale or "", at, at)


def _described(customer: Customer, person: Person, at: datetime, organization_id: str | None) -> Customer:
    """The customer with what we did not know of him; what is known stays."""
    told = learn(customer, person.name, person.locale, max(customer.updated_at, at))
    fields = {name: value for name, value in person.custom_fields.items() if name not in told.custom_fields}
    room = MAX_FIELDS - len(told.custom_fields)
    return replace(
        told,
        time_zone=told.time_zone or person.time_zone,
        organization_id=told.organization_id or organization_id,
        tags=tuple(dict.fromkeys((*told.tags, *person.tags)))[:MAX_TAGS],
        custom_fields={**told.custom_fields, **dict(list(fields.items())[:room])},
    )


def _joined(contacts: tuple[Contact, ...], free: list[Contact]) -> tuple[Contact, ...]:
    known = {(one.type, one.value) for one in contacts}
    return (*contacts, *(one for one in free if (one.type, one.value) not in known))


def _written(old: Customer | None, new: Customer, source: str | None) -> Customer:
    """Write what is new; `source` is to be remembered as his. Raises Stale when somebody was faster."""
    change = Changes()
    if old is None:
        new = customers.add(change, new)
        events.add(change, _event(new, "customer.created"), live=False)
        suggest_doubles.place(change, new, is_new=True)
    elif new != old:
        new = _saved(change, old, new)
        suggest_doubles.place(change, new, is_new=False)
        for one in identify_customer.above(old):
            _saved(change, one, replace(one, updated_at=new.updated_at))
    if source:
        imported.remember(change, source, new.id)
    if len(change):
        change.commit()
    return new


def _saved(change: Changes, old: Customer, new: Customer) -> Customer:
    saved = customers.save(change, old, new)
    events.add(change, _event(saved, "customer.updated"), live=False)
    return saved


def _event(customer: Customer, type: str) -> Event:
    event_id = ids.at("evt", customer.updated_at, f"{customer.id}:{customer.version}")
    at = customer.updated_at
    return Event(event_id, type, at, SYSTEM, customer.id, customer_id=customer.id, version=customer.version)
