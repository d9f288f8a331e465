"""Alice was erased while she was signed in."""

from chalicelib.actions import erase_customer
from chalicelib.domain.event import SYSTEM
from chalicelib.store import customers


def test_an_erased_customer_is_signed_out_at_once(browse):
    browser = browse("alice@example.org", "customer").go("/en/tickets")
    assert browser.address == "/en/tickets"

    erase_customer.erase(customers.id_of("email", "alice@example.org"), SYSTEM)

    assert browser.go("/en/tickets").address == "/en/sign-in"
    assert "alice" not in browser.text.lower()
