"""How the portal answers: every page gets the shop, the language and the signed-in customer here.

What `show_public` makes is kept by caches and given to everybody: nothing of one visitor may stand in it.
"""

from collections.abc import Iterable
from typing import Any

from chalice import Response

from chalicelib import clock, i18n, ids, log, render
from chalicelib.actions import identify_customer
from chalicelib.domain import brand_sheet
from chalicelib.domain.branding import Announcement
from chalicelib.domain.customer import Customer
from chalicelib.domain.shop import Shop
from chalicelib.errors import NotFound
from chalicelib.store import customers
from chalicelib.store import shop as shops
from chalicelib.web import answer, cookies, session
from chalicelib.web.visit import Visit


def language(visit: Visit) -> str:
    """The language in the address. Raises NotFound when it is none of ours."""
    lang = visit.params.get("lang", "")
    if lang not in i18n.LOCALES:
        raise NotFound(f"There is no language {lang}.")
    return lang


def customer(visit: Visit) -> Customer | None:
    """Who is signed in, and still has the address he proved; of a customer merged into another, that other."""
    signed_in = session.read(visit.cookies, "customer")
    found = customers.get(signed_in.person_id) if signed_in else None
    if signed_in is None or found is None or not found.has_proven(signed_in.address_type, signed_in.address):
        return None
    return identify_customer.survivor(found)


def own(visit: Visit, viewer: Customer) -> Customer:
    """Of all for whom the viewer stands, the one whose address signed in here."""
    signed_in = session.read(visit.cookies, "customer")
    if signed_in is None or signed_in.person_id not in viewer.merged_ids:
        return viewer
    return customers.get(signed_in.person_id) or viewer


def show(
    visit: Visit,
    template: str,
    viewer: Customer | None,
    *,
    area: str = "help",
    status: int = 200,
    set_cookies: Iterable[str] = (),
    **context: Any,
) -> Response:
    """The page `templates/portal/<template>.html`; the language is remembered for the next visit to `/`."""
    lang = language(visit)
    frame = _frame(visit, lang, shops.read(), viewer)
    body = render.page(f"portal/{template}", lang, **frame | {"area": area} | context)
    chosen = [] if visit.cookies.get("locale") == lang else [cookies.write("locale", lang, cookies.YEAR, readable=True)]
    return answer.html(visit, body, status, [*set_cookies, *chosen])


def show_public(visit: Visit, template: str, *, area: str = "help", **context: Any) -> Response:
    """The page `templates/portal/<template>.html` for everybody (docs/portal.md): no cookie, token, name or query.

    The template must not ask for `viewer`, and its forms go to views that call `visit.refuse_foreign`.
    """
    lang = language(visit)
    frame = _frame(visit, lang, shops.read(), None) | {"public": True, "theme": "", "csrf": "", "once": ""}
    shown = frame | {"path": visit.path, "alternate": frame["alternate"].partition("?")[0], "area": area} | context
    return answer.public(visit, render.page(f"portal/{template}", lang, **shown), cache=_until_next_change())


def fragment(visit: Visit, template: str, viewer: Customer, **context: Any) -> Response:
    """A piece of HTML that a script of ours puts into a page: `templates/fragments/<template>.html`."""
    lang = language(visit)
    zone = viewer.time_zone or shops.read().time_zone
    return answer.html(visit, render.page(f"fragments/{template}", lang, time_zone=zone, **context))


def refuse(visit: Visit, status: int) -> Response:
    """The page that says what went wrong. It must come even when the table cannot be read."""
    lang = visit.params.get("lang", "")
    lang = lang if lang in i18n.LOCALES else visit.wished_language("en")
    viewer, shop = _as_far_as_known(visit)
    frame = _frame(visit, lang, shop, viewer) | {"alternate": f"/{_other(lang)}/"}
    request_id = visit.request_id if status >= 500 else None
    body = render.page("portal/error", lang, **frame, area="", status=status, request_id=request_id)
    return answer.html(visit, body, status)


def sign_in_first(visit: Visit) -> Response:
    """To the sign-in page, and from there back here."""
    kept = answer.flash("next", visit.address if visit.method == "GET" else f"/{language(visit)}/tickets")
    return answer.redirect(visit, f"/{language(visit)}/sign-in", [kept])


def _frame(visit: Visit, lang: str, shop: Shop, viewer: Customer | None) -> dict[str, Any]:
    other = _other(lang)
    return {
        "shop": shop,
        "time_zone": (viewer.time_zone if viewer else None) or shop.time_zone,
        "viewer": viewer,
        "theme": visit.theme,
        "csrf": visit.csrf,
        "once": ids.new("req"),
        "path": visit.address,
        "other": other,
        "alternate": f"/{other}{visit.address[3:]}" if visit.params.get("lang") else f"/{other}/",
        "announcement": _announcement(shop, lang),
        "brand_sheet": brand_sheet.address(shop.branding),
        "by_link": False,
        "errors": {},
        "typed": {},
    }


def _announcement(shop: Shop, lang: str) -> Announcement | None:
    """What is announced now to who reads in that language."""
    found = shop.branding.announcement
    return found if found and found.texts.get(lang) and found.holds(clock.now()) else None


def _until_next_change() -> str:
    """Caches ask again when a banner begins or ends, should that come before they would ask anyhow."""
    found, now = shops.read().branding.announcement, clock.now()
    turns = found.turns(now) if found else None
    left = int((turns - now).total_seconds()) if turns else answer.PUBLIC_SECONDS
    return answer.PUBLIC if left >= answer.PUBLIC_SECONDS else f"public, max-age=0, s-maxage={left}"


def _other(lang: str) -> str:
    return "ar" if lang == "en" else "en"


def _as_far_as_known(visit: Visit) -> tuple[Customer | None, Shop]:
    try:
        return customer(visit), shops.read()
    except Exception:  # whatever broke the page may break this too, and the visitor is still owed an answer
        log.error("page.unknown_shop", request_id=visit.request_id)
        return None, Shop()
