"""One customer on the desk: how to reach him, and all his tickets."""

from chalice import Blueprint, Response

from chalicelib import ids, signing
from chalicelib.actions.identify_customer import survivor
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.errors import NotFound
from chalicelib.store import customer_events, customers, ticket_lists
from chalicelib.store.ticket_lists import Wanted
from chalicelib.web.doors import Doors

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)

PAGE = 25
# The newest of what happened with him outside the desk.
EVENTS = 10


@doors.get("/agent/customers/{id}")
@for_agents
def one(desk: Desk) -> Response:
    wanted = desk.visit.params["id"]
    customer = survivor(customers.get(wanted)) if ids.is_id(wanted, "cus") else None
    if customer is None:
        raise NotFound("There is no such customer.")
    after = signing.unseal("desk-customer", desk.visit.query.get("after", ""))
    page = ticket_lists.page(Wanted(customer_id=customer.id, customer_ids=customer.all_ids), PAGE, after)
    here = f"/agent/customers/{customer.id}"
    return pages.show(
        desk,
        "customer",
        customer=customer,
        tickets=page.tickets,
        events=customer_events.page(customer.all_ids, EVENTS)[0],
        first_page=here if after else None,
        next_page=f"{here}?after={signing.seal('desk-customer', page.after)}" if page.after else None,
    )
