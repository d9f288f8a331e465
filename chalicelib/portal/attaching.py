"""Files for what customers write, signed in or not (`web/uploading`): their owner is the browser that announced them.

It is known by its mark, which no page shows. Without a script a file is a message of its own, once the ticket is there.
"""

from datetime import timedelta
from typing import Any

from chalice import Response

from chalicelib import signing
from chalicelib.actions import keep_uploads, receive_message
from chalicelib.actions.incoming import Hint, Incoming
from chalicelib.domain.message import Attachment
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import NotFound
from chalicelib.portal import asking_guard, pages
from chalicelib.store import allowances, changes, tickets
from chalicelib.store.allowances import Allowance
from chalicelib.store.idempotency import Keyed
from chalicelib.web import answer, uploading
from chalicelib.web.doors import Doors
from chalicelib.web.uploading import PlainForm
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

LIMITS = uploading.LIMITS
BY_BROWSER = Allowance("portal-upload", 60, timedelta(hours=1))
BY_NETWORK = Allowance("portal-upload-network", 600, timedelta(hours=1))


@doors.post("/{lang}/uploads")
def announce(visit: Visit) -> Response:
    """For the script: what is uploaded next, and the form that uploads exactly that."""
    counted = ((BY_BROWSER, visit.browser), (BY_NETWORK, asking_guard.network(visit)))
    lang = pages.language(visit)
    return uploading.announced(
        visit, owner(visit), lang, lambda: all(allowances.take(allowance, of) for allowance, of in counted)
    )


@doors.get("/{lang}/uploads/arrived")
def arrived(visit: Visit) -> Response:
    """S3 leads here after a form without a script: the file becomes a message of the ticket, once."""
    came = uploading.arrived(visit, owner(visit))
    file = keep_uploads.keep([came.file])[0]
    if file is not None:
        _attach(came.ticket_id, file)
    wrong = uploading.words(came.wrong or "lost", pages.language(visit))
    return answer.redirect(
        visit, came.back, [answer.flash("arrived", {"name": file.name} if file else {"error": wrong})]
    )


def owner(visit: Visit) -> str:
    """By what name the uploads of this browser are known."""
    return f"browser:{signing.digest('uploads', visit.browser, 16).hex()}"


def listed(visit: Visit, attachment_ids: str) -> list[Attachment]:
    """Of those files the ones that this browser announced: for a form that is shown again."""
    return uploading.listed(owner(visit), attachment_ids)


def named(visit: Visit, attachment_ids: str, keep: bool = True) -> tuple[Attachment, ...]:
    """As `uploading.named`, for files that this browser announced."""
    return uploading.named(owner(visit), attachment_ids, keep)


def plain_form(visit: Visit, ticket: Ticket, back: str = "") -> PlainForm:
    """The form by which a browser without a script adds a file to the ticket, and then comes `back` (a path of ours,
    this page if it is not given).
    """
    door = f"/{pages.language(visit)}/uploads/arrived"
    return uploading.plain_form(owner(visit), ticket, door, back or visit.path)


def _attach(ticket_id: str, file: Attachment) -> None:
    """Write it into the ticket as its customer: he opened it, or answers in it, in this browser."""
    opened = tickets.get(ticket_id)
    if opened is None:
        raise NotFound("There is no such ticket.")
    ticket = tickets.survivor(opened)
    incoming = Incoming(
        "portal",
        file.name,
        customer_id=ticket.customer_id,
        attachments=(file,),
        hints=(Hint(ticket.id, "portal", proven=True),),
    )
    try:
        receive_message.receive(incoming, Keyed(f"upload#{file.id}", file.id, _done))
    except changes.Replayed:  # the page was loaded again
        return


def _done(*_: object) -> dict[str, Any]:
    return {}
