"""Pictures of articles, `/media/{id}/{name}`: public for whoever knows the address.

CloudFront (and a local run) answers these addresses from the bucket itself and never asks us. Where nothing stands
before the API they lead to S3: API Gateway gives out octets only to clients that ask for none of our other types.
"""

from chalice import Response

from chalicelib.domain import image
from chalicelib.errors import NotFound
from chalicelib.portal import pages
from chalicelib.store import files
from chalicelib.web.answer import Headers
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

# The link into the bucket lives for an hour; half of it is kept, so that it is never stale where it is used.
_KEPT = 1800


@doors.get("/media/{id}/{name}")
def picture(visit: Visit) -> Response:
    key = image.key_at(f"/media/{visit.params['id']}/{visit.params['name']}")
    kind = files.type_of(key) if key else None
    if key is None or kind not in image.TYPES:
        raise NotFound("There is no such picture.")
    headers: Headers = {
        "Location": files.picture_link(key, kind),
        "Cache-Control": f"public, max-age={_KEPT}",
        "Content-Type": "text/plain; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
    }
    return Response("", headers, 302)
