"""Mail that was kept out of the tickets: listed, read, released, deleted."""

from collections.abc import Callable

from chalicelib.actions import release_mail
from chalicelib.api import lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import suspended as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.errors import NotFound
from chalicelib.store import suspended
from chalicelib.store.intake import Intake
from chalicelib.store.suspended import Suspended

_REASONS = {
    "spam": ("It looks like spam.", "تبدو رسالة غير مرغوب فيها."),
    "virus": ("It holds a virus.", "تحتوي على فيروس."),
    "dmarc": ("Its sender is forged: his domain disowns it.", "مرسلها مزوّر: نطاقه يتبرأ منها."),
    "no-sender": ("It names no sender.", "لا تذكر مرسلًا."),
    "own-address": ("It comes from an address of our own.", "تأتي من عنوان من عناويننا."),
    "blocked-sender": ("Its sender is blocked.", "مرسلها محظور."),
    "unknown-bounce": (
        "It reports that a mail could not be delivered, but none that we sent.",
        "تبلّغ عن تعذر تسليم رسالة، لكنها ليست رسالة أرسلناها.",
    ),
}
_OTHERWISE = ("It was kept apart.", "حُجبت.")


@operation("List suspended mail", query=schemas.SuspendedQuery, gives=Page[schemas.SuspendedMail])
def index(call: Call, query: schemas.SuspendedQuery) -> Answer:
    """Newest first. Each is kept for 14 days."""
    found = suspended.page(query.limit, lists.place(call))
    return lists.page(call, [_shape(mail, call.locale) for mail in found.mails], found.after)


@operation("Read a suspended mail", gives=schemas.SuspendedMail, refuses=("suspended-not-found",))
def show(call: Call) -> Answer:
    """What it says of itself, and why it was suspended."""
    mail = suspended.get(call.id)
    if mail is None:
        raise NotFound(f"There is no suspended mail {call.id[:100]}.", code="suspended-not-found")
    return Answer(_shape(mail, call.locale))


@operation(
    "Release a suspended mail",
    gives=schemas.ReleasedMail,
    refuses=("suspended-not-found", "mail-without-sender"),
)
def release(call: Call) -> Answer:
    """Makes it a message: in the ticket it answers, or in a new one. A second release answers as the first."""
    answer = _released(call.id)
    return answer(release_mail.release(call.id, call.actor, call.keyed(answer)))


@operation("Delete a suspended mail", status=204, refuses=("suspended-not-found",))
def delete(call: Call) -> Answer:
    """The mail as it came is deleted too."""
    release_mail.delete(call.id)
    return Answer(status=204)


def _released(mail_id: str) -> Callable[[Intake], Answer]:
    def answer(outcome: Intake) -> Answer:
        ticket_id, message_id = outcome.ticket_id or "", outcome.message_id or ""
        return Answer(schemas.ReleasedMail(id=mail_id, ticket_id=ticket_id, message_id=message_id))

    return answer


def _shape(mail: Suspended, locale: str) -> schemas.SuspendedMail:
    return schemas.SuspendedMail(
        id=mail.id,
        from_=mail.sender,
        from_name=mail.sender_name,
        subject=mail.subject,
        reason=mail.reason,
        detail=_REASONS.get(mail.reason, _OTHERWISE)[locale == "ar"],
        received_at=mail.received_at,
        expires_at=mail.expires_at,
        size=mail.size,
    )
