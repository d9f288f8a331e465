"""The health of the service."""

from msgspec import Struct


class MailCounts(Struct):
    """How many raw mails were `seen`, and of how many it is known what became of them (`accounted`).

    Each that came more than a quarter of an hour ago is exactly one of a message, suspended, a duplicate and failed;
    `missing` are those of which nobody knows.
    """

    seen: int
    accounted: int
    missing: int


class Health(Struct, omit_defaults=True):
    """`status` is `ok`, or `unavailable` with what is wrong in `detail`."""

    status: str
    version: str
    detail: str | None = None
    mail: MailCounts | None = None
