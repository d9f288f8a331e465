"""A folder as bytes and back: how an index travels to S3 and out again."""

import io
import tarfile
from pathlib import Path

# Locks and tantivy's list of files it may delete mean something only to the writer that made them.
_LEFT_OUT = {".tantivy-writer.lock", ".tantivy-meta.lock"}

# Most of an index is compressed already: level 1 is within a few percent of level 9 at a tenth of its time.
_LEVEL = 1


def pack(folder: Path) -> bytes:
    """`folder` as a gzipped tar."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=_LEVEL) as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in _LEFT_OUT:
                tar.add(path, arcname=str(path.relative_to(folder)), recursive=False)
    return packed.getvalue()


def unpack(packed: bytes, folder: Path) -> None:
    """Write what `pack` made into `folder`, which must exist."""
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as tar:
        tar.extractall(folder, filter="data")
