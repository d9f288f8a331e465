"""A mail comes in: once, into the ticket it answers, and into nobody else's."""

from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import pytest

from chalicelib import clock
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.channels import outgoing
from chalicelib.store import customers, intake, messages
from tests.actions.conftest import mail, sent_mail, store_mail, thread_of

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_first_mail_opens_a_ticket_of_its_sender():
    outcome = receive_mail(store_mail(mail()))

    found = thread_of(outcome.ticket_id)
    assert (found.ticket.subject, found.ticket.status, found.ticket.channel) == ("My board has split", "new", "email")
    assert [m.text for m in found.messages] == ["Hello, can it be saved?"]
    assert found.ticket.waiting_since == found.ticket.created_at
    assert customers.get(found.ticket.customer_id).contacts[0].value == "alice@example.org"


def test_the_same_mail_delivered_three_times_is_one_message_and_one_receipt(run):
    stored = store_mail(mail())

    outcomes = [receive_mail(stored) for _ in range(3)]
    run()

    assert len({(o.ticket_id, o.message_id) for o in outcomes}) == 1
    assert thread_of(outcomes[0].ticket_id).ticket.message_count == 1
    (receipt,) = sent_mail()
    assert receipt["Auto-Submitted"].startswith("auto-")


@pytest.mark.parametrize("headers", [{"Message_ID": "<one@example.org>"}, {}])
def test_the_same_mail_delivered_again_under_another_id_is_a_duplicate(run, headers):
    outcomes = [receive_mail(store_mail(mail(**headers))) for _ in range(3)]
    run()

    assert [o.outcome for o in outcomes] == ["message", "duplicate", "duplicate"]
    assert len({(o.ticket_id, o.message_id) for o in outcomes}) == 1
    assert thread_of(outcomes[0].ticket_id).ticket.message_count == 1
    assert len(sent_mail()) == 1


def test_another_mail_under_a_message_id_used_before_is_a_message_of_its_own():
    first = receive_mail(store_mail(mail(Message_ID="<same@example.org>")))
    second = receive_mail(store_mail(mail(text="Something else entirely.", Message_ID="<same@example.org>")))

    assert (second.outcome, second.message_id != first.message_id) == ("message", True)


def test_a_mail_with_neither_id_nor_date_may_be_written_again_later():
    receive_mail(store_mail(mail()))
    clock.shift(16 * 60)

    assert receive_mail(store_mail(mail())).outcome == "message"


def test_the_same_mail_handled_at_the_same_moment_is_one_message(one_request_at_a_time):
    stored = store_mail(mail())

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda _: receive_mail(stored), range(4)))

    assert len({(o.ticket_id, o.message_id) for o in outcomes}) == 1


def test_an_answer_to_our_mail_lands_in_its_own_ticket_and_not_in_the_customers_other_one(run, bob):
    first = receive_mail(store_mail(mail("First question")))
    second = receive_mail(store_mail(mail("Second question")))
    for outcome in (first, second):
        reply(outcome.ticket_id, bob, Reply("Let me look."))
    run()
    answer_to = {m["Subject"]: m["Reply-To"] for m in sent_mail() if m["Auto-Submitted"] is None}
    address = next(to for subject, to in answer_to.items() if "First" in subject)

    outcome = receive_mail(store_mail(mail("Re: something else", "It is the big one."), address))

    assert (outcome.ticket_id, outcome.reason) == (first.ticket_id, "reply-address")
    assert thread_of(first.ticket_id).ticket.status == "open"
    assert thread_of(second.ticket_id).ticket.status == "pending"


@pytest.fixture
def two():
    """Two tickets of Alice, and the reply address of each."""
    opened = [receive_mail(store_mail(mail(subject))).ticket_id for subject in ("First", "Second")]
    return opened, [outgoing.reply_to(ticket_id, "alice@example.org") for ticket_id in opened]


def test_a_mail_to_the_reply_addresses_of_two_tickets_is_a_message_in_each(two):
    opened, addresses = two
    stored = store_mail(mail("Re: both", "The same board."), *addresses)

    outcomes = [receive_mail(stored) for _ in range(2)]

    assert [len(thread_of(ticket_id).messages) for ticket_id in opened] == [2, 2]
    assert outcomes[0].ticket_id == outcomes[1].ticket_id == opened[0]


def test_a_mail_that_comes_apart_for_each_of_its_recipients_is_one_message_in_each_ticket(two):
    opened, addresses = two
    raw = mail("Re: both", "The same board.", In_Reply_To=f"<{opened[0]}.thread@ghusn.example>")

    outcomes = [receive_mail(store_mail(raw, to)) for to in (*addresses, "help@ghusn.example")]
    again = receive_mail(store_mail(raw, *addresses))

    assert [o.outcome for o in (*outcomes, again)] == ["message", "message", "duplicate", "duplicate"]
    assert [len(thread_of(ticket_id).messages) for ticket_id in opened] == [2, 2]


def test_a_copy_to_support_that_came_first_is_not_doubled_by_the_one_to_the_reply_address(two):
    opened, addresses = two
    raw = mail("Re: both", "The same board.", In_Reply_To=f"<{opened[0]}.thread@ghusn.example>")

    outcomes = [receive_mail(store_mail(raw, to)).outcome for to in ("help@ghusn.example", addresses[0])]

    assert outcomes == ["message", "duplicate"]


@pytest.mark.parametrize(("dmarc", "known"), [("GRAY", True), ("PROCESSING_FAILED", False), ("FAIL", False)])
def test_alice_of_a_domain_without_a_policy_can_answer_us(run, bob, dmarc, known):
    alices = receive_mail(store_mail(mail()))
    reply(alices.ticket_id, bob, Reply("Let me look."))
    run()
    address = next(m["Reply-To"] for m in sent_mail() if m["Auto-Submitted"] is None)

    receive_mail(store_mail(mail("Re: board", "Here it is."), address, dmarc=dmarc, dmarc_policy="NONE"))

    found = thread_of(alices.ticket_id)
    assert found.ticket.status == ("open" if known else "pending")
    assert (found.messages[-1].unknown_sender, found.messages[-1].unverified_sender) == (not known, not known)


def test_charlie_at_alices_reply_address_is_shown_as_an_unknown_sender_and_changes_nothing(run, bob):
    alices = receive_mail(store_mail(mail()))
    reply(alices.ticket_id, bob, Reply("Let me look."))
    run()
    address = next(m["Reply-To"] for m in sent_mail() if m["Auto-Submitted"] is None)

    receive_mail(store_mail(mail("Re: board", "I want her parcel.", From="charlie@example.net"), address))

    found = thread_of(alices.ticket_id)
    assert found.messages[-1].unknown_sender
    assert found.ticket.status == "pending"
    assert found.ticket.reply_contact == "alice@example.org"


def test_charlie_who_names_alices_mail_opens_a_ticket_of_his_own_linked_to_hers():
    alices = receive_mail(store_mail(mail(Message_ID="<one@example.org>")))

    charlies = receive_mail(
        store_mail(mail("Re: My board", From="charlie@example.net", In_Reply_To="<one@example.org>"))
    )

    assert charlies.ticket_id != alices.ticket_id
    assert thread_of(charlies.ticket_id).ticket.linked_ticket_id == alices.ticket_id


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"In_Reply_To": "<one@example.org>"}, "in-reply-to"),
        ({"References": "<zero@example.org> <one@example.org>"}, "references"),
    ],
)
def test_alice_is_threaded_by_the_ids_she_answers(headers, reason):
    first = receive_mail(store_mail(mail(Message_ID="<one@example.org>")))

    second = receive_mail(store_mail(mail("Re: board", "One more thing.", **headers)))

    assert (second.ticket_id, second.reason) == (first.ticket_id, reason)


def test_alice_is_threaded_by_the_id_that_ses_wrote_over_ours(run, bob):
    first = receive_mail(store_mail(mail()))
    sent = reply(first.ticket_id, bob, Reply("Let me look."))
    run()
    delivery = thread_of(first.ticket_id).deliveries[sent.message.id, "reply"]

    header = f"<{delivery.provider_id}@eu-west-1.amazonses.com>"
    second = receive_mail(store_mail(mail("Re: board", "Here it is.", In_Reply_To=header)))

    assert second.ticket_id == first.ticket_id


def test_alice_is_threaded_by_the_number_in_the_subject():
    first = receive_mail(store_mail(mail()))
    number = thread_of(first.ticket_id).ticket.number

    second = receive_mail(store_mail(mail(f"Re: My board [#{number}]", "Any news?")))

    assert (second.ticket_id, second.reason) == (first.ticket_id, "subject")


@pytest.mark.parametrize("dmarc", ["FAIL", "GRAY", "PROCESSING_FAILED"])
def test_a_number_in_the_subject_of_an_unproven_sender_opens_a_new_ticket(dmarc):
    first = receive_mail(store_mail(mail()))
    number = thread_of(first.ticket_id).ticket.number

    second = receive_mail(store_mail(mail(f"Re: [#{number}]"), dmarc=dmarc, dmarc_policy="NONE"))

    assert second.ticket_id != first.ticket_id


@pytest.mark.parametrize(("dmarc", "unverified"), [("FAIL", True), ("GRAY", True), ("PASS", False)])
def test_a_message_says_whether_its_sender_was_proven(dmarc, unverified):
    outcome = receive_mail(store_mail(mail(), dmarc=dmarc, dmarc_policy="NONE"))

    assert thread_of(outcome.ticket_id).messages[0].unverified_sender == unverified


@pytest.mark.parametrize(
    ("verdicts", "cause"),
    [
        ({"spam": "FAIL"}, "spam"),
        ({"virus": "FAIL"}, "virus"),
        ({"dmarc": "FAIL", "dmarc_policy": "REJECT"}, "dmarc"),
        ({"dmarc": "FAIL", "dmarc_policy": "QUARANTINE"}, "dmarc"),
    ],
)
def test_mail_that_ses_warns_of_is_suspended_with_its_cause(verdicts, cause):
    stored = store_mail(mail(), **verdicts)

    receive_mail(stored)

    kept = intake.of_mail(stored.id)
    assert (kept.outcome, kept.reason, kept.ticket_id) == ("suspended", cause, None)


def test_mail_from_our_own_address_is_suspended():
    assert receive_mail(store_mail(mail(From="help@ghusn.example"))).reason == "own-address"


def test_an_automatic_mail_is_recorded_and_never_answered(run):
    outcome = receive_mail(store_mail(mail("Out of office", Auto_Submitted="auto-replied")))
    run()

    assert thread_of(outcome.ticket_id).messages[0].automatic
    assert sent_mail() == []


def test_a_sender_gets_one_automatic_answer_a_day(run):
    for subject in ("One", "Two", "Three"):
        receive_mail(store_mail(mail(subject)))
    run()

    assert len(sent_mail()) == 1


def test_an_unreadable_mail_of_a_readable_sender_becomes_a_ticket_with_the_raw_mail():
    raw = b"From: alice@example.org\r\nSubject: Photo\r\nContent-Type: multipart/mixed\r\n\r\n\xff\xfe\x00 rubbish"

    outcome = receive_mail(store_mail(raw))

    assert outcome.outcome == "message"
    message = thread_of(outcome.ticket_id).messages[0]
    assert message.text.strip()


def test_a_mail_without_a_sender_is_suspended():
    outcome = receive_mail(store_mail(b"Subject: nobody\r\n\r\nhello"))

    assert (outcome.outcome, outcome.reason) == ("suspended", "no-sender")


BOUNCE = """\
From: MAILER-DAEMON@mx.example.org
To: help@ghusn.example
Subject: Undeliverable
Content-Type: multipart/report; report-type=delivery-status; boundary=cut

--cut

The address does not exist.
--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; alice@example.org
Action: failed
Status: 5.1.1
--cut
Content-Type: text/rfc822-headers

Reply-To: {reply_to}
Subject: Re: My board
--cut--
"""


def bounce_of(reply_to):
    """A delivery report (RFC 3464) that returns the headers of a mail with that Reply-To."""
    return BOUNCE.format(reply_to=reply_to).replace("\n", "\r\n").encode()


def test_a_mailed_bounce_that_returns_our_mail_marks_the_delivery_and_the_contact(run, bob):
    ticket_id = receive_mail(store_mail(mail(Auto_Submitted="auto-generated"))).ticket_id
    sent = reply(ticket_id, bob, Reply("Let me look."))
    run()

    outcome = receive_mail(store_mail(bounce_of(sent_mail()[0]["Reply-To"])))

    assert (outcome.outcome, outcome.reason, outcome.ticket_id) == ("message", "bounce", ticket_id)
    found = thread_of(ticket_id)
    assert found.deliveries[sent.message.id, "reply"].state == "bounced"
    assert customers.get(found.ticket.customer_id).contacts[0].suppressed


def test_a_bounce_with_a_forged_reply_address_marks_nothing(run, bob):
    ticket_id = receive_mail(store_mail(mail(Auto_Submitted="auto-generated"))).ticket_id
    sent = reply(ticket_id, bob, Reply("Let me look."))
    run()
    made = sent_mail()[0]["Reply-To"]
    forged = made.replace(made[50:57], "aaaaaaa")

    outcome = receive_mail(store_mail(bounce_of(forged)))

    assert (outcome.outcome, outcome.reason) == ("suspended", "unknown-bounce")
    assert thread_of(ticket_id).deliveries[sent.message.id, "reply"].state == "sent"


def test_nothing_in_the_html_of_a_mail_can_run():
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "alice@example.org", "help@ghusn.example", "Board"
    made.set_content("Hello")
    made.add_alternative('<p>Hello</p><script>steal()</script><img src="x" onerror="steal()">', subtype="html")

    outcome = receive_mail(store_mail(made.as_bytes()))

    assert thread_of(outcome.ticket_id).messages[0].html == "<p>Hello</p>"


def test_a_mail_too_long_for_a_message_is_cut_says_so_and_is_attached_whole():
    outcome = receive_mail(store_mail(mail("s" * 1500, "word " * 20_000)))

    found = thread_of(outcome.ticket_id)
    message = messages.whole(found.messages[0])
    assert len(message.text) == 65_536
    assert len(found.ticket.subject) == 998
    assert message.problems == ("the subject is too long", "the text is too long")
    assert [file.name for file in message.attachments] == ["raw.eml"]
