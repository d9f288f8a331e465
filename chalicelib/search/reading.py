"""The indexes this process has open, unpacked in the temp folder and replaced when S3 names newer ones.

Whoever is still searching an index that was replaced keeps it, and its folder, until he is done.
"""

import tempfile
import threading
from datetime import datetime, timedelta
from pathlib import Path

from chalicelib import clock
from chalicelib.search import index, packing
from chalicelib.search.snapshot import File, Manifest, Shelf

_LOOK_EVERY = timedelta(seconds=15)


class Copy:
    """An index unpacked into a temporary folder of its own, which goes when the copy goes."""

    def __init__(self, packed: bytes, format: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="diwan-index-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        packing.unpack(packed, folder)
        if format != index.FORMAT:
            index.renew(folder)
        self.index = index.Index(folder)


class Reader:
    """The current indexes of a shelf; the manifest is looked at again after 15 seconds of the wall clock."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._manifest = Manifest()
        self._etag: str | None = None
        self._looked_at: datetime | None = None
        self._copies: dict[str, tuple[File, Copy]] = {}

    def open(self, name: str, *, fresh: bool = False) -> Copy | None:
        """The current index called `name`, or None where there is none; with `fresh` the manifest is looked at now."""
        with self._lock:
            if fresh or self._is_due():
                self._look()
            file = self._manifest.files.get(name)
            return self._copy(name, file) if file else None

    def _is_due(self) -> bool:
        return self._looked_at is None or not timedelta(0) <= clock.real_now() - self._looked_at < _LOOK_EVERY

    def _look(self) -> None:
        newer = self._shelf.manifest_unless(self._etag)
        self._looked_at = clock.real_now()
        if newer:
            self._manifest, self._etag = newer
            named = self._manifest.files
            self._copies = {name: held for name, held in self._copies.items() if held[0] == named.get(name)}

    def _copy(self, name: str, file: File) -> Copy:
        if name not in self._copies:
            self._copies[name] = file, Copy(self._shelf.fetch(file), self._manifest.format)
        return self._copies[name][1]
