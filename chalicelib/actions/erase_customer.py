"""Forgets a customer: who he was is gone with the first transaction, what he wrote goes ticket by ticket in a job.

One person is forgotten whole: with everybody merged into him and, when he was merged himself, with whom he was merged
into. What others wrote about him in tickets that are not his is not found: no list leads there. Answers kept for
repeats of keyed requests end after a day, jobs with what they report after 30.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chalicelib import clock, signing
from chalicelib.actions import erase_elsewhere, erase_ticket, identify_customer, start_job
from chalicelib.actions.run_job import Watch
from chalicelib.domain import erasure
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.event import Actor
from chalicelib.domain.job import OWN_EXPORT, Job, Progress
from chalicelib.errors import NotFound, VersionMismatch
from chalicelib.store import (
    changes,
    consents,
    created_lists,
    customer_events,
    customer_tickets,
    customer_traces,
    customers,
    erasing,
    events,
    file_versions,
    jobs,
    marked_addresses,
    suspended,
)
from chalicelib.store.changes import Changes

# Of a transaction's 100 rows; beside contacts a person costs his profile, his event, his job's name and his place in
# an organization.
MOST_ROWS = 95
ROWS_A_PERSON = 4
_PIECE = 100
# What lies beside his profile, each a portion at a time.
_TRACES = (customer_events.erase_some, consents.erase_some, customer_traces.erase_some)


def erase(customer_id: str, actor: Actor, version: int | None = None) -> Job:
    """Forget him; the job does the rest. Asked for again, it is the same job until that is done, and goes on.

    Raises:
        NotFound: code `customer-not-found`; he may have been erased before.
        VersionMismatch: `version` is given and not the customer's.
    """
    begun = _begun(customer_id)
    if begun:
        return begun if begun.at_work else start_job.resume(begun.id)
    return start_job.queue(changes.again(lambda: _erase(customer_id, actor, version)))


def step(job: Job, change: Changes) -> Progress:
    """Erase what is next: the rest of the people that he was, what his contacts led to, suspended mail, his tickets.

    Exports of him go last, when there is nothing left that could still come into one.
    """
    place = dict(job.place)
    if place.get("people"):
        return _people(job, change, place)
    if place.get("contacts"):
        type, value, mark = (*place["contacts"][0], None)[:3]
        if type == "email" and not erase_elsewhere.leave_out(value, Actor(**job.wanted["actor"]), Watch()):
            return Progress(place)
        if mark:
            marked_addresses.mark(change, value, mark, clock.now())
        left = place["contacts"][1:] if erasing.forget_contact(change, type, value) else place["contacts"]
        return Progress(place | {"contacts": left})
    if place.get("forms"):
        erasing.forget_forms(place["forms"])
        return Progress({"suspended": place["suspended"]})
    if "suspended" in place:
        return _suspended(place)
    if "exports" in place:
        return _exports(job, place)
    return _tickets(job, place)


def _begun(customer_id: str) -> Job | None:
    """The job that erases him, unless it is done."""
    job_id = erasing.job_of(customer_id)
    job = jobs.get(job_id) if job_id else None
    return job if job and job.state != "done" else None


def _erase(customer_id: str, actor: Actor, version: int | None) -> Job:
    named = customers.get(customer_id)
    person = identify_customer.survivor(named)
    if named is None or person is None:
        raise NotFound(f"There is no customer {customer_id}.", code="customer-not-found")
    if version not in (None, named.version):
        raise VersionMismatch(f"The customer is at version {named.version} now.")
    everybody, change = list(customers.get_all(person.all_ids).values()), Changes()
    wanted = {"customer_ids": [one.id for one in everybody], "actor": vars(actor)}
    made = start_job.make("erase", wanted, actor.id or actor.type)
    left = _blank(change, everybody, actor, made.id)
    place = {"people": left, "contacts": _contacts(everybody), "forms": _forms(everybody)}
    place["suspended"] = _senders(everybody)
    saved = jobs.add(change, replace(made, place=place))
    change.commit()
    return saved


def _blank(change: Changes, people: Sequence[Customer], actor: Actor, job_id: str) -> list[str]:
    """Write over as many of them as one transaction takes; returns the ids of the others."""
    for at, old in enumerate(people):
        if at and len(change) + len(old.contacts) + ROWS_A_PERSON > MOST_ROWS:
            return [one.id for one in people[at:]]
        saved = customers.save(change, old, erasure.customer(old, clock.now()))
        events.add(change, identify_customer.event_of(saved, "customer.erased", actor))
        erasing.name_job(change, old.id, job_id)
    return []


def _contacts(people: Sequence[Customer]) -> list[list[str | None]]:
    return [[contact.type, contact.value, _mark(contact)] for one in people for contact in one.contacts]


def _mark(contact: Contact) -> str | None:
    """What is kept of an address to which nothing is sent: others may have it in copy, and it must stay so for them."""
    if contact.type != "email" or contact.reachable:
        return None
    return "opted-out" if contact.opted_out else contact.suppressed_by or "switched-off"


def _senders(people: Sequence[Customer]) -> list[str]:
    """His addresses in a form that tells nobody: the job may have to try for long."""
    return [_sealed(address) for address in _addresses(people)]


def _forms(people: Sequence[Customer]) -> list[str]:
    """Where what he typed into forms was held; their names tell nobody, either."""
    return [suspended.forms_of(address) for address in _addresses(people)]


def _addresses(people: Sequence[Customer]) -> list[str]:
    return [contact.value for one in people for contact in one.contacts if contact.type == "email"]


def _sealed(address: str) -> str:
    return signing.digest("erase", address.lower(), 16).hex()


def _people(job: Job, change: Changes, place: dict[str, Any]) -> Progress:
    people = list(customers.get_all(place["people"]).values())
    left = _blank(change, people, Actor(**job.wanted["actor"]), job.id)
    return Progress(place | {"people": left})


def _suspended(place: dict[str, Any]) -> Progress:
    """Take away mail of his that was kept out of the tickets: a list of two weeks, and of what failed before."""
    among = suspended.bin if place.get("bin") else suspended.everything
    page = among(_PIECE, place.get("after"))
    for mail in page.mails:
        if _sealed(mail.sender or "") in place["suspended"]:
            erasing.forget_mail(mail.raw_key)
            suspended.remove(mail.id)
            suspended.forget(mail.id)
    if page.after:
        return Progress(place | {"after": page.after})
    if not place.get("bin"):
        return Progress({"suspended": place["suspended"], "bin": True})
    return Progress({"at": 0})


class StillWriting(Exception):
    """A step of an export of him is at work, which began before he was erased; trying again is the runner's."""


def _exports(job: Job, place: dict[str, Any]) -> Progress:
    """Take away the files of exports of him alone; one of everything is the shop's, and ends after 30 days.

    Their steps refuse him by now, but one that was at work when he was erased may write until its lease is over.
    """
    page = created_lists.page("JOB", _PIECE, place["exports"])
    for one in jobs.get_all(page.ids).values():
        of_one = one.type in ("customer_export", OWN_EXPORT)
        if of_one and set(one.wanted["customer_ids"]) & set(job.wanted["customer_ids"]):
            if one.lease_until and one.lease_until > clock.now():
                raise StillWriting(one.id)
            file_versions.erase_files([f"{jobs.folder(one.id)}/"])
    return Progress({"exports": page.after} if page.after else None)


def _tickets(job: Job, place: dict[str, Any]) -> Progress:
    """Erase tickets until the time is over; `at` counts the people he was, `after` is a ticket's place in the list.

    `row` is how far it came in `ticket`, which was not done when the time was over.
    """
    ids, actor, watch, done = job.wanted["customer_ids"], Actor(**job.wanted["actor"]), Watch(), 0
    total = customer_tickets.count(ids) if job.total is None else job.total
    while place["at"] < len(ids) and not watch.is_over:
        customer_id = ids[place["at"]]
        listed = customer_tickets.page(customer_id, place.get("after", ""))
        for found in listed:
            begun = place.get("row", "") if place.get("ticket") == found.ticket_id else ""
            row = erase_ticket.erase(found.ticket_id, actor, begun, watch)
            if row is not None:
                return Progress(place | {"ticket": found.ticket_id, "row": row}, done, total)
            done += 1
            place = {"at": place["at"], "after": found.place}
        if not listed:
            if erase_elsewhere.erase_some(customer_id, actor):
                continue
            if any(erase_some(customer_id) for erase_some in _TRACES):
                continue
            place = {"at": place["at"] + 1}
    return Progress(place if place["at"] < len(ids) else {"exports": None}, done, total)
