"""Which of our languages a text is in: told by its script, which needs no dictionary."""

import re

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def locale_of(text: str) -> str | None:
    """`ar` or `en` by the script most of its letters are in; None when it has no letters of either."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic == latin == 0:
        return None
    return "ar" if arabic >= latin else "en"


def choose(*wishes: str | None, default: str = "en") -> str:
    """The first wish that is a language we speak."""
    return next((wish for wish in wishes if wish in ("en", "ar")), default)
