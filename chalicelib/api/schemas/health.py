"""The health of the service."""

from msgspec import Struct


class Health(Struct, omit_defaults=True):
    """`status` is `ok`, or `unavailable` with what is wrong in `detail`."""

    status: str
    version: str
    detail: str | None = None
