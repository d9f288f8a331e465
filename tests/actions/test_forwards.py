"""Bob forwards a customer's mail to a door: her ticket opens, and what he wrote above it stays inside."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.event import Actor
from chalicelib.store import customers, staff
from chalicelib.store.changes import Changes
from tests.actions.conftest import mail, sent_mail, store_mail, thread_of

pytestmark = pytest.mark.usefixtures("cloud", "bob")

BOB = "Bob <bob@ghusn.example>"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "forwards"
ABOVE = "She is an old customer, please be quick."
FORWARD = f"""{ABOVE}

---------- Forwarded message ---------
From: Alice Martin <Alice@example.org>
Date: Tue, Nov 3, 2026 at 10:12 AM
Subject: My board has split
To: Bob <bob@ghusn.example>


Hello, can it be saved?
"""


def forward(text=FORWARD, subject="Fwd: My board has split", **headers):
    return mail(subject, text, **{"From": BOB, "Message_ID": "<fwd@ghusn.example>"} | headers)


def with_attached(inner, subject="FW: My board", text=ABOVE, own_file=None):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = BOB, "help@ghusn.example", subject
    made.set_content(text)
    made.add_attachment(inner)
    if own_file:
        made.add_attachment(b"%PDF", "application", "pdf", filename=own_file)
    return made.as_bytes()


def alices_mail(**headers):
    made = EmailMessage()
    told = {"From": "Alice <alice@example.org>", "Subject": "My board has split", "Message-ID": "<1@example.org>"}
    for name, value in {**told, "Date": "Tue, 03 Nov 2026 10:12:05 +0100", **headers}.items():
        made[name] = value
    made.set_content("Hello, can it be saved?")
    made.add_alternative("<p>Hello, can it be <b>saved</b>?</p>", subtype="html")
    made.add_attachment(b"GIF89a", "image", "gif", filename="board.gif")
    return made


def test_a_forwarded_mail_opens_its_senders_ticket_and_not_the_agents(run):
    outcome = receive_mail(store_mail(forward()))
    run()

    found = thread_of(outcome.ticket_id)
    ticket, words = found.ticket, found.messages[0]
    customer = customers.get(ticket.customer_id)
    assert (customer.name, [one.value for one in customer.contacts]) == ("Alice Martin", ["alice@example.org"])
    assert not customer.contacts[0].verified
    assert (ticket.subject, ticket.status, ticket.channel) == ("My board has split", "new", "email")
    assert (ticket.assignee_id, ticket.cc, ticket.waiting_since) == (None, (), ticket.created_at)
    assert (words.author.type, words.author.name, words.visibility) == ("customer", "Alice Martin", "public")
    assert (words.text, words.html, words.unverified_sender) == ("Hello, can it be saved?", None, True)
    assert (words.matched_by, outcome.reason, words.contact) == ("forwarded", "forwarded", "alice@example.org")
    assert sent_mail() == [], "neither gets a receipt"


def test_what_the_agent_wrote_above_is_a_note_with_the_day_of_the_mail(bob):
    found = thread_of(receive_mail(store_mail(forward())).ticket_id)
    words, note = found.messages

    assert (note.visibility, note.author.id) == ("internal", bob.id)
    assert note.text.startswith(ABOVE)
    assert "Date: Tue, Nov 3, 2026 at 10:12 AM" in note.text
    assert ABOVE not in f"{words.text} {words.quoted_text} {words.html}"
    assert found.ticket.preview == "Hello, can it be saved?"


def test_the_same_forward_delivered_again_opens_nothing(run):
    stored = store_mail(forward())
    outcomes = [receive_mail(stored), receive_mail(stored), receive_mail(store_mail(forward()))]

    assert [one.outcome for one in outcomes] == ["message", "message", "duplicate"]
    assert len({one.ticket_id for one in outcomes}) == 1
    assert len(thread_of(outcomes[0].ticket_id).messages) == 2


def test_the_answer_goes_to_the_customer_and_hers_comes_back(bob, run):
    ticket_id = receive_mail(store_mail(forward())).ticket_id
    reply(ticket_id, bob, Reply("Yes, it can."))
    run()
    (answer,) = sent_mail()
    assert answer["To"] == "alice@example.org"
    assert "fwd@ghusn.example" not in str(answer)

    outcome = receive_mail(store_mail(mail("Re: My board", "Thank you."), answer["Reply-To"]))

    assert outcome.ticket_id == ticket_id
    assert thread_of(ticket_id).ticket.status == "open"


def test_a_forward_with_the_mail_attached_brings_its_words_files_and_id(run):
    outcome = receive_mail(store_mail(with_attached(alices_mail(), own_file="prices.pdf")))
    run()

    found = thread_of(outcome.ticket_id)
    words, note = found.messages
    assert (words.text, words.html) == ("Hello, can it be saved?", "<p>Hello, can it be <b>saved</b>?</p>")
    assert [file.name for file in words.attachments] == ["forwarded.eml", "board.gif"]
    assert [file.name for file in note.attachments] == ["prices.pdf"]
    assert note.text.startswith(ABOVE)
    assert "Date: 2026-11-03 09:12" in note.text
    assert words.email_id == "1@example.org"

    answer = receive_mail(store_mail(mail("Re: My board", "One more thing.", In_Reply_To="<1@example.org>")))
    assert answer.ticket_id == outcome.ticket_id


def test_a_mail_attached_without_any_mark_in_the_subject_is_a_forward_too():
    outcome = receive_mail(store_mail(with_attached(alices_mail(), subject="For you", text="")))

    assert customers.by_contact("email", "alice@example.org").id == thread_of(outcome.ticket_id).ticket.customer_id


def test_a_forward_of_what_we_have_already_is_a_ticket_linked_to_that():
    first = receive_mail(store_mail(bytes(alices_mail()))).ticket_id
    second = receive_mail(store_mail(with_attached(alices_mail(**{"In-Reply-To": "<1@example.org>"})))).ticket_id

    assert second != first
    assert thread_of(second).ticket.linked_ticket_id == first


@pytest.mark.parametrize("program", ["gmail", "outlook", "thunderbird", "apple-mail"])
def test_a_forward_in_html_alone_is_taken_apart(program):
    html = (FIXTURES / f"{program}.html").read_text()
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = BOB, "help@ghusn.example", "Fwd: My board has split"
    made.set_content(html.replace("{above}", ABOVE), subtype="html")

    found = thread_of(receive_mail(store_mail(made.as_bytes())).ticket_id)
    words, note = found.messages
    assert (words.author.name, words.contact, words.text) == (
        "Alice Martin",
        "alice@example.org",
        "Hello, can it be saved?",
    )
    assert (found.ticket.subject, words.html) == ("My board has split", None)
    assert note.text.startswith(ABOVE)


def test_what_the_agent_wrote_below_and_his_files_are_not_the_customers():
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = BOB, "help@ghusn.example", "Fwd: My board has split"
    made.set_content(f"{FORWARD}\n-------- End Forwarded Message --------\n\nDo not refund her.\n")
    made.add_attachment(b"%PDF", "application", "pdf", filename="costs.pdf")

    words, note = thread_of(receive_mail(store_mail(made.as_bytes())).ticket_id).messages
    assert (words.text, words.quoted_text, words.attachments) == ("Hello, can it be saved?", None, ())
    assert note.text.endswith("Do not refund her.")
    assert [file.name for file in note.attachments] == ["costs.pdf"]


def test_files_of_a_mail_that_was_copied_may_be_the_agents_and_stay_inside_with_the_raw_mail():
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = BOB, "help@ghusn.example", "Fwd: My board has split"
    made.set_content(FORWARD)
    made.add_attachment(b"GIF89a", "image", "gif", filename="board.gif")
    cut = made.as_bytes().rpartition(b"--")[0].rpartition(b"--")[0]  # the last boundary is missing

    found = thread_of(receive_mail(store_mail(cut)).ticket_id)
    words, note = found.messages
    assert words.attachments == ()
    assert [file.name for file in note.attachments][:1] == ["board.gif"]


@pytest.mark.parametrize("text", [FORWARD.replace(" <Alice@example.org>", ""), "See below.\n\nHello, it split."])
def test_a_forward_whose_sender_cannot_be_read_is_the_agents_own_ticket_and_says_so(text):
    found = thread_of(receive_mail(store_mail(forward(text))).ticket_id)

    assert customers.get(found.ticket.customer_id).contacts[0].value == "bob@ghusn.example"
    assert "the sender of the forwarded mail could not be read" in found.messages[0].problems
    assert [file.name for file in found.messages[0].attachments] == ["raw.eml"]


def test_a_forward_of_our_own_mail_is_no_customers(run):
    text = FORWARD.replace("Alice@example.org", "help@ghusn.example")
    found = thread_of(receive_mail(store_mail(forward(text))).ticket_id)

    assert customers.get(found.ticket.customer_id).contacts[0].value == "bob@ghusn.example"


@pytest.mark.parametrize("attached", [False, True])
def test_a_notice_that_its_agent_forwards_is_a_note_in_the_ticket_it_is_about(bob, run, attached):
    ticket_id = receive_mail(store_mail(mail())).ticket_id
    change_ticket(ticket_id, {"assignee_id": bob.id}, Actor("agent", "agt_salma"))
    run()
    notice, sent = next(one for one in sent_mail() if one["To"] == "bob@ghusn.example"), len(sent_mail())
    head = f"{notice['From']}\nDate: Tue, Nov 3, 2026\nSubject: {notice['Subject']}\nTo: {BOB}"
    copied = f"Look at this.\n\n--- Forwarded message ---\nFrom: {head}\n\n{notice.get_body(('plain',)).get_content()}"
    subject = f"Fwd: {notice['Subject']}"
    stored = store_mail(with_attached(notice, subject, "Look at this.") if attached else forward(copied, subject))
    outcomes = [receive_mail(stored), receive_mail(stored)]
    run()

    found = thread_of(ticket_id)
    assert {(one.ticket_id, one.outcome) for one in outcomes} == {(ticket_id, "message")}
    assert [(one.author.id, one.visibility) for one in found.messages[1:]] == [(bob.id, "internal")]
    assert "Look at this." in found.messages[1].text
    assert (len(sent_mail()), customers.by_contact("email", "bob@ghusn.example")) == (sent, None)


def test_nobody_gets_a_receipt_for_a_forward_whose_sender_cannot_be_read(run):
    receive_mail(store_mail(forward(FORWARD.replace(" <Alice@example.org>", ""))))
    run()

    assert sent_mail() == []


@pytest.mark.parametrize("dmarc", ["GRAY", "FAIL"])
def test_a_forward_in_bobs_name_that_is_not_proven_opens_no_ticket_of_alice(dmarc):
    found = thread_of(receive_mail(store_mail(forward(), dmarc=dmarc, dmarc_policy="NONE")).ticket_id)

    assert customers.get(found.ticket.customer_id).contacts[0].value == "bob@ghusn.example"
    assert customers.by_contact("email", "alice@example.org") is None


def test_a_forward_of_somebody_else_opens_no_ticket_of_alice():
    receive_mail(store_mail(forward(From="charlie@example.net")))

    assert customers.by_contact("email", "alice@example.org") is None


def test_an_agent_who_left_forwards_as_anybody(bob):
    change, known = Changes(), staff.agent(bob.id)
    staff.save_agent(change, known, replace(known, active=False))
    change.commit()
    receive_mail(store_mail(forward()))

    assert customers.by_contact("email", "alice@example.org") is None


def test_an_agent_who_writes_to_the_door_himself_is_a_customer_like_any_other(run):
    found = thread_of(receive_mail(store_mail(forward("My own board has split.", "My board"))).ticket_id)
    run()

    assert customers.get(found.ticket.customer_id).contacts[0].value == "bob@ghusn.example"
    assert [one["To"] for one in sent_mail()] == ["bob@ghusn.example"]


@pytest.mark.parametrize("between", [BOB, "Ghusn <help@ghusn.example>"], ids=["a colleague", "the shop"])
def test_what_colleagues_passed_on_before_is_the_customers_still(between):
    text = f"Over to you.\n\n---------- Forwarded message ---------\nFrom: {between}\nDate: Wed, Nov 4, 2026\n"
    stored = store_mail(forward(f"{text}Subject: Fwd: My board\nTo: help\n\nHere.\n\n-- \nBob\n\n{FORWARD}"))
    found = thread_of(receive_mail(stored).ticket_id)

    words, note = found.messages
    assert (words.contact, words.text) == ("alice@example.org", "Hello, can it be saved?")
    assert "Over to you." in note.text
    assert ABOVE in note.text
