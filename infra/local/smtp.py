"""The door for mail clients: any letter to anybody is taken, as SES would take it for our domain.

250 is said only when the mail is stored and its announcement stands in the queue.
"""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from chalicelib import log

SIZE_LIMIT = 40 * 1024 * 1024
# RFC 5321 allows 1,000 octets a line, yet real senders write longer ones and SES takes them.
LINE_LIMIT = 1024 * 1024

# Raw mail, envelope recipients, envelope sender.
Take = Callable[[bytes, list[str], str], Any]


class Mailbox:
    """The handler that aiosmtpd calls with each whole letter."""

    def __init__(self, take: Take) -> None:
        self._take = take

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        loop = asyncio.get_running_loop()
        raw = envelope.original_content or b""
        await loop.run_in_executor(None, self._take, raw, list(envelope.rcpt_tos), envelope.mail_from or "")
        return "250 Message accepted for delivery"

    async def handle_exception(self, error: Exception) -> str:
        """What we could not store the client keeps, and tries again later."""
        log.error("local.smtp_failed")
        return "451 Try again later"


class PatientSMTP(SMTP):
    line_length_limit = LINE_LIMIT


class Door(Controller):
    """An SMTP server on 127.0.0.1. It binds its port at once, 0 for any free one, and answers from `start` on."""

    def __init__(self, take: Take, port: int) -> None:
        """Raises OSError: the port is taken."""
        self._socket = socket.create_server(("127.0.0.1", port))
        super().__init__(Mailbox(take), "127.0.0.1", self._socket.getsockname()[1], ready_timeout=20)

    def factory(self) -> SMTP:
        return PatientSMTP(self.handler, data_size_limit=SIZE_LIMIT, enable_SMTPUTF8=True, hostname="diwan.local")

    def _create_server(self) -> Coroutine[Any, Any, asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)
