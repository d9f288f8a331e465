"""The page of one customer on the desk: what was said and happened in one scroll, and beside it who he is.

Every form on it comes back here, with what was refused in `errors` and what was typed in `typed`.
"""

from functools import partial
from typing import Any

from chalice import Response

from chalicelib import ids, signing
from chalicelib.actions import look_at_customer, wish_erasure
from chalicelib.actions.identify_customer import survivor
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk
from chalicelib.channels import call_words
from chalicelib.domain import consent_words, delivery_reason, doubles, suspension
from chalicelib.domain.blocked_sender import values_of
from chalicelib.domain.customer import Customer
from chalicelib.domain.customer_event import CustomerEvent
from chalicelib.errors import NotFound
from chalicelib.store import blocked_senders, consents, customer_events, customer_notes, customers, ticket_lists
from chalicelib.store.ticket_lists import Wanted
from chalicelib.web import answer

PAGE = 25
# The newest of what happened with him outside the desk.
EVENTS = 10
# The newest tickets in which a call may be written down.
OFFERED = 10
# The newest of what he allowed and did not.
CONSENTS = 5
VIEWS = ("conversation", "tickets")
DONE = ("profile", "contact", "note", "doubles")


def named(desk: Desk) -> Customer:
    """The customer in the address. Raises NotFound."""
    wanted = desk.visit.params["id"]
    customer = customers.get(wanted) if ids.is_id(wanted, "cus") else None
    if customer is None:
        raise NotFound("There is no such customer.")
    return customer


def standing_for(customer: Customer) -> Customer:
    return survivor(customer) or customer


def here(customer: Customer) -> str:
    """Where a customer's page lies."""
    return f"/agent/customers/{customer.id}"


def back(desk: Desk, customer: Customer, done: str) -> Response:
    """To the page, which says what was done; browsers keep the section that the form's own address names."""
    return answer.redirect(desk.visit, f"{here(customer)}?done={done}")


def show(desk: Desk, customer: Customer, status: int = 200, **context: Any) -> Response:
    query = desk.visit.query
    view = VIEWS[query.get("view") == "tickets"]
    done = query.get("done", "")
    after = signing.unseal(f"desk-{view}", query.get("after", ""))
    looked = look_at_customer.look(customer, PAGE, after if view == "conversation" else None)
    listed = _tickets(customer, after) if view == "tickets" else None
    reached = listed.after if listed else looked.timeline.after
    place = here(customer) + ("?view=tickets" if listed else "")
    given = {
        "customer": customer,
        "here": here(customer),
        "holder": None,
        "view": view,
        "done": done if done in DONE else "",
        "merged": list(customers.get_all(customer.merged_ids).values()),
        "organization": looked.organization,
        "erase_at": wish.erase_at if (wish := wish_erasure.find(customer)) else None,
        "last_inquiry": looked.last_inquiry,
        "suggestions": looked.suggestions,
        "entries": looked.timeline.entries,
        "tickets": listed.tickets if listed else (),
        "undone": looked.open_tickets[:OFFERED],
        "blocked": blocked_senders.among(_senders(customer)),
        "events": customer_events.page(customer.all_ids, EVENTS)[0],
        "consents": consents.page(customer.all_ids, CONSENTS)[0],
        "first_page": place if after else None,
        "next_page": _next(place, view, reached) if reached else None,
        **_notes(customer, looked.notes, query.get("notes")),
        **_words(desk, customer),
    }
    return pages.show(desk, "customer", status=status, **given | context)


def last_purchase(customer: Customer) -> CustomerEvent | None:
    """What he bought last, if it is among the newest that the shop told of him."""
    newest, _ = customer_events.page(customer.all_ids, EVENTS)
    return next((event for event in newest if event.type == "purchase"), None)


def _next(place: str, view: str, reached: str) -> str:
    return f"{place}{'&' if '?' in place else '?'}after={signing.seal(f'desk-{view}', reached)}"


def _tickets(customer: Customer, after: str | None) -> ticket_lists.Page:
    return ticket_lists.page(Wanted(customer_id=customer.id, customer_ids=customer.all_ids), PAGE, after)


def _notes(customer: Customer, newest: customer_notes.Page, before: str | None) -> dict[str, Any]:
    found = customer_notes.page(customer.all_ids, look_at_customer.NOTES, before) if before else newest
    return {"notes": found.notes, "older_notes": f"{here(customer)}?notes={found.after}#notes" if found.after else None}


def _words(desk: Desk, customer: Customer) -> dict[str, Any]:
    """What the messages' macros ask for."""
    return {
        "why": partial(delivery_reason.words, language=desk.lang),
        "held_for": partial(suspension.in_words, locale=desk.lang),
        "people": {one.id: one.name_in(desk.lang) for one in desk.staff.agents.values()},
        "reason_words": lambda code: doubles.REASONS[code].words(desk.lang),
        "bare_call": call_words.is_only,
        "asked_to_stop": consent_words.is_stop,
        "files": f"{here(customer)}/files",
    }


def _senders(customer: Customer) -> list[str]:
    """What he may be blocked by: his addresses of mail, and their domains."""
    return [value for one in customer.all_contacts if one.type == "email" for value in values_of(one.value)]
