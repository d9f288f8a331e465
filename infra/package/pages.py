"""Compiles what is rendered (pages, mails, texts) to bytecode: a page takes up to 100 ms to compile, and 1 to load.

Their sources stay out of the package; the icons beside them are read as they are.
"""

from pathlib import Path

from chalicelib import render
from infra.package import bytecode

_COMPILED = frozenset({".html", ".txt"})


def compile_all(code: Path) -> None:
    """Put `chalicelib/templates_compiled` in place of all templates in `chalicelib/templates` under `code`."""
    sources, target = code / "chalicelib" / "templates", code / "chalicelib" / "templates_compiled"
    found = [path for path in sorted(sources.rglob("*")) if path.suffix in _COMPILED]
    if not found:
        return
    render.compile_templates(sources, target)
    bytecode.replace_all(code, [target])
    for source in found:
        source.unlink()
