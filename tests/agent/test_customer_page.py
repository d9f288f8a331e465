"""What the desk shows of a customer beside his tickets, and of one who was erased."""

from chalicelib import clock
from chalicelib.actions import erase_ticket, record_event
from chalicelib.actions.run_job import Watch
from chalicelib.domain import erasure
from chalicelib.domain.event import SYSTEM
from chalicelib.store import customers
from chalicelib.store.changes import Changes


def test_what_she_bought_stands_on_her_page(desk, ticket):
    told = {
        "type": "purchase",
        "title": "Chopping board, <large>",
        "occurred_at": clock.now(),
        "url": "https://shop.example.org/orders/7",
        "amount": {"value": "38.50", "currency": "EUR"},
    }
    record_event.record(ticket.customer_id, told)
    desk.go(f"/agent/customers/{ticket.customer_id}")

    link = desk.page.select_one('.panel a[href="https://shop.example.org/orders/7"]')
    assert link.text == "Chopping board, <large>"
    assert "38.50 EUR" in desk.page.select_one(".panel").text


def test_an_erased_ticket_still_opens(desk, ticket):
    old, change = customers.get(ticket.customer_id), Changes()
    customers.save(change, old, erasure.customer(old, clock.now()))
    change.commit()
    assert erase_ticket.erase(ticket.id, SYSTEM, "", Watch()) is None

    desk.go(f"/agent/tickets/{ticket.number}")
    assert desk.status == 200
    assert desk.heading == "Erased"
    assert "alice" not in desk.text.lower()
    assert desk.go(f"/agent/customers/{ticket.customer_id}").status == 404
