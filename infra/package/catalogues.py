"""Compiles the words of each language: a .po takes 40 ms to read at every cold start, the .mo made of it 1 ms."""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)


def compile_all(code: Path) -> None:
    """Replace every catalogue under `code` by its .mo."""
    for source in sorted(code.glob("chalicelib/locales/*/LC_MESSAGES/*.po")):
        with source.open("rb") as words, source.with_suffix(".mo").open("wb") as compiled:
            catalogue = read_po(words, locale=source.parts[-3])
            # Babel writes the present minute into a catalogue without a date, and the same commit must be the same zip.
            catalogue.creation_date = catalogue.revision_date = NO_DATE
            write_mo(compiled, catalogue)
        source.unlink()
