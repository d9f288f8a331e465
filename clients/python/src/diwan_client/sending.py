"""Files for messages and imports: announced to the service, then sent straight to where they are kept."""

from __future__ import annotations

import mimetypes
import os
from io import BytesIO
from pathlib import Path
from typing import IO, Literal

from diwan_client import answers, errors
from diwan_client.resources.uploads import Uploads as Calls


class Uploads(Calls):
    """Files for messages and imports."""

    def send(
        self,
        file: Path | str | bytes,
        *,
        name: str | None = None,
        content_type: str | None = None,
        purpose: Literal["message", "import"] = "message",
    ) -> str:
        """Announce and send a file. The id in the answer goes into `attachments` of a message, or into an import job.

        Args:
            file: a path, which is read piece by piece, or the octets themselves, which need a `name`
            name: what its reader sees; the path's own if not given
            content_type: guessed by the name if not given
            purpose: "import" for the file of an import job

        Raises:
            ValueError: octets without a name.
            DiwanError: it was refused, or could not be sent.
        """
        called = name or ("" if isinstance(file, bytes) else Path(file).name)
        if not called:
            raise ValueError("octets need a name")
        kind = content_type or mimetypes.guess_type(called)[0] or "application/octet-stream"
        with _opened(file) as content:
            size = content.seek(0, os.SEEK_END)
            announced = self.create(name=called, content_type=kind, size=size, purpose=purpose)
            self._put(announced, content, kind)
        return announced.attachment_id

    def _put(self, announced: answers.Upload, content: IO[bytes], kind: str) -> None:
        """The form goes to another host, without our key. The file comes last, since S3 reads nothing behind it."""
        request = self._transport.http.build_request(
            "POST",
            announced.url,
            data=announced.fields,
            files={"file": ("file", content, kind)},
            timeout=self._transport.timeout,
        )
        response = self._transport.tried(request).response
        if response.status_code >= 300:
            raise errors.of(response)


def _opened(file: Path | str | bytes) -> IO[bytes]:
    return BytesIO(file) if isinstance(file, bytes) else Path(file).open("rb")
