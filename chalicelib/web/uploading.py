"""Files for messages, past us into S3: with a script before sending (a presigned POST each), without one by a form of
their own, from which S3 leads back.

An announced file can be attached by its owner alone: a customer's browser, or an agent. Pages that send files must name
S3 in their policy (`let_upload`), which names no place but our own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlsplit

from chalice import Response

from chalicelib import clock, i18n, ids, settings, signing
from chalicelib.actions import announce_file, keep_uploads
from chalicelib.domain import taken_files
from chalicelib.domain.message import Attachment
from chalicelib.domain.storable_text import storable
from chalicelib.domain.taken_files import Taken, bare_name, type_of
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Forbidden, Invalid
from chalicelib.store import files, uploads
from chalicelib.web import answer
from chalicelib.web.visit import Visit

LIMITS = Taken()
_RIGHT = timedelta(hours=1)


@dataclass(frozen=True)
class PlainForm:
    """A form that a browser sends straight to S3, one file at a time; S3 then leads it back to us."""

    url: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Arrived:
    """What such a form brought: the file where it lies now, or what is `wrong` with it; and where to go on."""

    ticket_id: str
    back: str
    file: Attachment | None
    wrong: str = ""


def let_upload(response: Response) -> Response:
    """Let the page send files to where they are kept: our policy names nobody else (CSP, form-action, connect-src)."""
    place = urlsplit(files.place_of_uploads())
    origin = f"{place.scheme}://{place.netloc}"
    policy = str(response.headers["Content-Security-Policy"])
    for directive in ("connect-src 'self'", "form-action 'self'"):
        policy = policy.replace(directive, f"{directive} {origin}")
    response.headers["Content-Security-Policy"] = policy
    return response


def announced(visit: Visit, owner: str, lang: str, allowed: Callable[[], bool]) -> Response:
    """For the script: what is uploaded next, and the form that uploads exactly that; or what is wrong with it.

    `allowed` is asked last, and counts.
    """
    name, size = bare_name(storable(visit.line("name"))), _octets(visit.line("size"))
    kind, wrong = type_of(name), _wrong(visit, name, size, allowed)
    if wrong or kind is None:
        return answer.data(visit, {"error": words(wrong or "kind", lang)}, 429 if wrong == "many" else 422)
    made = announce_file.announce(name, kind, size, owner)
    url, fields = files.form_for(made.key, made.content_type, made.size)
    return answer.data(visit, {"id": made.id, "name": name, "url": url, "fields": fields}, 201)


def listed(owner: str, attachment_ids: str) -> list[Attachment]:
    """Of those files the ones that he announced: for a form that is shown again."""
    wanted = attachment_ids.split()[: taken_files.MAX_FILES]
    found = uploads.get_all(wanted)
    return [found[id].attachment for id in wanted if id in found and found[id].owner_id == owner]


def named(owner: str, attachment_ids: str, keep: bool = True) -> tuple[Attachment, ...]:
    """The files as a message can name them.

    Without `keep` they stay where they are swept away. Ask only when all else is well: what is kept stays.

    Raises:
        Invalid: code `too-many-files`; `files-too-large`, all together; or `files-lost`: one of them is none of his,
            or did not arrive.
    """
    wanted = list(dict.fromkeys(attachment_ids.split()))
    if len(wanted) > taken_files.MAX_FILES:
        raise Invalid("There are too many files.", code="too-many-files")
    own = listed(owner, " ".join(wanted))
    if sum(one.size for one in own) > taken_files.MAX_OCTETS:
        raise Invalid("Together the files are too large.", code="files-too-large")
    kept = _kept(own, keep) if len(own) == len(wanted) else [None]
    if None in kept:
        raise Invalid("A file did not arrive.", code="files-lost")
    return tuple(one for one in kept if one)


def plain_form(owner: str, ticket: Ticket, door: str, back: str) -> PlainForm:
    """The form by which a browser without a script sends a file for the ticket; S3 leads it to our `door`, which reads
    what `arrived` and then goes `back`. Both are paths of ours.
    """
    upload_id = ids.new("att")
    ends = int((clock.now() + _RIGHT).timestamp())
    right = signing.seal("upload", [ticket.id, upload_id, owner, ends, back])
    to = f"{settings.public_url()}{door}?of={quote(right, safe='')}"
    url, fields = files.plain_form_for(_folder(ticket.id, upload_id), taken_files.MAX_OCTETS, to)
    return PlainForm(url, fields)


def arrived(visit: Visit, owner: str) -> Arrived:
    """What the visit that S3 led here tells of. Its id is made of its name and octets: the same form sent anew, with
    another file, brings another one.

    Raises:
        Forbidden: the form is over, or was somebody else's.
    """
    told = signing.unseal("upload", visit.query.get("of", ""))
    if not isinstance(told, list) or told[2] != owner or told[3] < clock.now().timestamp():
        raise Forbidden("This upload is over, or was begun in another browser.")
    ticket_id, upload_id, _, _, back = told
    key, folder = visit.query.get("key", ""), _folder(ticket_id, upload_id)
    name = bare_name(storable(_mended(key.removeprefix(folder)))) if key.startswith(folder) else ""
    found, kind = files.size_and_tag(key) if name else None, type_of(name)
    if found is None or kind is None:
        return Arrived(ticket_id, back, None, "kind" if found else "lost")
    size, tag = found
    file_id = ids.at("att", ids.time_of(upload_id), f"{key}:{tag}")
    return Arrived(ticket_id, back, Attachment(file_id, name, kind, size, key))


def words(code: str, lang: str) -> str:
    """What is wrong with a file, for whom it concerns."""
    return {
        "kind": i18n.translate(lang, "We can’t take a file of this kind. A photo or a PDF always works."),
        "size": i18n.translate(lang, "This file is larger than 20 MB. Try a photo instead of a video."),
        "empty": i18n.translate(lang, "This file is empty."),
        "many": i18n.translate(lang, "That was a little fast. Wait a minute, then try again."),
        "expired": i18n.translate(lang, "This page had been open for too long. Load it again; your words are kept."),
        "lost": i18n.translate(lang, "The file didn’t arrive. Attach it once more."),
    }[code]


def _kept(own: list[Attachment], keep: bool) -> Sequence[Attachment | None]:
    return keep_uploads.keep(own) if keep else [one if files.is_there(one.key) else None for one in own]


def _wrong(visit: Visit, name: str, size: int, allowed: Callable[[], bool]) -> str:
    if not visit.is_ours:
        return "expired"
    if not type_of(name):
        return "kind"
    if size > taken_files.MAX_OCTETS:
        return "size"
    if size < 1:
        return "empty"
    return "" if allowed() else "many"


def _folder(ticket_id: str, upload_id: str) -> str:
    return f"{uploads.folder(ticket_id)}{upload_id}/"


def _mended(name: str) -> str:
    """The store of a local run (moto) reads a name in a form as Latin-1, where browsers write UTF-8; S3 does not."""
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name


def _octets(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
