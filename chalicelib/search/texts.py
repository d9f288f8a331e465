"""The texts of many articles, in one file beside their index, which opens before they are there.

Until the whole file has come, a few texts are fetched each by itself. Each is packed alone, with a dictionary of what
the others have in common with it: small as it is, it would hardly shrink otherwise.
"""

import json
import os
import tempfile
import threading
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from chalicelib import log
from chalicelib.search.snapshot import File

# Of less text, an index carries it itself: that is one file to fetch, and a small one.
LARGE = 30_000_000
NAME = "diwan-texts-"
# As many as a page of hits has. Of more, the whole file is waited for.
FEW = 100
# Seconds until a file that could not be fetched is asked for again.
PAUSE = 60.0

_NOTE = "texts.json"
_AT_ONCE = 8
_SAMPLES = 128
_DICTIONARY = 32_768  # what zlib looks back on

Place = tuple[int, int]  # where a text begins in the file, and how many octets it has there


@dataclass(frozen=True)
class Packed:
    """`places` tells for each name where its text lies in `content`."""

    content: bytes
    dictionary: bytes
    places: Mapping[str, Place]


def pack(texts: Sequence[tuple[str, str]]) -> Packed:
    """The texts of those names (pairs of both)."""
    dictionary = _dictionary([text for _, text in texts])
    content, places = bytearray(), {}
    for name, text in texts:
        deflate = zlib.compressobj(zdict=dictionary)
        octets = deflate.compress(text.encode("utf-8", "replace")) + deflate.flush()
        places[name] = (len(content), len(octets))
        content += octets
    return Packed(bytes(content), dictionary, places)


def note(folder: Path, file: File, dictionary: bytes) -> None:
    """Write into the folder of an index where its texts are."""
    told = {"file": asdict(file), "dictionary": b64encode(dictionary).decode()}
    (folder / _NOTE).write_text(json.dumps(told), encoding="utf-8")


def noted(folder: Path) -> tuple[File, bytes] | None:
    """The file and the dictionary of an index's texts, or None where it carries them itself."""
    place = folder / _NOTE
    if not place.exists():
        return None
    told = json.loads(place.read_text(encoding="utf-8"))
    return File(**told["file"]), b64decode(told["dictionary"])


class Texts:
    """The texts of a file, of which `read` gives a part (from, so many octets) and `fetch` writes all into another."""

    def __init__(self, dictionary: bytes, read: Callable[[int, int], bytes], fetch: Callable[[BinaryIO], None]) -> None:
        self._dictionary = dictionary
        self._read = read
        self._fetch = fetch
        self._whole: BinaryIO | None = None
        self._fetching = threading.Lock()
        self._tried_again_at = 0.0

    def at(self, places: Sequence[Place]) -> list[str]:
        """The texts at those places; the whole file is fetched meanwhile, or at once for more of them than a few.

        Raises:
            Exception: what `read` raised or, where it was waited for, `fetch`.
        """
        if len(places) > FEW:
            self._fetch_whole()
        if self._whole:
            return [self._unpacked(os.pread(self._whole.fileno(), size, start)) for start, size in places]
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            parts = list(threads.map(lambda place: self._read(*place), places))
        self._fetch_behind()
        return list(map(self._unpacked, parts))

    def _fetch_whole(self) -> None:
        with self._fetching:
            self._whole = self._whole or self._fetched()

    def _fetch_behind(self) -> None:
        """Start to fetch the file, unless somebody is about it or failed a moment ago: the folder may be full."""
        if not self._fetching.locked() and time.monotonic() >= self._tried_again_at:
            # Where the process sleeps between requests, as in Lambda, this goes on with the next one.
            threading.Thread(target=self._try_to_fetch, name=NAME, daemon=True).start()

    def _try_to_fetch(self) -> None:
        try:
            self._fetch_whole()
        except Exception as error:  # nobody waits for this; whoever wants a text fetches it by itself
            self._tried_again_at = time.monotonic() + PAUSE
            log.warning("search.texts_not_fetched", reason=type(error).__name__)

    def _fetched(self) -> BinaryIO:
        with ExitStack() as closing:
            whole = closing.enter_context(tempfile.TemporaryFile(prefix=NAME))
            self._fetch(whole)
            whole.flush()
            closing.pop_all()
            return whole

    def _unpacked(self, octets: bytes) -> str:
        return zlib.decompressobj(zdict=self._dictionary).decompress(octets).decode()


def _dictionary(texts: Sequence[str]) -> bytes:
    """Beginnings of texts from all over, for the words that come again and again."""
    some = texts[:: len(texts) // _SAMPLES + 1]
    each = _DICTIONARY // max(1, len(some))
    return b"".join(text.encode("utf-8", "replace")[:each] for text in some)
