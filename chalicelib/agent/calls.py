"""A phone call that an agent writes down: in a ticket, or from a customer's page in one of his tickets or a new one."""

import re
from collections.abc import Callable
from typing import Any

from chalice import Response

from chalicelib.actions import send_reply
from chalicelib.actions.send_reply import Opening, Reply, Sent
from chalicelib.agent import customer_page, pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.ticket import here, page
from chalicelib.channels import call_words
from chalicelib.domain import call as calls
from chalicelib.domain.call import CHANNEL, Call
from chalicelib.domain.customer import Customer
from chalicelib.domain.message import MAX_TEXT
from chalicelib.domain.ticket import MAX_SUBJECT, Ticket
from chalicelib.errors import Conflict, Invalid, NotFound
from chalicelib.store import tickets
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once

doors = Doors(pages.refuse)

# Minutes, or minutes and seconds, in whichever digits.
_LENGTH = re.compile(r"(\d{1,4})(?::([0-5٠-٥۰-۵]\d))?")
_REFUSALS = ("ticket-merged", "ticket-erased", "text-too-long", "subject-too-long", "call-length", "call-seconds")


@doors.post("/agent/tickets/{number}/calls")
@for_agents
def in_ticket(desk: Desk) -> Response:
    thread = places.thread(desk.visit)
    try:
        _written(desk, lambda wanted, keyed: send_reply.reply(thread.ticket.id, desk.agent, wanted, keyed))
    except (Invalid, Conflict) as error:
        return page(desk, places.thread(desk.visit), error.status, errors={"call": _code(error)}, typed=_typed(desk))
    return answer.redirect(desk.visit, f"{here(thread.ticket)}?done=call#write")


@doors.post("/agent/customers/{id}/calls")
@for_agents
def of_customer(desk: Desk) -> Response:
    customer = customer_page.standing_for(customer_page.named(desk))
    number = desk.visit.line("ticket")
    ticket = _ticket_of(customer, number) if number else None
    try:
        made = _written(desk, lambda wanted, keyed: _in_or_anew(desk, customer, ticket, wanted, keyed))
    except (Invalid, Conflict) as error:
        return customer_page.show(desk, customer, error.status, errors={"call": _code(error)}, typed=_typed(desk))
    return answer.redirect(desk.visit, f"/agent/tickets/{made['number']}?done=call#write")


def _written(desk: Desk, write: Callable[[Reply, Any], Sent]) -> dict[str, Any]:
    wanted = _wanted(desk)
    return Once(desk.visit, "call").do(lambda keyed: _told(write(wanted, keyed)), _told)


def _wanted(desk: Desk) -> Reply:
    text = desk.visit.text("text")
    if len(text) > MAX_TEXT:
        raise Invalid("The text is too long.", code="text-too-long")
    visibility = "internal" if desk.visit.line("inside") else "public"
    return Reply(text, visibility, CHANNEL, call=_call(desk))


def _call(desk: Desk) -> Call:
    """The call as the form tells it. Raises Invalid: one that cannot have happened so."""
    direction, _, outcome = desk.visit.line("call").partition("-")
    call = Call(direction, outcome, _seconds(desk.visit.line("length")))
    fault = calls.fault(call)
    if fault:
        code = "call-length" if fault[1] == "out-of-range" else fault[1]
        raise Invalid("There was no such call.", code=code)
    return call


def _seconds(typed: str) -> int:
    length = _LENGTH.fullmatch(typed or "0")
    if length is None:
        raise Invalid("This is no length of a call.", code="call-length")
    return int(length[1]) * 60 + int(length[2] or 0)


def _ticket_of(customer: Customer, number: str) -> Ticket:
    ticket_id = tickets.id_of(int(number)) if number.isascii() and number.isdigit() else None
    found = tickets.get(ticket_id) if ticket_id else None
    if found is None or found.customer_id not in customer.all_ids:
        raise NotFound("This customer has no such ticket.")
    return found


def _in_or_anew(desk: Desk, customer: Customer, ticket: Ticket | None, wanted: Reply, keyed: Any) -> Sent:
    if ticket:
        return send_reply.reply(ticket.id, desk.agent, wanted, keyed)
    assert wanted.call
    subject = desk.visit.line("subject") or call_words.text(wanted.call, customer.locale or desk.lang)
    if len(subject) > MAX_SUBJECT:
        raise Invalid("The subject is too long.", code="subject-too-long")
    return send_reply.start(desk.agent, Opening(subject, wanted, {}, customer_id=customer.id), keyed)


def _typed(desk: Desk) -> dict[str, str]:
    names = ("call", "length", "inside", "ticket", "subject")
    return {f"call_{name}": desk.visit.line(name) for name in names} | {"call_text": desk.visit.text("text")}


def _code(error: Invalid | Conflict) -> str:
    return error.code if error.code in _REFUSALS else "no-call"


def _told(sent: Sent) -> dict[str, Any]:
    return {"number": sent.ticket.number}
