"""Reads a request's body: strict JSON (RFC 8259), of which nothing is guessed and nothing passes that others choke on.

Python's own reader takes NaN, duplicate names and half surrogates; readers in other languages do not, and S3,
DynamoDB and mail would fail on some of them only later.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from chalice.app import Request

from chalicelib.api.checking import MOST_FAULTS, pointer
from chalicelib.api.problem_words import fault
from chalicelib.errors import DiwanError, Fault, Malformed

MAX_OCTETS = 1_048_576
MAX_DEPTH = 32
_LONGEST_INTEGER = 20
_LARGEST_EXACT = 2**53


class TooLarge(DiwanError):
    status = 413
    code = "too-large"


class UnsupportedMediaType(DiwanError):
    status = 415
    code = "unsupported-media-type"


def read(request: Request, locale: str) -> Any:
    """The value in the body, `{}` when there is none.

    Raises:
        TooLarge, UnsupportedMediaType
        Malformed: no JSON, or one of: not-a-number, duplicate-key, too-deep, lone-surrogate, nul-character.
    """
    sent = octets(request)
    if len(sent) > MAX_OCTETS:
        raise TooLarge(
            f"A body may have 1 MB ({MAX_OCTETS} octets), and this has {len(sent)}; files go through POST /v1/uploads."
        )
    if not sent:
        return {}
    _refuse_other_types(request.headers.get("content-type", "application/json"))
    return parse(sent.decode("utf-8", "surrogatepass"), locale)


def octets(request: Request) -> bytes:
    """The body as it came."""
    sent = request.raw_body or b""
    return sent if isinstance(sent, bytes) else sent.encode()


def parse(text: str, locale: str) -> Any:
    """The JSON value that `text` is. Raises Malformed."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=lambda constant: math.nan,
            parse_float=_float,
            parse_int=_integer,
        )
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise Malformed(f"The body is not JSON: {error}.") from error
    faults = tuple(islice(_unstorable(value, "", 0, locale), MOST_FAULTS))
    if faults:
        raise Malformed(faults[0].message, code=faults[0].code, faults=faults)
    return value


def _refuse_other_types(content_type: str) -> None:
    kind, _, parameters = content_type.lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "')
    if kind.strip() != "application/json" or charset not in ("", "utf-8", "utf8"):
        raise UnsupportedMediaType(f"Send application/json in UTF-8, not {content_type[:100]}.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counted = Counter(name for name, _ in pairs)
        twice = next(name for name, count in counted.items() if count > 1)
        raise Malformed(f"The name “{twice[:100]}” stands twice in one object.", code="duplicate-key")
    return made


def _float(text: str) -> float:
    """The number; a whole one as an integer, since JSON Schema makes no difference between 1.0 and 1."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < _LARGEST_EXACT else value


def _integer(text: str) -> float:
    """The number; infinity for one that no reader could hold, which is refused at its place."""
    return int(text) if len(text) <= _LONGEST_INTEGER else math.inf


def _unstorable(value: Any, at: str, depth: int, locale: str) -> Iterator[Fault]:
    if depth >= MAX_DEPTH and isinstance(value, dict | list):
        raise _too_deep()
    if isinstance(value, str):
        yield from _of_text(value, at, locale)
    elif isinstance(value, float) and not math.isfinite(value):
        yield fault("not-a-number", at.encode("utf-8", "replace").decode(), locale)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _of_text(name, pointer(at, name), locale)
            yield from _unstorable(item, pointer(at, name), depth + 1, locale)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unstorable(item, pointer(at, str(index)), depth + 1, locale)


def _of_text(text: str, at: str, locale: str) -> Iterator[Fault]:
    readable = at.encode("utf-8", "replace").decode()
    if "\0" in text:
        yield fault("nul-character", readable.replace("\0", "\N{SYMBOL FOR NULL}"), locale)
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        yield fault("lone-surrogate", readable, locale)


def _too_deep() -> Malformed:
    return Malformed(f"The body nests deeper than {MAX_DEPTH} levels.", code="too-deep")
