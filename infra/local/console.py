"""The JSON calls under `/_local`, which play AWS and the customers' devices. Their shapes are a promise to the outside.

Every call that puts something in answers only when `settle` can see it.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from chalicelib import log
from chalicelib.errors import DiwanError
from infra.local import arrivals, console_page, product
from infra.local.gateway import Request, Response, problem
from infra.local.outbox import Outbox
from infra.local.pump import Pump, Unsettled
from infra.local.world import SUPPORT_EMAIL, SUPPORT_PHONE, World

VERDICTS = ("PASS", "FAIL", "GRAY", "PROCESSING_FAILED", "DISABLED")
DMARC_POLICIES = ("NONE", "QUARANTINE", "REJECT")
SEEDS = ("demo", "empty")
# Ten years: beyond it dates in the far future break more than they show.
CLOCK_LIMIT = 10 * 366 * 86_400
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_NUMBER = re.compile(r"\+?[0-9A-Za-z]{1,20}")
# Whoever texts is told by his carrier, and that may be anything.
_SENDER = re.compile(r"[^\x00-\x1f]{1,40}")

Query = dict[str, list[str]]


class Refused(Exception):
    """The call is wrong: `pointer` names the field."""

    def __init__(self, detail: str, pointer: str = "", status: int = 400) -> None:
        super().__init__(detail)
        self.detail, self.pointer, self.status = detail, pointer, status


@dataclass(frozen=True)
class Surroundings:
    """What the console may say about this run; `jump` moves the clock, `reset` makes a fresh world of a seed."""

    api_key: str
    smtp_port: int
    jump: Callable[[float], None]
    reset: Callable[[str], None]


class Console:
    def __init__(self, world: World, pump: Pump, outbox: Outbox, surroundings: Surroundings) -> None:
        self._world = world
        self._pump = pump
        self._outbox = outbox
        self._here = surroundings
        self._calls: dict[tuple[str, str], Callable[[Request], tuple[int, Any]]] = {
            ("GET", "info"): self._info,
            ("POST", "login"): self._login,
            ("POST", "email"): self._email,
            ("POST", "read-email"): self._read_email,
            ("POST", "sms"): self._sms,
            ("POST", "whatsapp"): self._whatsapp,
            ("POST", "ses-event"): self._ses_event,
            ("GET", "outbox"): self._see_outbox,
            ("POST", "settle"): self._settle,
            ("POST", "clock"): self._clock,
            ("POST", "reset"): self._reset,
            ("GET", "state"): self._state,
        }
        self._pages: dict[str, Callable[[Request], Response]] = {
            "": lambda request: console_page.page(),
            "console.js": lambda request: console_page.script(),
            "letter": self._letter,
        }

    def answer(self, request: Request) -> Response:
        name = request.path.removeprefix("/_local").strip("/")
        try:
            if name in self._pages and request.method in ("GET", "HEAD"):
                return self._pages[name](request)
            status, payload = self._find(request, name)(request)
        except Refused as refused:
            return _refusal(request, refused.status, refused.detail, refused.pointer)
        except DiwanError as error:
            return _refusal(request, error.status, error.detail)
        except Unsettled as unsettled:
            return _json(504, {"settled": False, "left": unsettled.left})
        return _json(status, payload)

    def _find(self, request: Request, name: str) -> Callable[[Request], tuple[int, Any]]:
        method = "GET" if request.method == "HEAD" else request.method
        if (method, name) in self._calls:
            return self._calls[method, name]
        if method == "GET" and name.startswith("email/"):
            return self._outcome
        known = any(path == name for _, path in self._calls)
        raise Refused("Wrong method." if known else "There is no such call.", status=405 if known else 404)

    def _info(self, request: Request) -> tuple[int, Any]:
        people = product.people()
        return 200, {
            "api_key": self._here.api_key,
            "admin_email": people.admin_email,
            "agent_email": people.agent_email,
            "support_address": SUPPORT_EMAIL,
            "support_phone": SUPPORT_PHONE,
            "smtp_port": self._here.smtp_port,
        }

    def _login(self, request: Request) -> tuple[int, Any]:
        body = _body(request, {"email", "role"})
        email = _text(body, "email", pattern=_ADDRESS)
        return 200, {"url": product.sign_in_link(email, _choice(body, "role", ("agent", "customer")))}

    def _email(self, request: Request) -> tuple[int, Any]:
        query = parse_qs(request.query)
        recipients = query.get("to") or [SUPPORT_EMAIL]
        for address in recipients:
            if not _ADDRESS.fullmatch(address):
                raise Refused(f"{address!r} is no address.", "to")
        ses_id = arrivals.receive_email(self._world, request.body, recipients, verdicts=_verdicts(query))
        return 202, {"id": ses_id}

    def _outcome(self, request: Request) -> tuple[int, Any]:
        ses_id = request.path.rpartition("/")[2]
        if not arrivals.is_stored(self._world, ses_id):
            raise Refused("There is no such mail.", status=404)
        outcome = product.outcome(ses_id)
        if outcome["outcome"] == "pending" and any(ses_id in body for body in self._world.dead_letters("Inbound")):
            outcome |= {"outcome": "failed", "reason": "dead-letter"}
        return 200, outcome

    def _read_email(self, request: Request) -> tuple[int, Any]:
        return 200, product.read_email(request.body)

    def _sms(self, request: Request) -> tuple[int, Any]:
        body = _body(request, {"from", "to", "body", "previous_id"})
        sender = _text(body, "from", pattern=_SENDER)
        to = _text(body, "to", pattern=_NUMBER) if "to" in body else SUPPORT_PHONE
        previous = body.get("previous_id") and self._outbox.provider_id_of(_text(body, "previous_id"))
        return 202, {"id": arrivals.receive_sms(self._world, sender, _text(body, "body", empty=True), to, previous)}

    def _whatsapp(self, request: Request) -> tuple[int, Any]:
        body = _body(request, {"from", "body", "context_id", "name"})
        sender, words = _text(body, "from", pattern=_NUMBER), _text(body, "body", empty=True)
        answers = body.get("context_id") and self._outbox.provider_id_of(_text(body, "context_id"))
        name = _text(body, "name", empty=True) if "name" in body else ""
        return 202, {"id": arrivals.receive_whatsapp(self._world, sender, words, name, answers)}

    def _ses_event(self, request: Request) -> tuple[int, Any]:
        event = _object(request)
        kind = event.get("eventType") or event.get("notificationType")
        if not isinstance(kind, str) or not isinstance(event.get("mail"), dict):
            raise Refused("An event of SES has an 'eventType' (or 'notificationType') and a 'mail'.", "/eventType", 422)
        mail = event["mail"]
        if isinstance(mail.get("messageId"), str):
            event["mail"] = mail | {"messageId": self._outbox.provider_id_of(mail["messageId"])}
        arrivals.publish_feedback(self._world, event)
        return 202, {}

    def _see_outbox(self, request: Request) -> tuple[int, Any]:
        last = parse_qs(request.query).get("after", [None])[-1]
        return 200, self._outbox.after(last)

    def _settle(self, request: Request) -> tuple[int, Any]:
        return 200, {"settled": True, **self._pump.settle()}

    def _clock(self, request: Request) -> tuple[int, Any]:
        body = _body(request, {"advance_seconds"})
        seconds = body.get("advance_seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= CLOCK_LIMIT:
            raise Refused(f"A number of seconds from 0 to {CLOCK_LIMIT}.", "/advance_seconds", 422)
        self._here.jump(seconds)
        return 200, {"now": arrivals.stamp(), **self._pump.settle()}

    def _reset(self, request: Request) -> tuple[int, Any]:
        seed = _choice(_body(request, {"seed"}), "seed", SEEDS)
        self._here.reset(seed)
        return 200, {"seed": seed}

    def _letter(self, request: Request) -> Response:
        wanted = parse_qs(request.query).get("id", [""])[-1]
        mail = next((mail for mail in self._outbox.emails if mail["id"] == wanted), None)
        if mail is None:
            raise Refused("There is no such mail.", status=404)
        return console_page.letter(mail)

    def _state(self, request: Request) -> tuple[int, Any]:
        """For the page: the clock, and what waits where."""
        return 200, {"now": arrivals.stamp(), "sources": self._pump.counts()}


def _object(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Refused("The body is not JSON.") from error
    if not isinstance(body, dict):
        raise Refused("The body must be a JSON object.")
    return body


def _body(request: Request, known: set[str]) -> dict[str, Any]:
    body = _object(request)
    for name in body:
        if name not in known:
            raise Refused(f"{name!r} is not known here; {', '.join(sorted(known))} are.", f"/{name}", 422)
    return body


def _text(body: dict[str, Any], name: str, pattern: re.Pattern[str] | None = None, empty: bool = False) -> str:
    value = body.get(name)
    if not isinstance(value, str) or (not value and not empty):
        raise Refused(f"{name!r} must be given, as text.", f"/{name}", 422)
    if pattern and not pattern.fullmatch(value):
        raise Refused(f"{value!r} does not look like one.", f"/{name}", 422)
    return value


def _choice(body: dict[str, Any], name: str, choices: tuple[str, ...]) -> str:
    value = body.get(name)
    if value not in choices:
        raise Refused(f"{name!r} must be one of {', '.join(choices)}.", f"/{name}", 422)
    return str(value)


def _verdicts(query: Query) -> dict[str, str]:
    verdicts: dict[str, str] = {}
    for name in ("spam", "virus", "dmarc", "dmarc_policy"):
        if name in query:
            allowed = DMARC_POLICIES if name == "dmarc_policy" else VERDICTS
            verdicts[name] = query[name][-1].upper()
            if verdicts[name] not in allowed:
                raise Refused(f"{name!r} must be one of {', '.join(allowed)}.", name)
    return verdicts


def _json(status: int, payload: Any) -> Response:
    return Response(status, json.dumps(payload).encode(), [("Content-Type", "application/json")])


def _refusal(request: Request, status: int, detail: str, pointer: str = "") -> Response:
    log.info("local.refused", path=request.path, status=status)
    errors = [{"pointer": pointer, "code": "invalid", "message": detail}] if pointer else []
    document = {"type": "about:blank", "title": "The console cannot do that", "status": status, "detail": detail}
    return problem(request, {**document, "code": "console", "errors": errors})
