"""What lies between a call and moto's answer to it is gone through the short way: no signature, no search for the door.

tests/test_quick_calls.py holds both ways beside each other.
"""

import functools
import io
import os
import re
import string
import sys
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, urlsplit

import boto3
from botocore import auth, signers
from botocore.httpchecksum import AwsChunkedWrapper
from moto import backend_index, backends
from moto.core import DEFAULT_ACCOUNT_ID, botocore_stubber, models, request
from moto.core.base_backend import BackendDict
from moto.core.exceptions import HTTPException
from moto.core.utils import get_equivalent_url_in_aws_domain
from moto.moto_api import recorder
from moto.moto_api._internal.moto_random import MotoRandom
from moto.s3.responses import S3Response

# A path that is the same before and after it is quoted, and never taken for a host.
CLEAR = re.compile(r"/(?!/)[A-Za-z0-9/._~-]*\Z")
UNSIGNED = "0" * 64
LETTERS, DIGITS = string.ascii_letters, string.digits

Answer = tuple[int, dict[str, str], Any]
Door = Callable[[Any, str, Any], Answer]

moto_answers = botocore_stubber.BotocoreStubber.process_request
moto_reads = request.Request.from_primitives.__func__  # type: ignore[attr-defined]
moto_draws = MotoRandom.get_random_string
moto_unwraps = S3Response._handle_encoded_body
boto_makes = boto3.client
boto_signs = signers.RequestSigner.handler
boto_authorizes = auth.SigV4Auth.add_auth
_making = threading.Lock()


def play() -> None:
    """From now on calls go the shorter ways, in the whole process."""
    ways: list[tuple[Any, str, Any]] = [
        (botocore_stubber.BotocoreStubber, "process_request", answer),
        (request.Request, "from_primitives", classmethod(read)),
        (S3Response, "_handle_encoded_body", unwrap),
        (MotoRandom, "get_random_string", draw),
        (signers.RequestSigner, "handler", sign),
        (auth.SigV4Auth, "add_auth", authorize),
        (boto3, "client", client),
    ]
    for owner, name, way in ways:
        setattr(owner, name, way)


def client(*args: Any, **more: Any) -> Any:
    """The client that was made before of the same words in the same surroundings: none costs less than four calls."""
    surroundings = tuple(sorted((name, value) for name, value in os.environ.items() if name.startswith("AWS_")))
    with _making:
        return _made(surroundings, args, tuple(more.items()))


@functools.lru_cache(100)
def _made(surroundings: tuple[tuple[str, str], ...], args: tuple[Any, ...], more: tuple[tuple[str, Any], ...]) -> Any:
    return boto_makes(*args, **dict(more))


def answer(stubber: botocore_stubber.BotocoreStubber, asked: Any) -> Answer | None:
    """Moto's own tries 250 patterns with the address of each call; no test lets calls of a service through."""
    for door in _doors(asked.url.partition("?")[0]):
        told = request.normalize_request(asked)
        recorder._record_request(told)
        try:
            return door(told, told.raw_url, told.headers)
        except HTTPException as failed:
            return failed.code, failed.get_headers(), failed.get_body()  # type: ignore[return-value]
    return moto_answers(stubber, asked)


@functools.lru_cache(1000)
def _doors(address: str) -> list[Door]:
    """What moto would ask for this address: one, or none."""
    parsed, _ = get_equivalent_url_in_aws_domain(address)
    address = f"{parsed.scheme}://{parsed.netloc}{parsed.path}"
    services = (service for service, pattern in backend_index.backend_url_patterns if pattern.match(address))
    found = (door for service in services for url, door in _doors_of(service) if url.match(address))
    return [door for door in [next(found, None)] if door]


@functools.cache
def _doors_of(service: str) -> list[tuple[re.Pattern[str], Door]]:
    known: Any = backends.get_backend(service)  # type: ignore[call-overload]
    if not isinstance(known, BackendDict):
        backend = known["global"]
    else:
        regions = known[DEFAULT_ACCOUNT_ID]
        backend = regions["us-east-1" if "us-east-1" in regions else "aws"]
    return [(re.compile(url), door) for url, door in backend.urls.items()]


def read(kind: Any, method: str, url: str, headers: Any, body: Any = None) -> Any:
    """What moto and werkzeug make of a plain request, without taking its address apart and together three times."""
    body = b"".join(body) if isinstance(body, AwsChunkedWrapper) else body
    named = {name.lower(): value for name, value in headers.items()}
    parts = urlsplit(url)
    if len(named) < len(headers) or not _plain(named, parts, body):
        return moto_reads(kind, method, url, headers, body)
    named.pop("transfer-encoding", None)
    made = kind(_environment(method, parts, named, body))
    made.environ[request.PRESERVED_HEADER_NAMES_ENVIRON_KEY] = {}
    return made


def _plain(headers: dict[str, Any], parts: SplitResult, body: Any) -> bool:
    """Whether there is nothing in it that is quoted, guessed or kept: most are so."""
    if parts.netloc != parts.hostname or not CLEAR.match(parts.path) or any("_" in name for name in headers):
        return False
    return isinstance(body, bytes) if body else "content-type" not in headers


def _environment(method: str, parts: SplitResult, headers: dict[str, Any], body: bytes | None) -> dict[str, Any]:
    named = {request.environ_key_for_header(name): _text(value) for name, value in headers.items()}
    length = {"CONTENT_LENGTH": str(len(body))} if body else {}
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "REQUEST_URI": parts.path,
        "RAW_URI": parts.path,
        "SERVER_NAME": parts.hostname,
        "SERVER_PORT": "443" if parts.scheme == "https" else "80",
        "HTTP_HOST": parts.netloc,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(body or b""),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": "0",
        **named,
        **length,
    }


def _text(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value


def unwrap(_: S3Response, body: Any) -> bytes:
    """What was sent in chunks, put together at the end; moto copies all that it has for each chunk more."""
    chunks, whole = [], io.BytesIO(body) if isinstance(body, bytes) else body
    while body and (length := int(whole.readline().strip(), 16)) > 0:
        chunks.append(whole.read(length))
        whole.readline()
    return b"".join(chunks)


def draw(random: MotoRandom, length: int = 20, include_digits: bool = True, lower_case: bool = False) -> str:
    """Draw a request's number at once; moto draws each of its 52 letters."""
    drawn = "".join(random.choices(LETTERS + DIGITS if include_digits else LETTERS, k=length))
    return drawn.lower() if lower_case else drawn


def sign(signer: signers.RequestSigner, operation_name: str | None = None, request: Any = None, **_: Any) -> Any:
    """Mark what a client sends to moto, which reads no signature; links and forms are signed by other ways."""
    request.context["to moto"] = models.botocore_stubber.enabled and ".amazonaws.com/" in request.url
    return signer.sign(operation_name, request)


def authorize(signed: auth.SigV4Auth, request: Any) -> None:
    """Say who calls, for which moto looks, without adding up what would prove it."""
    if not request.context.get("to moto") or signed.credentials is None:
        return boto_authorizes(signed, request)
    request.context["timestamp"] = auth.get_current_datetime().strftime(auth.SIGV4_TIMESTAMP)
    signed._modify_request_before_signing(request)
    who = f"Credential={signed.scope(request)}"
    request.headers["Authorization"] = f"AWS4-HMAC-SHA256 {who}, SignedHeaders=host, Signature={UNSIGNED}"
    return None
