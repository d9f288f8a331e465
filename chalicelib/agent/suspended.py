"""Mail that was kept out of the tickets, on the desk: why, what it says, and the two buttons that decide by one press.

What such a mail holds is shown as plain text only, and downloaded as a file: nothing of it runs or loads here.
"""

from dataclasses import dataclass
from typing import Any

from chalice import Response

from chalicelib import log, signing
from chalicelib.actions import change_blocked_sender, release_mail
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.channels import email_in
from chalicelib.domain import suspension
from chalicelib.domain.ticket import MAX_DIGITS
from chalicelib.errors import Invalid, NotFound, told
from chalicelib.store import files, suspended, tickets
from chalicelib.store.suspended import Suspended
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

PAGE = 25
# What is read of a mail for its preview, and what is shown of that.
PREVIEW_OCTETS = 262_144
PREVIEW_SIGNS = 5_000
HERE = "/agent/suspended"
REFUSALS = ("mail-without-sender", "own-sender")


@dataclass(frozen=True)
class Shown:
    """A mail as the page shows it: with the id it has outside, and its cause in words."""

    id: str
    mail: Suspended
    cause: str

    @property
    def address(self) -> str:
        return f"{HERE}/{self.id}"

    @property
    def may_be_released(self) -> bool:
        """What could not be read becomes no message by being asked for; a mended reader finds it."""
        return self.mail.reason != suspended.FAILED and self.mail.sender is not None

    @property
    def is_dangerous(self) -> bool:
        """What it holds may harm whoever opens it: the button says so."""
        return self.mail.reason == "virus"


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    after = signing.unseal("desk-suspended", desk.visit.query.get("after", ""))
    page = suspended.page(PAGE, after)
    return pages.show(
        desk,
        "suspended",
        area="suspended",
        mails=[_shown(mail, desk.lang) for mail in page.mails],
        released=_number(desk.visit.query.get("released", "")),
        done=desk.visit.query.get("done", ""),
        deleted=_deleted(desk),
        first_page=HERE if after else None,
        next_page=f"{HERE}?after={signing.seal('desk-suspended', page.after)}" if page.after else None,
    )


@doors.get(HERE + "/{id}")
@for_agents
def one(desk: Desk) -> Response:
    return _page(desk, _named(desk))


@doors.get(HERE + "/{id}/raw")
@for_agents
def raw(desk: Desk) -> Response:
    mail = _named(desk)
    return answer.redirect(desk.visit, files.mail_link(mail.raw_key, f"suspended-{mail.received_at:%Y-%m-%d-%H%M}"))


@doors.post(HERE + "/{id}/release")
@for_agents
def release(desk: Desk) -> Response:
    """A second press leads to the same ticket."""
    try:
        outcome = release_mail.release(_mail_id(desk), desk.actor)
    except Invalid as error:
        return _page(desk, _named(desk), error.status, errors={"mail": _code(error)})
    ticket = tickets.get(outcome.ticket_id) if outcome.ticket_id else None
    return answer.redirect(desk.visit, f"{HERE}?released={ticket.number}" if ticket else HERE)


@doors.post(HERE + "/{id}/delete")
@for_agents
def delete(desk: Desk) -> Response:
    """Gone from the list at once, and taken back by one press as long as the mail would have been kept."""
    release_mail.put_into_bin(_mail_id(desk))
    return answer.redirect(desk.visit, f"{HERE}?done=deleted&mail={desk.visit.params['id']}")


@doors.post(HERE + "/{id}/restore")
@for_agents
def restore(desk: Desk) -> Response:
    release_mail.take_back(_mail_id(desk))
    return answer.redirect(desk.visit, f"{HERE}?done=restored")


@doors.post(HERE + "/{id}/block")
@for_agents
def block(desk: Desk) -> Response:
    mail = _named(desk)
    try:
        change_blocked_sender.block(mail.sender or "", desk.actor)
    except Invalid as error:
        return _page(desk, mail, error.status, errors={"mail": _code(error)})
    return answer.redirect(desk.visit, f"{HERE}/{suspension.id_of(mail.id)}?done=blocked")


def _page(desk: Desk, mail: Suspended, status: int = 200, **context: Any) -> Response:
    given = {
        "area": "suspended",
        "shown": _shown(mail, desk.lang),
        "text": _preview(mail),
        "done": desk.visit.query.get("done", ""),
    }
    return pages.show(desk, "suspended_mail", status=status, **given | context)


def _named(desk: Desk) -> Suspended:
    found = suspended.get(_mail_id(desk))
    if found is None:
        raise NotFound("There is no such suspended mail.")
    return found


def _mail_id(desk: Desk) -> str:
    found = suspension.mail_id_of(desk.visit.params["id"])
    if found is None:
        raise NotFound("There is no such suspended mail.")
    return found


def _shown(mail: Suspended, lang: str) -> Shown:
    return Shown(suspension.id_of(mail.id), mail, suspension.in_words(mail.reason, lang))


def _preview(mail: Suspended) -> str:
    try:
        octets, _ = files.beginning_of_mail(mail.raw_key, PREVIEW_OCTETS)
        read = email_in.read(octets)
    except Exception as error:  # what no code of ours could read has no preview, but must be seen and decided on
        log.warning("mail.no-preview", mail_id=mail.id, error=told(error))
        return ""
    return (read.visible_text or read.text)[:PREVIEW_SIGNS].strip()


def _deleted(desk: Desk) -> str | None:
    """The address of the mail that was just deleted, if the page was asked to offer it back."""
    mail_id = suspension.mail_id_of(desk.visit.query.get("mail", ""))
    return f"{HERE}/{suspension.id_of(mail_id)}" if mail_id else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS else None


def _code(error: Invalid) -> str:
    return error.code if error.code in REFUSALS else "not-done"
