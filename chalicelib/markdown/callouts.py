"""The words that a page adds to an article, in the article's language."""

from chalicelib import i18n


def title(kind: str, locale: str) -> str:
    """What stands over a callout: a colour alone tells nobody who cannot see it (WCAG 1.4.1)."""
    words = {
        "note": i18n.translate(locale, "Good to know"),
        "tip": i18n.translate(locale, "Tip"),
        "warning": i18n.translate(locale, "Take care"),
    }
    return words[kind]


def table(locale: str) -> str:
    """What a table is called by who cannot see that it is one."""
    return i18n.translate(locale, "Table")
