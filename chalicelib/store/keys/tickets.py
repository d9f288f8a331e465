"""Keys of tickets: what is said in them, and what points at them.

Sort keys between `MESSAGE#` and `TICKET` are kept for a ticket's thread: read downwards from the end, one query
brings the ticket and then its newest messages.
"""

from chalicelib.store.keys.form import Key, hashed


# What is this ticket, and what was said in it? One query, newest first.
def ticket(ticket_id: str) -> Key:
    return f"TICKET#{ticket_id}", "TICKET"


def message(ticket_id: str, message_id: str) -> Key:
    return f"TICKET#{ticket_id}", f"MESSAGE#{message_id}"


def delivery(ticket_id: str, message_id: str, purpose: str) -> Key:
    suffix = "DELIVERY" if purpose == "reply" else purpose.upper()
    return f"TICKET#{ticket_id}", f"MESSAGE#{message_id}#{suffix}"


# What happened to this ticket, customer or article? And: which events are not dispatched yet?
def event(subject: str, event_id: str) -> Key:
    kinds = {"tkt": "TICKET", "cus": "CUSTOMER", "art": "ARTICLE"}
    return f"{kinds.get(subject[:3], 'EVENTS')}#{subject}", f"EVENT#{event_id}"


# What did its customer say of it, once it was solved? (It sorts before the thread, not within it.)
def rating(ticket_id: str) -> Key:
    return f"TICKET#{ticket_id}", "ASKED#RATING"


# Which ticket has this number?
def number(value: int) -> Key:
    return f"NUMBER#{value}", "-"


# How far has this customer read in that ticket?
def read_mark(customer_id: str, ticket_id: str) -> Key:
    return f"CUSTOMER#{customer_id}", f"READ#{ticket_id}"


# Which raw mails tell of this ticket, beside those that its messages came as?
def further_mail(ticket_id: str, mail_id: str) -> Key:
    return f"TICKET#{ticket_id}", f"FURTHERMAIL#{mail_id}"


# In which tickets is this address, or was it, in copy? Hashed: it outlives a customer's erasure.
def copied(address: str, ticket_id: str) -> Key:
    return f"COPIED#{hashed(address)}", ticket_id


# What has this thing of another desk become here?
def imported(source: str) -> Key:
    return f"IMPORTED#{source}", "-"


# Which tickets changed since the ticket index was published last, and when must it be published again?
def unindexed(ticket_id: str) -> Key:
    return "UNINDEXED", f"TICKET#{ticket_id}"


def ticket_index() -> Key:
    # Behind all tickets: read from the end, the partition begins with it.
    return "UNINDEXED", "~INDEX"
