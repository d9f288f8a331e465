"""How many questions the help centre answered before they were sent: counted by day (UTC), of nobody in particular.

Each shown form counts once under each name, as far as its script tells of it; what a robot tells counts as well.
"""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from chalicelib import clock
from chalicelib.store import changes, keys, rows
from chalicelib.store.table import DeflectionRow


@dataclass(frozen=True)
class Deflections:
    """What happened on one day: `opened` forms, those to which an article was `suggested`, those from which one was
    opened, how often a person said that an article `answered` the question, before sending or after; and of the `sent`
    ones those after each of the first two.
    """

    day: date
    opened: int = 0
    suggested: int = 0
    article_opened: int = 0
    answered: int = 0
    sent: int = 0
    sent_after_suggested: int = 0
    sent_after_article: int = 0

    @property
    def left_after_article(self) -> int:
        """Forms from which an article was opened and nothing was sent: their people said so, or just went away."""
        return max(0, self.article_opened - self.sent_after_article)


NAMES = tuple(one.name for one in fields(Deflections) if one.name != "day")


def count(*names: str) -> None:
    """Count one more of each of `NAMES` to today."""
    changes.connection()
    actions = [getattr(DeflectionRow, name).add(1) for name in names]
    DeflectionRow(keys.deflections(clock.now().date().isoformat())).update(
        actions=[*actions, DeflectionRow.kind.set(DeflectionRow)]
    )


def between(first: date, last: date) -> list[Deflections]:
    """Every day from `first` to `last`, those without a visit too."""
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    found = rows.batch([keys.deflections(day.isoformat()) for day in days])
    return [_of(day, found.get(keys.deflections(day.isoformat()))) for day in days]


def _of(day: date, row: object) -> Deflections:
    return Deflections(day, **{name: int(getattr(row, name, None) or 0) for name in NAMES})
