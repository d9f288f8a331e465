"""The legs of calls that Amazon Connect tells of, put together from its events until the call is written down."""

from datetime import timedelta

from chalicelib import clock
from chalicelib.domain.call_leg import CallLeg, with_more
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import CallLegRow

# A call takes a day at most, and no event comes a week late.
_KEPT = timedelta(days=7)


def hear(told: CallLeg) -> None:
    """Add what an event tells of a leg to what is known of it."""
    changes.again(lambda: _hear(told))


def of_call(call_id: str) -> list[CallLeg]:
    """All legs of the call of which anything was told."""
    changes.connection()
    found = CallLegRow.query(keys.call(call_id)[0], CallLegRow.sk.startswith(keys.LEG), consistent_read=True)
    return [rows.noun(CallLeg, row, instance=row.instance or "") for row in found if not rows.expired(row)]


def _hear(told: CallLeg) -> None:
    key = keys.call_leg(told.call_id, told.id)
    known = rows.get(CallLegRow, key)
    leg = with_more(rows.noun(CallLeg, known, instance=known.instance or told.instance), told) if known else told
    version = int(known.version or 0) if known else 0
    row = CallLegRow(key, **rows.attributes(leg), version=version + 1)
    row.expires_at = int((clock.now() + _KEPT).timestamp())
    change = Changes()
    if known:
        change.replace(row, version)
    else:
        change.add(row)
    change.commit()
