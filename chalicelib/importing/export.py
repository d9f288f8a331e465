"""The octets that records of an export name: files of a Zendesk export, mails of a mailbox."""

from chalicelib.importing import mailbox
from chalicelib.importing.archive import Archive
from chalicelib.importing.records import File, Mail


class Export:
    """What lies in the uploaded file, brought when it is written and not kept: a thread may hold a gigabyte."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def content(self, file: File) -> bytes | None:
        """The octets of a file; None when they are not in the export, or more than 64 MB."""
        if file.content is not None:
            return file.content
        return self._archive.read(file.member) if file.member else None

    def mail(self, mail: Mail) -> bytes:
        """A mail, as it was sent."""
        return mailbox.raw(self._archive, mail)
