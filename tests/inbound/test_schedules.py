"""The night's work: each part of it whatever became of the others."""

import pytest

from chalicelib.actions import recount, update_search
from chalicelib.inbound import schedules

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_quiet_night_says_nothing():
    schedules.every_night()


def test_what_fails_keeps_nothing_else_from_its_work(monkeypatch):
    counted = []
    monkeypatch.setattr(update_search, "rebuild", _failing)
    monkeypatch.setattr(recount, "recount", lambda: counted.append(True))

    with pytest.raises(schedules.NightFailed, match=r"^rebuild$"):
        schedules.every_night()

    assert counted == [True]


def _failing():
    raise OSError("no bucket")
