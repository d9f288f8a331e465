"""Bob answers a notice by mail: Alice gets his answer once, and whatever cannot go out is never silent."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.message import EmailMessage

import pytest

from chalicelib import clock
from chalicelib.actions import release_mail
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.merge_tickets import merge
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import outgoing
from chalicelib.domain.event import Actor
from chalicelib.domain.reply_address import parse
from chalicelib.store import customers
from chalicelib.store.changes import Changes
from tests.actions.conftest import mail, mails_to, sent_mail, set_agent, store_mail, text_of, thread_of

pytestmark = pytest.mark.usefixtures("cloud")

BOB = "Bob <bob@ghusn.example>"
SALMA = Actor("agent", "agt_salma")


@pytest.fixture
def bobs(run, bob):
    """The id of Alice's ticket, which Salma gave to Bob; he was told."""
    ticket_id = receive_mail(store_mail(mail())).ticket_id
    change_ticket(ticket_id, {"assignee_id": bob.id}, SALMA)
    run()
    return ticket_id


@pytest.fixture
def address(bobs):
    """Where an answer to Bob's notice goes."""
    return mails_to("bob@ghusn.example")[0]["Reply-To"]


def from_bob(text="Yes, send it to us.", **headers):
    return mail("Re: My board has split", text, **{"From": BOB, "Message_ID": "<bob1@ghusn.example>"} | headers)


def thread_reply_to(ticket_id):
    """Where Alice answers."""
    return outgoing.reply_to(ticket_id, "alice@example.org")


def answers_to_alice():
    return [one for one in mails_to("alice@example.org") if one["Auto-Submitted"] is None]


def test_what_bob_answers_by_mail_goes_out_to_alice(bobs, bob, address, run):
    outcome = receive_mail(store_mail(from_bob(), address))
    run()

    found = thread_of(bobs)
    written = found.messages[-1]
    assert (outcome.ticket_id, outcome.message_id, outcome.reason) == (bobs, written.id, "reply-address")
    assert (written.author.type, written.author.id, written.visibility) == ("agent", bob.id, "public")
    assert (written.matched_by, bool(written.raw_key)) == ("reply-address", True)
    assert (found.ticket.status, found.ticket.waiting_since) == ("pending", None)
    (answer,) = answers_to_alice()
    assert "Yes, send it to us." in text_of(answer)
    assert answer["From"].startswith('"Bob (')
    assert parse(answer["Reply-To"]) != parse(address)
    assert "bob1@ghusn.example" not in str(answer)


def test_the_same_answer_delivered_again_goes_out_once(bobs, address, run, one_request_at_a_time):
    stored = store_mail(from_bob(), address)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: receive_mail(stored), range(3)))
    again = receive_mail(store_mail(from_bob(), address))
    run()

    assert again.outcome == "duplicate"
    assert len(thread_of(bobs).messages) == 2
    assert len(answers_to_alice()) == 1


def test_only_what_bob_wrote_himself_goes_out(bobs, address, run):
    notice = "\n".join(f"> {line}" for line in text_of(mails_to("bob@ghusn.example")[0]).splitlines())
    receive_mail(
        store_mail(from_bob(f"It can be saved.\n\nOn Mon, 2 Nov 2026 at 10:15, Ghusn wrote:\n{notice}\n"), address)
    )
    run()

    (written,) = thread_of(bobs).messages[1:]
    assert (written.text, written.quoted_text, written.html) == ("It can be saved.", None, None)
    assert "goes to the customer" not in str(answers_to_alice()[0])


def test_bobs_files_go_out_with_his_answer(bobs, address, run):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = BOB, address, "Re: My board has split"
    made.set_content("See the picture.")
    made.add_attachment(b"GIF89a", "image", "gif", filename="board.gif")
    receive_mail(store_mail(made.as_bytes(), address))
    run()

    (answer,) = answers_to_alice()
    assert [part.get_filename() for part in answer.iter_attachments()] == ["board.gif"]


def attaching(address, *attached):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = BOB, address, "Re: My board has split"
    made.set_content("Yes, send it to us.")
    for content, kind, name in attached:
        if kind is None:
            made.add_attachment(content)
        else:
            made.add_attachment(content, "application", kind, filename=name)
    return made.as_bytes()


def test_the_notice_attached_to_bobs_answer_does_not_go_out_in_any_form(bobs, address, run):
    (notice,) = mails_to("bob@ghusn.example")
    saved = str(notice).encode("utf-16-le")
    packed = f"Reply-To: <{address}>\n\nsome of it".encode()
    listed = [(notice, None, ""), (saved, "vnd.ms-outlook", "it.msg"), (packed, "octet-stream", "it.dat")]
    receive_mail(store_mail(attaching(address, *listed, (b"%PDF", "pdf", "plan.pdf")), address))
    run()

    (answer,) = answers_to_alice()
    assert [part.get_filename() for part in answer.iter_attachments()] == ["plan.pdf"]
    assert [file.name for file in thread_of(bobs).messages[-1].attachments] == ["plan.pdf"]


def test_an_answer_that_is_nothing_but_the_notice_attached_has_no_words(bobs, address, run):
    (notice,) = mails_to("bob@ghusn.example")
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = BOB, address, "Re: My board has split"
    made.set_content("")
    made.add_attachment(notice)
    receive_mail(store_mail(made.as_bytes(), address))
    run()

    assert thread_of(bobs).messages[-1].refused == "answer-missing"
    assert answers_to_alice() == []


@pytest.mark.parametrize("begin", ["> ", ">> ", "    ", "| ", ""], ids=["quoted", "twice", "indented", "bars", "bare"])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_no_part_of_a_notice_reaches_alice_however_bob_quotes_it(bobs, bob, address, run, begin, locale):
    set_agent(bob, locale=locale)
    receive_mail(store_mail(mail("Re: My board has split", "And this?"), thread_reply_to(bobs)))
    run()
    lines = [line for line in text_of(mails_to("bob@ghusn.example")[-1]).splitlines() if line.strip()]
    # The first is folded away with all below it. What Alice wrote, her ticket's number and the shop's name may go out.
    own = [line for line in lines[1:] if not any(word in line for word in ("And this?", "#", "-- ", "Diwan", "ديوان"))]
    assert len(own) == 3
    for at, line in enumerate(own):
        text = f"Dear Alice,\n\n{begin}{line[:40]}\n{begin}{line[40:]}\n\nYes, we can.\n\n> And this?\n\nBoth.\n"
        receive_mail(store_mail(from_bob(text, Message_ID=f"<part{at}@ghusn.example>"), address))
    run()

    assert answers_to_alice() == []
    assert {one.refused for one in thread_of(bobs).messages[2:]} == {"answer-missing"}


@pytest.mark.parametrize(
    ("sender", "dmarc"),
    [(BOB, "GRAY"), (BOB, "FAIL"), ("Charlie <charlie@example.net>", "PASS"), ("Alice <alice@example.org>", "PASS")],
    ids=["of no proven domain", "forged", "a stranger", "the customer"],
)
def test_nothing_goes_out_of_what_others_write_to_the_agents_address(bobs, address, run, sender, dmarc):
    sent = len(sent_mail())
    stored = store_mail(from_bob(From=sender), address, dmarc=dmarc, dmarc_policy="NONE")
    receive_mail(stored)
    run()

    found = thread_of(bobs)
    assert found.messages[-1].unknown_sender
    assert (found.ticket.status, found.ticket.reply_contact) == ("open", "alice@example.org")
    assert len(sent_mail()) == sent


def test_an_agent_who_left_is_an_unknown_sender(bobs, bob, address, run):
    set_agent(bob, active=False)
    receive_mail(store_mail(from_bob(), address))
    run()

    assert thread_of(bobs).messages[-1].unknown_sender
    assert answers_to_alice() == []


def test_an_agents_new_address_answers_what_the_old_one_was_told(bobs, bob, address, run):
    set_agent(bob, email="robert@ghusn.example")
    receive_mail(store_mail(from_bob(From="robert@ghusn.example"), address))
    run()

    assert len(answers_to_alice()) == 1


def test_bobs_absence_note_is_recorded_inside_and_answered_by_nobody(bobs, address, run):
    sent = len(sent_mail())
    receive_mail(store_mail(from_bob("I am away.", Auto_Submitted="auto-replied"), address))
    run()

    note = thread_of(bobs).messages[-1]
    assert (note.visibility, note.automatic, note.author.type) == ("internal", True, "agent")
    assert len(sent_mail()) == sent


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: My board has split", "I am out of office until Monday. In urgent cases call my colleague."),
        ("Re: My board has split", "Hello,\n\nIch bin bis Montag nicht im Büro."),
        ("Re: My board has split", "أنا خارج المكتب حتى يوم الاثنين."),
        ("Read: My board has split", "Your message was read on Tuesday."),
        ("Gelesen: My board has split", "Ihre Nachricht"),
    ],
)
def test_what_reads_like_a_machine_of_bobs_stays_inside_and_bob_is_told(bobs, address, run, subject, text):
    receive_mail(store_mail(mail(subject, text, From=BOB), address))
    run()

    note = thread_of(bobs).messages[-1]
    assert (note.visibility, note.refused, note.text) == ("internal", "answer-automatic", text)
    assert answers_to_alice() == []
    assert "This reads like an absence note" in text_of(mails_to("bob@ghusn.example")[-1])


def test_a_mailbox_of_bobs_that_answers_every_refusal_is_told_one_an_hour(bobs, address, run):
    clock.shift(3_610 - int(clock.now().timestamp()) % 3_600)
    for number in range(4):
        receive_mail(store_mail(from_bob("", Message_ID=f"<{number}@ghusn.example>"), address))
        run()
    assert len(mails_to("bob@ghusn.example")) == 2, "the notice, and one refusal"
    assert len(thread_of(bobs).messages) == 5, "each stays as a note"

    clock.shift(3_600)
    receive_mail(store_mail(from_bob("", Message_ID="<later@ghusn.example>"), address))
    run()
    assert len(mails_to("bob@ghusn.example")) == 3


NOTICE = "Write your reply above this line\n\nAlice wrote in a ticket of yours\n\nHello, can it be saved?"


@pytest.mark.parametrize(
    "text", ["", NOTICE, f"On Mon, 2 Nov 2026 at 10:15, Ghusn <help@ghusn.example> wrote:\n{NOTICE}"]
)
def test_an_answer_without_words_stays_inside_and_bob_is_told(bobs, address, run, text):
    receive_mail(store_mail(from_bob(text), address))
    run()

    note = thread_of(bobs).messages[-1]
    assert (note.visibility, note.refused) == ("internal", "answer-missing")
    assert answers_to_alice() == []
    _, told = mails_to("bob@ghusn.example")
    assert "Your answer was not sent" in text_of(told)
    assert "There was nothing above the line" in text_of(told)
    assert (told["Auto-Submitted"], told["Reply-To"]) == ("auto-generated", address)


def test_an_answer_to_a_customer_who_opted_out_stays_inside_and_bob_is_told(bobs, address, run):
    customer = customers.by_contact("email", "alice@example.org")
    change = Changes()
    silent = replace(customer, contacts=(replace(customer.contacts[0], opted_out_of=("email",)),))
    customers.save(change, customer, silent)
    change.commit()
    receive_mail(store_mail(from_bob(), address))
    run()

    found = thread_of(bobs)
    assert (found.messages[-1].refused, found.messages[-1].text) == ("recipient-opted-out", "Yes, send it to us.")
    assert found.ticket.status == "open", "she still waits"
    assert answers_to_alice() == []
    assert "asked not to be written to" in text_of(mails_to("bob@ghusn.example")[-1])


def test_an_answer_too_long_for_a_message_stays_inside_and_bob_is_told(bobs, address, run):
    receive_mail(store_mail(from_bob("word " * 20_000), address))
    run()

    assert thread_of(bobs).messages[-1].refused == "answer-too-long"
    assert (len(answers_to_alice()), len(mails_to("bob@ghusn.example"))) == (0, 2)


def test_an_answer_into_a_ticket_that_was_merged_goes_where_that_stands_now(bobs, address, run):
    other = receive_mail(store_mail(mail("Another one", "Something else."))).ticket_id
    merge(bobs, other, SALMA)
    receive_mail(store_mail(from_bob(), address))
    run()

    assert thread_of(other).ticket.status == "pending"
    assert len(answers_to_alice()) == 1


def test_a_suspended_answer_of_bob_goes_out_when_it_is_released(bobs, address, run):
    stored = store_mail(from_bob(), address, spam="FAIL")
    assert receive_mail(stored).outcome == "suspended"
    run()
    assert answers_to_alice() == []

    for _ in range(2):
        release_mail.release(stored.id, SALMA)
    run()

    assert len(answers_to_alice()) == 1


def test_bob_as_a_customer_answers_what_he_was_answered(bob, run):
    """His own ticket is assigned to him by mistake: its two addresses are not the same."""
    ticket_id = receive_mail(store_mail(from_bob("My own board has split."))).ticket_id
    run()
    (receipt,) = mails_to("bob@ghusn.example")
    change_ticket(ticket_id, {"assignee_id": bob.id}, SALMA)
    receive_mail(store_mail(from_bob("As a customer.", Message_ID="<2@ghusn.example>"), receipt["Reply-To"]))
    run()

    assert [m.author.type for m in thread_of(ticket_id).messages] == ["customer", "customer"]
