"""When each number last wrote on WhatsApp: a row a number, written with the message, kept for as long as it counts."""

from datetime import timedelta

from chalicelib.domain.whatsapp_session import LIFE, Session, newer
from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row, WhatsAppSessionRow

# For longer than it counts: a row that is just expiring would be neither there nor gone.
_KEPT = LIFE + timedelta(days=1)


def of(number: str) -> Session | None:
    """The session of the number (E.164), open or just over; None when it has not written for long."""
    row = _row(number)
    return rows.noun(Session, row) if row else None


def heard(change: Changes, session: Session) -> None:
    """Note the message within `change`, unless a newer one was noted: messages come in any order."""
    known = _row(session.number)
    if newer(rows.noun(Session, known) if known else None, session) is None:
        return
    row = WhatsAppSessionRow(keys.whatsapp_session(session.number), **rows.attributes(session))
    row.expires_at = int((session.last_at + _KEPT).timestamp())
    if known:
        change.put(row, WhatsAppSessionRow.last_at == known.last_at)
    else:
        change.add(row)


def forget(change: Changes, number: str) -> None:
    """Take away what is known of the number."""
    change.delete(Row(keys.whatsapp_session(number)))


def _row(number: str) -> WhatsAppSessionRow | None:
    return rows.get(WhatsAppSessionRow, keys.whatsapp_session(number))
