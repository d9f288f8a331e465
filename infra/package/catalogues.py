"""Compiles the words of each language: a .po takes 40 ms to read at every cold start, the .mo made of it 1 ms."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(code: Path) -> None:
    """Replace every catalogue under `code` by its .mo."""
    for source in sorted(code.glob("chalicelib/locales/*/LC_MESSAGES/*.po")):
        with source.open("rb") as words, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(words, locale=source.parts[-3]))
        source.unlink()
