"""The parts of a mail that are not shown, as files with safe names; what winmail.dat packs stands in its place."""

import re
from dataclasses import dataclass, replace

from chalicelib.channels import email_tnef
from chalicelib.channels.attachment import Attachment
from chalicelib.channels.email_parts import Part
from chalicelib.channels.email_tnef import Opened

MAX_FILES = 100

_NAMES = {
    "message/rfc822": "forwarded.eml",
    "message/global": "forwarded.eml",
    "message/delivery-status": "delivery-status.txt",
    "message/disposition-notification": "read-receipt.txt",
    "message/partial": "partial.eml",
    "text/rfc822-headers": "headers.txt",
    "text/calendar": "invitation.ics",
    "text/html": "part.html",
    "text/plain": "part.txt",
    "text/csv": "part.csv",
    "text/vcard": "contact.vcf",
    "text/x-vcard": "contact.vcf",
    "application/pdf": "file.pdf",
    "application/zip": "file.zip",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "version.txt",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "application/ms-tnef": "winmail.dat",
    "application/vnd.ms-tnef": "winmail.dat",
    "image/jpeg": "image.jpg",
    "image/pjpeg": "image.jpg",
    "image/svg+xml": "image.svg",
}
_PACKED = {"application/ms-tnef", "application/vnd.ms-tnef", "application/octet-stream"}
_ENDING = re.compile(r"[a-z0-9]{2,5}")
_TYPE = re.compile(r"[!-~]{1,100}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Packed:
    """What the part at this place of the list packs."""

    at: int
    opened: Opened


def opened(attached: list[tuple[Part, bool]], charset: str | None) -> list[Packed]:
    """The winmail.dat among the parts, opened. A mail has one; the first three are looked at."""
    found = []
    for at, (part, _) in enumerate(attached[:MAX_FILES]):
        if part.content_type in _PACKED and email_tnef.is_tnef(content := part.content()):
            found.append(Packed(at, email_tnef.open_packed(content, part.parameters.get("charset") or charset)))
        if len(found) == 3:
            break
    return found


def listed(
    attached: list[tuple[Part, bool]], packed: list[Packed], words_shown: bool, charset: str | None
) -> tuple[list[Attachment], list[str]]:
    """The files, at most 100, and the names of the others.

    What was packed stands in the place of its winmail.dat, which stays beside it when not all of it could be read, or
    when nothing of it is seen otherwise; `words_shown` tells that its words are the mail's.
    """
    files: list[Attachment] = []
    inside = {one.at: one.opened for one in packed}
    for at, (part, inline) in enumerate(attached[:MAX_FILES]):
        found = inside.get(at)
        if not found or not found.whole or not (found.files or words_shown):
            files.append(_attachment(part, inline, at + 1, charset))
        if found:
            files += [replace(file, name=bare_name(file.name) or f"attachment-{at + 1}") for file in found.files]
    rest = [_name(part, at, charset) for at, (part, _) in enumerate(attached[MAX_FILES:], MAX_FILES + 1)]
    return files[:MAX_FILES], [file.name for file in files[MAX_FILES:]] + rest


def written(name: str, content: bytes) -> Attachment:
    """A file that was written into the text itself."""
    return Attachment(bare_name(name) or "file", email_tnef.type_of(name), content)


def bare_name(given: str) -> str:
    """A bare file name of at most 150 characters: no path, no marks that turn its direction to hide its ending."""
    bare = " ".join(_UNSAFE.sub("", given).replace("\\", "/").rpartition("/")[2].strip(". ").split())
    stem, dot, ending = bare.rpartition(".")
    return bare if len(bare) <= 150 else f"{stem[: 149 - len(ending[:20])]}{dot}{ending[:20]}"


def _attachment(part: Part, inline: bool, number: int, charset: str | None) -> Attachment:
    content = part.raw() if part.content_type.startswith("multipart/") else part.content()
    content_type = part.content_type if _TYPE.fullmatch(part.content_type) else "application/octet-stream"
    return Attachment(_name(part, number, charset), content_type, content, part.content_id(), inline)


def _name(part: Part, number: int, charset: str | None) -> str:
    disposition = part.disposition(charset)[1]
    # What RFC 2183 calls filename and RFC 2045 name, mailers write in each other's place too.
    given = (disposition.get("filename"), part.parameters.get("name"), disposition.get("name"))
    found = next((bare for name in (*given, part.parameters.get("filename")) if name and (bare := bare_name(name))), "")
    return found or _NAMES.get(part.content_type) or _kind(part.content_type) or f"attachment-{number}"


def _kind(content_type: str) -> str:
    """`image.bmp` for image/bmp."""
    kind, _, ending = content_type.partition("/")
    return f"{kind}.{ending}" if kind in ("image", "audio", "video") and _ENDING.fullmatch(ending) else ""
