"""What makes a whole file one that cannot be imported."""

from chalicelib.errors import Invalid


def refuse(words: str) -> Invalid:
    """The refusal of the whole file, told to whoever started the import."""
    return Invalid(words, code="unreadable-import")
