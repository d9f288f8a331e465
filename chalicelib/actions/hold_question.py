"""Holds a question that a robot may have typed into the portal's form, as suspended mail is held: an agent decides.

It is written as the mail that it would have been, so that all that is done with suspended mails is done with it too.
"""

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime, make_msgid

from chalicelib import clock, ids, log, settings, signing
from chalicelib.domain.contact import normal_email
from chalicelib.domain.message import Attachment
from chalicelib.store import changes, files, idempotency, intake, suspended
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed
from chalicelib.store.suspended import Suspended

CAUSE = "robot"


def hold(
    email: str, name: str, subject: str, text: str, attached: Sequence[Attachment], keyed: Keyed | None = None
) -> str:
    """Keep what was typed until an agent lets it in or deletes it, for 14 days; returns its id.

    Asked for again under the same key, nothing is written, whatever became of it.

    Raises:
        Replayed: somebody was just faster with the same key.
    """
    held_id = _id(keyed)
    if intake.of_mail(held_id):
        return held_id
    sender = normal_email(email)
    raw = _mail(sender, name, subject, text, attached).as_bytes()
    held = _suspended(held_id, len(raw), sender, name, subject)
    files.put_mail(held.raw_key, raw)
    changes.again(lambda: _hold(held, keyed))
    log.info("form.suspended", form_id=held_id, cause=CAUSE)
    return held_id


def _id(keyed: Keyed | None) -> str:
    """The same for each sending of one form, so that they write one mail between them."""
    return f"frm_{signing.digest('held-form', keyed.scope, 16).hex()}" if keyed else ids.new("frm")


def _hold(held: Suspended, keyed: Keyed | None) -> None:
    change = Changes()
    idempotency.record(change, keyed, held)  # before the other guard: of what was met, the first is told
    suspended.add(change, held)
    change.commit()


def _suspended(held_id: str, size: int, sender: str, name: str, subject: str) -> Suspended:
    """Nobody proved who wrote it, nobody looked for spam and viruses: so it says of itself."""
    return Suspended(
        id=held_id,
        reason=CAUSE,
        received_at=clock.now(),
        raw_key=f"{suspended.forms_of(sender)}{held_id}",
        size=size,
        recipients=(settings.support_email(),),
        spam="GRAY",
        virus="GRAY",
        dmarc="GRAY",
        sender=sender,
        sender_name=name,
        subject=subject,
    )


def _mail(sender: str, name: str, subject: str, text: str, attached: Sequence[Attachment]) -> EmailMessage:
    mail = EmailMessage(SMTPUTF8)
    quoted = name.replace("\\", "").replace('"', "'")
    mail["From"] = f'"{quoted}" <{sender}>' if quoted else sender
    mail["To"] = settings.support_email()
    mail["Subject"] = subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=settings.mail_domain())
    mail.set_content(text)
    for one in attached:
        kind, _, subtype = one.content_type.partition("/")
        mail.add_attachment(files.read(one.key), kind, subtype or "octet-stream", filename=one.name)
    return mail
