"""The words for a phone call of which nobody wrote anything down, in the languages of the pages."""

from chalicelib import i18n
from chalicelib.domain.call import Call


def text(call: Call, locale: str) -> str:
    """The call in a few words, such as `Call of 3 minutes`."""
    if not call.is_answered:
        return _unanswered(locale)[call.outcome]
    if not call.minutes:
        return i18n.translate(locale, "Call")
    words = i18n.translate_count(locale, "Call of %(num)s minute", "Call of %(num)s minutes", call.minutes)
    return words % {"num": i18n.number(call.minutes, locale)}


def is_only(call: Call, written: str) -> bool:
    """Whether nothing stands as the text but those words, in whichever language: a page shows the call anyway."""
    return any(written == text(call, locale) for locale in i18n.LOCALES)


def _unanswered(locale: str) -> dict[str, str]:
    return {
        "missed": i18n.translate(locale, "Missed call"),
        "voicemail": i18n.translate(locale, "Voicemail"),
        "busy": i18n.translate(locale, "Call: the line was busy"),
        "no_answer": i18n.translate(locale, "Call: nobody answered"),
        "failed": i18n.translate(locale, "Call: no connection"),
    }
