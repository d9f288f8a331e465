"""Mail that was kept out of the tickets: listed, read, released, deleted."""

from collections.abc import Callable

from chalicelib.actions import release_mail
from chalicelib.api import lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import suspended as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain import suspension
from chalicelib.errors import NotFound
from chalicelib.store import suspended
from chalicelib.store.intake import Intake
from chalicelib.store.suspended import Suspended


@operation("List suspended mail", query=schemas.SuspendedQuery, gives=Page[schemas.SuspendedMail])
def index(call: Call, query: schemas.SuspendedQuery) -> Answer:
    """Newest first. Each is kept for 14 days."""
    found = suspended.page(query.limit, lists.place(call))
    return lists.page(call, [_shape(mail, call.locale) for mail in found.mails], found.after)


@operation("Read a suspended mail", gives=schemas.SuspendedMail, refuses=("suspended-not-found",))
def show(call: Call) -> Answer:
    """What it says of itself, and why it was suspended."""
    mail = suspended.get(_mail_id(call))
    if mail is None:
        raise _not_found(call)
    return Answer(_shape(mail, call.locale))


@operation(
    "Release a suspended mail",
    gives=schemas.ReleasedMail,
    refuses=("suspended-not-found", "mail-without-sender"),
)
def release(call: Call) -> Answer:
    """Makes it a message: in the ticket it answers, or in a new one. A second release answers as the first."""
    answer = _released(call.id)
    return answer(release_mail.release(_mail_id(call), call.actor, call.keyed(answer)))


@operation("Delete a suspended mail", status=204, refuses=("suspended-not-found",))
def delete(call: Call) -> Answer:
    """The mail as it came is deleted too."""
    release_mail.delete(_mail_id(call))
    return Answer(status=204)


def _mail_id(call: Call) -> str:
    found = suspension.mail_id_of(call.id)
    if found is None:
        raise _not_found(call)
    return found


def _not_found(call: Call) -> NotFound:
    return NotFound(f"There is no suspended mail {call.id[:100]}.", code="suspended-not-found")


def _released(suspended_id: str) -> Callable[[Intake], Answer]:
    def answer(outcome: Intake) -> Answer:
        ticket_id, message_id = outcome.ticket_id or "", outcome.message_id or ""
        return Answer(schemas.ReleasedMail(id=suspended_id, ticket_id=ticket_id, message_id=message_id))

    return answer


def _shape(mail: Suspended, locale: str) -> schemas.SuspendedMail:
    return schemas.SuspendedMail(
        id=suspension.id_of(mail.id),
        from_=mail.sender,
        from_name=mail.sender_name,
        subject=mail.subject,
        reason=mail.reason,
        detail=suspension.in_words(mail.reason, locale),
        received_at=mail.received_at,
        expires_at=mail.expires_at,
        size=mail.size,
    )
