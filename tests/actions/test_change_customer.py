"""Customers: a contact belongs to one of them and never moves silently."""

import pytest

from chalicelib.actions import change_customer
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.domain.customer import Contact
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, VersionMismatch
from chalicelib.store import customers, ticket_lists
from chalicelib.store.ticket_lists import Wanted

pytestmark = pytest.mark.usefixtures("cloud")
BY_BOB = Actor("agent", "agt_bob")
EMAIL = ContactWish("email", "alice@example.org", at="/email")
PHONE = ContactWish("phone", "+21620555014", at="/phone")


def test_a_contact_of_another_customer_is_refused_by_name():
    alice = change_customer.create({"name": "Alice"}, [EMAIL], BY_BOB)
    with pytest.raises(Conflict) as refusal:
        change_customer.create({"name": "Charlie"}, [PHONE, EMAIL], BY_BOB)

    assert refusal.value.faults[0].pointer == "/email"
    assert alice.id in refusal.value.detail


def test_a_contact_given_up_is_free_again():
    alice = change_customer.create({"name": "Alice"}, [EMAIL, PHONE], BY_BOB)
    change_customer.change(alice.id, {}, [ContactWish("email", EMAIL.value)], BY_BOB)

    charlie = change_customer.create({"name": "Charlie"}, [PHONE], BY_BOB)

    assert customers.by_contact("phone", PHONE.value).id == charlie.id


def test_what_we_know_of_a_contact_survives_a_change_of_the_others():
    quiet = Contact("email", EMAIL.value, verified=True, opted_out_of=("email",))
    alice = change_customer.create({}, [ContactWish("email", EMAIL.value, verified=True, opted_out=True)], BY_BOB)

    wishes = [ContactWish("email", EMAIL.value), ContactWish("phone", PHONE.value)]
    changed = change_customer.change(alice.id, {"name": "Alice"}, wishes, BY_BOB)

    assert changed.contacts == (quiet, Contact("phone", PHONE.value))


def test_a_change_decided_on_an_old_version_is_refused():
    alice = change_customer.create({"name": "Alice"}, [EMAIL], BY_BOB)
    change_customer.change(alice.id, {"name": "Alice H."}, None, BY_BOB, version=1)
    with pytest.raises(VersionMismatch):
        change_customer.change(alice.id, {"name": "A."}, None, BY_BOB, version=1)


def test_a_new_name_shows_in_the_lists(run):
    ticket = receive(Incoming("sms", "Where is it?", Person("phone", PHONE.value))).ticket
    assert ticket.customer_name == PHONE.value

    change_customer.change(ticket.customer_id, {"name": "ليلى"}, None, BY_BOB)
    run()

    (listed,) = ticket_lists.page(Wanted(statuses=("new",)), 10).tickets
    assert (listed.customer_name, listed.version) == ("ليلى", 1)
