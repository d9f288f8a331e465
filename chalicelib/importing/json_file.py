"""The objects of a JSON file one by one, however many: a line each (what Zendesk exports), one document that holds a
list of them (what its API answers), or such a document a line.

An object of a line that is no JSON is passed over by name; in one document nothing can be found behind the damage.
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

# One ticket with 5,000 comments (Zendesk's limit) of 64 KB would be longer, and is not read: it takes ten times as much
# memory.
MAX_LINE = 16 * 1024 * 1024
LISTS = (
    "tickets", "users", "organizations", "groups", "categories", "sections", "articles", "translations",
    "user_segments", "ticket_fields", "results",
)  # fmt: skip
_LIST = re.compile(rf'"({"|".join(LISTS)})"\s*:\s*\[')
_BLOCK = 1024 * 1024
_GAPS = " \t\r\n,"


@dataclass(frozen=True)
class Found:
    """One object, or why there is none; `where` is its line, or its count in the document."""

    where: str
    value: dict[str, Any] | None = None
    reason: str = ""


def objects(stream: IO[bytes]) -> Iterator[Found]:
    """All objects in the file, in order."""
    first, second = stream.readline(MAX_LINE).removeprefix(codecs.BOM_UTF8), stream.readline(MAX_LINE)
    if _parsed(first) is not None or (first.startswith(b"{") and isinstance(_parsed(second), dict)):
        yield from _by_line(chain((first, second), _lines(stream)))
    else:
        yield from _Document(first + second, stream).objects()


def _by_line(lines: Iterable[bytes]) -> Iterator[Found]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield from _of_line(line, f"line {number}")


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(MAX_LINE):
        yield line
        if not line.endswith(b"\n"):
            _skip_line(stream)


def _of_line(line: bytes, where: str) -> Iterator[Found]:
    value = _parsed(line)
    if value is None:
        yield Found(where, reason="it is too long" if len(line) >= MAX_LINE else "it is no JSON")
        return
    listed = _listed(value)
    if listed is None:
        yield _found(value, where)
    else:
        yield from (_found(one, f"{where}, {at}") for at, one in enumerate(listed, start=1))


def _listed(value: Any) -> list[Any] | None:
    """The list in an answer of the API; None when the value is an object itself."""
    if isinstance(value, list):
        return value
    names = [name for name in LISTS if isinstance(value, dict) and isinstance(value.get(name), list)]
    return value[names[0]] if names and "id" not in value else None


def _found(value: Any, where: str) -> Found:
    return Found(where, value) if isinstance(value, dict) else Found(where, reason="it is no object")


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


class _Document:
    """One document over many lines, read by the block."""

    def __init__(self, first: bytes, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._text = self._decode(first)
        self._at = 0
        self._ended = False

    def objects(self) -> Iterator[Found]:
        self._enter_list()
        count = 1
        while self._reach():
            where = f"record {count}"
            try:
                value, self._at = self._next()
            except (ValueError, RecursionError):
                yield Found(where, reason="it is no JSON, and nothing behind it can be read")
                return
            yield _found(value, where)
            count += 1

    def _enter_list(self) -> None:
        """Go to the first object of the list; of objects one behind the other, that is the very start."""
        self._read()
        text = self._text.lstrip()
        found = _LIST.search(self._text, 0, _BLOCK)
        if text.startswith("["):
            self._at = self._text.index("[") + 1
        elif found:
            self._at = found.end()

    def _reach(self) -> bool:
        """Go over what stands between two objects; False at the end of the list."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _GAPS:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at] != "]"
            if not self._read():
                return False

    def _next(self) -> tuple[Any, int]:
        decoder = json.JSONDecoder()
        while True:
            try:
                return decoder.raw_decode(self._text, self._at)
            except ValueError:
                if len(self._text) > MAX_LINE or not self._read():
                    raise

    def _read(self) -> bool:
        """Read on, as much again as is waiting, so that a long object is not tried too often."""
        if self._ended:
            return False
        block = self._stream.read(max(_BLOCK, len(self._text) - self._at))
        self._ended = not block
        self._text = self._text[self._at :] + self._decode(block, final=self._ended)
        self._at = 0
        return not self._ended
