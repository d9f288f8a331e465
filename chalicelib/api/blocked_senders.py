"""Senders whose mail opens no ticket: it is kept with the suspended mail, as `blocked-sender`."""

from chalicelib import ids
from chalicelib.actions import change_blocked_sender
from chalicelib.api import lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import blocked_senders as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.blocked_sender import BlockedSender
from chalicelib.errors import NotFound
from chalicelib.store import blocked_senders


@operation(
    "Block a sender",
    body=schemas.NewBlockedSender,
    gives=schemas.BlockedSender,
    status=201,
    refuses=("invalid-sender", "own-sender"),
)
def create(call: Call, body: schemas.NewBlockedSender) -> Answer:
    """From now on his mail is suspended, his answers too. One who is blocked already stays as he is."""
    return _made(change_blocked_sender.block(body.value, call.actor, call.keyed(_made)))


@operation("List blocked senders", query=schemas.BlockedSenderQuery, gives=Page[schemas.BlockedSender])
def index(call: Call, query: schemas.BlockedSenderQuery) -> Answer:
    """Newest first."""
    found = blocked_senders.page(query.limit, lists.place(call))
    return lists.page(call, [_shape(one) for one in found.senders], found.after)


@operation("Unblock a sender", status=204, refuses=("blocked-sender-not-found",))
def delete(call: Call) -> Answer:
    """His mail is taken in again; what was suspended meanwhile stays so until it is released."""
    if not ids.is_id(call.id, "blk"):
        raise NotFound(f"There is no blocked sender {call.id[:100]}.", code="blocked-sender-not-found")
    change_blocked_sender.unblock(call.id)
    return Answer(status=204)


def _made(sender: BlockedSender) -> Answer:
    return Answer(_shape(sender), 201)


def _shape(noun: BlockedSender) -> schemas.BlockedSender:
    return schemas.BlockedSender(id=noun.id, value=noun.value, created_by=noun.created_by, created_at=noun.created_at)
