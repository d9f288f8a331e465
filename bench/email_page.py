"""The tables of docs/email.md: each benchmark of mail writes its own between two marks, and nothing else there."""

from collections.abc import Iterable, Sequence
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "email.md"


def write_table(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Put the table between "<!-- name -->" and "<!-- end of name -->"; raises ValueError when the page lacks them."""
    page = PAGE.read_text("utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{PAGE.name} has no place for the table {name!r}")
    PAGE.write_text(f"{before}{begin}\n{_table(head, rows)}\n\n{end}{after}", "utf-8")


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
