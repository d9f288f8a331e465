"""Who shows that a number or an address is his: it becomes his, or the two are one person, and come apart again."""

import pytest

from chalicelib.actions import change_consent, change_customer, merge_customers, prove_contact, suggest_doubles
from chalicelib.actions.change_consent import Said
from chalicelib.actions.change_customer import ContactWish
from chalicelib.domain.customer import MAX_CONTACTS
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import customer_notes, customers
from chalicelib.store.table import EventRow

NUMBER = "+21620555014"
BOB = Actor("agent", "agt_bob")


def made(name, *contacts):
    wishes = [ContactWish("email" if "@" in value else "phone", value) for value in contacts]
    return change_customer.create({"name": name}, wishes, BOB)


def prove(customer, value=NUMBER):
    type = "email" if "@" in value else "phone"
    return prove_contact.prove(customer.id, type, value, Actor("customer", customer.id))


@pytest.fixture
def alice(cloud):
    return made("Alice", "alice@example.org")


def verified(customer_id):
    return [one.value for one in customers.get(customer_id).contacts if one.verified]


def test_a_number_that_nobody_has_is_added_as_verified(alice):
    proven = prove(alice)

    assert (proven.outcome, proven.customer.id) == ("added", alice.id)
    assert verified(alice.id) == [NUMBER]
    assert customers.id_of("phone", NUMBER) == alice.id


def test_what_is_hers_already_is_verified_and_then_known(alice):
    assert [prove(alice, "alice@example.org").outcome for _ in range(2)] == ["verified", "known"]
    assert verified(alice.id) == ["alice@example.org"]


def test_another_records_number_makes_the_two_one_and_moves_nothing(alice):
    by_phone = made("", NUMBER)
    proven = prove(alice)

    assert (proven.outcome, proven.customer.id) == ("merged", alice.id)
    assert customers.get(by_phone.id).merged_into == alice.id
    assert customers.id_of("phone", NUMBER) == by_phone.id
    assert proven.customer.has("phone", NUMBER) and not proven.customer.owns("phone", NUMBER)
    assert verified(by_phone.id) == [NUMBER]


@pytest.fixture
def old_owner(alice):
    """Charlie, who had the number before, and signed in by his mail."""
    charlie = made("Charlie", "charlie@example.org", NUMBER)
    prove(charlie, "charlie@example.org")
    return customers.get(charlie.id)


def test_a_number_that_changed_hands_shows_its_new_owner_nothing_of_the_old_one(alice, old_owner):
    with pytest.raises(Conflict) as refused:
        prove(alice)

    assert refused.value.code == "contact-anothers"
    assert customers.get(alice.id).all_ids == (alice.id,)
    assert customers.get(old_owner.id) == old_owner
    assert customers.id_of("phone", NUMBER) == old_owner.id


def test_what_stands_for_the_old_owner_counts_as_well(alice):
    by_phone, charlie = made("", NUMBER), made("Charlie", "charlie@example.org")
    prove(charlie, "charlie@example.org")
    merge_customers.merge(by_phone.id, charlie.id, BOB)
    with pytest.raises(Conflict):
        prove(alice)

    assert customers.get(alice.id).merged_ids == ()


def test_agents_are_told_that_the_two_may_be_one_until_they_say_no(alice, old_owner):
    for _ in range(2):
        with pytest.raises(Conflict):
            prove(alice)
    for one, other in ((alice, old_owner), (old_owner, alice)):
        (found,) = suggest_doubles.suggest(customers.get(one.id))
        assert (found.customer.id, found.reasons) == (other.id, ("shown-contact",))

    suggest_doubles.refresh(alice.id)
    assert suggest_doubles.suggest(customers.get(alice.id))
    suggest_doubles.dismiss(alice.id, old_owner.id)
    assert suggest_doubles.suggest(customers.get(alice.id)) == []


def test_a_number_that_wants_no_whatsapp_wants_none_of_whose_it_becomes(alice):
    by_phone = made("", NUMBER)
    change_consent.set_opted_out("phone", NUMBER, "whatsapp", True, Said("whatsapp", BOB))
    change_customer.change(by_phone.id, {}, [], BOB)
    prove(alice)

    assert customers.get(alice.id).contact("phone").opted_out_of == ("whatsapp",)


@pytest.mark.parametrize("first", ["address", "number"])
def test_they_come_apart_again_whoever_proved(alice, first):
    by_phone = made("", NUMBER)
    prove(alice) if first == "address" else prove(by_phone, "alice@example.org")
    loser = by_phone if first == "address" else alice
    merge_customers.unmerge(loser.id, BOB)

    assert [one.value for one in customers.get(alice.id).all_contacts] == ["alice@example.org"]
    assert [one.value for one in customers.get(by_phone.id).all_contacts] == [NUMBER]
    assert not customers.get(loser.id).merged_into


def test_agents_read_a_line_about_it_that_goes_with_whom_it_was_proven_of(alice):
    by_phone = made("", NUMBER)
    prove(alice)
    (note,) = customer_notes.page((alice.id, by_phone.id), 20).notes

    assert note.author.type == "system" and NUMBER in note.text
    assert note.customer_id == by_phone.id


def test_the_feed_tells_who_merged_them(alice):
    by_phone = made("", NUMBER)
    prove(alice)
    told = {(row.type, row.subject): row.actor for row in EventRow.scan()}

    assert told["customer.merged", by_phone.id] == {"type": "customer", "id": alice.id}
    assert told["customer.updated", alice.id] == {"type": "customer", "id": alice.id}


def test_a_number_of_one_who_was_merged_brings_him_who_stands_for_both(alice):
    by_phone, charlie = made("", NUMBER), made("Charlie", "charlie@example.org")
    merge_customers.merge(by_phone.id, charlie.id, BOB)
    proven = prove(alice)

    assert {*proven.customer.merged_ids} == {charlie.id, by_phone.id}
    assert customers.get(charlie.id).merged_into == alice.id
    assert verified(by_phone.id) == [NUMBER]


def test_who_was_merged_himself_proves_it_for_whoever_stands_for_him(alice):
    twin = made("Alice", "twin@example.org")
    merge_customers.merge(twin.id, alice.id, BOB)
    proven = prove(twin)

    assert proven.customer.id == alice.id and proven.customer.has("phone", NUMBER)
    assert customers.id_of("phone", NUMBER) == twin.id


def test_twenty_contacts_are_enough(cloud):
    full = made("Alice", *(f"a{number}@example.org" for number in range(MAX_CONTACTS)))
    with pytest.raises(Conflict) as refused:
        prove(full)

    assert refused.value.code == "too-many-contacts"


def test_who_is_not_there_proves_nothing(cloud, alice):
    with pytest.raises(NotFound):
        prove_contact.prove("cus_0000000000000000000000000A", "phone", NUMBER, BOB)
    assert customers.id_of("phone", NUMBER) is None
