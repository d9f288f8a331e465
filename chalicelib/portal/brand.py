"""The shop's style sheet, `/brand.css?v=…`: public, and its address names its content.

A process may know older settings for a minute. What it gives under an address that it does not know as its own is
not kept: else a cache would hold old rules under the new address for a year.
"""

from chalice import Response

from chalicelib.domain import brand_sheet
from chalicelib.portal import pages
from chalicelib.store import shop
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

FOR_GOOD = "public, max-age=31536000, immutable"


@doors.get("/brand.css")
def sheet(visit: Visit) -> Response:
    wanted = visit.query.get("v", "")
    written = brand_sheet.sheet(shop.read().branding)
    if wanted and wanted != brand_sheet.tag(written):
        written = brand_sheet.sheet(shop.load().branding)
    cache = FOR_GOOD if wanted == brand_sheet.tag(written) else answer.PUBLIC
    return answer.public(visit, written, "text/css", cache)
