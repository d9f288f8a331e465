"""The language of an answer's words, by the Accept-Language header (RFC 9110 §12.5.4)."""

from chalicelib.i18n import LOCALES


def of(header: str) -> str:
    """`en` or `ar`: what the header likes best of the two, `en` when it names neither."""
    liked: dict[str, float] = {}
    for part in header[:1000].lower().split(","):
        name, _, quality = part.strip().partition(";")
        liked.setdefault(name.partition("-")[0].strip(), _weight(quality))
    best: str = max(LOCALES, key=lambda locale: liked.get(locale, liked.get("*", 0.0)))
    return best if liked.get(best, 0.0) > 0 else LOCALES[0]


def _weight(quality: str) -> float:
    name, _, value = quality.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
