"""Tickets and customers made one and taken apart again, and tickets split. `{id}` is what is merged into another."""

from chalicelib.actions import merge_customers, merge_tickets
from chalicelib.actions.split_ticket import Split, split
from chalicelib.api import customers, tickets
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import customers as of_customers
from chalicelib.api.schemas import tickets as of_tickets


@operation(
    "Merge a ticket into another",
    body=of_tickets.TicketMerge,
    gives=of_tickets.Ticket,
    refuses=(
        "ticket-not-found",
        "version-mismatch",
        "already-merged",
        "merge-cycle",
        "ticket-erased",
        "unknown-ticket",
        "same-ticket",
        "different-customers",
        "too-many-merged",
    ),
)
def merge_ticket(call: Call, body: of_tickets.TicketMerge) -> Answer:
    """The ticket is closed and names the other in `merged_into`; whatever comes for it goes there from then on.

    The other shows the messages of both and waits for us if either did. Answers with the merged ticket.
    """
    into = tickets.id_named(str(body.into)) or str(body.into)
    made = merge_tickets.merge(tickets.id_of(call), into, call.actor, call.keyed(tickets.shown), call.version)
    return tickets.shown(made)


@operation(
    "Take a merged ticket out again",
    gives=of_tickets.Ticket,
    refuses=("ticket-not-found", "version-mismatch", "not-merged"),
)
def unmerge_ticket(call: Call) -> Answer:
    """It stands as before it was merged. What was written since stays in the ticket that it was written in."""
    return tickets.shown(
        merge_tickets.unmerge(tickets.id_of(call), call.actor, call.keyed(tickets.shown), call.version)
    )


@operation(
    "Split messages off a ticket",
    body=of_tickets.TicketSplit,
    gives=of_tickets.Ticket,
    status=201,
    refuses=(
        "ticket-not-found",
        "version-mismatch",
        "ticket-merged",
        "ticket-erased",
        "unknown-message",
        "nothing-left",
        "too-many-merged",
    ),
)
def split_ticket(call: Call, body: of_tickets.TicketSplit) -> Answer:
    """They make a new ticket of the same team, agent and tags, which names the old one in `split_from`.

    It is of the same customer; where that one stands for several, of the one among them who wrote the messages.

    It is open when the newest of them is the customer's, pending when it is ours.
    """
    wanted = Split(tuple(dict.fromkeys(body.message_ids)), body.subject.strip() if body.subject else None)
    return tickets.opened(split(tickets.id_of(call), wanted, call.actor, call.keyed(tickets.opened), call.version))


@operation(
    "Merge a customer into another",
    body=of_customers.CustomerMerge,
    gives=of_customers.Customer,
    refuses=(
        "customer-not-found",
        "version-mismatch",
        "already-merged",
        "merge-cycle",
        "unknown-customer",
        "same-customer",
        "too-many-merged",
    ),
)
def merge_customer(call: Call, body: of_customers.CustomerMerge) -> Answer:
    """The two are one person: the other shows the contacts and tickets of both, and either contact finds it.

    Contacts stay with whom they came with, and tickets opened from them name him in `customer_id`.
    Answers with the merged customer, who names the other in `merged_into`.
    """
    made = merge_customers.merge(
        customers.id_of(call), body.into, call.actor, call.keyed(customers.shown), call.version
    )
    return customers.shown(made)


@operation(
    "Take a merged customer out again",
    gives=of_customers.Customer,
    refuses=("customer-not-found", "version-mismatch", "not-merged", "tickets-still-merged"),
)
def unmerge_customer(call: Call) -> Answer:
    """He has his own contacts and tickets again, with those that were opened from his contacts meanwhile.

    Refused while tickets hold words of both, which `detail` names: they must be unmerged first, or what is the
    other's split off.
    """
    return customers.shown(
        merge_customers.unmerge(customers.id_of(call), call.actor, call.keyed(customers.shown), call.version)
    )
