"""Which mails of an imported ticket are here already. A Message-ID alone never tells: forms write one on all they send.

The sender and the words must agree, too; but of what was sent from here the desk's own words are no mail's.
"""

from collections.abc import Iterable

from chalicelib import ids
from chalicelib.domain.message import Message
from chalicelib.importing import records
from chalicelib.store import intake, keys, messages
from chalicelib.store.intake import Found

# Between a mail's own date and its coming in here.
DAY = 86_400


def here(listed: Iterable[records.Message], named: dict[str, Found]) -> dict[str, Found]:
    """Those of the mails that are here, by their `source`; `named` are the messages that have their Message-IDs."""
    wanted = [(one, named[one.email_id]) for one in listed if one.email_id in named]
    near = [(one, found) for one, found in wanted if _is_near(one, found)]
    stored = messages.get_all((found.ticket_id, found.message_id) for _, found in near)
    return {
        one.source: found
        for one, found in near
        if found.message_id in stored and _is_same(one, stored[found.message_id])
    }


def under_ids(listed: Iterable[records.Message]) -> dict[str, Found]:
    """The messages that have the Message-IDs of those mails: that came from the same sender, or else from an import."""
    wanted = [(one.email_id, _sender(one)) for one in listed if one.email_id]
    pointing = {id: (keys.received_id(id, sender), keys.email_id(id)) for id, sender in wanted}
    known = intake.pointed_at(key for pair in pointing.values() for key in pair)
    found = {id: known.get(own) or known.get(brought) for id, (own, brought) in pointing.items()}
    return {id: one for id, one in found.items() if one}


def _sender(record: records.Message) -> str:
    address = record.contact or next(iter(record.author.emails), "")
    return address.lower()


def _is_near(record: records.Message, found: Found) -> bool:
    return abs((ids.time_of(found.message_id) - record.created_at).total_seconds()) < DAY


def _is_same(record: records.Message, message: Message) -> bool:
    if message.from_customer:
        return (record.contact or "").lower() == message.contact and _words(record.text) == _words(message.text)
    was_sent_here = message.raw_key is None
    return record.contact is None and (was_sent_here or _words(record.text) == _words(message.text))


def _words(text: str) -> list[str]:
    return text.split()
