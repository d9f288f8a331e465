"""A mail finds its ticket by what it answers, also when it arrives before the mail that it answers."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib import clock
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.channels import outgoing
from chalicelib.store import tickets
from chalicelib.store.changes import Changes
from tests.actions.conftest import mail, sent_mail, store_mail

pytestmark = pytest.mark.usefixtures("cloud")

CAROL = "Carol <carol@example.com>"
MALLORY = "mallory@example.net"


def take_in(subject="My board", text="Hello", to=(), dmarc="PASS", **headers):
    return receive_mail(store_mail(mail(subject, text, **headers), *to, dmarc=dmarc))


def first():
    return take_in(text="It has split.", Message_ID="<a1@example.org>")


def second():
    return take_in("Re: My board", "By the way.", Message_ID="<a2@example.org>", References="<a1@example.org>")


def third():
    named = "<a1@example.org> <a2@example.org>"
    return take_in("Re: My board", "And more.", Message_ID="<a3@example.org>", References=named)


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_alices_mails_share_a_ticket_in_whatever_order_they_arrive(order):
    arriving = (first, second, third)

    found = {arriving[at]().ticket_id for at in order}

    assert len(found) == 1
    thread = tickets.thread(found.pop())
    assert sorted(m.text for m in thread.messages) == ["And more.", "By the way.", "It has split."]


def test_alices_mails_share_a_ticket_when_all_are_decided_on_before_one_is_written(one_request_at_a_time, monkeypatch):
    take_in("Another board")
    decided, commit, waited = threading.Barrier(3, timeout=30), Changes.commit, threading.local()

    def together(self):
        if not hasattr(waited, "once"):
            waited.once = decided.wait()
        commit(self)

    monkeypatch.setattr(Changes, "commit", together)
    with ThreadPoolExecutor(3) as pool:
        found = {one.ticket_id for one in pool.map(lambda arrive: arrive(), (third, first, second))}

    assert len(found) == 1


def test_the_reason_is_told_of_a_mail_that_others_named_before_it_came():
    third()

    assert [one().reason for one in (first, second)] == ["quoted", "references"]


def test_carol_in_copy_answers_a_mail_that_only_alice_named():
    alices = take_in(Cc=CAROL, In_Reply_To="<never-seen@example.com>")

    carols = take_in("Re: That", From=CAROL, To="Alice <alice@example.org>", In_Reply_To="<never-seen@example.com>")

    assert (carols.ticket_id, carols.reason) == (alices.ticket_id, "quoted")


def test_carol_who_leaves_alice_out_opens_a_ticket_of_her_own():
    alices = take_in(Cc=CAROL, In_Reply_To="<never-seen@example.com>")

    carols = take_in("Re: That", From=CAROL, In_Reply_To="<never-seen@example.com>")

    assert carols.ticket_id != alices.ticket_id


def test_mallory_captures_no_mail_of_alice_by_naming_its_ids_first():
    named = "<a1@example.org> <a2@example.org>"
    mallorys = take_in("Mine", From=MALLORY, Cc="alice@example.org", References=named)

    alices = [arrive().ticket_id for arrive in (third, first, second)]

    assert len(set(alices)) == 1
    assert mallorys.ticket_id not in alices
    assert tickets.thread(alices[0]).ticket.linked_ticket_id is None


def test_ids_that_an_unproven_sender_names_lead_nowhere():
    forged = take_in("Mine", dmarc="GRAY", References="<a1@example.org>")

    assert first().ticket_id != forged.ticket_id


def test_an_id_of_a_mail_that_came_wins_over_one_that_was_only_named():
    real = first()
    other = take_in("Another board", In_Reply_To="<never-seen@example.com>")

    both = take_in(
        "Re: boards",
        Message_ID="<b@example.org>",
        In_Reply_To="<never-seen@example.com>",
        References="<a1@example.org>",
    )

    assert (both.ticket_id, both.reason) == (real.ticket_id, "references")
    assert other.ticket_id != real.ticket_id


def test_a_long_thread_is_found_by_its_first_and_its_newest_ids():
    named = [f"<n{at}@example.org>" for at in range(60)]
    long = take_in(Message_ID="<long@example.org>", References=" ".join(named))

    found = [take_in("Re", text=name, References=name).ticket_id for name in (named[0], named[-1])]

    assert found == [long.ticket_id] * 2


def test_a_customer_with_two_tickets_answers_the_one_whose_mail_he_answers(run, bob):
    opened = [take_in(subject, Message_ID=f"<{subject}@example.org>").ticket_id for subject in ("First", "Second")]
    for ticket_id in opened:
        reply(ticket_id, bob, Reply("Let me look."))
    run()
    names = {m["Subject"]: m["References"] for m in sent_mail() if m["Auto-Submitted"] is None}

    answer = take_in("Re: Second", "This one.", References=next(v for k, v in names.items() if "First" in k))

    assert (answer.ticket_id, answer.reason) == (opened[0], "references")


@pytest.mark.parametrize("domain", ["@eu-west-1.amazonses.com", "@email.amazonses.com", "@relay.example", ""])
def test_alice_is_threaded_by_the_id_that_ses_wrote_whatever_became_of_its_domain(run, bob, domain):
    opened = first()
    sent = reply(opened.ticket_id, bob, Reply("Let me look."))
    run()
    provider_id = tickets.thread(opened.ticket_id).deliveries[sent.message.id, "reply"].provider_id

    answer = take_in("No number", "Here it is.", References=f"<{provider_id}{domain}>")

    assert (answer.ticket_id, answer.reason) == (opened.ticket_id, "references")


@pytest.mark.parametrize("written", ["{}", "Your message of Monday, {}", "<lost@example.org> <{}@relay.example>"])
def test_alice_is_threaded_by_that_id_however_her_program_writes_it(run, bob, written):
    opened = first()
    sent = reply(opened.ticket_id, bob, Reply("Let me look."))
    run()
    provider_id = tickets.thread(opened.ticket_id).deliveries[sent.message.id, "reply"].provider_id

    answer = take_in("No number", "Here it is.", In_Reply_To=written.format(provider_id))

    assert (answer.ticket_id, answer.reason) == (opened.ticket_id, "in-reply-to")


def test_an_answer_to_a_ticket_closed_long_ago_opens_one_linked_to_it_that_further_answers_find(bob):
    opened = first()
    reply(opened.ticket_id, bob, Reply("Done.", status="closed"))
    clock.shift(31 * 24 * 3600)

    later = [second().ticket_id, third().ticket_id]

    assert later[0] == later[1] != opened.ticket_id
    assert tickets.thread(later[0]).ticket.linked_ticket_id == opened.ticket_id


@pytest.fixture
def keys(monkeypatch):
    return lambda names: monkeypatch.setenv("DIWAN_REPLY_KEYS", names)


def test_a_new_reply_key_signs_new_addresses_and_leaves_old_ones_valid(keys):
    opened = first()
    old = outgoing.reply_to(opened.ticket_id, "alice@example.org")
    keys("ba")
    new = outgoing.reply_to(opened.ticket_id, "alice@example.org")

    answers = [take_in("Re", text=to, to=(to,)) for to in (old, new)]

    assert old != new
    assert [(one.ticket_id, one.reason) for one in answers] == [(opened.ticket_id, "reply-address")] * 2


def test_an_address_of_a_revoked_reply_key_is_no_longer_ours_and_the_mails_ids_count(keys):
    opened = first()
    address = outgoing.reply_to(opened.ticket_id, "alice@example.org")
    keys("b")

    lost = take_in("Re", "Without a trace.", to=(address,))
    found = take_in("Re", "With one.", to=(address,), In_Reply_To="<a1@example.org>")
    gray = take_in("Re", "Unproven.", to=(address,), dmarc="GRAY", In_Reply_To="<a1@example.org>")

    assert lost.ticket_id != opened.ticket_id
    assert (found.ticket_id, found.reason) == (opened.ticket_id, "in-reply-to")
    assert gray.ticket_id not in (opened.ticket_id, lost.ticket_id)
