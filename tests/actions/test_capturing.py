"""Nobody gets hold of what others write, by posting ids of their mails, forging copies of them, or being in copy."""

import pytest

from chalicelib.actions import erase_customer
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.event import Actor
from chalicelib.store import intake, keys, tickets
from tests.actions.conftest import mail, store_mail

pytestmark = pytest.mark.usefixtures("cloud")

ALICE, CAROL, MALLORY = "alice@example.org", "carol@example.com", "mallory@evil.example"


def take_in(subject="My board", text="It has split.", to=(), **said):
    verdicts = {name: said.pop(name) for name in ("dmarc", "dmarc_policy", "spf", "source") if name in said}
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
