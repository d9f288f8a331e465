"""A customer answers in a ticket. What he wrote is never lost, and never stands there twice.

Who was signed out while he wrote gets his words back with a way to sign in beside them. Who goes back and sends the
same once more has sent it already: a page that is shown anew has a new name, so the words themselves are looked at.
"""

from datetime import timedelta
from typing import Any

from chalice import Response

from chalicelib import clock
from chalicelib.actions import receive_message
from chalicelib.actions.incoming import Hint, Incoming, Received
from chalicelib.domain.message import MAX_TEXT, Attachment, Message
from chalicelib.errors import Invalid
from chalicelib.portal import access, attaching, pages, readers, tickets
from chalicelib.portal.readers import Reader
from chalicelib.store import tickets as stored
from chalicelib.store.tickets import Thread
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

# The same words, with nothing said since, are the same reply for that long.
SAME_WITHIN = timedelta(hours=1)


@doors.post("/{lang}/tickets/{number}")
def reply(visit: Visit) -> Response:
    reader, text = readers.of_ticket(visit), visit.text("text")
    if reader is None:
        return _kept(visit, text) if text else pages.sign_in_first(visit)
    thread = access.shared_thread(visit, reader.viewer)
    files, wrong = _brought(visit, text)
    if wrong:
        typed = {"text": text, "files": visit.line("files")}
        return tickets.page(visit, reader, access.seen(visit, reader.viewer), typed, wrong)
    said = None if files else _said_before(thread, reader, text)
    if said:
        return _to(visit, thread.ticket.number, said.id)
    made = _send(visit, reader, thread, text, files)
    return _to(visit, made["number"], made["message"], _led_on(reader, made["number"]))


def _send(visit: Visit, reader: Reader, thread: Thread, text: str, files: tuple[Attachment, ...]) -> dict[str, Any]:
    ticket = access.shared(stored.survivor(thread.ticket), reader.viewer)
    words = text or "\n".join(one.name for one in files)
    hints = (Hint(ticket.id, "portal", proven=True),)
    incoming = Incoming("portal", words, customer_id=reader.own.id, attachments=files, hints=hints)
    return Once(visit, "reply").do(lambda keyed: _told(receive_message.receive(incoming, keyed)), _told)


def _brought(visit: Visit, text: str) -> tuple[tuple[Attachment, ...], dict[str, str]]:
    """The files of a reply, and what is wrong with it."""
    if not visit.is_ours:
        return (), {"text": "form-expired"}
    if len(text) > MAX_TEXT:
        return (), {"text": "text-too-long"}
    try:
        files = attaching.named(visit, visit.line("files"))
    except Invalid as error:
        return (), {"files": error.code}
    return files, {} if text or files else {"text": "reply-missing"}


def _said_before(thread: Thread, reader: Reader, text: str) -> Message | None:
    """The newest message, where it is the very same one of the same writer."""
    public = [one for one in thread.messages if one.is_public]
    last = public[-1] if public else None
    if last is None or (last.channel, last.author.id, last.text) != ("portal", reader.own.id, text):
        return None
    return last if clock.now() - last.created_at <= SAME_WITHIN else None


def _kept(visit: Visit, text: str) -> Response:
    """His words, which are stored nowhere: the page holds them until he has signed in beside it."""
    number = visit.params["number"]
    return pages.show(visit, "reply_kept", None, area="tickets", status=403, ticket_number=number, text=text)


def _to(visit: Visit, number: int, message_id: str, set_cookies: list[str] | None = None) -> Response:
    return answer.redirect(visit, f"/{pages.language(visit)}/tickets/{number}#{message_id}", set_cookies or ())


def _told(received: Received) -> dict[str, Any]:
    return {"number": received.ticket.number, "message": received.message.id}


def _led_on(reader: Reader, number: int) -> list[str]:
    """Who came by a link and answered too late for its ticket reads on in the new one, which he opened."""
    ticket_id = None if number in reader.numbers else stored.id_of(number)
    came_from = reader.came_from
    return readers.begin(reader.own.id, came_from.value, ticket_id) if came_from and ticket_id else []
