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


def _announce(name: str, content_type: str, size: int, folder: str, owner_id: str, keyed: Keyed | None) -> Attachment:
    attachment_id, change = ids.new("att"), Changes()
    attachment = Attachment(attachment_id, name, content_type, size, f"{folder}{attachment_id}")
    uploads.add(change, Upload(attachment, owner_id))
    idempotency.record(change, keyed, attachment)
    change.commit()
    return attachment
