"""What takes our mail and messages: moto plays SESv2 and SNS, we play WhatsApp; what is accepted goes to the outbox.

The request is read beside moto because moto does not keep the EmailTags, which SES repeats in every event.
"""

import base64
import functools
import json
import threading
from collections.abc import Callable, Iterable
from email import message_from_string
from email.utils import parseaddr
from http import HTTPStatus
from io import BytesIO
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from infra.local import suppression_list, whatsapp
from infra.local.feedback import SentMail, events
from infra.local.outbox import Outbox
from infra.local.world import REGION, SUPPORT_EMAIL

Environ = dict[str, Any]
Publish = Callable[[dict[str, Any]], None]

WATCH_SECONDS = 0.05


class PostOffice:
    """An HTTP endpoint for the product's SESv2, SNS and WhatsApp clients.

    `publish` gets each SES event about a mail, `publish_whatsapp` each notice of what became of a WhatsApp message.
    """

    def __init__(self, outbox: Outbox, publish: Publish, publish_whatsapp: Publish) -> None:
        self.endpoint = ""
        self._outbox = outbox
        self._publish = publish
        self._publish_whatsapp = publish_whatsapp
        self._server: Any = None
        self._loading = threading.Lock()

    def start(self) -> None:
        self._server = make_server("127.0.0.1", 0, self._take, Server, QuietHandler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(WATCH_SECONDS,), daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    def _answering(self) -> Any:
        with self._loading:
            return self._moto

    @functools.cached_property
    def _moto(self) -> Any:
        """With our domain verified. It takes a third of a second to load, which only a run that sends has to wait."""
        from moto.core import DEFAULT_ACCOUNT_ID
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
        from moto.sesv2.models import sesv2_backends

        ses = sesv2_backends[DEFAULT_ACCOUNT_ID][REGION]
        for identity in (SUPPORT_EMAIL.partition("@")[2], SUPPORT_EMAIL):
            ses.create_email_identity(identity, None, None, None)
        return DomainDispatcherApplication(create_backend_app)

    def _take(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(suppression_list.PLACE):
            return _forgiven(environ["PATH_INFO"].removeprefix(suppression_list.PLACE), start_response)
        request = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if environ["PATH_INFO"].startswith(whatsapp.PLACE):
            return self._take_whatsapp(environ["PATH_INFO"], request, start_response)
        environ["wsgi.input"] = BytesIO(request)
        seen: list[str] = []

        def started(status: str, headers: Any, problem: Any = None) -> Any:
            seen.append(status)
            return start_response(status, headers, problem)

        answer = b"".join(self._answering()(environ, started))
        if seen[0].startswith("200"):
            self._keep(environ["PATH_INFO"], request, answer)
        return [answer]

    def _take_whatsapp(self, path: str, request: bytes, start_response: Callable[..., Any]) -> list[bytes]:
        status, headers, answer, taken = whatsapp.respond(path, request)
        if taken:
            self._outbox.add_whatsapp(taken.wamid, taken.to, taken.body, taken.message["type"])
            for notice in whatsapp.statuses(taken):
                self._publish_whatsapp(notice)
        start_response(status, headers)
        return [answer]

    def _keep(self, path: str, request: bytes, answer: bytes) -> None:
        if path == "/v2/email/outbound-emails":
            self._keep_email(json.loads(request), json.loads(answer)["MessageId"])
        elif b"Action=Publish" in request:
            self._keep_sms(parse_qs(request.decode()), _message_id(answer.decode()))

    def _keep_email(self, request: dict[str, Any], ses_id: str) -> None:
        mail = _sent_mail(request, ses_id)
        self._outbox.add_email(mail.ses_id, mail.recipients, mail.sender, mail.raw)
        for event in events(mail) if mail.configuration_set else []:
            self._publish(event)

    def _keep_sms(self, request: dict[str, list[str]], message_id: str) -> None:
        if "PhoneNumber" in request:
            self._outbox.add_sms(message_id, request["PhoneNumber"][0], request["Message"][0])


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away in the middle is no error of ours."""


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """What was sent is in the outbox."""


def _forgiven(email: str, start_response: Callable[..., Any]) -> list[bytes]:
    status, headers, body = suppression_list.remove(email)
    start_response(f"{status} {HTTPStatus(status).phrase}", list(headers.items()))
    return [body.encode()]


def _message_id(answer: str) -> str:
    return answer.partition("<MessageId>")[2].partition("</MessageId>")[0]


def _sent_mail(request: dict[str, Any], ses_id: str) -> SentMail:
    destination = request.get("Destination", {})
    fields = ("ToAddresses", "CcAddresses", "BccAddresses")
    recipients = [parseaddr(address)[1] for field in fields for address in destination.get(field, [])]
    raw = base64.b64decode(request["Content"]["Raw"]["Data"]).decode()
    return SentMail(
        ses_id=ses_id,
        sender=parseaddr(request.get("FromEmailAddress") or message_from_string(raw)["From"])[1],
        recipients=recipients,
        raw=raw,
        configuration_set=request.get("ConfigurationSetName", ""),
        tags={tag["Name"]: tag["Value"] for tag in request.get("EmailTags", [])},
    )
