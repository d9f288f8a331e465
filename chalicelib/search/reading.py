"""The indexes this process has open, unpacked in the temp folder and replaced when S3 names newer ones.

Whoever is still searching an index that was replaced keeps it, and its folder, until he is done.
"""

import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from chalicelib import clock
from chalicelib.search import packing
from chalicelib.search.snapshot import File, Manifest, Shelf

T = TypeVar("T")

_LOOK_EVERY = timedelta(seconds=15)
_FETCHED_AT_ONCE = 8


class Copy(Generic[T]):
    """An index unpacked into a temporary folder of its own, which goes when the copy goes."""

    def __init__(self, packed: bytes, open_index: Callable[[Path], T]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="diwan-index-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        packing.unpack(packed, folder)
        self.index = open_index(folder)


class Reader(Generic[T]):
    """The current indexes of a shelf; the manifest is looked at again after 15 seconds of the wall clock.

    `open_index` opens the index in a folder, given the format it was written in.
    """

    def __init__(self, shelf: Shelf, open_index: Callable[[Path, str], T]) -> None:
        self._shelf = shelf
        self._open_index = open_index
        self._lock = threading.Lock()
        self._manifest = Manifest()
        self._etag: str | None = None
        self._looked_at: datetime | None = None
        self._copies: dict[str, tuple[File, Copy[T]]] = {}

    def open(self, name: str, *, fresh: bool = False) -> Copy[T] | None:
        """The current index called `name`, or None where there is none; with `fresh` the manifest is looked at now."""
        with self._lock:
            if fresh or self._is_due():
                self._look()
            file = self._manifest.files.get(name)
            return self._copy(name, file) if file else None

    def open_all(self, *, generation: int, wanted: Callable[[str], bool] = lambda name: True) -> dict[str, Copy[T]]:
        """Every index whose name is `wanted`, of that generation or a later one (as far as it is published)."""
        with self._lock:
            if self._manifest.generation < generation or self._looked_at is None:
                self._look()
            files = {name: file for name, file in self._manifest.files.items() if wanted(name)}
            with ThreadPoolExecutor(_FETCHED_AT_ONCE) as threads:
                return dict(zip(files, threads.map(self._copy, files, files.values()), strict=True))

    def _is_due(self) -> bool:
        return self._looked_at is None or not timedelta(0) <= clock.real_now() - self._looked_at < _LOOK_EVERY

    def _look(self) -> None:
        newer = self._shelf.manifest_unless(self._etag)
        self._looked_at = clock.real_now()
        if newer:
            self._manifest, self._etag = newer
            named = self._manifest.files
            self._copies = {name: held for name, held in self._copies.items() if held[0] == named.get(name)}

    def _copy(self, name: str, file: File) -> Copy[T]:
        if name not in self._copies:
            format = self._manifest.format
            self._copies[name] = file, Copy(self._shelf.fetch(file), lambda folder: self._open_index(folder, format))
        return self._copies[name][1]
