"""Zips a folder so that the same files always give the same octets: sorted names, one date, one mode."""

import hashlib
import zipfile
from collections import Counter
from pathlib import Path

_DATE = (1980, 1, 1, 0, 0, 0)
# Lambda runs the code as another user than the one that unpacks it.
_READABLE = 0o100644 << 16


def write(folder: Path, target: Path) -> None:
    """Zip all files under `folder` as `target`, which is replaced."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _READABLE
            archive.writestr(entry, files[name].read_bytes())


def sha256(archive: Path) -> str:
    """The hexadecimal SHA-256 of a file."""
    return hashlib.sha256(archive.read_bytes()).hexdigest()


def largest_parts(archive: Path, count: int) -> list[tuple[str, int, int]]:
    """The `count` largest top-level names in a zip: name, octets packed, octets unpacked; largest first."""
    packed: Counter[str] = Counter()
    unpacked: Counter[str] = Counter()
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            top = entry.filename.partition("/")[0]
            packed[top] += entry.compress_size
            unpacked[top] += entry.file_size
    return [(name, size, unpacked[name]) for name, size in packed.most_common(count)]
