"""A file in S3 read by ranges, as an ordinary open file: of five gigabytes no more is held than one block."""

import io

from botocore.exceptions import ClientError

from chalicelib import aws, settings

# A range costs some 20 ms whatever its length.
BLOCK = 4 * 1024 * 1024


class RangedFile(io.RawIOBase):
    """Wrap it into `io.BufferedReader` (see `open_file`) for reading by lines."""

    def __init__(self, bucket: str, key: str, size: int) -> None:
        super().__init__()
        self._bucket, self._key, self.size = bucket, key, size
        self._at = self._start = 0
        self._block = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._at >= self.size:
            return 0
        if not self._start <= self._at < self._start + len(self._block):
            self._fetch()
        found = self._block[self._at - self._start :][: len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _fetch(self) -> None:
        self._start = self._at - self._at % BLOCK
        last = min(self.size, self._start + BLOCK) - 1
        wanted = {"Bucket": self._bucket, "Key": self._key, "Range": f"bytes={self._start}-{last}"}
        self._block = aws.client("s3").get_object(**wanted)["Body"].read()


def open_file(key: str) -> io.BufferedReader | None:
    """The file of that key in the files bucket; None when it has not been uploaded."""
    try:
        head = aws.client("s3").head_object(Bucket=settings.files_bucket(), Key=key)
    except ClientError as error:
        # Without the right to list the bucket, S3 says 403 of what is not there.
        if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
            return None
        raise
    return io.BufferedReader(RangedFile(settings.files_bucket(), key, head["ContentLength"]), 64 * 1024)
