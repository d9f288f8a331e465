"""How the mails in tests/fixtures/mail are read, by language and by what they are about; the tables of docs/email.md.

Exact: all that a mail's JSON tells is read so. Lost: words, a name or a file are missing. Leaked: there are more.
"""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.bench_replies import LANGUAGES
from bench.counted import report
from bench.email_page import write_table
from chalicelib.channels import email_in

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures" / "mail"
OTHERS = {"lt": "Lithuanian", "th": "Thai", "vi": "Vietnamese"}
HEAD = ("mails", "exact", "lost", "leaked")


@dataclass
class Case:
    name: str
    language: str
    area: str
    told: dict[str, Any]
    raw: bytes = field(repr=False)
    read: dict[str, Any] = field(repr=False)

    @property
    def exact(self) -> bool:
        return all(self.read[name] == value for name, value in self.told.items())

    @property
    def lost(self) -> bool:
        return bool(_pieces(self.told) - _pieces({name: self.read[name] for name in self.told}))

    @property
    def leaked(self) -> bool:
        return bool(_pieces({name: self.read[name] for name in self.told}) - _pieces(self.told))


def main() -> None:
    cases = read_all()
    names = LANGUAGES | OTHERS
    write_table("mails", ("language", *HEAD), _rows(cases, lambda case: names.get(case.language, case.language)))
    write_table("mails by area", ("about", *HEAD), _rows(cases, lambda case: case.area))
    for case in cases:
        if not case.exact:
            report("mail.not-exact", 1, "mail", name=case.name)
    report("mails.exact", 100 * sum(case.exact for case in cases) / len(cases), "%", mails=len(cases))
    _report_speed([case.raw for case in cases])


def read_all() -> list[Case]:
    return [_case(path) for path in sorted(FIXTURES.glob("*.eml"))]


def _case(path: Path) -> Case:
    told = json.loads(path.with_suffix(".json").read_text("utf-8"))
    raw = path.read_bytes()
    return Case(path.stem, told.pop("language"), told.pop("area"), told, raw, email_in.summary(raw))


def _pieces(told: dict[str, Any]) -> Counter[str]:
    """The words of texts, and every file and other fact as one piece."""
    found: Counter[str] = Counter()
    for name, value in told.items():
        if name in ("subject", "from_name", "text", "quoted_text"):
            found.update(value.split())
        elif isinstance(value, list):
            found.update(json.dumps(one, ensure_ascii=False) for one in value)
        elif value is not None:
            found[f"{name} {value}"] += 1
    return found


def _rows(cases: list[Case], key: Callable[[Case], str]) -> list[list[object]]:
    """A row a value of `key`, those with most mails first, then all."""
    counted = Counter(key(case) for case in cases)
    order = sorted(counted, key=lambda name: (-counted[name], name))
    rows = [_row(name, [case for case in cases if key(case) == name]) for name in order]
    return [*rows, _row("all", cases)]


def _row(name: str, cases: list[Case]) -> list[object]:
    counts = [sum(case.exact for case in cases), sum(case.lost for case in cases), sum(case.leaked for case in cases)]
    return [name, len(cases), *(f"{count / len(cases):.1%}" for count in counts)]


def _report_speed(mails: list[bytes]) -> None:
    began = time.process_time()
    for raw in mails:
        email_in.read(raw)
    seconds = time.process_time() - began
    report("mails.read", 1000 * seconds / len(mails), "ms a mail", mails=len(mails))
    large = mails[0] + b"x" * 100 + b"\r\n" + b"words of a long mail, line by line\r\n" * 280_000
    began = time.process_time()
    email_in.read(large)
    report("mails.read-10-mb", 1000 * (time.process_time() - began), "ms", octets=len(large))


if __name__ == "__main__":
    main()
