"""Which files people may attach in the portal: by the ending of the name, since browsers' types differ by machine.

It is no shield against viruses; it keeps out what runs when it is opened. Files are only ever given out as downloads.
"""

from dataclasses import dataclass

MAX_FILES = 10
MAX_OCTETS = 20_000_000
MAX_NAME = 200

_TYPES = {
    "image/jpeg": "jpg jpeg jfif",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/heic": "heic",
    "image/heif": "heif",
    "image/bmp": "bmp",
    "image/tiff": "tif tiff",
    "application/pdf": "pdf",
    "text/plain": "txt log md",
    "text/csv": "csv",
    "application/rtf": "rtf",
    "application/json": "json",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.apple.pages": "pages",
    "application/vnd.apple.numbers": "numbers",
    "message/rfc822": "eml",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg oga opus",
    "audio/wav": "wav",
    "audio/amr": "amr",
    "video/mp4": "mp4 m4v",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/3gpp": "3gp",
    "application/zip": "zip",
}
_BY_ENDING = {ending: kind for kind, endings in _TYPES.items() for ending in endings.split()}
# As an <input type=file> takes it.
ACCEPT = ",".join(f".{ending}" for ending in _BY_ENDING)


@dataclass(frozen=True)
class Taken:
    """What is said of the limits before anybody picks a file."""

    most: int = MAX_FILES
    octets: int = MAX_OCTETS
    accept: str = ACCEPT


def type_of(name: str) -> str | None:
    """The content type by which such a file is kept; None for one that is not taken."""
    stem, _, ending = name.rpartition(".")
    return _BY_ENDING.get(ending.lower()) if stem else None


def bare_name(told: str) -> str:
    """The name without the folders before it, cut in the middle where it is longer than 200 characters."""
    name = told.replace("\\", "/").rpartition("/")[2].strip()
    if len(name) <= MAX_NAME:
        return name
    ending = name[-20:]
    return f"{name[: MAX_NAME - len(ending) - 1]}…{ending}"
