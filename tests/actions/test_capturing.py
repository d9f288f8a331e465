"""Nobody gets hold of what others write, by posting ids of their mails, forging copies of them, or being in copy."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chalicelib.actions import change_ticket, erase_customer, release_mail
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.channels import outgoing
from chalicelib.domain.event import Actor
from chalicelib.store import customers, deliveries, intake, keys, tickets
from tests.actions.conftest import mail, sent_mail, store_mail
from tests.actions.test_receive_bounce import report

pytestmark = pytest.mark.usefixtures("cloud")

ALICE, CAROL, MALLORY = "alice@example.org", "carol@example.com", "mallory@evil.example"


def take_in(subject="My board", text="It has split.", to=(), **said):
    verdicts = {name: said.pop(name) for name in ("dmarc", "dmarc_policy", "spf", "envelope_sender") if name in said}
    return receive_mail(store_mail(mail(subject, text, **said), *to, **verdicts))


def post(message_id, **said):
    return take_in("A trap", "Hello.", From=MALLORY, Message_ID=message_id, **said)


def answer(named, **said):
    return take_in("Re: My board", "And more.", In_Reply_To=named, **said)


@pytest.mark.parametrize("said", [{"Cc": ALICE}, {}, {"dmarc": "GRAY"}, {"dmarc": "FAIL", "dmarc_policy": "NONE"}])
@pytest.mark.parametrize("is_first", [True, False])
def test_an_id_of_alices_mail_that_mallory_posts_leads_her_nowhere_else(said, is_first):
    if is_first:
        post("<a1@example.org>", **said)
    alices = take_in(Message_ID="<a1@example.org>")
    if not is_first:
        post("<a1@example.org>", **said)

    assert answer("<a1@example.org>").ticket_id == alices.ticket_id


def test_the_id_that_ses_gave_our_answer_stays_ours_whoever_posts_it(run, bob):
    alices = take_in(Cc=CAROL)
    sent = reply(alices.ticket_id, bob, Reply("Let me look."))
    run()
    ours = tickets.thread(alices.ticket_id).deliveries[sent.message.id, "reply"].provider_id
    named = f"<{ours}@eu-west-1.amazonses.com>"

    for posted in (named, f"<{ours}>", f"<provider:{ours}>", f"<{alices.ticket_id}.{sent.message.id}@ghusn.example>"):
        post(posted, Cc=ALICE)

    assert answer(named).ticket_id == alices.ticket_id
    assert answer(named, From=CAROL).ticket_id == alices.ticket_id


def test_a_mail_that_mallory_wrote_to_alice_alone_draws_her_answer_into_no_ticket_of_his():
    mallorys = post("<m1@evil.example>", Cc=ALICE)

    apart = answer("<m1@evil.example>")

    assert apart.ticket_id != mallorys.ticket_id
    assert tickets.get(apart.ticket_id).linked_ticket_id == mallorys.ticket_id


def test_carol_in_copy_answers_alices_mail_as_long_as_alice_reads_along():
    alices = take_in(Message_ID="<a1@example.org>", Cc=CAROL)

    carols = answer("<a1@example.org>", From=CAROL, Cc=ALICE)

    assert (carols.ticket_id, carols.reason) == (alices.ticket_id, "in-reply-to")


def test_a_ticket_of_carols_own_comes_before_one_in_which_she_is_in_copy():
    take_in(Message_ID="<a1@example.org>", Cc=CAROL)
    carols = take_in("Mine", From=CAROL, Message_ID="<c1@example.com>")

    named = "<c1@example.com> <a1@example.org>"
    both = take_in("Re: boards", From=CAROL, Cc=ALICE, References=named)

    assert both.ticket_id == carols.ticket_id


def test_what_leads_to_an_erased_message_goes_with_it_and_nothing_else_does(run, bob):
    alices = take_in(Message_ID="<a1@example.org>")
    sent = reply(alices.ticket_id, bob, Reply("Let me look."))
    run()
    ours = keys.provider_name(tickets.thread(alices.ticket_id).deliveries[sent.message.id, "reply"].provider_id)
    mallorys = [post("<a1@example.org>"), post(f"<{ours}>")]

    erase_customer.erase(tickets.get(mallorys[0].ticket_id).customer_id, Actor("agent", bob.id))
    run()

    assert tickets.get(mallorys[0].ticket_id).erased_at
    assert intake.pointed_at([keys.received_id("a1@example.org", MALLORY), keys.received_id(ours, MALLORY)]) == {}
    assert answer("<a1@example.org>").ticket_id == alices.ticket_id
    assert intake.found_by_header([ours])


@pytest.fixture
def answered(run, bob):
    """Alice's ticket with Carol in copy, which Bob answered, and the address that both are to answer to."""
    opened = take_in(Cc=CAROL, Message_ID="<a1@example.org>")
    sent = reply(opened.ticket_id, bob, Reply("Let me look."))
    run()
    return opened.ticket_id, sent.message.id, outgoing.reply_to(opened.ticket_id, ALICE)


def shown(ticket_id):
    thread = tickets.thread(ticket_id)
    last = thread.messages[-1]
    return last.unknown_sender, last.unverified_sender, thread.ticket.status


@pytest.mark.parametrize(
    ("said", "is_hers"),
    [
        ({"dmarc": "PASS", "spf": "FAIL"}, True),
        ({"dmarc": "GRAY"}, True),
        ({"dmarc": "GRAY", "envelope_sender": "<Bounces@Example.Org>"}, True),
        ({"dmarc": "GRAY", "envelope_sender": "carol@example.com"}, False),
        ({"dmarc": "GRAY", "envelope_sender": ""}, False),
        ({"dmarc": "GRAY", "spf": "GRAY"}, False),
        ({"dmarc": "PROCESSING_FAILED"}, False),
        ({"dmarc": "FAIL", "dmarc_policy": "NONE"}, False),
    ],
)
def test_at_alices_reply_address_a_mail_is_hers_only_if_her_domain_sent_it(answered, run, said, is_hers):
    ticket_id, _, address = answered
    before = len(sent_mail())

    take_in("Re: My board", "I am Alice.", (address,), Cc="spy@evil.example", **said)
    run()

    assert shown(ticket_id) == (not is_hers, not is_hers, "open" if is_hers else "pending")
    assert len(sent_mail()) == before
    is_proven = said["dmarc"] == "PASS"
    assert tickets.get(ticket_id).cc == ((CAROL, "spy@evil.example") if is_proven else (CAROL,))


def test_who_is_named_in_an_unproven_mail_takes_no_part_in_the_ticket_that_it_opens():
    opened = take_in(Cc=CAROL, dmarc="GRAY")

    assert tickets.get(opened.ticket_id).cc == ()
    assert tickets.thread(opened.ticket_id).messages[0].cc == (CAROL,)


def test_a_held_mail_that_is_released_is_judged_as_it_would_have_been(answered, bob):
    ticket_id, _, address = answered
    for envelope in ("carol@example.com", ALICE):
        stored = store_mail(mail("Re", envelope), address, dmarc="GRAY", spam="FAIL", envelope_sender=envelope)
        receive_mail(stored)

        release_mail.release(stored.id, Actor("agent", bob.id))

        assert shown(ticket_id)[0] == (envelope != ALICE)


def test_mails_forged_as_alices_use_up_nothing_of_what_she_answers_to_her_address(answered):
    ticket_id, _, address = answered
    for number in range(20):
        take_in("Forged", f"Text {number}", dmarc="GRAY")
        take_in("Forged", f"To her address {number}", (address,), dmarc="GRAY", envelope_sender="x@evil.example")

    alices = take_in("Re: My board", "It is me.", (address,), dmarc="GRAY")

    assert (alices.outcome, alices.ticket_id) == ("message", ticket_id)


FORWARDED = {"dmarc": "FAIL", "dmarc_policy": "NONE"}


def test_a_proven_copy_of_an_unproven_mail_is_taken_in_and_further_ones_of_both_are_not(answered):
    ticket_id = answered[0]

    def again(**said):
        return answer("<a1@example.org>", Message_ID="<a2@example.org>", **said)

    forged, hers, *others = again(**FORWARDED), again(), again(**FORWARDED), again()

    assert (forged.outcome, forged.ticket_id != ticket_id) == ("message", True)
    assert (hers.outcome, hers.ticket_id) == ("message", ticket_id)
    assert [(one.outcome, one.message_id) for one in others] == [("duplicate", hers.message_id)] * 2


def test_an_unproven_copy_of_a_mail_that_is_here_is_a_duplicate_also_at_the_reply_address(answered):
    address = answered[2]
    copies = [take_in("Re", "Here.", to, Message_ID="<a2@example.org>", **said)
              for to, said in (((address,), {}), ((address,), FORWARDED), ((), FORWARDED))]  # fmt: skip

    assert [one.outcome for one in copies] == ["message", "duplicate", "duplicate"]


def test_copies_at_the_same_moment_are_one_message_of_each_kind(answered, one_request_at_a_time):
    raw = mail("Re", "Here.", Message_ID="<a2@example.org>", In_Reply_To="<a1@example.org>")
    listed = [store_mail(raw, **said) for said in ({}, FORWARDED) * 3]
    with ThreadPoolExecutor(6) as pool:
        outcomes = [one.outcome for one in pool.map(receive_mail, listed)]

    assert [one.outcome for one in map(receive_mail, listed)] == outcomes
    assert outcomes[::2].count("message") == 1
    assert outcomes[1::2].count("message") <= 1


def bounce(ticket_id, message_id, returned):
    receive_mail(store_mail(report(returned), envelope_sender=""))
    stands = deliveries.get(ticket_id, message_id, "reply")
    return stands.state, customers.by_contact("email", ALICE).contacts[0].suppressed


def test_a_bounce_by_the_reply_address_that_carol_has_too_cuts_alice_off_from_nothing(answered):
    ticket_id, message_id, address = answered
    sent = deliveries.get(ticket_id, message_id, "reply")

    assert bounce(ticket_id, message_id, f"Reply-To: {address}") == ("bounced", False)
    deliveries.move(deliveries.get(ticket_id, message_id, "reply"), replace(sent, state="delivered"))
    assert bounce(ticket_id, message_id, f"Reply-To: {address}") == ("delivered", False)

    by_id = f"Reply-To: {address}\nMessage-ID: <{sent.provider_id}@eu-west-1.amazonses.com>"
    assert bounce(ticket_id, message_id, by_id) == ("bounced", True)


def test_what_carol_in_copy_wrote_last_leads_no_answer_away_from_alice(answered, run, bob):
    ticket_id, _, address = answered
    take_in("Re: My board", "I am Carol.", (address,), From=CAROL)
    assert tickets.get(ticket_id).reply_contact == ALICE

    change_ticket.change_ticket(ticket_id, {"cc": ()}, Actor("agent", bob.id))
    reply(ticket_id, bob, Reply("Only you, Alice."))
    run()

    assert [(one["To"], one["Cc"]) for one in sent_mail()][-1] == (ALICE, None)
