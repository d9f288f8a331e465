"""Writes over what a ticket's partition says of a customer, row by row, and takes away what leads to it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from chalicelib import clock
from chalicelib.domain import erasure
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.message import Message
from chalicelib.store import (
    blocked_senders,
    changes,
    deliveries,
    file_versions,
    keys,
    messages,
    received_ids,
    rows,
    sign_ins,
    uploads,
    whatsapp_sessions,
)
from chalicelib.store.changes import Changes
from chalicelib.store.table import (
    DeliveryRow,
    ErasureRow,
    EventRow,
    FurtherMailRow,
    MessageRow,
    PointerRow,
    RatingRow,
    Row,
    UploadRow,
)

# Of a transaction's 100 rows.
_MOST_DELETES = 90


def walk(ticket_id: str, locale: str, after: str = "") -> Iterator[str]:
    """Erase the rows of a ticket's partition behind the sort key `after`, one by one; yields each one's sort key."""
    changes.connection()
    pk, last = keys.ticket(ticket_id)
    for row in Row.query(pk, Row.sk.between(after + "!" if after else " ", last), consistent_read=True):
        _erase(row, locale)
        yield row.sk


def leave_out(ticket_id: str, address: str) -> None:
    """Take the address out of all that was said in the ticket, and of the sendings; what was said stays."""
    changes.connection()
    pk, _ = keys.ticket(ticket_id)
    for row in Row.query(pk, Row.sk.between("MESSAGE#", "MESSAGE$"), consistent_read=True):
        change = Changes()
        if isinstance(row, MessageRow):
            message = messages.as_message(row)
            if address in (*message.cc, message.contact):
                messages.leave_out(change, message, (address,))
        elif isinstance(row, DeliveryRow):
            old = deliveries.as_delivery(row)
            new = erasure.delivery_without(old, address, clock.now())
            if new != old:
                deliveries.replace_row(change, new)
        if len(change):
            change.commit()


def erase_message(ticket_id: str, message_id: str, locale: str) -> None:
    """Erase one message of a ticket whose others stay."""
    row = rows.get(MessageRow, keys.message(ticket_id, message_id))
    if row:
        old = messages.as_message(row)
        _erase_message(old, locale)
        file_versions.erase_files([messages.body_key(old)])


def name_job(change: Changes, customer_id: str, job_id: str) -> None:
    """Keep which job erases the customer, for whoever asks for it again."""
    change.put(ErasureRow(keys.erasure(customer_id), job_id=job_id))


def job_of(customer_id: str) -> str | None:
    """The id of the job that erases (or has erased) the customer."""
    row = rows.get(ErasureRow, keys.erasure(customer_id))
    return row.job_id if row else None


def forget_mail(raw_key: str) -> None:
    """Take away a raw mail, with the files that were taken out of it."""
    file_versions.erase_files([_folder(raw_key)])
    file_versions.erase_mails([raw_key])


def forget_forms(folders: list[str]) -> None:
    """Empty the folders of what was typed into forms and held, even of a mail that no row came to name."""
    file_versions.erase_mails(folders)


def forget_files_of(ticket_id: str) -> None:
    """Take away the texts of a ticket that lie in S3, and what was put up for it."""
    file_versions.erase_files([f"bodies/{ticket_id}/", uploads.folder(ticket_id)])


def forget_contact(change: Changes, type: str, value: str) -> bool:
    """Take away what is kept under a contact, beside whose it is; False while there may be more of it."""
    change.delete(PointerRow(keys.automatic_answer(value)))
    if type != "email":  # who hides his number has a thread under the name that he goes by
        change.delete(PointerRow(keys.phone_thread(value)))
    if type == "phone":
        whatsapp_sessions.forget(change, value)
    blocked = blocked_senders.by_value(value) if type == "email" else None
    if blocked:
        blocked_senders.delete(change, blocked)
    return sign_ins.forget(change, value)


def _erase(row: Row, locale: str) -> None:
    if isinstance(row, MessageRow):
        _erase_message(messages.as_message(row), locale)
    elif isinstance(row, DeliveryRow):
        _erase_delivery(deliveries.as_delivery(row), clock.now())
    elif isinstance(row, FurtherMailRow):
        forget_mail(row.raw_key)
        _delete([row])
    elif isinstance(row, RatingRow):
        row.update(actions=[RatingRow.words.remove()])
    elif isinstance(row, EventRow) and row.changes:
        told = erasure.told(row.changes)
        if told != row.changes:
            row.update(actions=[EventRow.changes.set(told)])


def _erase_message(old: Message, locale: str) -> None:
    """Files first: once the row is written over, nobody knows their keys any more."""
    new = erasure.message(old, locale)
    if new == old:
        return
    file_versions.erase_files(_files_of(old))
    file_versions.erase_mails([old.raw_key] if old.raw_key else [])
    _delete([UploadRow(keys.upload(one.id)) for one in old.attachments])
    change = Changes()
    messages.replace_row(change, new)
    if old.email_id:
        received_ids.forget(change, old.email_id, old.contact or "", old.id)
    change.commit()


def _files_of(old: Message) -> list[str]:
    """The attachments, as they were uploaded too, and of a mail all that it left in the bucket."""
    folder = _folder(old.raw_key) if old.raw_key else "-"
    found = [one.key for one in old.attachments if not one.key.startswith(folder)]
    uploaded = [f"{uploads.WAITING}{one.id}" for one in old.attachments]
    return [*found, *uploaded, folder] if old.raw_key else [*found, *uploaded]


def _folder(raw_key: str) -> str:
    return f"attachments/mail/{raw_key.rpartition('/')[2]}/"


def _erase_delivery(old: Delivery, now: datetime) -> None:
    change = Changes()
    deliveries.replace_row(change, erasure.delivery(old, now))
    if old.provider_id:
        change.delete(PointerRow(keys.email_id(f"provider:{old.provider_id}")))
    if old.contact_type == "phone":
        _forget_thread(change, old)
    change.commit()


def _forget_thread(change: Changes, old: Delivery) -> None:
    """Take away that answers from the number lead to this ticket; it may lead to a later one, of somebody new."""
    key = keys.phone_thread(old.to)
    thread = rows.get(PointerRow, key)
    if thread and thread.ticket_id == old.ticket_id:
        change.delete(PointerRow(key), PointerRow.ticket_id == old.ticket_id)


def _delete(listed: Sequence[Row]) -> None:
    waiting = iter(listed)
    while piece := list(islice(waiting, _MOST_DELETES)):
        change = Changes()
        for row in piece:
            change.delete(row)
        change.commit()
