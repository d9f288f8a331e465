"""Every mail, text message and webhook that left, as its recipient sees it; on disk before the product hears of it."""

import json
import re
import threading
from email import message_from_string, policy
from pathlib import Path
from typing import Any

from infra.local.feedback import stamp
from infra.local.world import REGION

_KINDS = ("emails", "sms", "whatsapp", "webhooks")
_HEADER = r"(?im)^{}:[^\n]*\n(?:[ \t][^\n]*\n)*"


class Outbox:
    """`emails`, `sms`, `whatsapp` and `webhooks` (each attempt), oldest first; ids ascend over all of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self.emails: list[dict[str, Any]] = []
        self.sms: list[dict[str, Any]] = []
        self.whatsapp: list[dict[str, Any]] = []
        self.webhooks: list[dict[str, Any]] = []
        self._load()

    def add_email(self, ses_id: str, recipients: list[str], sender: str, raw: str) -> None:
        """Keep a mail that SES took as `ses_id`, for bare `recipients`, from the bare address `sender`."""
        seen = as_received(raw, ses_id)
        subject = str(message_from_string(seen, policy=policy.default).get("subject", ""))
        mail = {"to": recipients, "from": sender, "subject": subject, "raw": seen, "provider_id": ses_id}
        self._add(self.emails, "emails", mail)

    def add_sms(self, provider_id: str, number: str, body: str) -> None:
        self._add(self.sms, "sms", {"to": number, "body": body, "provider_id": provider_id})

    def add_whatsapp(self, wamid: str, number: str, body: str, type: str) -> None:
        """Keep a message of WhatsApp; `type` is `text` or `template`, `body` what is read on the phone."""
        message = {"to": number, "body": body, "type": type, "provider_id": wamid}
        self._add(self.whatsapp, "whatsapp", message)

    def add_webhook(self, message_id: str, url: str, status: int | None) -> None:
        """Keep an attempt: `status` is what the receiver at `url` answered, None when no answer came."""
        self._add(self.webhooks, "webhooks", {"url": url, "status": status, "webhook_id": message_id})

    def provider_id_of(self, id: str) -> str:
        """The provider's id of the mail or text message with that id here; of one unknown here, the id as given."""
        listed = (*self.emails, *self.sms, *self.whatsapp)
        return next((str(one["provider_id"]) for one in listed if one["id"] == id), id)

    def after(self, last: str | None) -> dict[str, list[dict[str, Any]]]:
        """All of it, or what came after the entry with the id `last`."""
        with self._lock:
            kept = {name: list(getattr(self, name)) for name in _KINDS}
        return {name: [entry for entry in entries if entry["id"] > (last or "")] for name, entries in kept.items()}

    def wipe(self) -> None:
        with self._lock:
            self.emails, self.sms, self.whatsapp, self.webhooks = [], [], [], []
            for name in _KINDS:
                self._file(name).unlink(missing_ok=True)

    def _add(self, entries: list[dict[str, Any]], name: str, entry: dict[str, Any]) -> None:
        with self._lock:
            number = sum(len(getattr(self, kind)) for kind in _KINDS) + 1
            entry = {"id": f"{number:08d}", **entry, "sent_at": stamp()}
            with self._file(name).open("a") as file:
                file.write(json.dumps(entry) + "\n")
            entries.append(entry)

    def _load(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for name in _KINDS:
            if self._file(name).exists():
                setattr(self, name, list(_entries(self._file(name).read_text())))

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.jsonl"


def as_received(raw: str, ses_id: str) -> str:
    """The mail with the Message-ID that SES writes in place of ours, and without Bcc."""
    head, separator, body = re.split(r"(\r?\n\r?\n)", raw, maxsplit=1) if "\n" in raw else (raw, "", "")
    newline = "\r\n" if "\r\n" in raw else "\n"
    head += newline
    for name in ("Message-ID", "Bcc"):
        head = re.sub(_HEADER.format(name), "", head)
    return f"{head}Message-ID: <{ses_id}@{REGION}.amazonses.com>{separator or newline}{body}"


def _entries(text: str) -> Any:
    """The lines of a file; the last may be half written when the power went."""
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return
