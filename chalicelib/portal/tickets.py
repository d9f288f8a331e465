"""A customer's tickets: the list, and the thread with its reply box. Nobody else's exist. (A new one: `asking`.)"""

from typing import Any

from chalice import Blueprint, Response

from chalicelib import clock, signing
from chalicelib.actions import change_ticket, receive_message
from chalicelib.actions.incoming import Hint, Incoming, Received
from chalicelib.channels import call_words
from chalicelib.domain import ticket as life
from chalicelib.domain.customer import Customer, Way
from chalicelib.domain.event import Actor
from chalicelib.domain.message import MAX_TEXT
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import NotFound
from chalicelib.portal import answers, pages, readers
from chalicelib.portal.readers import Reader
from chalicelib.store import messages, shop, ticket_lists, tickets
from chalicelib.store.ticket_lists import Wanted
from chalicelib.store.tickets import Thread
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once
from chalicelib.web.visit import Visit

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)

PAGE = 20


@doors.get("/{lang}/tickets")
def mine(visit: Visit) -> Response:
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    after = signing.unseal("portal-tickets", visit.query.get("after", ""))
    page = ticket_lists.page(Wanted(customer_id=viewer.id, customer_ids=viewer.all_ids), PAGE, after)
    here = f"/{pages.language(visit)}/tickets"
    return pages.show(
        visit,
        "tickets",
        viewer,
        area="tickets",
        tickets=[one for one in page.tickets if not one.merged_into],
        first_page=here if after else None,
        next_page=f"{here}?after={signing.seal('portal-tickets', page.after)}" if page.after else None,
    )


@doors.get("/{lang}/tickets/{number}")
def one(visit: Visit) -> Response:
    reader = readers.of_ticket(visit)
    if reader is None:
        return pages.sign_in_first(visit)
    thread = _shared_thread(visit, reader.viewer)
    stands = tickets.survivor(thread.ticket)
    if stands != thread.ticket:
        return answer.redirect(visit, f"/{pages.language(visit)}/tickets/{stands.number}")
    return _thread_page(visit, reader, thread)


@doors.post("/{lang}/tickets/{number}")
def reply(visit: Visit) -> Response:
    reader = readers.of_ticket(visit)
    if reader is None:
        return pages.sign_in_first(visit)
    text, thread = visit.text("text"), _shared_thread(visit, reader.viewer)
    wrong = "form-expired" if not visit.is_ours else _text_fault(text, "reply-missing")
    if wrong:
        return _thread_page(visit, reader, thread, typed={"text": text}, errors={"text": wrong})
    ticket = _shared(tickets.survivor(thread.ticket), reader.viewer)
    incoming = Incoming("portal", text, customer_id=reader.own.id, hints=(Hint(ticket.id, "portal", proven=True),))
    made = Once(visit, "reply").do(lambda keyed: _told(receive_message.receive(incoming, keyed)), _told)
    to = f"/{pages.language(visit)}/tickets/{made['number']}#{made['message']}"
    return answer.redirect(visit, to, _led_on(reader, made["number"]))


@doors.post("/{lang}/tickets/{number}/solved")
def solved(visit: Visit) -> Response:
    visit.refuse_forged()
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    ticket = tickets.survivor(_own_thread(visit, viewer).ticket)
    if ticket.status not in ("solved", "closed"):
        change_ticket.change_ticket(ticket.id, {"status": "solved"}, Actor("customer", viewer.id))
    return answer.redirect(visit, f"/{pages.language(visit)}/tickets/{ticket.number}")


@doors.get("/{lang}/tickets/{number}/files/{message_id}/{file_id}")
def file(visit: Visit) -> Response:
    reader = readers.of_ticket(visit)
    if reader is None:
        return pages.sign_in_first(visit)
    return places.file(visit, _shared_thread(visit, reader.viewer).ticket, notes_too=False)


def _text_fault(text: str, missing: str) -> str:
    return "text-too-long" if len(text) > MAX_TEXT else "" if text else missing


def _told(received: Received) -> dict[str, Any]:
    return {"number": received.ticket.number, "message": received.message.id}


def _led_on(reader: Reader, number: int) -> list[str]:
    """Who came by a link and answered too late for its ticket reads on in the new one, which he opened."""
    ticket_id = None if number in reader.numbers else tickets.id_of(number)
    came_from = reader.came_from
    return readers.begin(reader.own.id, came_from.value, ticket_id) if came_from and ticket_id else []


def _own_thread(visit: Visit, viewer: Customer) -> Thread:
    """The thread with the number in the address. Raises NotFound also when it is somebody else's."""
    thread = places.thread(visit)
    if thread.ticket.customer_id not in viewer.all_ids:
        raise NotFound("There is no such ticket.")
    return thread


def _shared_thread(visit: Visit, viewer: Customer) -> Thread:
    """The same, also for who is in copy: the mails that he gets lead here, and he answers like the customer."""
    thread = places.thread(visit)
    _shared(thread.ticket, viewer)
    return thread


def _shared(ticket: Ticket, viewer: Customer) -> Ticket:
    """The ticket, for its customer and those in copy. Raises NotFound for anybody else."""
    in_copy = any(viewer.has_proven("email", address) for address in ticket.cc)
    if not (in_copy or ticket.customer_id in viewer.all_ids):
        raise NotFound("There is no such ticket.")
    return ticket


def _way_for(reader: Reader, ticket: Ticket) -> Way | None:
    """The same; who came by a link learns of no other contact than the one it was sent to."""
    way = answers.way(ticket, reader.viewer)
    return way if way and reader.came_from in (None, way.contact) else None


def _thread_page(
    visit: Visit,
    reader: Reader,
    newest: Thread,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    ticket, before = newest.ticket, visit.query.get("before")
    shown = tickets.older(ticket, before) if before else newest
    here = f"/{pages.language(visit)}/tickets/{ticket.number}"
    return pages.show(
        visit,
        "ticket",
        None if reader.came_from else reader.viewer,
        area="tickets",
        status=422 if errors else 200,
        ticket=ticket,
        own_ids=reader.viewer.all_ids,
        by_link=reader.came_from is not None,
        messages=messages.all_whole([one for one in shown.messages if one.is_public and not one.unknown_sender]),
        files=f"{here}/files",
        bare_call=call_words.is_only,
        older=f"{here}?before={shown.before}" if shown.before else None,
        answer_way=_way_for(reader, ticket),
        takes_replies=life.takes_replies(ticket, clock.now(), shop.read().rules),
        typed=typed or {},
        errors=errors or {},
    )
