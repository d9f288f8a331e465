"""All tickets of a few customers at once, newest activity first: what a customer's own pages show, count and search.

One query a customer, answered by the index alone, so long subjects end early and custom fields are not in it.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from chalicelib.domain.ticket import Ticket
from chalicelib.store import changes
from chalicelib.store.table import Row, TicketRow
from chalicelib.store.tickets import as_listed

# Of one customer; nobody pages further back than that.
MOST = 1000
_AT_ONCE = 8


def of(customer_ids: Sequence[str]) -> list[Ticket]:
    """Their tickets that stand for themselves, of each customer the newest thousand."""
    changes.connection()
    if len(customer_ids) == 1:
        found = [_of_one(customer_ids[0])]
    else:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = list(pool.map(_of_one, customer_ids))
    listed = [ticket for tickets in found for ticket in tickets if not ticket.merged_into]
    return sorted(listed, key=lambda ticket: (ticket.updated_at, ticket.id), reverse=True)


def _of_one(customer_id: str) -> list[Ticket]:
    found = islice(Row.customer.query(f"CUSTOMER#{customer_id}", scan_index_forward=False), MOST)
    return [as_listed(row) for row in found if isinstance(row, TicketRow)]
