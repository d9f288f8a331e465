"""Senders are blocked and unblocked; meanwhile their mail is kept apart, and everybody else's is not."""

import pytest

from chalicelib import ids
from chalicelib.actions import release_mail
from chalicelib.actions.change_blocked_sender import block, unblock
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.errors import Invalid, NotFound
from chalicelib.store import blocked_senders, tickets
from tests.actions.conftest import mail, store_mail

BOB = Actor("agent", "agt_bob")


@pytest.mark.parametrize(
    "value", ["alice@example.org", " ALICE@Example.org", "example.org", "@example.org", "*@Example.org"]
)
def test_the_mail_of_a_blocked_sender_is_suspended_and_that_of_others_is_not(cloud, value):
    block(value, BOB)

    alices = receive_mail(store_mail(mail()))
    charlies = receive_mail(store_mail(mail(From="charlie@mail.example.org")))
    assert (alices.outcome, alices.reason) == ("suspended", "blocked-sender")
    assert charlies.outcome == "message"


@pytest.mark.parametrize("value", ["bücher.example", "xn--bcher-kva.example", "ali@bücher.example"])
@pytest.mark.parametrize("domain", ["bücher.example", "xn--bcher-kva.example"])
def test_a_domain_in_another_script_and_its_ascii_form_are_one(cloud, value, domain):
    blocked = block(value, BOB)

    raw = mail(From="Ali <ali@PLACE>").replace(b"PLACE", domain.encode())
    assert receive_mail(store_mail(raw)).reason == "blocked-sender"
    assert blocked_senders.among([f"ali@{domain}", domain]).popitem()[1] == blocked.id


def test_a_released_mail_of_a_blocked_sender_opens_a_ticket(cloud):
    block("example.org", BOB)
    held = store_mail(mail())
    receive_mail(held)

    made = release_mail.release(held.id, SYSTEM)
    assert tickets.get(made.ticket_id).subject == "My board has split"
    assert receive_mail(store_mail(mail("Another one"))).reason == "blocked-sender"


def test_who_is_unblocked_writes_again(cloud):
    unblock(block("alice@example.org", BOB).id)

    assert receive_mail(store_mail(mail())).outcome == "message"
    assert blocked_senders.page(10).senders == ()


def test_a_virus_is_named_rather_than_its_sender(cloud):
    block("alice@example.org", BOB)

    assert receive_mail(store_mail(mail(), virus="FAIL")).reason == "virus"


def test_blocking_twice_is_blocking_once(cloud):
    first = block("alice@example.org", BOB)

    assert block("ALICE@example.org", SYSTEM) == first
    assert [(one.value, one.created_by) for one in blocked_senders.page(10).senders] == [("alice@example.org", BOB.id)]


def test_an_address_and_its_domain_are_blocked_apart(cloud):
    block("alice@example.org", BOB)
    domain = block("example.org", BOB)
    unblock(domain.id)

    assert blocked_senders.is_blocked("alice@example.org")
    assert not blocked_senders.is_blocked("charlie@example.org")


@pytest.mark.parametrize("value", ["alice", "", "@", "alice@", "a b@example.org", "x" * 250 + ".org"])
def test_what_nobody_can_write_from_is_refused(cloud, value):
    with pytest.raises(Invalid) as refused:
        block(value, BOB)
    assert refused.value.code == "invalid-sender"


@pytest.mark.parametrize("value", ["bob@ghusn.example", "ghusn.example", "help@ghusn.example"])
def test_nobody_blocks_the_own_house(bob, value):
    with pytest.raises(Invalid) as refused:
        block(value, BOB)
    assert refused.value.code == "own-sender"


def test_what_is_not_blocked_cannot_be_unblocked(cloud):
    with pytest.raises(NotFound):
        unblock(ids.new("blk"))


def test_the_list_goes_on_where_a_page_ends(cloud):
    for count in range(5):
        block(f"spam{count}@example.org", BOB)
    first = blocked_senders.page(2)
    second = blocked_senders.page(10, first.after)

    assert [one.value[:5] for one in first.senders + second.senders] == ["spam4", "spam3", "spam2", "spam1", "spam0"]
    assert second.after is None
