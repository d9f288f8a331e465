"""Takes out of compiled libraries what only a debugger reads: the names of their functions are a third of tantivy's.

Not by `strip`: that of a machine with another processor does not know our libraries, and a fresh clone may have none.
"""

from pathlib import Path
from struct import Struct

# The header and an entry of the program headers in a 64-bit little-endian ELF file, as both of Lambda's processors
# have it: gabi, "ELF Header", "Program Header".
_HEADER = Struct("<16sHHIQQQIHHHHHH")
_SEGMENT = Struct("<IIQQQQQQ")
_OURS = b"\x7fELF\x02\x01"


def strip_all(code: Path) -> None:
    """Strip every shared library under `code`."""
    for library in sorted(code.rglob("*.so")):
        library.write_bytes(stripped(library.read_bytes()))


def stripped(library: bytes) -> bytes:
    """The library up to the end of its last segment: a loader reads segments, and sections are for linkers.

    Raises:
        ValueError: it is no 64-bit little-endian ELF file.
    """
    if not library.startswith(_OURS):
        raise ValueError("not a library for Lambda")
    told = list(_HEADER.unpack_from(library))
    first, count = told[5], told[10]
    segments = [_SEGMENT.unpack_from(library, first + number * _SEGMENT.size) for number in range(count)]
    end = max(offset + size for _, _, offset, _, _, size, _, _ in segments)
    # Where its sections begin, how many there are, and which of them holds their names.
    told[6] = told[12] = told[13] = 0
    return _HEADER.pack(*told) + library[_HEADER.size : end]
