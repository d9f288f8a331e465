"""What AWS End User Messaging Social publishes: WhatsApp messages from customers, and what became of ours.

One notice may hold many. Each is handled on its own; if one fails the notice comes again, and the others find their
work done.
"""

from typing import Any

from chalicelib import log
from chalicelib.actions.receive_whatsapp import receive_whatsapp
from chalicelib.actions.record_delivery import Report, record
from chalicelib.channels import whatsapp_in
from chalicelib.channels.whatsapp_in import Piece, WhatsAppStatus
from chalicelib.domain import whatsapp_errors

# The queue's maxReceiveCount (infra/data.yaml): after it a message is kept apart, so the last try takes what it can.
LAST_TRY = 5

# https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destinations-status.html
_STATES = {"sent": "sent", "delivered": "delivered", "read": "delivered", "failed": "failed"}


class Unhandled(Exception):
    """Some of what a notice tells could not be handled; it is to come again."""


def handle(notice: dict[str, Any], tries: int = 1) -> None:
    """Take in what the notice tells; `tries` is how often it came.

    Raises:
        Unhandled: not all of it could be.
    """
    pieces = list(whatsapp_in.pieces(notice))
    failed = [piece for piece in pieces if not _handled(piece, last_try=tries >= LAST_TRY)]
    if failed:
        raise Unhandled(f"{len(failed)} of {len(pieces)}")


def _handled(piece: Piece, last_try: bool) -> bool:
    try:
        _handle(piece, last_try)
    except Exception:  # one bad message must not lose those beside it; the notice comes again for its sake
        log.error("whatsapp.failed", kind=piece.kind, id=piece.id)
        return False
    return True


def _handle(piece: Piece, last_try: bool) -> None:
    if piece.kind == "messages":
        receive_whatsapp(whatsapp_in.message(piece), last_try)
    elif piece.kind == "statuses":
        _record(whatsapp_in.status(piece))
    else:  # of the account, not of a customer: a template's approval, a number's quality, trouble at Meta
        log.warning("whatsapp.account", kind=piece.kind, told=piece.told)


def _record(status: WhatsAppStatus) -> None:
    state = _STATES.get(status.status)
    if state is None:
        log.info("whatsapp.status_ignored", status=status.status)
        return
    failed = state == "failed"
    report = Report(
        state,
        provider_id=status.id,
        tag=status.tag,
        detail=status.detail if failed else None,
        reason=whatsapp_errors.reason(status.code) if failed else None,
        also=(status.sent_id,) if status.sent_id else (),
    )
    record(report)
