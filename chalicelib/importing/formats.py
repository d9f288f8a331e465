"""The formats that can be imported. A new one is a reader and a line here."""

from collections.abc import Callable, Iterator
from typing import Protocol

from chalicelib.importing import csv_file, mailbox, zendesk
from chalicelib.importing.archive import Archive
from chalicelib.importing.records import Record
from chalicelib.importing.refusal import refuse


class Reader(Protocol):
    """Gives the records of a file from a place on, each with the place behind it; a place is a list of numbers."""

    def records(self, place: list[int]) -> Iterator[tuple[list[int], Record]]: ...


READERS: dict[str, Callable[[Archive], Reader]] = {
    "zendesk": zendesk.Reader,
    "mbox": lambda archive: mailbox.Reader(archive, "mbox"),
    "eml": lambda archive: mailbox.Reader(archive, "eml"),
    "csv": csv_file.Reader,
}
START = [0, 0]


def reader(format: str, archive: Archive) -> Reader:
    """The reader of that format.

    Raises:
        Invalid: code `unreadable-import`, the file is none of that format, or nobody reads it.
    """
    if format not in READERS:
        raise refuse(f"There is no format “{format}”; it is one of {', '.join(READERS)}.")
    return READERS[format](archive)
