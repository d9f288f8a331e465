"""Announces a file that will be uploaded past us, straight into S3."""

from chalicelib import ids
from chalicelib.domain.message import Attachment
from chalicelib.store import changes, idempotency, uploads
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed
from chalicelib.store.uploads import Upload


def announce(
    name: str, content_type: str, size: int, owner_id: str, keyed: Keyed | None = None, is_import: bool = False
) -> Attachment:
    """The attachment to be: its id is what a message names, within a day, or an import job within a week.

    Raises:
        Replayed: the idempotency key was there before.
    """
    folder = uploads.IMPORTS if is_import else uploads.WAITING
    return changes.again(lambda: _announce(name, content_type, size, folder, owner_id, keyed))


def take_up(file: Attachment, owner_id: str) -> None:
    """Take a file that lies in the bucket already for one that he announced; twice is once."""
    changes.again(lambda: _take_up(file, owner_id), met=changes.Busy)


def _take_up(file: Attachment, owner_id: str) -> None:
    change = Changes()
    uploads.add(change, Upload(file, owner_id))
    change.took()


def _announce(name: str, content_type: str, size: int, folder: str, owner_id: str, keyed: Keyed | None) -> Attachment:
    attachment_id, change = ids.new("att"), Changes()
    attachment = Attachment(attachment_id, name, content_type, size, f"{folder}{attachment_id}")
    uploads.add(change, Upload(attachment, owner_id))
    idempotency.record(change, keyed, attachment)
    change.commit()
    return attachment
