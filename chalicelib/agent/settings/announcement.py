"""A banner over every page of the portal, from one time until another, in each language. Times are the shop's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from chalice import Response

from chalicelib import clock, i18n
from chalicelib.actions import change_settings
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import form, pages
from chalicelib.domain.branding import LEVELS, MAX_ADDRESS, MAX_ANNOUNCEMENT, MAX_LINK_TEXT, Announcement, Link
from chalicelib.store import shop
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/announcement"


@doors.get(HERE)
@for_agents
@pages.for_admins
def show(desk: Desk) -> Response:
    return _form(desk, _as_typed(shop.load().branding.announcement))


@doors.post(HERE)
@for_agents
@pages.for_admins
def save(desk: Desk) -> Response:
    typed = _typed(desk)
    wrong = _wrong_times(typed)
    wrong = wrong or form.save(desk, {"branding": {"announcement": _wanted(typed)}}, typed, "branding")
    return _form(desk, typed, wrong) if wrong else pages.done(desk, HERE)


@doors.post(HERE + "/end")
@for_agents
@pages.for_admins
def end(desk: Desk) -> Response:
    """Take it away, whatever it says by now."""
    change_settings.change({"branding": {"announcement": None}})
    return pages.done(desk, HERE)


def _typed(desk: Desk) -> dict[str, str]:
    texts = {f"announcement_texts_{lang}": MAX_ANNOUNCEMENT for lang in i18n.LOCALES}
    words = {f"announcement_links_{lang}_text": MAX_LINK_TEXT for lang in i18n.LOCALES}
    addresses = {f"announcement_links_{lang}_url": MAX_ADDRESS for lang in i18n.LOCALES}
    return pages.lines(desk, {**texts, **words, **addresses, "level": 10, "begins": 30, "announcement_until": 30})


def _as_typed(banner: Announcement | None) -> dict[str, str]:
    banner = banner or Announcement()
    typed = {"level": banner.level, "begins": _local(banner.begins), "announcement_until": _local(banner.ends)}
    for lang in i18n.LOCALES:
        link = banner.links.get(lang) or Link("", "")
        typed[f"announcement_texts_{lang}"] = banner.texts.get(lang, "")
        typed |= {f"announcement_links_{lang}_text": link.text, f"announcement_links_{lang}_url": link.url}
    return typed


def _wanted(typed: dict[str, str]) -> Announcement:
    texts = {lang: text for lang in i18n.LOCALES if (text := typed[f"announcement_texts_{lang}"])}
    links = {lang: _link(typed, lang) for lang in i18n.LOCALES}
    named = {lang: link for lang, link in links.items() if link.text or link.url}
    level = typed["level"] if typed["level"] in LEVELS else "info"
    return Announcement(level, texts, named, _moment(typed["begins"]), _moment(typed["announcement_until"]))


def _link(typed: dict[str, str], lang: str) -> Link:
    return Link(typed[f"announcement_links_{lang}_text"], typed[f"announcement_links_{lang}_url"])


def _wrong_times(typed: dict[str, str]) -> dict[str, object]:
    names = ("begins", "announcement_until")
    return {name: "no-moment" for name in names if typed[name] and _moment(typed[name]) is None}


def _moment(typed: str) -> datetime | None:
    """What a browser's field of date and time holds (`2026-11-21T18:00`), by the shop's clock."""
    try:
        told = datetime.fromisoformat(typed.replace(" ", "T"))
        return told.replace(tzinfo=told.tzinfo or ZoneInfo(shop.read().time_zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _local(when: datetime | None) -> str:
    return when.astimezone(ZoneInfo(shop.read().time_zone)).strftime("%Y-%m-%dT%H:%M") if when else ""


def _form(desk: Desk, typed: dict[str, str], errors: dict[str, object] | None = None) -> Response:
    banner = shop.load().branding.announcement
    return pages.show(
        desk,
        "announcement",
        errors=errors,
        typed=typed,
        version=form.version_for(desk, errors),
        announced=banner,
        holds=bool(banner and banner.holds(clock.now())),
    )
