"""Our two languages: words, plurals, digits, dates. The English words are the keys; Arabic stands in its catalogue.

Babel is imported inside the functions: event handlers that show nobody anything must not pay for it. A locale is
`en` or `ar`, or one of these with a region (`ar-EG`), which changes digits only.
"""

import gettext
import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chalicelib import clock, settings

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

LOCALES = ("en", "ar")

_CATALOGUES = Path(__file__).parent / "locales"
_WESTERN_TO_ARABIC = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
# CLDR's regions of Arabic whose default numbering system is `arab`; the package carries Babel's data of `ar` alone.
_ARABIC_DIGITS = re.compile("BH|DJ|EG|ER|IL|IQ|JO|KM|KW|LB|MR|OM|PS|QA|SA|SD|SO|SS|SY|TD|YE")
_NOMINATIVE_DUAL = re.compile(r"ان$")
_E164 = re.compile(r"\+[0-9]{3,20}")
_UNITS = {"en": ("B", "KB", "MB", "GB"), "ar": ("بايت", "ك.ب", "م.ب", "غ.ب")}


def language_of(locale: str) -> str:
    return locale.partition("-")[0]


def direction(locale: str) -> str:
    return "rtl" if language_of(locale) == "ar" else "ltr"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The words of a language. English has no catalogue: its words are the keys.

    A fresh clone reads the .po (40 ms, once a process); the package carries the .mo made of it, which takes 1 ms.
    """
    source = _CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if source.with_suffix(".mo").exists():
        return gettext.GNUTranslations(source.with_suffix(".mo").open("rb"))
    return _compiled(source, language) if source.exists() else gettext.NullTranslations()


def translate(locale: str, message: str) -> str:
    return catalogue(language_of(locale)).gettext(message)


def translate_count(locale: str, one: str, many: str, count: int) -> str:
    """The form that the language uses for `count` things (Arabic has six)."""
    return catalogue(language_of(locale)).ngettext(one, many, count)


def number(value: float, locale: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=language_of(locale)).translate(_digits(locale))


def file_size(octets: int, locale: str) -> str:
    """Octets in the largest unit that leaves a number of one or more, with at most one decimal."""
    size, step = float(octets), 0
    while size >= 1000 and step < 3:
        size, step = size / 1000, step + 1
    return f"{number(round(size, 0 if step < 2 else 1), locale)} {_UNITS[language_of(locale)][step]}"


def day(when: datetime, locale: str, time_zone: str) -> str:
    """`14 March`, with the year when it is not this one."""
    local, today = _local(when, time_zone), _local(clock.now(), time_zone)
    return _format(local, "d MMMM" if local.year == today.year else "d MMMM y", locale)


def time_of_day(when: datetime, locale: str, time_zone: str) -> str:
    return _format(_local(when, time_zone), "HH:mm", locale)


def moment(when: datetime, locale: str, time_zone: str) -> str:
    """`Today, 08:51` or `14 March, 09:12`."""
    local, today = _local(when, time_zone), _local(clock.now(), time_zone)
    date = translate(locale, "Today") if local.date() == today.date() else day(when, locale, time_zone)
    comma = "، " if language_of(locale) == "ar" else ", "
    return date + comma + time_of_day(when, locale, time_zone)


def clock_time(when: datetime, locale: str, time_zone: str) -> str:
    """`08:51` of today; of another day with that: `14 March, 09:12`."""
    is_today = _local(when, time_zone).date() == _local(clock.now(), time_zone).date()
    return (time_of_day if is_today else moment)(when, locale, time_zone)


def ago(when: datetime, locale: str, time_zone: str) -> str:
    """How long ago, up to a week; then the day. From a day on, yesterday is called so."""
    passed = clock.now() - when
    if passed < timedelta(minutes=1):
        return translate(locale, "just now")
    if passed >= timedelta(days=7):
        return day(when, locale, time_zone)
    yesterday = _local(clock.now(), time_zone).date() - timedelta(days=1)
    if passed >= timedelta(days=1) and _local(when, time_zone).date() == yesterday:
        return translate(locale, "yesterday")
    return _timedelta(-passed, locale, add_direction=True)


def how_long(since: datetime, locale: str) -> str:
    """`42 minutes`: the time passed since then, as it stands behind a preposition.

    Babel has Arabic duals in the nominative only (CLDR's cases of units are not in it): «دقيقتان» becomes «دقيقتين».
    """
    return _genitive(_timedelta(clock.now() - since, locale, add_direction=False), locale)


def promise(due: datetime, locale: str, time_zone: str, since: datetime | None = None) -> str:
    """`We answer today, before 18:00.`, for what is read at once; never before `due`.

    With the time `since` when it counts: `We answer within 3 hours: today, before 18:00.`
    """
    local, today = _local(due, time_zone), _local(clock.now(), time_zone).date()
    at = time_of_day(due, locale, time_zone)
    if local.date() <= today:
        return _promised(translate(locale, "today, before %(time)s") % {"time": at}, due, locale, since)
    if local.date() == today + timedelta(days=1):
        return _promised(translate(locale, "tomorrow, before %(time)s") % {"time": at}, due, locale, since)
    is_near = local.date() < today + timedelta(days=7)
    named = _format(local, "EEEE", locale) if is_near else day(due, locale, time_zone)
    return _promised(translate(locale, "on %(day)s, before %(time)s") % {"day": named, "time": at}, due, locale, since)


def promise_in_full(due: datetime, locale: str, time_zone: str, since: datetime) -> str:
    """`We answer within 3 hours: on Monday, 23 November, before 18:00.` For mail, which may be read on another day."""
    comma = "، " if language_of(locale) == "ar" else ", "
    local = _local(due, time_zone)
    named = _format(local, "EEEE", locale) + comma + day(due, locale, time_zone)
    told = {"day": named, "time": time_of_day(due, locale, time_zone)}
    return _promised(translate(locale, "on %(day)s, before %(time)s") % told, due, locale, since)


def within(due: datetime, since: datetime, locale: str) -> str:
    """How long it is, rounded up: `3 hours`; from a day and a half on in days, from ten days on in weeks."""
    left = max(due - since, timedelta(minutes=1))
    steps = ((1, timedelta(minutes=5)), (36, timedelta(hours=1)), (240, timedelta(days=1)))
    unit = next((step for hours, step in steps if left <= timedelta(hours=hours)), timedelta(weeks=1))
    return _genitive(_timedelta(-(-left // unit) * unit, locale, add_direction=False, threshold=1.5), locale)


def _promised(when: str, due: datetime, locale: str, since: datetime | None) -> str:
    if since is None:
        return translate(locale, "We answer %(when)s.") % {"when": when}
    told = {"when": when, "duration": within(due, since, locale)}
    return translate(locale, "We answer within %(duration)s: %(when)s.") % told


def phone(e164: str, abroad: bool = False) -> str:
    """`+216 70 555 014`, or `70 555 014` in its own country: grouped as that groups it; as given when it is no number.

    `abroad` is for readers of whom we do not know where they are. Of a text's sender that is no number (`sms:GHUSN`,
    see `receive_sms`) it is the bare name.
    """
    e164 = e164.removeprefix("sms:")
    if not _E164.fullmatch(e164):
        return e164
    import phonenumbers

    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    formats = phonenumbers.PhoneNumberFormat
    local = not abroad and _region(number) == phone_region()
    return phonenumbers.format_number(number, formats.NATIONAL if local else formats.INTERNATIONAL)


def phone_region() -> str | None:
    """Our own country: of numbers that name none. It is set, or that of our own number; None: we have none."""
    if settings.phone_region() or not settings.support_phone():
        return settings.phone_region()
    import phonenumbers

    try:
        return _region(phonenumbers.parse(settings.support_phone()))
    except phonenumbers.NumberParseException:
        return None


def _region(number: "PhoneNumber") -> str:
    """The country of a number; the first that shares its code where the number is in no plan that is known."""
    import phonenumbers

    region = phonenumbers.region_code_for_number(number)
    return str(region or phonenumbers.region_code_for_country_code(number.country_code or 0))


def _compiled(path: Path, language: str) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    return gettext.GNUTranslations(BytesIO(compiled.getvalue()))


def _timedelta(passed: timedelta, locale: str, add_direction: bool, threshold: float = 1.2) -> str:
    from babel.dates import format_timedelta

    text: str = format_timedelta(
        passed, "minute", add_direction=add_direction, threshold=threshold, locale=language_of(locale)
    )
    return text.translate(_digits(locale))


def _genitive(duration: str, locale: str) -> str:
    return _NOMINATIVE_DUAL.sub("ين", duration) if language_of(locale) == "ar" else duration


def _digits(locale: str) -> dict[int, int]:
    return _WESTERN_TO_ARABIC if _ARABIC_DIGITS.fullmatch(locale.partition("-")[2]) else {}


def _format(local: datetime, pattern: str, locale: str) -> str:
    from babel.dates import format_datetime

    text: str = format_datetime(local, pattern, locale=language_of(locale))
    return text.translate(_digits(locale))


def _local(when: datetime, time_zone: str) -> datetime:
    return when.astimezone(zone(time_zone))


@cache
def zone(name: str) -> tzinfo:
    """The time zone of that name (IANA's); UTC when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
