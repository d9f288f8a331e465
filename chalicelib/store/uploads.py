"""Files that were announced and are uploaded past us, straight into S3; a message then names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib import clock
from chalicelib.domain.message import Attachment
from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import UploadRow

# So long a message may name the file, and a job.
KEPT = timedelta(hours=24)
IMPORT_KEPT = timedelta(days=7)
# Emptied by the bucket's lifecycle; what a message names is copied out of there.
IMPORTS = "imports/"
WAITING = "uploads/"


@dataclass(frozen=True)
class Upload:
    """`owner_id` is the key that announced it: another one cannot attach it."""

    attachment: Attachment
    owner_id: str

    @property
    def is_import(self) -> bool:
        """Whether it is there to be imported, and no message may name it."""
        return self.attachment.key.startswith(IMPORTS)


def folder(ticket_id: str) -> str:
    """Where files wait that browsers without a script send for a ticket that is there already."""
    return f"{WAITING}{ticket_id}/"


def add(change: Changes, upload: Upload) -> None:
    told = upload.attachment.as_dict()
    row = UploadRow(keys.upload(upload.attachment.id), attachment=told, owner_id=upload.owner_id)
    row.expires_at = int((clock.now() + (IMPORT_KEPT if upload.is_import else KEPT)).timestamp())
    change.add(row)


def get_all(attachment_ids: Sequence[str]) -> dict[str, Upload]:
    """The announced files of those ids, by id."""
    found = rows.batch([keys.upload(id) for id in attachment_ids])
    listed = [row for row in found.values() if isinstance(row, UploadRow)]
    return {row.attachment["id"]: Upload(Attachment(**row.attachment), row.owner_id) for row in listed}
