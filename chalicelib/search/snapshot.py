"""Indexes as files in S3 that never change, and one manifest that says which are current: whoever moves it commits.

A refused manifest may be one's own success, repeated by the SDK after a lost answer; so what it holds now decides.
"""

import hashlib
import json
import random
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from chalicelib import aws, clock, errors, log, settings

_ATTEMPTS = 60
_LONGEST_PAUSE = 1.0
_GENERATIONS_KEPT = 3
_MARKS_KEPT = 200
_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class File:
    """One packed index: its key in the bucket, and what its bytes must hash to (SHA-256, hex)."""

    key: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is current. `marks` names the last publications, newest first; `earlier` the files of those before."""

    generation: int = 0
    format: str = ""
    files: Mapping[str, File] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    earlier: tuple[tuple[str, ...], ...] = ()

    def keys(self) -> set[str]:
        """Every file that this generation or one of the earlier ones still kept may need."""
        return {file.key for file in self.files.values()}.union(*self.earlier)


@dataclass(frozen=True, slots=True)
class Edition:
    """What `publish` is to commit: packed indexes by name, or the `File` of one that did not change."""

    format: str
    files: Mapping[str, bytes | File]


class Swept(LookupError):
    """A file was swept away, as the manifest of now names newer ones."""


class Shelf:
    """All the snapshots of one kind, under `<name>/` in the search bucket."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._manifest_key = f"{name}/manifest.json"

    def manifest(self) -> tuple[Manifest, str | None]:
        """The manifest and its ETag; an empty manifest and None where nothing was ever published."""
        return self._fetch_manifest(None)

    def manifest_unless(self, etag: str | None) -> tuple[Manifest, str | None] | None:
        """Like `manifest`, or None while it is still the one with this ETag."""
        from botocore.exceptions import ClientError

        try:
            return self._fetch_manifest(etag)
        except ClientError as refusal:
            if _status(refusal) != 304:
                raise
            return None

    def publish(self, edit: Callable[[Manifest], Edition | None]) -> Manifest:
        """Commit what `edit` makes of the current manifest; it is called again whenever another writer came first.

        Returns the manifest in force: the old one where `edit` gave None.

        Raises:
            errors.Contention: others came first 60 times.
        """
        for attempt in range(_ATTEMPTS):
            current, etag = self.manifest()
            edition = edit(current)
            if edition is None:
                return current
            following = self._following(current, edition)
            if self._commit(following, etag):
                return following
            # Jitter from 0 up, or writers that collided once would do so again.
            time.sleep(random.random() * min(_LONGEST_PAUSE, 0.02 * 2**attempt))
        raise errors.Contention(f"the {self.name} index is being published by too many at once")

    def store(self, name: str, content: bytes) -> File:
        """Put a file there before the edition that is to name it; until it does, `sweep` leaves it for an hour."""
        return self._store(f"{uuid.uuid4().hex[:12]}-{name}", content)

    def fetch(self, file: File) -> bytes:
        """The bytes of `file`.

        Raises:
            Swept: they are gone.
            ValueError: they are not those that were published.
        """
        content = bytes(_opened(file).read())
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise ValueError(f"{file.key} does not match its checksum")
        return content

    def fetch_part(self, file: File, start: int, size: int) -> bytes:
        """So many octets of `file`, unchecked.

        Raises:
            Swept: they are gone.
        """
        return bytes(_opened(file, Range=f"bytes={start}-{start + size - 1}").read())

    def fetch_into(self, file: File, into: BinaryIO) -> None:
        """Write the bytes of `file` there, never all of them in memory at once.

        Raises:
            Swept: they are gone.
            ValueError: they are not those that were published.
        """
        hashed = hashlib.sha256()
        for chunk in _opened(file).iter_chunks(_CHUNK):
            hashed.update(chunk)
            into.write(chunk)
        if hashed.hexdigest() != file.sha256:
            raise ValueError(f"{file.key} does not match its checksum")

    def sweep(self, older_than: timedelta = timedelta(hours=1)) -> int:
        """Delete the files that neither the current nor the two generations before name; returns how many.

        A file younger than `older_than` stays: its writer may be about to name it.
        """
        kept = self.manifest()[0].keys()
        before = clock.real_now() - older_than
        unneeded = [key for key, written in self._stored_files() if key not in kept and written < before]
        for start in range(0, len(unneeded), 1000):  # DeleteObjects takes 1,000 keys
            keys = [{"Key": key} for key in unneeded[start : start + 1000]]
            _s3().delete_objects(Bucket=settings.search_bucket(), Delete={"Objects": keys, "Quiet": True})
        return len(unneeded)

    def _fetch_manifest(self, etag: str | None) -> tuple[Manifest, str | None]:
        from botocore.exceptions import ClientError

        condition = {"IfNoneMatch": etag} if etag else {}
        try:
            answer = _s3().get_object(Bucket=settings.search_bucket(), Key=self._manifest_key, **condition)
        except ClientError as refusal:
            if not _is_missing(refusal):
                raise
            return Manifest(), None
        return _manifest(json.load(answer["Body"])), answer["ETag"]

    def _following(self, current: Manifest, edition: Edition) -> Manifest:
        mark = uuid.uuid4().hex
        generation = current.generation + 1
        files = {
            name: content if isinstance(content, File) else self._store(f"{generation:08d}-{mark[:12]}-{name}", content)
            for name, content in edition.files.items()
        }
        past = tuple(file.key for file in current.files.values())
        return Manifest(
            generation=generation,
            format=edition.format,
            files=files,
            marks=(mark, *current.marks)[:_MARKS_KEPT],
            earlier=(past, *current.earlier)[: _GENERATIONS_KEPT - 1],
        )

    def _store(self, name: str, content: bytes) -> File:
        file = File(f"{self.name}/{name}.tar.gz", hashlib.sha256(content).hexdigest(), len(content))
        _s3().put_object(Bucket=settings.search_bucket(), Key=file.key, Body=content)
        return file

    def _commit(self, following: Manifest, etag: str | None) -> bool:
        from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

        condition = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        body = json.dumps(asdict(following)).encode()
        try:
            _s3().put_object(Bucket=settings.search_bucket(), Key=self._manifest_key, Body=body, **condition)
            return True
        except ClientError as refusal:
            if _status(refusal) not in (404, 409, 412) and _status(refusal) < 500:
                raise
        except (HTTPClientError, ConnectionError) as lost:
            log.warning("search.manifest_answer_lost", reason=type(lost).__name__)
        return following.marks[0] in self.manifest()[0].marks

    def _stored_files(self) -> list[tuple[str, datetime]]:
        pages = _s3().get_paginator("list_objects_v2").paginate(Bucket=settings.search_bucket(), Prefix=f"{self.name}/")
        rows = [row for page in pages for row in page.get("Contents", [])]
        return [(row["Key"], row["LastModified"]) for row in rows if row["Key"] != self._manifest_key]


def _opened(file: File, **part: str) -> Any:
    from botocore.exceptions import ClientError

    try:
        return _s3().get_object(Bucket=settings.search_bucket(), Key=file.key, **part)["Body"]
    except ClientError as refusal:
        if _is_missing(refusal):
            raise Swept(file.key) from refusal
        raise


def _manifest(stored: dict[str, Any]) -> Manifest:
    return Manifest(
        generation=stored["generation"],
        format=stored["format"],
        files={name: File(**file) for name, file in stored["files"].items()},
        marks=tuple(stored["marks"]),
        earlier=tuple(tuple(keys) for keys in stored["earlier"]),
    )


def _s3() -> Any:
    return aws.client("s3")


def _is_missing(refusal: Any) -> bool:
    # Not `client.exceptions.NoSuchKey`: two threads that first use a client at once may get two such classes.
    return bool(refusal.response["Error"]["Code"] == "NoSuchKey")


def _status(refusal: Any) -> int:
    return refusal.response["ResponseMetadata"]["HTTPStatusCode"]
