"""The door for mail clients: any letter to anybody is taken, as SES would take it for our domain.

250 is said only when the mail is stored and its announcement stands in the queue.
"""

import asyncio
from collections.abc import Callable
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
    """An SMTP server on 127.0.0.1; port 0 means any free one, and `port` says which once it is started."""

    def __init__(self, take: Take, port: int) -> None:
        super().__init__(Mailbox(take), hostname="127.0.0.1", port=port, ready_timeout=20)

    def factory(self) -> SMTP:
        return PatientSMTP(self.handler, data_size_limit=SIZE_LIMIT, enable_SMTPUTF8=True, hostname="diwan.local")

    def _trigger_server(self) -> None:
        """Controller greets itself once to see that it listens; of port 0 only the socket knows the number."""
        if isinstance(self.server, asyncio.Server) and not self.port:
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
