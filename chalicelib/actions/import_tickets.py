"""Writes an imported ticket: once, however often it is brought, and without a word to anybody.

Its id is made of what it was in the other desk, so a second run finds the first one's work and adds only what is
missing. No event of it is live: nothing is dispatched, sent or awaited, so its counters are moved here.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib import clock, ids, safe_html
from chalicelib.actions import identify_customer, known_mails
from chalicelib.actions.import_people import People
from chalicelib.channels import call_words, email_html
from chalicelib.domain import history, language, merging
from chalicelib.domain import message as words
from chalicelib.domain.call import Call
from chalicelib.domain.channel import reaching
from chalicelib.domain.contact import normal_email
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import SYSTEM, Event, standing
from chalicelib.domain.message import Attachment, Message, preview
from chalicelib.domain.ticket import MAX_FIELDS, MAX_SUBJECT, MAX_TAGS, Ticket
from chalicelib.errors import Invalid
from chalicelib.importing import mail_ticket, records
from chalicelib.importing.export import Export
from chalicelib.store import (
    changes,
    counters,
    customers,
    events,
    files,
    imported,
    intake,
    messages,
    numbers,
    organization_tickets,
    shop,
    tickets,
)
from chalicelib.store.changes import Changes

# What stands in a transaction beside messages: the ticket, its number, the event and two counters, with room to spare.
OTHER_ROWS = 10
# Each is a file to be fetched and put before the transaction that names it.
FILES_AT_ONCE = 20
# Of each ticket that stands for a merged one: itself and its event.
ROWS_ABOVE = 2
MAX_HTML = 200_000
MAX_FIELD_OCTETS = 20_000
MAX_TAG = 100
MAX_COPIES = 20


@dataclass(frozen=True)
class Brought:
    """What became of a record: the `ticket_id`, and `notes` of what is not as it was.

    `above` are the tickets that stand for it since it was merged into one of them. `whole` is False when the time was
    over before all of it was written: bring it again. What is told of the record itself is told at the end.
    """

    ticket_id: str
    notes: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    whole: bool = True


def bring(record: records.Ticket, people: People, export: Export, is_over: Callable[[], bool]) -> Brought:
    """Write the ticket and its messages, or those of them that are not here yet, as many as the time allows.

    Raises:
        Invalid: the ticket or its customer was erased here; what was erased does not come back.
    """
    return _Bringing(record, people, export).run(is_over)


class _Bringing:
    def __init__(self, record: records.Ticket, people: People, export: Export) -> None:
        self._record, self._people, self._export = record, people, export
        self._notes = list(record.notes)
        self._rules = shop.read().rules
        self._above: list[Ticket] = []

    def run(self, is_over: Callable[[], bool]) -> Brought:
        ordered = _ordered(self._record.messages)
        known = known_mails.under_ids(ordered)
        here = known_mails.here(ordered, known)
        ticket_id, is_new = self._home(here)
        missing = self._missing(ticket_id, ordered, here, is_new)
        if not missing and is_new:  # each of its mails came in here, for tickets of others
            return Brought(next(iter(here.values())).ticket_id, tuple(self._notes))
        if is_new:
            missing = missing[self._open(ticket_id, missing, known) :]
        begun = is_new
        while missing and not (begun and is_over()):
            part = missing[: _fitting(missing, merging.MOST_TOGETHER * ROWS_ABOVE)]
            changes.again(lambda part=part: self._add(ticket_id, part, known))  # type: ignore[misc]
            missing, begun = missing[len(part) :], True
        notes = [note for note in self._notes if not (missing and note in self._record.notes)]
        return Brought(ticket_id, tuple(notes), tuple(one.id for one in self._above), whole=not missing)

    def _home(self, here: dict[str, intake.Found]) -> tuple[str, bool]:
        """The ticket it belongs to, and whether that is new: the one of his that has its mails already, else its own.

        Raises:
            Invalid: that was erased here.
        """
        own = ids.at("tkt", self._record.created_at, self._record.source)
        named = list(dict.fromkeys([found.ticket_id for found in here.values()] + [own]))
        there = tickets.get_all(named)
        if any(ticket.erased_at for ticket in there.values()):
            raise Invalid("the ticket was erased here")
        home = next((id for id in named if id != own and id in there and self._is_his(there[id])), own)
        return home, home not in there

    def _is_his(self, ticket: Ticket) -> bool:
        """Whether it is a ticket of whoever asked: his words are shown to nobody else."""
        customer = identify_customer.survivor(customers.get(ticket.customer_id))
        addresses = [_address(text) for text in self._record.requester.emails]
        return customer is not None and any(address and customer.has("email", address) for address in addresses)

    def _missing(
        self, ticket_id: str, ordered: list[records.Message], here: dict[str, intake.Found], is_new: bool
    ) -> list[records.Message]:
        there = set() if is_new else imported.messages_of(ticket_id, [_id_of(one) for one in ordered])
        return [one for one in ordered if _id_of(one) not in there and one.source not in here]

    def _open(self, ticket_id: str, missing: list[records.Message], known: dict[str, intake.Found]) -> int:
        """Write the ticket with as many messages as one transaction takes; returns how many."""
        customer = self._people.customer(self._record.requester, self._record.created_at)
        made = [self._message(one, ticket_id) for one in missing[: _fitting(missing, MAX_COPIES)]]
        ticket = self._ticket(ticket_id, customer, made)
        whole = [*made, *(self._bare(one, ticket_id) for one in missing[len(made) :])]
        lived = history.lived(ticket, whole, self._record.status, clock.now(), self._rules)
        first = replace(lived, message_count=len(made))
        changes.again(lambda: self._write_new(first, customer, made, known))
        return len(made)

    def _write_new(self, ticket: Ticket, whose: Customer, made: list[Message], known: dict[str, intake.Found]) -> None:
        number, change = self._number(), Changes()
        saved = tickets.add(change, self._numbered(ticket, number), self._rules)
        organization_tickets.add(change, saved, identify_customer.survivor(whose))
        event = _event("ticket.created", saved, made, (None, standing(saved)))
        self._commit(change, saved, made, known, event)
        if self._record.number and self._record.number != number:
            self._notes.append(f"the number {self._record.number} is another ticket's here: it is {number} now")

    def _add(self, ticket_id: str, part: list[records.Message], known: dict[str, intake.Found]) -> None:
        ticket, change = tickets.get(ticket_id), Changes()
        there = imported.messages_of(ticket_id, [_id_of(one) for one in part])
        made = [self._message(one, ticket_id) for one in part if _id_of(one) not in there]
        if ticket and made:
            self._above = tickets.above(ticket)
            for one in self._above:
                standing_for = tickets.save(change, history.with_messages(one, made), self._rules)
                events.add(change, _event("ticket.updated", standing_for, made, None), live=False)
            saved = tickets.save(change, history.with_messages(ticket, made), self._rules)
            self._commit(change, saved, made, known, _event("ticket.updated", saved, made, None))

    def _commit(
        self, change: Changes, ticket: Ticket, made: list[Message], known: dict[str, intake.Found], event: Event
    ) -> None:
        headers = {message.email_id: message.id for message in reversed(made) if message.email_id}
        for message in made:
            messages.add(change, message, ticket.customer_id)
        for header, message_id in headers.items():
            if header not in known:
                intake.remember_message_id(change, header, ticket.id, message_id)
        events.add(change, event, live=False)
        counters.count(change, [event])
        change.commit()
        for header, message_id in headers.items():
            known.setdefault(header, intake.Found(ticket.id, message_id))

    def _number(self) -> int:
        wanted = self._record.number
        return wanted if wanted and tickets.id_of(wanted) is None else numbers.take()

    def _numbered(self, ticket: Ticket, number: int) -> Ticket:
        """With a number of its own; one that it had and cannot keep is found as its external id, or beside that."""
        wanted = self._record.number
        if wanted is None or wanted == number:
            return replace(ticket, number=number)
        fields = {**ticket.custom_fields, "imported_number": wanted}
        return replace(ticket, number=number, external_id=ticket.external_id or str(wanted), custom_fields=fields)

    def _ticket(self, ticket_id: str, customer: Customer, made: list[Message]) -> Ticket:
        record, contact = self._record, customer.contact("email") or customer.contact("phone")
        team_id = self._people.team_named(record.team)
        if record.team and team_id is None:
            self._notes.append(f"there is no team “{record.team[:100]}” here")
        return Ticket(
            id=ticket_id,
            number=0,
            subject=record.subject[:MAX_SUBJECT] or preview(made[0].text, 80),
            status="new",
            channel=record.channel,
            customer_id=customer.id,
            locale=self._locale(customer, made),
            created_at=record.created_at,
            updated_at=max(record.created_at, record.updated_at or record.created_at),
            priority=record.priority,
            customer_name=(identify_customer.survivor(customer) or customer).display_name,
            team_id=team_id,
            assignee_id=self._assignee(),
            tags=self._within("tags", [tag[:MAX_TAG] for tag in record.tags], MAX_TAGS),
            custom_fields=self._fields(),
            cc=self._copies(customer),
            solved_at=record.solved_at,
            reply_channel=reaching(contact.type)[0] if contact else None,
            reply_contact=contact.value if contact else None,
            external_id=(record.external_id or "")[:200] or None,
        )

    def _locale(self, customer: Customer, made: list[Message]) -> str:
        by_script = language.locale_of(f"{self._record.subject} {made[0].text}")
        return language.choose(self._record.locale, customer.locale, by_script, shop.read().default_locale)

    def _assignee(self) -> str | None:
        if self._record.assignee is None:
            return None
        found = self._people.author(self._record.assignee, self._record.created_at)
        if found.type == "agent" and found.id:
            return found.id
        self._notes.append(f"its assignee {found.name or 'without a name'} is no agent here")
        return None

    def _fields(self) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for name, value in self._record.custom_fields.items():
            if len(kept) < MAX_FIELDS - 1 and len(json.dumps({**kept, name: value})) <= MAX_FIELD_OCTETS:
                kept[name[:100]] = value
            else:
                self._notes.append(f"the field “{name[:100]}” is too long, or one too many")
        return kept

    def _within(self, name: str, listed: list[str], most: int) -> tuple[str, ...]:
        if len(listed) > most:
            self._notes.append(f"of {len(listed)} {name} it keeps {most}")
        return tuple(listed[:most])

    def _copies(self, customer: Customer) -> tuple[str, ...]:
        found = [address for text in self._record.cc if (address := _address(text))]
        others = [address for address in dict.fromkeys(found) if not customer.has("email", address)]
        return self._within("addresses in copy", others, MAX_COPIES)

    def _message(self, record: records.Message, ticket_id: str) -> Message:
        """The message, its files and its mail kept under names the same on every run."""
        message = self._bare(record, ticket_id)
        listed, raw_key = list(record.files), None
        if record.mail:
            raw, raw_key = self._export.mail(record.mail), f"imported/{message.id}"
            files.put_mail(raw_key, raw)
            listed = mail_ticket.files_of(raw)
        kept = [self._kept(file, message, at) for at, file in enumerate(listed[: words.MAX_ATTACHMENTS])]
        return replace(message, attachments=tuple(one for one in kept if one), raw_key=raw_key)

    def _bare(self, record: records.Message, ticket_id: str) -> Message:
        """The message without its files."""
        author = self._people.author(record.author, record.created_at)
        html = record.html if len(record.html or "") <= MAX_HTML else None
        text = record.text or (email_html.to_text(record.html) if record.html else "")
        call = Call(record.call.direction, record.call.outcome, record.call.seconds) if record.call else None
        if call and not text:
            text = call_words.text(call, self._record.locale or shop.read().default_locale)
        return Message(
            _id_of(record),
            ticket_id,
            author,
            "public" if record.public else "internal",
            record.channel or self._record.channel,
            text[: words.MAX_TEXT],
            record.created_at,
            html=safe_html.cleaned(html),
            quoted_text=(record.quoted_text or "")[: words.MAX_TEXT] or None,
            contact=record.contact or (_first_address(record) if author.type == "customer" else None),
            cc=record.cc[:MAX_COPIES],
            email_id=record.email_id,
            automatic=record.automatic,
            problems=self._cut(record, text),
            call=call,
        )

    def _cut(self, record: records.Message, text: str) -> tuple[str, ...]:
        long = {
            "text": len(text) > words.MAX_TEXT,
            "quoted text": len(record.quoted_text or "") > words.MAX_TEXT,
            "HTML": len(record.html or "") > MAX_HTML,
        }
        return (*record.problems, *(f"the {part} is too long" for part, over in long.items() if over))

    def _kept(self, file: records.File, message: Message, at: int) -> Attachment | None:
        octets = self._export.content(file)
        if octets is None:
            self._notes.append(f"the file “{file.name}” could not be read, or has more than 64 MB")
            return None
        key = f"attachments/imported/{message.id}/{at}"
        files.put(key, octets, file.content_type)
        id = ids.at("att", message.created_at, f"{message.id}:{at}")
        return Attachment(id, file.name, file.content_type, len(octets), key, file.inline)


def _ordered(listed: Iterable[records.Message]) -> list[records.Message]:
    """Oldest first, each once: an export that names one twice must not stop its ticket."""
    once = {_id_of(one): one for one in listed}
    return sorted(once.values(), key=lambda one: (one.created_at, one.order))


def _id_of(record: records.Message) -> str:
    return ids.at("msg", record.created_at, record.source, record.order)


def _fitting(missing: list[records.Message], others: int = 0) -> int:
    """How many of the messages one transaction takes, one at least.

    Of a mail, its Message-ID is a row, too, and each who is in copy of any of them.
    """
    room, carried, copies = changes.MAX_ROWS - OTHER_ROWS - others, FILES_AT_ONCE, set[str]()
    for count, record in enumerate(missing):
        room -= (2 if record.email_id else 1) + len({*record.cc[:MAX_COPIES]} - copies)
        copies.update(record.cc[:MAX_COPIES])
        carried -= len(record.files) + (1 if record.mail else 0)
        if room < 0 or (carried < 0 and count):
            return count
    return len(missing)


def _first_address(record: records.Message) -> str | None:
    return _address(record.author.emails[0]) if record.author.emails else None


def _address(text: str) -> str | None:
    try:
        return normal_email(text)
    except Invalid:
        return None


def _event(type: str, ticket: Ticket, made: list[Message], counts: tuple[Any, Any] | None) -> Event:
    at: datetime = made[0].created_at
    return Event(
        id=ids.at("evt", at, f"{ticket.id}:{made[0].id}"),
        type=type,
        created_at=at,
        actor=SYSTEM,
        subject=ticket.id,
        ticket_id=ticket.id,
        customer_id=ticket.customer_id,
        message_id=made[0].id,
        version=ticket.version,
        counts=counts,
    )
