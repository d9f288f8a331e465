"""One ticket: its thread with every channel named, what became of our answers, and the box for a reply."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from chalice import Response

from chalicelib import clock
from chalicelib.channels import call_words
from chalicelib.domain import rating as rating_rules
from chalicelib.domain import ticket as life
from chalicelib.domain.customer import Way
from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Ticket
from chalicelib.portal import access, answers, attaching, pages, readers
from chalicelib.portal.access import COPY, ORGANIZATION, OWN, Seen
from chalicelib.portal.readers import Reader
from chalicelib.store import customers, last_words, messages, ratings, shop, tickets
from chalicelib.store.tickets import Thread
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors
from chalicelib.web.uploading import let_upload
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)


@doors.get("/{lang}/tickets/{number}")
def one(visit: Visit) -> Response:
    reader = readers.of_ticket(visit)
    if reader is None:
        return pages.sign_in_first(visit)
    seen = access.seen(visit, reader.viewer, alone=reader.came_from is not None)
    stands = tickets.survivor(seen.ticket)
    if stands != seen.ticket:
        return answer.redirect(visit, f"/{pages.language(visit)}/tickets/{stands.number}")
    if reader.came_from is None:
        last_words.mark_read(seen.ticket, reader.viewer.all_ids)
    return page(visit, reader, seen)


@doors.get("/{lang}/tickets/{number}/files/{message_id}/{file_id}")
def file(visit: Visit) -> Response:
    reader = readers.of_ticket(visit)
    if reader is None:
        return pages.sign_in_first(visit)
    seen = access.seen(visit, reader.viewer, alone=reader.came_from is not None)
    return places.file(visit, seen.ticket, notes_too=False)


def page(
    visit: Visit,
    reader: Reader,
    seen: Seen,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    """The ticket's page; what was typed into one of its forms is kept where it was wrong."""
    ticket, before = seen.ticket, visit.query.get("before")
    shown = tickets.older(ticket, before) if before else seen.thread
    here = f"/{pages.language(visit)}/tickets/{ticket.number}"
    response = pages.show(
        visit,
        "ticket",
        None if reader.came_from else reader.viewer,
        area="tickets",
        status=422 if errors else 200,
        ticket=ticket,
        role=seen.role,
        own_ids=reader.viewer.all_ids,
        by_link=reader.came_from is not None,
        messages=_messages(shown, seen.role),
        files=f"{here}/files",
        bare_call=call_words.is_only,
        older=f"{here}?before={shown.before}" if shown.before else None,
        answer_way=_way_for(reader, ticket),
        deliveries=shown.deliveries if seen.role == OWN and not reader.came_from else {},
        takes_replies=life.takes_replies(ticket, clock.now(), shop.read().rules),
        typed=typed or {},
        errors=errors or {},
        **_rated(ticket, seen.role, reader),
        **_files(visit, seen, here, typed or {}),
    )
    return let_upload(response)


def _messages(shown: Thread, role: str) -> list[Message]:
    """What a customer can see. Of others in his organization nothing but what they wrote, and their names."""
    public = messages.all_whole([one for one in shown.messages if one.is_public and not one.unknown_sender])
    return list(_without_addresses(public)) if role == ORGANIZATION else list(public)


def _without_addresses(listed: Iterable[Message]) -> Iterable[Message]:
    public = list(listed)
    people = customers.get_all([one.author.id for one in public if one.from_customer and one.author.id])
    for message in public:
        writer = people.get(message.author.id or "")
        author = (
            replace(message.author, name=writer.name if writer else "") if message.from_customer else message.author
        )
        yield replace(message, author=author, contact=None, quoted_text=None, unverified_sender=False, cc=(), doors=())


def _rated(ticket: Ticket, role: str, reader: Reader) -> dict[str, Any]:
    if role != OWN or reader.came_from:
        return {"rating": None, "may_rate": False}
    rating = ratings.get(ticket.id)
    return {"rating": rating, "may_rate": rating_rules.may_rate(ticket, rating, clock.now())}


def _files(visit: Visit, seen: Seen, here: str, typed: dict[str, str]) -> dict[str, Any]:
    """What a form for files needs. Without a script a file goes in as its customer's, so it is his alone to add."""
    return {
        "takes": attaching.LIMITS,
        "attached": attaching.listed(visit, typed.get("files", "")),
        "upload": attaching.plain_form(visit, seen.ticket, here) if seen.role == OWN else None,
        "arrived": answer.flashed(visit, "arrived") if seen.role in (OWN, COPY) else None,
    }


def _way_for(reader: Reader, ticket: Ticket) -> Way | None:
    """By which way we answer; who came by a link learns of no other contact than the one it was sent to."""
    way = answers.way(ticket, reader.viewer)
    return way if way and reader.came_from in (None, way.contact) else None
