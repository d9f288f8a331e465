"""How the portal answers: every page gets the shop, the language and the signed-in customer here.

What `show_public` makes is kept by caches and given to everybody: nothing of one visitor may stand in it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from chalice import Response

from chalicelib import clock, i18n, ids, log, render, settings
from chalicelib.actions import identify_customer
from chalicelib.domain import brand_sheet
from chalicelib.domain.branding import Announcement
from chalicelib.domain.customer import Customer
from chalicelib.domain.shop import Shop
from chalicelib.errors import NotFound
from chalicelib.portal import nearest
from chalicelib.store import customers
from chalicelib.store import shop as shops
from chalicelib.web import answer, cookies, session
from chalicelib.web.visit import Visit


def language(visit: Visit) -> str:
    """The language in the address. Raises NotFound when it is none of ours.

    One that the shop took out of its portal still answers: its customers have letters of ours that lead there.
    """
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
    if not signed_in.outlives(found.signed_out_at):
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


def show_public(
    visit: Visit, template: str, *, addresses: Mapping[str, str], area: str = "help", **context: Any
) -> Response:
    """The page `templates/portal/<template>.html` for everybody (docs/portal.md): no cookie, token, name or query.

    The template must not ask for `viewer`, and its forms go to views that call `visit.refuse_foreign`.

    Args:
        addresses: the page's path in each language that it is written in; search engines are told of all of them.
    """
    lang, shop = language(visit), shops.read()
    shown = _public_frame(visit, lang, shop) | {"area": area} | _links(addresses, lang, shop) | context
    return answer.public(visit, render.page(f"portal/{template}", lang, **shown), cache=_until_next_change())


def absolute(path: str) -> str:
    """The whole address of a page of ours."""
    return settings.public_url() + path


def fragment(visit: Visit, template: str, viewer: Customer, **context: Any) -> Response:
    """A piece of HTML that a script of ours puts into a page: `templates/fragments/<template>.html`."""
    lang = language(visit)
    zone = viewer.time_zone or shops.read().time_zone
    return answer.html(visit, render.page(f"fragments/{template}", lang, time_zone=zone, **context))


def refuse(visit: Visit, status: int) -> Response:
    """The page that says what went wrong. It must come even when the table cannot be read.

    It is the same for everybody, for it may answer at an address that caches keep.
    """
    lang = visit.params.get("lang", "")
    lang = lang if lang in i18n.LOCALES else visit.wished_language("en")
    frame = _public_frame(visit, lang, _shop_as_far_as_known(visit)) | {"alternate": f"/{_other(lang)}/"}
    request_id = visit.request_id if status >= 500 else None
    near = nearest.find(visit.path, lang) if status == NotFound.status else []
    body = render.page("portal/error", lang, **frame, area="", status=status, request_id=request_id, nearest=near)
    return answer.error(body, status)


def sign_in_first(visit: Visit) -> Response:
    """To the sign-in page, and from there back here; a session that is over leaves no mark behind."""
    kept = answer.flash("next", visit.address if visit.method == "GET" else f"/{language(visit)}/tickets")
    over = session.end("customer") if "signed_in" in visit.cookies else []
    return answer.redirect(visit, f"/{language(visit)}/sign-in", [kept, *over])


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
        "canonical": "",
        "alternates": {},
        "errors": {},
        "typed": {},
    }


def _public_frame(visit: Visit, lang: str, shop: Shop) -> dict[str, Any]:
    """What the frame of a page tells that is the same for everybody."""
    frame = _frame(visit, lang, shop, None) | {"public": True, "theme": "", "csrf": "", "once": ""}
    return frame | {"path": visit.path, "alternate": frame["alternate"].partition("?")[0]}


def _links(addresses: Mapping[str, str], lang: str, shop: Shop) -> dict[str, Any]:
    """The address that the page goes by, and those of the same page in other languages.

    https://developers.google.com/search/docs/specialty/international/localized-versions
    """
    addresses = {one: path for one, path in addresses.items() if one in shop.locales} or addresses
    first = next(iter(addresses))
    otherwise = addresses.get(shop.default_locale, addresses[first])
    by_language = {**addresses, "x-default": otherwise}
    return {
        "canonical": absolute(addresses.get(lang, addresses[first])),
        "alternates": {one: absolute(path) for one, path in by_language.items()},
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


def _shop_as_far_as_known(visit: Visit) -> Shop:
    try:
        return shops.read()
    except Exception:  # whatever broke the page may break this too, and the visitor is still owed an answer
        log.error("page.unknown_shop", request_id=visit.request_id)
        return Shop()
