"""Files for messages, past us into S3: with a script before sending (a presigned POST each), without one after it.

What a browser announced only the same browser may attach: its mark, which no page shows, is the owner.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from chalice import Response

from chalicelib import clock, i18n, ids, settings, signing
from chalicelib.actions import announce_file, keep_uploads, receive_message
from chalicelib.actions.incoming import Hint, Incoming
from chalicelib.domain import taken_files
from chalicelib.domain.message import Attachment
from chalicelib.domain.storable_text import storable
from chalicelib.domain.taken_files import Taken, bare_name, type_of
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Forbidden, NotFound
from chalicelib.portal import asking_guard, pages
from chalicelib.store import allowances, changes, files, tickets, uploads
from chalicelib.store.allowances import Allowance
from chalicelib.store.idempotency import Keyed
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

LIMITS = Taken()
BY_BROWSER = Allowance("portal-upload", 60, timedelta(hours=1))
BY_NETWORK = Allowance("portal-upload-network", 600, timedelta(hours=1))
_RIGHT = timedelta(hours=1)


@dataclass(frozen=True)
class PlainForm:
    """A form that a browser sends straight to S3, one file at a time; S3 then leads it back to us."""

    url: str
    fields: dict[str, str]


@doors.post("/{lang}/uploads")
def announce(visit: Visit) -> Response:
    """For the script: what is uploaded next, and the form that uploads exactly that."""
    lang = pages.language(visit)
    name, size = bare_name(storable(visit.line("name"))), _octets(visit.line("size"))
    kind, wrong = type_of(name), _wrong(visit, name, size)
    if wrong or kind is None:
        return answer.data(visit, {"error": _words(wrong or "kind", lang)}, 429 if wrong == "many" else 422)
    made = announce_file.announce(name, kind, size, owner(visit))
    url, fields = files.form_for(made.key, made.content_type, made.size)
    return answer.data(visit, {"id": made.id, "name": name, "url": url, "fields": fields}, 201)


@doors.get("/{lang}/uploads/arrived")
def arrived(visit: Visit) -> Response:
    """S3 leads here after a form without a script: the file becomes a message of the ticket, once."""
    told = signing.unseal("upload", visit.query.get("of", ""))
    if not isinstance(told, list) or told[2] != owner(visit) or told[3] < clock.now().timestamp():
        raise Forbidden("This upload is over, or was begun in another browser.")
    ticket_id, upload_id, _, _, back = told
    file, wrong = _arrived(ticket_id, upload_id, visit.query.get("key", ""))
    if file is not None:
        _attach(ticket_id, file)
    said = {"name": file.name} if file else {"error": _words(wrong, pages.language(visit))}
    return answer.redirect(visit, back, [answer.flash("arrived", said)])


def owner(visit: Visit) -> str:
    """By what name the uploads of this browser are known."""
    return f"browser:{signing.digest('uploads', visit.browser, 16).hex()}"


def listed(visit: Visit, attachment_ids: str) -> list[Attachment]:
    """Of those files the ones that this browser announced: for a form that is shown again."""
    wanted = attachment_ids.split()[: taken_files.MAX_FILES]
    found = uploads.get_all(wanted)
    return [found[id].attachment for id in wanted if id in found and found[id].owner_id == owner(visit)]


def named(visit: Visit, attachment_ids: str, keep: bool = True) -> tuple[Attachment, ...] | None:
    """The files as a message can name them; None when one of them was not announced here, or did not arrive.

    Without `keep` they stay where they are swept away. Ask only when all else is well: what is kept stays.
    """
    wanted = list(dict.fromkeys(attachment_ids.split()))
    own = listed(visit, " ".join(wanted))
    if len(own) != len(wanted) or sum(one.size for one in own) > taken_files.MAX_OCTETS:
        return None
    kept = keep_uploads.keep(own) if keep else [one if files.is_there(one.key) else None for one in own]
    return None if None in kept else tuple(one for one in kept if one)


def plain_form(visit: Visit, ticket: Ticket, back: str = "") -> PlainForm:
    """The form by which a browser without a script adds a file to the ticket, and then comes `back` (a path of ours,
    this page if it is not given).
    """
    upload_id = ids.new("att")
    ends = int((clock.now() + _RIGHT).timestamp())
    right = signing.seal("upload", [ticket.id, upload_id, owner(visit), ends, back or visit.path])
    to = f"{settings.public_url()}/{pages.language(visit)}/uploads/arrived?of={quote(right, safe='')}"
    url, fields = files.plain_form_for(_folder(ticket.id, upload_id), taken_files.MAX_OCTETS, to)
    return PlainForm(url, fields)


def _wrong(visit: Visit, name: str, size: int) -> str:
    if not visit.is_ours:
        return "expired"
    if not type_of(name):
        return "kind"
    if size > taken_files.MAX_OCTETS:
        return "size"
    if size < 1:
        return "empty"
    counted = ((BY_BROWSER, visit.browser), (BY_NETWORK, asking_guard.network(visit)))
    return "" if all(allowances.take(allowance, of) for allowance, of in counted) else "many"


def _arrived(ticket_id: str, upload_id: str, key: str) -> tuple[Attachment | None, str]:
    """The file that came to lie where its form put it; what is wrong with it where it is none that is taken.

    Its id is made of its name and octets: whoever goes Back and sends another file by the same form adds a second one.
    """
    folder = _folder(ticket_id, upload_id)
    name = bare_name(storable(_mended(key.removeprefix(folder)))) if key.startswith(folder) else ""
    found, kind = files.size_and_tag(key) if name else None, type_of(name)
    if found is None:
        return None, "lost"
    if kind is None:
        return None, "kind"
    size, tag = found
    file_id = ids.at("att", ids.time_of(upload_id), f"{key}:{tag}")
    kept = keep_uploads.keep([Attachment(file_id, name, kind, size, key)])[0]
    return kept, "" if kept else "lost"


def _folder(ticket_id: str, upload_id: str) -> str:
    return f"{uploads.folder(ticket_id)}{upload_id}/"


def _mended(name: str) -> str:
    """The store of a local run (moto) reads a name in a form as Latin-1, where browsers write UTF-8; S3 does not."""
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name


def _attach(ticket_id: str, file: Attachment) -> None:
    """Write it into the ticket as its customer: he opened it, or answers in it, in this browser."""
    opened = tickets.get(ticket_id)
    if opened is None:
        raise NotFound("There is no such ticket.")
    ticket = tickets.survivor(opened)
    incoming = Incoming(
        "portal",
        file.name,
        customer_id=ticket.customer_id,
        attachments=(file,),
        hints=(Hint(ticket.id, "portal", proven=True),),
    )
    try:
        receive_message.receive(incoming, Keyed(f"upload#{file.id}", file.id, _done))
    except changes.Replayed:  # the page was loaded again
        return


def _done(*_: object) -> dict[str, Any]:
    return {}


def _octets(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _words(code: str, lang: str) -> str:
    return {
        "kind": i18n.translate(lang, "We can’t take a file of this kind. A photo or a PDF always works."),
        "size": i18n.translate(lang, "This file is larger than 20 MB. Try a photo instead of a video."),
        "empty": i18n.translate(lang, "This file is empty."),
        "many": i18n.translate(lang, "That was a little fast. Wait a minute, then try again."),
        "expired": i18n.translate(lang, "This page had been open for too long. Load it again; your words are kept."),
        "lost": i18n.translate(lang, "The file didn’t arrive. Attach it once more."),
    }[code]
