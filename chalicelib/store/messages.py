"""Messages. What is short stands in the row; what would swell a thread's query lies in one S3 object."""

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.domain import call
from chalicelib.domain.message import Attachment, Author, Message
from chalicelib.store import copied, file_versions, files, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import MessageRow

# A thread's query pays for every kilobyte it reads, shown or not.
INLINE_OCTETS = 8192
# What a message that came as a mail takes from it; the rest is what happened, and never changes.
DERIVED = ("text", "html", "quoted_text", "body_key", "attachments", "automatic", "problems")


def get(ticket_id: str, message_id: str) -> Message | None:
    """The whole message, with what lies in S3."""
    row = rows.get(MessageRow, keys.message(ticket_id, message_id))
    return whole(as_message(row)) if row else None


def get_all(places: Iterable[tuple[str, str]]) -> dict[str, Message]:
    """The whole messages of those tickets' and messages' ids, by their own; what is not there is not in it."""
    found = rows.batch([keys.message(ticket_id, id) for ticket_id, id in dict.fromkeys(places)])
    listed = all_whole([as_message(row) for row in found.values() if isinstance(row, MessageRow)])
    return {message.id: message for message in listed}


def add(change: Changes, message: Message, customer_id: str) -> None:
    """Write a message; a long one puts its text into S3 first (an object nobody points at does no harm).

    Who is in copy of it is found with its ticket: see `copied`. `customer_id` is in whose list of messages it stands,
    whatever becomes of the ticket: see `customer_messages`.
    """
    row = MessageRow(keys.message(message.ticket_id, message.id), **_attributes(message))
    row.index("customer", keys.customer_messages(customer_id, message.id))
    _place_body(row, message)
    copied.note(change, message.ticket_id, message.cc)
    change.add(row)


def replace_row(change: Changes, message: Message) -> None:
    """Write a message, whose text is short, over the one that stands there; no customer's list has it any more."""
    row = MessageRow(keys.message(message.ticket_id, message.id), **_attributes(message))
    _place_body(row, message)
    change.put(row, MessageRow.pk.exists())


def rewrite(message: Message) -> bool:
    """Write what is derived from the mail that the message came as, and nothing else; False if that was erased."""
    row = MessageRow(keys.message(message.ticket_id, message.id), **_attributes(message))
    _place_body(row, message)
    change = Changes()
    change.update(row, [_set(name, getattr(row, name)) for name in DERIVED], MessageRow.raw_key == message.raw_key)
    return change.took()


def leave_out(change: Changes, message: Message, addresses: Collection[str]) -> None:
    """Take addresses out of what was said and to whom; nothing else of the message is touched."""
    cc = [one for one in message.cc if one not in addresses]
    actions = [_set("cc", cc or None)]
    if message.contact in addresses:
        actions.append(_set("contact", None))
    change.update(MessageRow(keys.message(message.ticket_id, message.id)), actions, MessageRow.pk.exists())


def lengthen(change: Changes, message: Message) -> None:
    """Write a longer text of a message, which still stands in the row; the ticket's version must hold with it."""
    row = MessageRow(keys.message(message.ticket_id, message.id))
    change.update(row, [_set("text", message.text)], MessageRow.pk.exists())


def forget_files(message: Message) -> None:
    """Take away what a mail's message has in S3, beside the mail itself."""
    folder = f"attachments/mail/{(message.raw_key or '-').rpartition('/')[2]}/"
    file_versions.erase_files([folder, body_key(message)])


def _set(name: str, value: Any) -> Action:
    attribute = getattr(MessageRow, name)
    return attribute.remove() if value is None else attribute.set(value)


def as_message(row: MessageRow) -> Message:
    """The message in a row. `html` or `quoted_text` is `Elsewhere` when it lies in S3: see `whole`."""
    author = Author(**row.author)
    attached = tuple(Attachment(**a) for a in row.attachments or ())
    told = {"author": author, "attachments": attached, "text": row.text or "", "call": call.of(row.call)}
    found = rows.noun(Message, row, **told)
    return replace(found, html=Elsewhere(row.body_key), quoted_text=Elsewhere(row.body_key)) if row.body_key else found


class Elsewhere(str):
    """Stands for a text that lies in S3, under the key it holds."""


def is_elsewhere(message: Message) -> bool:
    return isinstance(message.html, Elsewhere)


def whole(message: Message) -> Message:
    """The message with its full texts, read from S3 when they are not in the row."""
    if not isinstance(message.html, Elsewhere):
        return message
    body = files.read_json(str(message.html))
    return replace(message, text=body["text"], html=body["html"], quoted_text=body["quoted_text"])


def all_whole(listed: list[Message]) -> list[Message]:
    """The same for many, at the same time."""
    if not any(is_elsewhere(m) for m in listed):
        return listed
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(whole, listed))


def _attributes(message: Message) -> dict[str, Any]:
    found = rows.attributes(message, "author", "attachments", "text", "html", "quoted_text", "call")
    flags = {name: True for name in ("automatic", "unknown_sender", "unverified_sender") if found.pop(name)}
    attached = [a.as_dict() for a in message.attachments]
    told = ({"attachments": attached} if attached else {}) | ({"call": message.call.as_dict()} if message.call else {})
    return found | flags | {"author": vars(message.author)} | told


def _place_body(row: MessageRow, message: Message) -> None:
    size = sum(len(text.encode()) for text in (message.text, message.html or "", message.quoted_text or ""))
    if size <= INLINE_OCTETS:
        row.text, row.html, row.quoted_text = message.text or None, message.html, message.quoted_text
        return
    row.body_key = body_key(message)
    body = {"text": message.text, "html": message.html, "quoted_text": message.quoted_text}
    files.put_json(row.body_key, body)
    row.text = message.text.encode()[:INLINE_OCTETS].decode(errors="ignore") or None


def body_key(message: Message) -> str:
    """Where its text lies in S3, if it is long."""
    return f"bodies/{message.ticket_id}/{message.id}.json"
