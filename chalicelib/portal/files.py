"""Files that a mail of ours links to. The link itself is the key, so the answer is a short redirect that nobody keeps.

Nothing is spent by a look: mail scanners open every link.
"""

from chalice import Response

from chalicelib import clock
from chalicelib.channels import file_links
from chalicelib.channels.file_links import FileLink
from chalicelib.domain.message import Attachment
from chalicelib.errors import NotFound
from chalicelib.portal import pages
from chalicelib.store import files, messages, tickets
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

# The link into the bucket, which could be passed on as well, is of use only as long as a browser needs to begin.
SECONDS = 300


@doors.get("/{lang}/files/{token}")
def file(visit: Visit) -> Response:
    lang, link = pages.language(visit), file_links.read(visit.params["token"])
    if link is None:
        raise NotFound("There is no such file.")
    found = _found(link) if link.until > clock.now() else None
    if found is None:
        return _private(answer.redirect(visit, f"/{lang}/tickets/{_number(link)}"))
    return _private(answer.redirect(visit, files.link(found.key, found.name, found.content_type, SECONDS)))


def _found(link: FileLink) -> Attachment | None:
    message = messages.get(link.ticket_id, link.message_id)
    attached = message.attachments if message and message.is_public else ()
    return next((one for one in attached if one.id == link.file_id), None)


def _number(link: FileLink) -> int:
    ticket = tickets.get(link.ticket_id)
    if ticket is None:
        raise NotFound("There is no such file.")
    return ticket.number


def _private(response: Response) -> Response:
    response.headers |= {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
    return response
