"""A table (CSV) of tickets: a row a message, those of one ticket one below the other (columns: docs/importing.md).

Spreadsheets save as UTF-8, UTF-16 or, on Windows set to Arabic, as Windows-1256: what is not UTF-8 is read as that.
"""

import codecs
import csv
from collections.abc import Iterator
from functools import reduce
from itertools import groupby, islice
from typing import IO, Any

from chalicelib.importing import csv_tickets, plain
from chalicelib.importing.archive import Archive
from chalicelib.importing.csv_tickets import COLUMNS, FIELD, Row
from chalicelib.importing.records import Record, Skipped
from chalicelib.importing.refusal import refuse

# Each step reads the table from its beginning, some 10 MB a second.
MAX_TABLE = 100 * 1024 * 1024
MAX_ROWS = 5000
_DELIMITERS = (",", ";", "\t", "|")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 1024 * 1024
# A message of 65,536 characters, each written as six.
_MAX_FIELD = 500_000


class Reader:
    """The tickets of a table. A place is the count of rows read (its header not counted)."""

    def __init__(self, archive: Archive) -> None:
        if not archive.is_single:
            raise refuse("This is an archive: upload the table itself.")
        self._archive, self._name = archive, archive.names[0]
        if archive.size(self._name) > MAX_TABLE:
            raise refuse("The table has more than 100 MB: bring it in parts, each with the row that names the columns.")

    def records(self, place: list[int]) -> Iterator[tuple[list[int], Record]]:
        """The tickets from that place on ([0]: the first), each with the place behind it.

        Raises:
            Invalid: it is no table, or one without the columns that every ticket needs.
        """
        with self._archive.open(self._name) as stream:
            rows = (row for row in _rows(stream) if row[0] > place[0])
            for number, together in groupby(rows, key=_same):
                listed, last = _bounded(together)
                yield [last], _record(number, listed) if last == listed[-1][0] else _too_long(listed)


def _record(number: Any, rows: list[Row]) -> Record:
    if number is None:
        return Skipped(f"row {rows[0][0]}", "the row cannot be read: one of its cells is too long")
    return csv_tickets.ticket(rows)


def _bounded(together: Iterator[Row]) -> tuple[list[Row], int]:
    """The rows of one ticket as far as it may have any, and the count of its last."""
    listed = list(islice(together, MAX_ROWS))
    return listed, reduce(lambda _, row: row[0], together, listed[-1][0])


def _too_long(rows: list[Row]) -> Record:
    return Skipped(f"row {rows[0][0]}", f"the ticket has more than {MAX_ROWS} rows")


def _same(row: Row) -> Any:
    """What rows of one ticket have in common; rows without a number are a ticket each."""
    if not row[1]:
        return None
    return row[1].get("number") or row[1].get("external_id") or row[0]


def _rows(stream: IO[bytes]) -> Iterator[Row]:
    """The rows as columns by name, counted from 1; one that cannot be read has none."""
    encoding, skipped = _encoding(stream.read(_SAMPLE))
    stream.seek(skipped)
    csv.field_size_limit(_MAX_FIELD)
    lines = _lines(stream, encoding)
    header = next(lines, "")
    delimiter, names = _columns(header)
    table = csv.reader(lines, delimiter=delimiter, strict=False)
    count = 0
    while True:
        count += 1
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error:
            yield count, {}
            continue
        if any(cell.strip() for cell in cells):
            yield count, {name: plain.text(cell) for name, cell in zip(names, cells, strict=False) if name}


def _encoding(sample: bytes) -> tuple[str, int]:
    """The encoding, and how many octets at the start only say it."""
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return encoding, len(mark)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1256", 0
    return "utf-8", 0


def _lines(stream: IO[bytes], encoding: str) -> Iterator[str]:
    """Lines with their ends. (Python's own readers also end a line at U+2028 and other signs that are text here.)"""
    decode = codecs.getincrementaldecoder(encoding)("replace").decode
    rest = ""
    while block := stream.read(_SAMPLE):
        *lines, rest = (rest + decode(block)).split("\n")
        yield from (line + "\n" for line in lines)
    rest += decode(b"", final=True)
    if rest:
        yield rest


def _columns(header: str) -> tuple[str, list[str]]:
    """The delimiter by which most columns are known ones, and the names of the columns.

    Raises:
        Invalid: what every ticket needs is not there.
    """
    split = {mark: next(csv.reader([header], delimiter=mark), []) for mark in _DELIMITERS}
    named = {mark: [_named(cell) for cell in cells] for mark, cells in split.items()}
    delimiter = max(_DELIMITERS, key=lambda mark: len(set(named[mark]) & set(COLUMNS)))
    names = named[delimiter]
    missing = [name for name in ("created_at", "message") if name not in names]
    if not {"customer_email", "customer_phone", "customer_id"} & set(names):
        missing.append("customer_email")
    if missing:
        raise refuse(f"This is no table of tickets: its first row does not name {', '.join(missing)}.")
    return delimiter, [name if name in COLUMNS or name.startswith(FIELD) else "" for name in names]


def _named(cell: str) -> str:
    return "_".join(cell.strip().lower().replace("-", " ").split())
