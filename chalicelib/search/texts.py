"""The texts of many articles, in one file beside their index, which opens before they are there.

Until the whole file has come, each text is fetched by itself. Each is packed alone, with a dictionary of what the
others have in common with it: small as it is, it would hardly shrink otherwise.
"""

import json
import os
import tempfile
import threading
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

    def at(self, places: Sequence[Place]) -> list[str]:
        """The texts at those places; the first time, the whole file is fetched behind the caller's back."""
        if self._whole:
            return [self._unpacked(os.pread(self._whole.fileno(), size, start)) for start, size in places]
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            parts = list(threads.map(lambda place: self._read(*place), places))
        # Where the process sleeps between requests, as in Lambda, this goes on with the next one.
        threading.Thread(target=self.fetch_whole, name=NAME, daemon=True).start()
        return list(map(self._unpacked, parts))

    def fetch_whole(self) -> None:
        """Fetch the file, unless somebody is about it or it is there; what is lost on the way is fetched next time."""
        if not self._fetching.acquire(blocking=False):
            return
        try:
            self._whole = self._whole or self._fetched()
        except Exception as error:  # nobody waits for this; whoever wants a text fetches it by itself
            log.warning("search.texts_not_fetched", reason=type(error).__name__)
        finally:
            self._fetching.release()

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
    some = texts[:: max(1, len(texts) // _SAMPLES)]
    each = _DICTIONARY // max(1, min(len(some), _SAMPLES))
    return b"".join(text.encode("utf-8", "replace")[:each] for text in some)[:_DICTIONARY]
