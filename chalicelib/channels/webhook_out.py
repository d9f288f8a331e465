"""The door outwards for webhooks: one POST to a public address, told within 15 seconds what came of it.

The seconds are those of everything together: a receiver that answers octet by octet is cut off as one that never
answers. No proxy is used, no redirect followed, and of the answer only the beginning is read, for the log.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from time import monotonic

from chalicelib.channels import public_addresses
from chalicelib.channels.public_addresses import NotResolved, SocketAddress
from chalicelib.domain import webhook_url
from chalicelib.domain.webhook_url import Refused, Target

SECONDS = 15.0
# Lambda answers with 6 MB at most, and a page of the log may show 3,000 attempts. An answer may repeat what we were
# told of people, too, and is kept for 30 days.
MOST_ANSWER = 256


@dataclass(frozen=True)
class Outcome:
    """`status` is None when no answer came, then `error` says why. `answer` is the beginning of the answer's body."""

    status: int | None
    duration_ms: int
    error: str | None = None
    answer: str | None = None
    retry_after: str | None = None


def post(url: str, body: bytes, headers: Mapping[str, str], loopback: bool = False) -> Outcome:
    """Post `body` (JSON) there; whatever goes wrong outside is told and not raised.

    `loopback` takes http and addresses of this machine too: for local runs.
    """
    watch = _Watch(SECONDS)
    try:
        return _post(webhook_url.parse(url, loopback), body, headers, loopback, watch)
    except (Refused, NotResolved) as refusal:
        return Outcome(None, watch.milliseconds, str(refusal))
    except (OSError, http.client.HTTPException) as error:
        words = f"No answer within {SECONDS:.0f} seconds." if watch.is_over else _words(error)
        return Outcome(None, watch.milliseconds, words)


class _Watch:
    def __init__(self, seconds: float) -> None:
        self._began = monotonic()
        self._seconds = seconds

    @property
    def left(self) -> float:
        """Seconds left; never 0, which sockets take for "do not wait at all"."""
        return max(0.001, self._seconds - (monotonic() - self._began))

    @property
    def is_over(self) -> bool:
        return monotonic() - self._began >= self._seconds

    @property
    def milliseconds(self) -> int:
        return round((monotonic() - self._began) * 1000)


def _post(target: Target, body: bytes, headers: Mapping[str, str], loopback: bool, watch: _Watch) -> Outcome:
    addresses = public_addresses.resolve(target.host, target.port, watch.left, loopback)
    with _connected(target, addresses, watch) as connection:
        connection.request("POST", target.path, body, {"Host": target.authority, "Connection": "close", **headers})
        response = connection.getresponse()
        answer = _beginning(response)
        return _outcome(response, answer, watch)


def _outcome(response: http.client.HTTPResponse, answer: str, watch: _Watch) -> Outcome:
    ok = 200 <= response.status < 300
    error = None if ok else f"The receiver answered {response.status} {_printable(response.reason)[:100]}".rstrip()
    return Outcome(response.status, watch.milliseconds, error, answer or None, response.headers.get("Retry-After"))


@contextmanager
def _connected(target: Target, addresses: list[SocketAddress], watch: _Watch) -> Iterator[http.client.HTTPConnection]:
    """A connection to the first of the addresses that takes one, cut off when the time is over."""
    opened = _open(addresses, watch)
    if target.secure:
        opened = _context().wrap_socket(opened, server_hostname=target.host, do_handshake_on_connect=False)
    cutter = threading.Timer(watch.left, _cut, [opened])
    cutter.daemon = True
    cutter.start()
    try:
        if isinstance(opened, ssl.SSLSocket):
            opened.do_handshake()
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = opened
        yield connection
    finally:
        cutter.cancel()
        opened.close()


def _open(addresses: list[SocketAddress], watch: _Watch) -> socket.socket:
    """By number: no name is looked up here. A silent address leaves those behind it their part of the time."""
    trouble: OSError = OSError("no address")
    for tried, (family, address) in enumerate(addresses):
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.settimeout(watch.left / (len(addresses) - tried))
        try:
            opened.connect(address)
        except OSError as error:
            opened.close()
            trouble = error
            continue
        opened.settimeout(watch.left)
        return opened
    raise trouble


def _cut(opened: socket.socket) -> None:
    """Whoever reads from it finds its end (past `SSLSocket`, which would take its TLS away under the reader)."""
    with suppress(OSError):
        socket.socket.shutdown(opened, socket.SHUT_RDWR)


@cache
def _context() -> ssl.SSLContext:
    """Certificates are checked against the system's authorities and the webhook's own host name."""
    return ssl.create_default_context()


def _beginning(response: http.client.HTTPResponse) -> str:
    """What came of the body's first octets before the receiver stopped or the time was over."""
    found = b""
    with suppress(OSError, http.client.HTTPException):
        while len(found) < MOST_ANSWER and (piece := response.read1(MOST_ANSWER - len(found))):
            found += piece
    return _printable(found.decode(errors="replace"))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() or letter == "\n" else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _words(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The receiver's certificate is not good: {error.verify_message}."
    if isinstance(error, ssl.SSLError):
        return "No TLS connection came about."
    if isinstance(error, ConnectionRefusedError):
        return "The receiver refused the connection."
    if isinstance(error, http.client.HTTPException) and not isinstance(error, ConnectionError):
        return "The answer was not HTTP."
    return "The connection failed or broke off."
