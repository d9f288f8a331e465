"""Writes down the calls that Amazon Connect tells of: one message a call, however often its caller was put through.

Connect's events come in any order, more than once, or never. So each only adds to what is known of a leg, and a while
after one ended it is looked whether the whole call is over. A chain of legs may be several calls: the one in which
somebody asked to be called back, and the callback.
"""

from dataclasses import replace

from chalicelib import clock, i18n, log
from chalicelib.actions import find_texted
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming, Source
from chalicelib.actions.receive_message import receive
from chalicelib.channels import connect_contacts, phone_numbers, queues
from chalicelib.channels.connect_contacts import Contact
from chalicelib.domain import call_leg
from chalicelib.domain.call import CHANNEL
from chalicelib.domain.call_leg import CallLeg
from chalicelib.domain.message import Author
from chalicelib.domain.task import Task
from chalicelib.store import call_legs, intake, keys, shop, staff
from chalicelib.store.changes import Replayed

# Seconds by which the events of one transfer, the end of a leg and the beginning of the next, may be apart.
APART = 60

# By any other channel he may have asked the same before, but where he last spoke or texted comes first.
_BY_ANY = (CHANNEL, *find_texted.TEXTED, "email", "portal")


def hear(leg: CallLeg, number: str | None = None) -> None:
    """Take in what an event told of a leg; `number` is the customer's, empty for one who hides it, None: not told."""
    if intake.of_call(leg.id):
        return
    call_legs.hear(leg)
    if leg.ended_at:
        told = {"chain": leg.chain, "leg_id": leg.id, "number": number}
        queues.put([Task("jobs", "record_calls", told)], delay=APART)


def look_after(chain: str, leg_id: str) -> None:
    """Ask Connect for the end of a leg that has been open for hours: it tells its events by best effort only.

    Raises:
        botocore.exceptions.ClientError: Connect refuses to say.
    """
    known = call_legs.get(chain, leg_id)
    if known is None or known.ended_at:
        return
    ended_with_what_is_known = replace(known, ended_at=known.spoken_from or clock.now())
    hear(connect_contacts.leg(known.instance, leg_id, chain) or ended_with_what_is_known)


def record(chain: str, leg_id: str = "", number: str | None = None) -> None:
    """Write down, once, each call of the chain whose legs have all ended; the end of the last one brings us here again.

    `number` is that of the call which began with that leg.

    Raises:
        botocore.exceptions.ClientError: Connect refuses to say who called.
    """
    for call_id, legs in call_leg.calls_of(_legs(chain)).items():
        if call_leg.is_over(legs) and not intake.of_call(call_id):
            _write(call_id, legs, number if call_id == leg_id else None)


def _legs(chain: str) -> list[CallLeg]:
    """What is known of the chain, and of what a leg goes on from though no event told of it."""
    known = {leg.id: leg for leg in call_legs.of_chain(chain)}
    for leg in list(known.values()):
        before: CallLeg | None = leg
        while before and before.goes_on_from and before.goes_on_from not in known:
            before = connect_contacts.leg(before.instance, before.goes_on_from, chain)
            if before:
                call_legs.hear(before)
                known[before.id] = before
    return list(known.values())


def _write(call_id: str, legs: list[CallLeg], number: str | None) -> None:
    try:
        receive(_incoming(call_id, legs, number))
    except Replayed:
        log.info("call.replayed", call_id=call_id)


def _incoming(call_id: str, legs: list[CallLeg], number: str | None) -> Incoming:
    contact = _contact(call_id, call_leg.first_of(legs), number)
    person = _person(call_id, contact.number)
    call = call_leg.as_call([_with_end(leg, contact, call_id) for leg in legs])
    return Incoming(
        channel=CHANNEL,
        text="",
        sender=person,
        more_hints=lambda: find_texted.hints(None, person, _BY_ANY),
        source=Source(keys.call(call_id)),
        call=call,
        spoke=None if call.is_incoming and not call.is_answered else _author(legs),
    )


def _contact(call_id: str, first: CallLeg, number: str | None) -> Contact:
    """What Connect keeps of the call, where its events did not tell all of it."""
    told = first.reason or first.machine or first.spoken_from or first.method not in call_leg.OUTGOING
    if number is not None and told:
        return Contact(number)
    found = connect_contacts.describe(first.instance, call_id)
    return found if number is None else Contact(number, found.reason, found.machine)


def _with_end(leg: CallLeg, contact: Contact, call_id: str) -> CallLeg:
    known = CallLeg(leg.id, leg.chain, leg.instance, leg.method, reason=contact.reason, machine=contact.machine)
    return call_leg.with_more(leg, known) if leg.id == call_id else leg


def _person(call_id: str, number: str) -> Person:
    """The caller; who hides his number is somebody new each time, and never the same as another."""
    e164 = phone_numbers.of_carrier(number)
    if e164:
        return Person("phone", e164)
    name = number or i18n.translate(shop.read().default_locale, "Unknown caller")
    return Person("external", f"call:{call_id}"[:200], name[:40])


def _author(legs: list[CallLeg]) -> Author:
    """The agent of ours who spoke last, by his address in Connect; else the telephone itself."""
    arn = call_leg.last_agent(legs)
    emails = connect_contacts.emails_of(arn) if arn else []
    found = next((one for one in staff.read().agents.values() if one.active and one.email in emails), None)
    locale = shop.read().default_locale
    if found:
        return Author("agent", found.id, found.name_in(locale))
    return Author("system", None, i18n.translate(locale, "Phone"))
