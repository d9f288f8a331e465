"""A row that is just expiring is either there or gone, at every moment of its last second and the one behind it."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib import clock
from chalicelib.store import rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import SenderPaceRow

pytestmark = pytest.mark.usefixtures("cloud")
KEY = ("PACE#alice", "PACE#alice")
ENDS = datetime(2026, 11, 22, 20, 50, 39, tzinfo=UTC)


@pytest.mark.parametrize("after", [-0.2, 0.0, 0.3, 0.999, 1.0, 1.4])
def test_a_row_at_its_end_is_either_read_or_may_be_added(after, monkeypatch):
    SenderPaceRow(KEY, times=[1.0], version=1, expires_at=int(ENDS.timestamp())).save()
    monkeypatch.setattr(clock, "now", lambda: ENDS + timedelta(seconds=after))

    is_read = rows.get(SenderPaceRow, KEY) is not None
    change = Changes()
    change.add(SenderPaceRow(KEY, times=[2.0], version=1))

    assert change.took() is not is_read
