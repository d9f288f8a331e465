"""Errors as problem documents (RFC 9457): the one place where the API says no."""

from typing import Any

from chalicelib import settings
from chalicelib.api import fault_words, problem_words
from chalicelib.api.answer import Answer
from chalicelib.errors import DiwanError, Fault

MEDIA_TYPE = "application/problem+json"


def of(error: DiwanError, locale: str, request_id: str) -> Answer:
    """The answer that tells of `error`, in the words of `locale`."""
    words = problem_words.of(error.code)
    document = {
        "type": address(error.code),
        "title": words.title(locale),
        "status": error.status,
        "detail": _detail(error, locale),
        "code": error.code,
        "request_id": request_id,
        "errors": [_fault(one, locale) for one in error.faults],
    }
    return Answer(document, error.status, headers={"Content-Type": MEDIA_TYPE, "Content-Language": locale})


def address(code: str) -> str:
    """Where the code is explained."""
    return f"{settings.public_url()}/docs/problems/{code}"


def _detail(error: DiwanError, locale: str) -> str:
    meaning = problem_words.of(error.code).meaning(locale)
    return meaning if locale == "ar" or not error.detail else error.detail


def _fault(fault: Fault, locale: str) -> dict[str, Any]:
    """What the core finds it tells in English: in Arabic it takes the meaning of its code."""
    message = fault.message
    if locale == "ar" and fault.code not in fault_words.FAULTS:
        message = problem_words.of(fault.code).meaning(locale)
    return {"pointer": fault.pointer, "code": fault.code, "message": message}
