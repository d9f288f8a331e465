"""What an address names: the ticket with a number, a file in it. Whether the visitor may see it the door decides."""

from chalice import Response

from chalicelib.domain.message import Message
from chalicelib.domain.ticket import MAX_DIGITS, Ticket
from chalicelib.errors import NotFound
from chalicelib.store import files, tickets
from chalicelib.store.tickets import Thread
from chalicelib.web import answer
from chalicelib.web.visit import Visit


def thread(visit: Visit) -> Thread:
    """The ticket with the number in the address, and its newest messages. Raises NotFound."""
    number = visit.params["number"]
    known = number.isascii() and number.isdigit() and len(number) <= MAX_DIGITS
    ticket_id = tickets.id_of(int(number)) if known else None
    found = tickets.thread(ticket_id) if ticket_id else None
    if found is None:
        raise NotFound("There is no such ticket.")
    return found


def file(visit: Visit, ticket: Ticket, notes_too: bool) -> Response:
    """To the file in the address, which is one of a message of that ticket. Raises NotFound."""
    message = tickets.message_in(ticket, visit.params["message_id"])
    return file_of(visit, message if message and (message.is_public or notes_too) else None)


def file_of(visit: Visit, message: Message | None) -> Response:
    """To the file in the address, which is one of the message's. Raises NotFound."""
    attached = message.attachments if message else ()
    found = next((one for one in attached if one.id == visit.params["file_id"]), None)
    if found is None:
        raise NotFound("There is no such file.")
    return answer.redirect(visit, files.link(found.key, found.name, found.content_type))
