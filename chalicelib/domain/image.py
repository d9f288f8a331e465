"""Pictures of articles: which files they may be, and the address under which they are public once it is known.

The type counts that was said when it was announced, and S3 holds it to that: what is served as a picture can never be a
page or a program, whatever octets came.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from chalicelib.domain.article import slug_of

# No SVG: it is a document that can run scripts.
TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif", "image/avif": "avif"}
MAX_SIZE = 5_000_000
FOLDER = "media/"

_PLACE = re.compile(r"img_[0-9A-HJKMNP-TV-Z]{26}/[a-z0-9][a-z0-9.-]{0,99}")


@dataclass(frozen=True)
class Image:
    """`size` in octets, `content_type` one of TYPES."""

    id: str
    name: str
    content_type: str
    size: int

    @property
    def path(self) -> str:
        """Where it is on our pages, as Markdown names it."""
        return f"/{self.key}"

    @property
    def key(self) -> str:
        """Where it lies in the bucket."""
        return f"{FOLDER}{self.id}/{self.name}"


def type_by(octets: bytes) -> str | None:
    """What a file's first octets (12 will do) tell of it: `image/png` or `image/webp`, else None.

    https://www.w3.org/TR/png-3/#3PNGsignature, https://www.rfc-editor.org/rfc/rfc9649#section-2.4
    """
    if octets.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/webp" if octets[:4] == b"RIFF" and octets[8:12] == b"WEBP" else None


def name_of(name: str, content_type: str) -> str:
    """A name for addresses made of a file's: Latin letters, and the ending that its type has."""
    stem = name.rpartition(".")[0] or name
    return f"{slug_of(stem, fallback='image')}.{TYPES[content_type]}"


def key_at(path: str) -> str | None:
    """Where the picture with that path (`/media/…`, encoded or not) lies in the bucket; None if it is no such path."""
    place = unquote(path).removeprefix(f"/{FOLDER}")
    return FOLDER + place if _PLACE.fullmatch(place) else None
