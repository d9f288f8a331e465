"""Pictures for articles: the script asks for a signed form; without it a page sends one and tells its Markdown.

The page opens beside the editor, so that what is being written there stays where it is.
"""

from chalice import Response

from chalicelib import i18n, ids, settings
from chalicelib.actions import announce_image
from chalicelib.agent import pages
from chalicelib.agent.articles import HERE as ARTICLES
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain import image
from chalicelib.domain.image import MAX_SIZE, TYPES, Image, name_of
from chalicelib.errors import Invalid
from chalicelib.store import files
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.uploading import let_upload

doors = Doors(pages.refuse)

HERE = f"{ARTICLES}/images"
MOST_SIGNS = 200


@doors.get(HERE)
@for_agents
def page(desk: Desk) -> Response:
    """S3 leads back here with the `key` of the picture that has arrived."""
    query = desk.visit.query
    arrived = image.key_at("/" + query.get("key", ""))
    kind = query["type"] if query.get("type") in TYPES else "image/jpeg"
    made = Image(ids.new("img"), name_of("image", kind), kind, MAX_SIZE)
    back = settings.public_url() + HERE
    url, fields = files.picture_form_for(made.key, kind, MAX_SIZE, back, announce_image.FOR_GOOD)
    return let_upload(
        pages.show(
            desk,
            "article_image",
            area="articles",
            types=TYPES,
            kind=kind,
            url=url,
            fields=fields,
            arrived=f"/{arrived}" if arrived else "",
        )
    )


@doors.post(HERE)
@for_agents
def announce(desk: Desk) -> Response:
    """JSON: the form that uploads exactly this picture, and its path; or what is wrong with it."""
    visit = desk.visit
    size = visit.line("size")
    octets = int(size) if size.isascii() and size.isdigit() and len(size) < 16 else 0
    try:
        made = announce_image.announce(visit.line("name")[:MOST_SIGNS], visit.line("type"), octets)
    except Invalid as error:
        return answer.data(visit, {"detail": _words(error.code, desk.lang)}, error.status)
    url, fields = announce_image.form(made)
    return answer.data(visit, {"url": url, "fields": fields, "path": made.path}, 201)


def _words(code: str, lang: str) -> str:
    if code == "not-an-image":
        return i18n.translate(lang, "A picture is a PNG, JPEG, WebP, GIF or AVIF file.")
    return i18n.translate(lang, "A picture has 5 MB at most.")
