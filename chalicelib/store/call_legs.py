"""The legs of calls that Amazon Connect tells of, put together from its events until the call is written down."""

from datetime import timedelta

from chalicelib import clock
from chalicelib.domain.call_leg import CallLeg, with_more
from chalicelib.store import changes, expiry, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import CallLegRow

# A call takes a day at most, and no event comes a week late.
_KEPT = timedelta(days=7)
# Few calls take so long: of a leg that is open still, its last event may have been lost.
LOOK_AFTER = timedelta(hours=2)


def hear(told: CallLeg) -> None:
    """Add what is told of a leg to what is known of it; one that has not ended is looked after later."""
    changes.again(lambda: _hear(told))


def get(chain: str, leg_id: str) -> CallLeg | None:
    """What is known of that leg."""
    row = rows.get(CallLegRow, keys.call_leg(chain, leg_id))
    return _leg(row) if row else None


def of_chain(chain: str) -> list[CallLeg]:
    """All legs of the chain of which anything was told."""
    changes.connection()
    found = CallLegRow.query(keys.call(chain)[0], CallLegRow.sk.startswith(keys.LEG), consistent_read=True)
    return [_leg(row) for row in found if not expiry.is_over(row)]


def _hear(told: CallLeg) -> None:
    key, now = keys.call_leg(told.chain, told.id), clock.now()
    known = rows.get(CallLegRow, key)
    leg = with_more(_leg(known), told) if known else told
    version = int(known.version or 0) if known else 0
    row = CallLegRow(key, **rows.attributes(leg), version=version + 1)
    row.expires_at = known.expires_at if known else int((now + _KEPT).timestamp())
    row.index("due", None if leg.ended_at else keys.due(now + LOOK_AFTER, leg.id))
    change = Changes()
    if known:
        change.replace(row, version)
    else:
        change.add(row)
    change.commit()


def _leg(row: CallLegRow) -> CallLeg:
    return rows.noun(CallLeg, row, instance=row.instance or "")
