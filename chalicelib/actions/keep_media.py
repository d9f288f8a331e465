"""Keeps the files that came with a text: copied within S3 into our own bucket, under names that are the same on every
run. What cannot be had is told in the message, and keeps nobody waiting.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chalicelib import ids, log
from chalicelib.domain.message import MAX_ATTACHMENTS, Attachment
from chalicelib.store import files

# A file of a message has no more, by whatever way it comes.
MOST_OCTETS = 20 * 1024 * 1024


@dataclass(frozen=True)
class Media:
    """A file where whoever took the text in has put it: `bucket` and `key` in S3."""

    bucket: str
    key: str
    content_type: str = "application/octet-stream"

    @property
    def name(self) -> str:
        return self.key.rpartition("/")[2][-200:] or "file"


def keep(text_id: str, media: Sequence[Media]) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """The files as attachments, and why any of them is missing."""
    folder = f"attachments/sms/{hashlib.sha256(text_id.encode()).hexdigest()[:32]}"
    found = [_kept(f"{folder}/{at}", one) for at, one in enumerate(media[:MAX_ATTACHMENTS])]
    missing = [f"the file {one.name} could not be fetched" for one, kept in zip(media, found, strict=False) if not kept]
    missing += [f"{len(media) - MAX_ATTACHMENTS} more files"] if len(media) > MAX_ATTACHMENTS else []
    return tuple(kept for kept in found if kept), tuple(missing)


def _kept(key: str, media: Media) -> Attachment | None:
    size = files.brought(media.bucket, media.key, key, MOST_OCTETS)
    if size is None:
        log.warning("sms.media-missing", key=key)
        return None
    return Attachment(ids.new("att"), media.name, media.content_type, size, key)


def read(told: object) -> Iterator[Media]:
    """The files that a notification tells of: addresses (`s3://bucket/key`), or objects with `bucket` and `key`."""
    for one in told if isinstance(told, list) else ():
        if isinstance(one, str) and one.startswith("s3://"):
            bucket, _, key = one.removeprefix("s3://").partition("/")
            yield Media(bucket, key)
        elif isinstance(one, dict) and "bucket" in one and "key" in one:
            yield Media(str(one["bucket"]), str(one["key"]), str(one.get("contentType") or Media.content_type))
        else:
            raise ValueError("a file of a text that is no place in S3")
