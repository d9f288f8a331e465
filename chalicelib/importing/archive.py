"""The file that was uploaded, as the members it holds: a zip or a tar of several, or the one file itself.

Members are streamed and never unpacked onto a disk under their own names, so a path in an archive can do no harm.
"""

import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from typing import IO

from chalicelib.errors import Invalid
from chalicelib.importing.refusal import refuse

# What a Lambda function has room for under /tmp (512 MB), and reads anew in some seconds at every step.
MAX_UNPACKED = 400 * 1024 * 1024
# The biggest single thing taken into memory: SES takes mails of 40 MB, Zendesk files of 50 MB.
MAX_MEMBER = 64 * 1024 * 1024

# A tar has no list of its members, so all of it is looked through at every step.
MAX_TAR = 400 * 1024 * 1024
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


class Archive:
    """`names` are its members; a file that is no archive is its own one member, called `name`."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = _plain(file)
        self._zip, self._tar = _opened(self._file)
        self._name = name
        self._unpacked: dict[str, IO[bytes]] = {}
        self._members = self._listed()

    @property
    def is_single(self) -> bool:
        return self._zip is None and self._tar is None

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def size(self, name: str) -> int:
        return self._members[name]

    def open(self, name: str) -> IO[bytes]:
        """The member as a stream. It can be read at any place, at little cost only where the file is no archive.

        Raises:
            Invalid: it is damaged or behind a password; if only further in, then when it is read there.
        """
        if self.is_single:
            return self._opened(name)
        try:
            return io.BufferedReader(_Member(self._opened(name), name), 64 * 1024)
        except _DAMAGE as error:
            raise _damaged(name, error) from error

    def open_anywhere(self, name: str) -> IO[bytes]:
        """The same for one that is read at many places: unpacked first, if need be.

        Raises:
            Invalid: it has more than 400 MB and lies in an archive.
        """
        if self.is_single or self._tar:
            return self.open(name)
        if name not in self._unpacked:
            with self.open(name) as packed:
                self._unpacked[name] = _unpacked(packed)
        return _Kept(self._unpacked[name])  # type: ignore[return-value]

    def read(self, name: str) -> bytes | None:
        """The whole member; None when there is none, or it is bigger than 64 MB."""
        if self._members.get(name, MAX_MEMBER + 1) > MAX_MEMBER:
            return None
        with self.open(name) as stream:
            return stream.read(MAX_MEMBER)

    def _opened(self, name: str) -> IO[bytes]:
        if self._zip:
            return self._zip.open(name)
        if self._tar:
            found = self._tar.extractfile(name)
            assert found  # only regular files are listed
            return found
        self._file.seek(0)
        return _Kept(self._file)  # type: ignore[return-value]

    def _listed(self) -> dict[str, int]:
        if self._zip:
            return {i.filename: i.file_size for i in self._zip.infolist() if not i.is_dir() and _is_wanted(i.filename)}
        if self._tar:
            return {i.name: i.size for i in self._tar if i.isreg() and _is_wanted(i.name)}
        self._file.seek(0, 2)
        return {self._name: self._file.tell()}


class _Member(io.RawIOBase):
    """A member that says by its name that it is damaged, wherever that shows."""

    def __init__(self, packed: IO[bytes], name: str) -> None:
        super().__init__()
        self._packed, self._name = packed, name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._packed.seekable()

    def tell(self) -> int:
        return self._packed.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        try:
            return self._packed.seek(offset, whence)
        except _DAMAGE as error:
            raise _damaged(self._name, error) from error

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            found = self._packed.read(len(buffer))
        except _DAMAGE as error:
            raise _damaged(self._name, error) from error
        buffer[: len(found)] = found
        return len(found)


class _Kept:
    """The file itself, which stays open for the next reader."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        for name in ("read", "readline", "seek", "tell", "seekable", "readable"):
            setattr(self, name, getattr(file, name))

    def __enter__(self) -> IO[bytes]:
        return self._file

    def __exit__(self, *_: object) -> None:
        pass


def _damaged(name: str, error: Exception) -> Invalid:
    return refuse(f"“{name}” in the archive is damaged or locked: {error}.")


def _is_wanted(name: str) -> bool:
    """Whether it is not what a Mac puts beside each file."""
    return "__MACOSX/" not in name and not name.rpartition("/")[2].startswith("._")


def _opened(file: IO[bytes]) -> tuple[zipfile.ZipFile | None, tarfile.TarFile | None]:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    try:
        if head.startswith(_ZIP):
            return zipfile.ZipFile(file), None
        if head[257:262] == b"ustar":
            if size > MAX_TAR:
                raise refuse("The tar has more than 400 MB. Upload a zip, which may have 5 GB.")
            return None, tarfile.open(fileobj=file, mode="r:")
    except (zipfile.BadZipFile, tarfile.TarError) as error:
        raise refuse(f"The archive cannot be opened: {error}.") from error
    return None, None


def _plain(file: IO[bytes]) -> IO[bytes]:
    """The file without its gzip, which could not be read at any place."""
    file.seek(0)
    if file.read(2) != _GZIP:
        return file
    file.seek(0)
    try:
        with gzip.GzipFile(fileobj=file) as packed:
            return _unpacked(packed)  # type: ignore[arg-type]
    except (OSError, EOFError) as error:
        raise refuse(f"Its gzip is damaged: {error}.") from error


def _unpacked(packed: IO[bytes]) -> IO[bytes]:
    """The whole stream in a temporary file without a name, which ends with the process."""
    plain, size = tempfile.TemporaryFile(), 0  # noqa: SIM115 - it is read for as long as the archive is
    while block := packed.read(1024 * 1024):
        size += len(block)
        if size > MAX_UNPACKED:
            raise refuse("Unpacked it has more than 400 MB. Upload the file itself, neither zipped nor gzipped.")
        plain.write(block)
    plain.seek(0)
    return plain
