"""The HTTP server of a local run: `/_local` is the console, `/static/` and `/media/` the CDN, all else the gateway."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from chalicelib import log
from infra.local import media, static
from infra.local.gateway import Request, Response, refusal, refused

# API Gateway's own limit; the console's is that of a mail.
BODY_LIMIT = 10 * 1024 * 1024
CONSOLE_BODY_LIMIT = 40 * 1024 * 1024
CLOSE_SECONDS = 20
REFUSED = 4  # the hundreds of the status

Answer = Callable[[Request], Response]


class Server:
    """Binds its port at once, so that links can be made, and answers from `start` on."""

    def __init__(self, port: int, access_log: Path) -> None:
        self._log = access_log.open("a", buffering=1)
        self._running = 0
        self._idle = threading.Condition()
        handler = type("BoundHandler", (Handler,), {"owner": self})
        self._http = Listener(("127.0.0.1", port), handler)
        self.port = self._http.server_port

    def start(self, gateway: Answer, console: Answer, stir: Callable[[], None]) -> None:
        """`stir` is called after every request that may have changed something, before its answer goes out.

        One that was refused has not, and to look for work at all sources costs more than to refuse it.
        """
        self._gateway, self._console, self._stir = gateway, console, stir
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Take no more requests and let those that run finish."""
        self._http.shutdown()
        self._http.server_close()
        with self._idle:
            self._idle.wait_for(lambda: self._running == 0, CLOSE_SECONDS)

    def answer(self, request: Request) -> Response:
        with self._counted():
            response = self._route(request)
            if request.method not in ("GET", "HEAD") and response.status // 100 != REFUSED:
                self._stir()
            return response

    def record(self, line: str) -> None:
        self._log.write(line + "\n")

    def _route(self, request: Request) -> Response:
        try:
            if request.path == "/_local" or request.path.startswith("/_local/"):
                return self._console(request)
            if request.path.startswith("/static/"):
                return static.serve(request)
            if request.path.startswith("/media/"):
                return media.serve(request)
            return self._gateway(request)
        except Exception:  # the last line of defence of a server: one bad request must not end its connection mute
            log.error("local.request_failed", path=request.path)
            return refusal(request, "DEFAULT_5XX")

    @contextlib.contextmanager
    def _counted(self):  # type: ignore[no-untyped-def]
        with self._idle:
            self._running += 1
        try:
            yield
        finally:
            with self._idle:
                self._running -= 1
                self._idle.notify_all()


class Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection, address

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away in the middle is no error of ours."""


class Handler(BaseHTTPRequestHandler):
    owner: Server
    protocol_version = "HTTP/1.1"
    timeout = 75
    wbufsize = -1

    def _serve(self) -> None:
        started = time.perf_counter()
        path, _, query = self.path.partition("?")
        request = Request(self.command, path, query, list(self.headers.items()), b"", self.client_address[0])
        refusal = self._refusal(request)
        if refusal:
            self.close_connection = True
            self._send(refusal)
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._send(self.owner.answer(Request(**{**vars(request), "body": body})), head=self.command == "HEAD")
        milliseconds = (time.perf_counter() - started) * 1000
        self.owner.record(
            f"{self.log_date_time_string()} {self.command} {self.path} {self._status} {milliseconds:.1f}ms"
        )

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_QUERY = _serve  # noqa: N815 (http.server's names)

    def _refusal(self, request: Request) -> Response | None:
        """Why the body cannot be read, if so."""
        length = self.headers.get("Content-Length") or "0"
        limit = CONSOLE_BODY_LIMIT if request.path.startswith("/_local/") else BODY_LIMIT
        if self.headers.get("Transfer-Encoding"):
            return refused(request, "malformed", "Send a Content-Length instead of chunks.", 411)
        if not (length.isascii() and length.isdigit()):
            return refused(request, "malformed", "Content-Length is not a number.")
        return refusal(request, "REQUEST_TOO_LARGE") if int(length) > limit else None

    def _send(self, response: Response, head: bool = False) -> None:
        self._status = response.status
        self.send_response(response.status)
        for name, value in response.headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        if response.status not in (204, 304):
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if not head:
            self.wfile.write(response.body)
        self.wfile.flush()

    def version_string(self) -> str:
        return "Diwan"

    def log_message(self, format: str, *arguments: object) -> None:
        """The access log has its own line a request."""
