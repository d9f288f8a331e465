"""Whatever comes for a merged ticket lands in the one that stands for it; for a message that was moved, where it is."""

import pytest

from chalicelib.actions import merge_customers, merge_tickets
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.actions.split_ticket import Split, split
from chalicelib.channels import outgoing
from chalicelib.domain.event import Actor
from chalicelib.store import tickets
from tests.actions.conftest import mail, sent_mail, store_mail

pytestmark = pytest.mark.usefixtures("cloud")
BY_BOB = Actor("agent", "agt_bob")
PHONE = "+21620555014"


@pytest.fixture
def two():
    """Two tickets of Alice's by mail: the first merged into the second."""
    first = receive_mail(store_mail(mail(Message_ID="<one@example.org>"))).ticket_id
    second = receive_mail(store_mail(mail("The oil", "Which oil?", Message_ID="<two@example.org>"))).ticket_id
    merge_tickets.merge(first, second, BY_BOB)
    return first, second


def texts(ticket_id):
    return [message.text.strip() for message in tickets.thread(ticket_id).messages]


def test_a_mail_to_the_reply_address_of_the_merged_ticket(two):
    first, second = two
    address = outgoing.reply_to(first, "alice@example.org")
    outcome = receive_mail(store_mail(mail("Re: My board", "Thanks!"), address))

    assert (outcome.ticket_id, outcome.reason) == (second, "reply-address")
    assert texts(second)[-1] == "Thanks!"
    assert not tickets.thread(second).messages[-1].unknown_sender


@pytest.mark.parametrize("headers", [{"In_Reply_To": "<one@example.org>"}, {"References": "<one@example.org>"}])
def test_a_mail_that_answers_a_message_of_the_merged_ticket(two, headers):
    assert receive_mail(store_mail(mail("Re: board", "Thanks!", **headers))).ticket_id == two[1]


def test_a_mail_with_the_number_of_the_merged_ticket(two):
    number = tickets.get(two[0]).number

    assert receive_mail(store_mail(mail(f"Re: My board [#{number}]", "Thanks!"))).ticket_id == two[1]


def test_a_mail_to_the_reply_addresses_of_both_is_one_message(two):
    raw = mail("Re: both", "Thanks!")
    addresses = [outgoing.reply_to(ticket_id, "alice@example.org") for ticket_id in two]
    for to in (addresses, addresses[:1], addresses[1:]):
        receive_mail(store_mail(raw, *to))

    assert texts(two[1]).count("Thanks!") == 1


def test_charlie_at_the_reply_address_of_the_merged_ticket_is_still_a_stranger(two):
    address = outgoing.reply_to(two[0], "alice@example.org")
    outcome = receive_mail(store_mail(mail("Re", "Pay here", From="charlie@example.net"), address))

    assert outcome.ticket_id == two[1]
    assert tickets.thread(two[1]).messages[-1].unknown_sender


def test_who_was_in_copy_of_the_merged_ticket_takes_part_in_what_stands_for_it():
    first = receive_mail(store_mail(mail(Message_ID="<one@example.org>", Cc="dora@example.org"))).ticket_id
    second = receive_mail(store_mail(mail("The oil", "Which oil?"))).ticket_id
    merge_tickets.merge(first, second, BY_BOB)
    to_all = {"In_Reply_To": "<one@example.org>", "Cc": "alice@example.org"}
    dora = mail("Re", "I have it here.", From="dora@example.org", **to_all)

    assert receive_mail(store_mail(dora)).ticket_id == second


def test_answers_to_a_message_that_was_split_off_follow_it(run, bob):
    ticket_id = receive_mail(store_mail(mail())).ticket_id
    answer = reply(ticket_id, bob, Reply("About the oil: linseed.")).message
    run()
    new = split(ticket_id, Split((answer.id,)), BY_BOB)
    header = f"<{tickets.thread(new.id).deliveries[answer.id, 'reply'].provider_id}@eu-west-1.amazonses.com>"
    by_id = receive_mail(store_mail(mail("Re", "Thanks!", In_Reply_To=header)))
    signed = outgoing.reply_to(ticket_id, "alice@example.org")
    by_address = receive_mail(store_mail(mail("Re", "And again!", In_Reply_To=header), signed))
    other = receive_mail(store_mail(mail("Re", "The board, though."), signed))

    assert (by_id.ticket_id, by_address.ticket_id, other.ticket_id) == (new.id, new.id, ticket_id)
    assert texts(new.id) == ["About the oil: linseed.", "Thanks!", "And again!"]


def test_an_sms_to_the_thread_of_a_merged_ticket(bob, run):
    first = receive_sms(InboundSms("sms-1", PHONE, "My board has split.")).ticket_id
    reply(first, bob, Reply("Is it wet?"))
    run()
    merged = receive_mail(store_mail(mail())).ticket_id
    person = tickets.get(first).customer_id
    merge_customers.merge(person, tickets.get(merged).customer_id, BY_BOB)
    merge_tickets.merge(first, merged, BY_BOB)

    assert receive_sms(InboundSms("sms-2", PHONE, "No, dry.")).ticket_id == merged


def test_an_sms_finds_the_open_ticket_of_whoever_stands_for_its_sender(bob):
    first = receive_sms(InboundSms("sms-1", PHONE, "My board has split.")).ticket_id
    alice = tickets.get(receive_mail(store_mail(mail())).ticket_id).customer_id
    merge_customers.merge(tickets.get(first).customer_id, alice, BY_BOB)

    assert receive_sms(InboundSms("sms-2", PHONE, "No, dry.")).ticket_id == first


def test_our_answer_in_the_surviving_ticket_keeps_the_customers_one_thread(two, run, bob):
    reply(two[1], bob, Reply("Both can be saved."))
    run()

    references = sent_mail()[-1]["References"]
    assert "<one@example.org>" in references and "<two@example.org>" in references
