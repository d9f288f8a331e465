"""Problem documents (RFC 9457)."""

from msgspec import Struct


class ProblemFault(Struct):
    """One thing wrong: where (`pointer`, RFC 6901; parameters behind the ? as if they were fields), what, in words."""

    pointer: str
    code: str
    message: str


class Problem(Struct, kw_only=True):
    """`type` is an address that explains the `code`, which is stable; the words follow Accept-Language."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[ProblemFault]
