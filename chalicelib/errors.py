"""What can go wrong, by name. Each error has a stable `code`; doors turn it into a problem document or a page."""

import traceback
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a request: where (`pointer`, RFC 6901), what (`code`), and in words."""

    pointer: str
    code: str
    message: str


class DiwanError(Exception):
    """Base of all refusals. `code` is stable; `detail` says what is wrong with this request, for a person."""

    status = 500
    code = "internal"

    def __init__(self, detail: str = "", *, code: str | None = None, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code
        self.faults = faults


class Invalid(DiwanError):
    """The request was understood and something in it is wrong (422)."""

    status = 422
    code = "invalid"


class Malformed(DiwanError):
    """The request could not be read at all (400)."""

    status = 400
    code = "malformed"


class Unauthorized(DiwanError):
    status = 401
    code = "unauthorized"


class Forbidden(DiwanError):
    status = 403
    code = "forbidden"


class NotFound(DiwanError):
    status = 404
    code = "not-found"


class Conflict(DiwanError):
    status = 409
    code = "conflict"


class VersionMismatch(DiwanError):
    """`If-Match` named a version that is no longer the current one (412)."""

    status = 412
    code = "version-mismatch"


class TooManyRequests(DiwanError):
    status = 429
    code = "too-many-requests"


class Contention(DiwanError):
    """The same rows were being changed by others again and again; trying later helps (503)."""

    status = 503
    code = "contention"


class Unavailable(DiwanError):
    """Something that the answer hangs on does not answer itself; trying later helps (503)."""

    status = 503
    code = "unavailable"


def told(error: Exception) -> str:
    """The kind of error and where it rose. Not its own words, which may hold what a person wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.filename.rpartition('/')[2]}, line {frame.lineno}"
