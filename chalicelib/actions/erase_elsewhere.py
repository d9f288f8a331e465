"""Takes who is forgotten out of tickets of others: what he wrote there himself, and his address where he was in copy.

What those others wrote stays, and their mails as they came: these are theirs, and end with their tickets.
"""

from dataclasses import replace

from chalicelib import clock
from chalicelib.actions.change_ticket import changed_event
from chalicelib.actions.run_job import Watch
from chalicelib.domain import merging
from chalicelib.domain import ticket as life
from chalicelib.domain.event import Actor
from chalicelib.store import changes, copied, customer_messages, erasing, events, shop, tickets
from chalicelib.store.changes import Changes

_PIECE = 25


def leave_out(address: str, actor: Actor, watch: Watch) -> bool:
    """Take the address off the tickets in which it is in copy; False while there may be more of them."""
    listed = copied.tickets_of(address, _PIECE)
    for ticket_id, stamp in listed.items():
        if watch.is_over:
            return False
        changes.again(lambda ticket_id=ticket_id: _leave_out(ticket_id, address, actor))  # type: ignore[misc]
        erasing.leave_out(ticket_id, address)
        if not copied.forget(address, ticket_id, stamp):
            return False
    return len(listed) < _PIECE


def erase_some(customer_id: str, actor: Actor) -> bool:
    """Erase the next of the messages that he wrote into tickets of others; whether there may be more."""
    listed = customer_messages.elsewhere(customer_id, _PIECE)
    for one in listed:
        ticket = tickets.get(one.ticket_id)
        if ticket:
            erasing.erase_message(one.ticket_id, one.message_id, ticket.locale)
            changes.again(lambda one=one: _retell(one.ticket_id, one.message_id, actor))  # type: ignore[misc]
        customer_messages.forget_elsewhere(customer_id, one)
    return len(listed) == _PIECE


def _retell(ticket_id: str, message_id: str, actor: Actor) -> None:
    """Let the lists show what the messages say now, in all tickets at once: a merge must not carry old words past it.

    Their versions move even where the words stay, since what searches remember of a ticket goes by its version.
    """
    home, change, rules = tickets.get(ticket_id), Changes(), shop.read().rules
    for old in tickets.showing(home, message_id) if home else ():
        if old.erased_at is None:
            said = merging.last_words(tickets.telling(tickets.family(old)))
            saved = tickets.save(change, replace(old, preview=said, updated_at=clock.now()), rules)
            events.add(change, changed_event(old, saved, actor))
    if len(change):
        change.commit()


def _leave_out(ticket_id: str, address: str, actor: Actor) -> None:
    ticket = tickets.get(ticket_id)
    if ticket is None or address not in (*ticket.cc, ticket.reply_contact):
        return
    left = tuple(one for one in ticket.cc if one != address)
    answered = None if ticket.reply_contact == address else ticket.reply_contact
    new = replace(life.changed(ticket, {"cc": left}, clock.now()), reply_contact=answered)
    change = Changes()
    saved = tickets.save(change, new, shop.read().rules)
    events.add(change, changed_event(ticket, saved, actor))
    change.commit()
