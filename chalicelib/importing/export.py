"""The octets that records of an export name: files of a Zendesk export, mails of a mailbox."""

from chalicelib.errors import Invalid
from chalicelib.importing import mailbox
from chalicelib.importing.archive import Archive
from chalicelib.importing.records import File, Mail


class Export:
    """What lies in the uploaded file, brought when it is written and not kept: a thread may hold a gigabyte."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def content(self, file: File) -> bytes | None:
        """The octets of a file; None when they are not in the export, damaged, or more than 64 MB."""
        if file.content is not None or file.member is None:
            return file.content
        try:
            return self._archive.read(file.member)
        except Invalid:
            return None

    def mail(self, mail: Mail) -> bytes:
        """A mail, as it was sent.

        Raises:
            Invalid: it is damaged.
        """
        return mailbox.raw(self._archive, mail)
