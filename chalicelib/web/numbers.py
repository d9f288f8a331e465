"""Numbers as people type them, on an Arabic or a Persian keyboard too."""

_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")


def whole(typed: str) -> int | None:
    """A whole number of at most 15 digits; None when it is none."""
    typed = western(typed)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None


def western(typed: str) -> str:
    """The same with Western digits and points in place of those that such a keyboard writes."""
    return typed.translate(_WESTERN)
