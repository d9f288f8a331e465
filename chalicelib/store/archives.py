"""Zip archives, written piece by piece into a file of this process and then put into the files bucket."""

import zipfile
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any

from chalicelib import aws, settings

# So much stays in memory; a Lambda function has 512 MB of disk besides.
IN_MEMORY = 16 * 1024 * 1024


class Archive:
    """A new archive, stored when the block that uses it ends well."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._file: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115, it lives as long as the archive
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._names: set[str] = set()
        self.stored = 0

    @property
    def size(self) -> int:
        """Octets so far."""
        return int(self._file.tell())

    def holds(self, name: str) -> bool:
        """Whether a file of that name was added."""
        return name in self._names

    def add(self, name: str, pieces: Iterable[bytes], packed: bool = True) -> None:
        """A file of that name; what is compressed by itself (pictures, most attachments) is better not `packed`."""
        self._names.add(name)
        told = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        told.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        told.external_attr = 0o644 << 16
        with self._zip.open(told, "w") as entry:
            for piece in pieces:
                entry.write(piece)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()
        if kind is None:
            self.stored = self.size
            self._file.seek(0)
            place = {"Bucket": settings.files_bucket(), "Key": self._key}
            aws.client("s3").put_object(**place, Body=self._file, ContentType="application/zip")
        self._file.close()
