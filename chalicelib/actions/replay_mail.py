"""Reads raw mails anew, after the reader was bettered, and rewrites what was derived from them: by a job.

Nothing happens to the world: no ticket, no event, nothing sent, no other version of a ticket. A message keeps its id,
author, time and place; text, quotes, HTML, files and what could not be read become what the reader says today. What an
agent wrote stays as it went out. Mail that could not be read before comes in now; what is suspended stays so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib import clock, log
from chalicelib.actions import account_mail, index_tickets, release_mail, screen_mail, write_incoming
from chalicelib.actions.incoming import FORWARDED
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.run_job import Watch
from chalicelib.channels import email_in
from chalicelib.domain.job import Job, Progress
from chalicelib.domain.message import Attachment, Message
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.errors import told
from chalicelib.store import files, intake, keys, messages, raw_mail, suspended, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.intake import Intake
from chalicelib.store.raw_mail import RawMail
from chalicelib.store.suspended import Suspended

JOB_TYPE = "replay"
MOST_IDS = 100
# Each is a row of the step's transaction.
_MOST_RESULTS = 90

Result = Mapping[str, Any]


def step(job: Job, change: Changes) -> Progress:
    """The next mails of the stretch, or of the ids, that the job names; each that is other than before is told."""
    watch, after, done, results = Watch(), str(job.place.get("after", "")), 0, list[Result]()
    for raw in _wanted(job, after):
        if watch.is_over or len(results) == _MOST_RESULTS:
            return Progress({"after": after}, done, results=tuple(results))
        after = raw.key
        if _in_range(raw, job.wanted):
            done += 1
            results += _replayed(raw)
    return Progress(None, done, results=tuple(results))


def replay(raw: RawMail) -> str | None:
    """Read one mail anew; what became of it in a word, or None when all is as it was.

    `rewritten` is a message, `judged` what was suspended because it could not be read, `found` one nobody knew of.
    """
    known = intake.of_mail(raw.id)
    if known is None:
        return _found(raw)
    if known.outcome == "message":
        return _rewritten(raw, known)
    held = suspended.get(raw.id)
    return _judged(held) if held else None


def _wanted(job: Job, after: str) -> Iterator[RawMail]:
    """By key, as the bucket lists them; S3 lists a thousand for half a hundredth of a cent."""
    named = job.wanted.get("mail_ids")
    if named is None:
        return raw_mail.listed(after)
    listed = (raw_mail.find(raw_mail.FOLDER + mail_id) for mail_id in sorted(named))
    return (one for one in listed if one and one.key > after)


def _in_range(raw: RawMail, wanted: Mapping[str, Any]) -> bool:
    """By when it came. On a local run, whose clock was moved away from that of S3, its row knows better."""
    if "since" not in wanted:
        return True
    since, until = keys.moment(wanted["since"]), keys.moment(wanted["until"])
    return since <= _came_at(raw) < until


def _came_at(raw: RawMail) -> datetime:
    known = intake.of_mail(raw.id) if clock.offset() else None
    return known.created_at if known else raw.came_at


def _replayed(raw: RawMail) -> list[Result]:
    try:
        word = replay(raw)
    except Exception as error:  # one mail that fails is told, and must not keep the others as they are
        log.error("mail.not-replayed", mail_id=raw.id, error=told(error))
        return [{"source": raw.id, "code": "not-replayed", "detail": told(error)}]
    now = intake.of_mail(raw.id) if word else None
    place = {"ticket_id": now.ticket_id} if now and now.ticket_id else {}
    return [{"source": raw.id, "code": word, **place}] if word else []


def _found(raw: RawMail) -> str | None:
    """Younger mail may be in the hands of whoever takes it in."""
    if clock.now() - raw.came_at < account_mail.PATIENCE:
        return None
    account_mail.account(raw.key, last_try=True)
    return "found"


def _judged(held: Suspended) -> str | None:
    """What could not be read, and can be now, comes in as it would today; of others what is shown is read anew."""
    if held.reason == suspended.FAILED:
        return _tried_again(held)
    mail, raw = release_mail.stored(held), files.read_mail(held.raw_key)
    read = email_in.read(raw)
    if held.reason == "unparseable" and screen_mail.cause_to_suspend(mail, read) != held.reason:
        receive_mail(mail, anew=True)
        return "judged"
    if held.reason == "too-large":
        return None
    shown = screen_mail.kept_apart(mail, read, held.size, held.reason, held.received_at)
    return "rewritten" if shown != held and suspended.rewrite(shown) else None


def _tried_again(held: Suspended) -> str | None:
    """It fails as before, unless the fault is mended: then it is one that came without a notice."""
    receive_mail(account_mail.unannounced(held.raw_key), anew=True)
    return "judged"


def _rewritten(raw: RawMail, known: Intake) -> str | None:
    places = [(known.ticket_id, known.message_id), *known.also]
    old = [one for ticket_id, id in places if ticket_id and id and (one := messages.get(ticket_id, id))]
    # What an agent passed on lies within his own mail, whose words are not to be shown to the customer.
    old = [one for one in old if one.raw_key == raw.key and one.from_customer and one.matched_by != FORWARDED]
    if not old:
        return None
    content = files.find_mail(raw.key)
    changed = [one for one in old if content is not None and _rewrite(one, raw, content)]
    index_tickets.mark([one.ticket_id for one in changed])
    return "rewritten" if changed else None


def _rewrite(old: Message, raw: RawMail, content: bytes) -> bool:
    mail = StoredMail(raw.id, raw.key, (), "", "", "")
    new = write_incoming.derived(mail, email_in.read(content))
    attached = _same_ids(old.attachments, new.attachments)
    message = replace(
        old,
        text=new.text,
        html=new.html,
        quoted_text=new.quoted_text,
        attachments=attached,
        automatic=new.automatic,
        problems=new.problems,
    )
    if message == old:
        return False
    # Before, too: should this process end in between, the search must not miss it.
    index_tickets.mark([old.ticket_id])
    if not messages.rewrite(message):
        messages.forget_files(old)
        return False
    _show(message, old.gist)
    return True


def _show(message: Message, before: str) -> None:
    """In the lists, where it is the newest that a customer sees: of its own ticket and of what stands for that now."""
    home = tickets.get(message.ticket_id)
    for one in tickets.showing(home, message.id) if home else ():
        tickets.show_preview(one.id, before, message.gist)


def _same_ids(old: tuple[Attachment, ...], new: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """A file that was listed before keeps its id, and with it its address."""
    left, kept = list(old), []
    for one in new:
        same = next((was for was in left if _is_same(was, one)), None)
        if same:
            left.remove(same)
        kept.append(replace(one, id=same.id) if same else one)
    return tuple(kept)


def _is_same(was: Attachment, one: Attachment) -> bool:
    return (was.name, was.content_type, was.size) == (one.name, one.content_type, one.size)
