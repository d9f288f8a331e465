"""The client: where it speaks to, with which key, and all resources under their names."""

from __future__ import annotations

import re
from types import TracebackType

import httpx

from diwan_client.following import Events
from diwan_client.resources import Resources
from diwan_client.retries import Retries
from diwan_client.sending import Uploads
from diwan_client.transport import Transport
from diwan_client.waiting import Jobs

_KEY = re.compile(r"[!-~]{1,200}")


class Diwan(Resources):
    """A client of one Diwan. It keeps connections open: close it, or use it as a context manager. Threads may share it.

    Args:
        base_url: where it is, as https://help.example.org
        api_key: goes with every call, and into no repr and no log
        timeout: seconds that each step of a try may take: connecting, sending, waiting for an answer
        retries: how often and how patiently a call is tried again
        locale: the language of error messages, "en" or "ar"
        http: an httpx.Client of your own, for proxies or certificates; close it yourself

    Raises:
        ValueError: the address is none, or the key is empty or holds what no key holds.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        timeout: float = 30.0,
        retries: Retries | None = None,
        locale: str = "en",
        http: httpx.Client | None = None,
    ) -> None:
        if not _KEY.fullmatch(api_key):
            raise ValueError("an API key is 1 to 200 printable ASCII characters without spaces")
        if not base_url.startswith(("https://", "http://")):
            raise ValueError(f"{base_url!r} is no address: begin with https://")
        used = http or httpx.Client()
        self._own_http = None if http else used
        self._use(Transport(used, base_url.rstrip("/"), api_key, locale, timeout, retries or Retries()))

    def with_options(self, *, timeout: float | None = None, retries: Retries | None = None) -> Diwan:
        """The same client, over the same connections, with other patience."""
        told = {name: value for name, value in (("timeout", timeout), ("retries", retries)) if value is not None}
        made = Diwan.__new__(Diwan)
        made._own_http = None
        made._use(self._transport.with_options(**told))
        return made

    def close(self) -> None:
        if self._own_http is not None:
            self._own_http.close()

    def __enter__(self) -> Diwan:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Diwan({self._transport.base_url!r})"

    def _use(self, transport: Transport) -> None:
        super().__init__(transport)
        self._transport = transport
        self.events: Events = Events(transport)
        self.jobs: Jobs = Jobs(transport)
        self.uploads: Uploads = Uploads(transport)
