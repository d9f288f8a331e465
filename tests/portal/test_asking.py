"""A customer asks, signed in or not, and follows the conversation. Charlie sees nothing of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import clock, ids
from chalicelib.actions import deliver_message, give_receipt, send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.message import Attachment
from chalicelib.store import customers, messages, ticket_lists, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.ticket_lists import Wanted
from tests.actions.conftest import sent_mail
from tests.portal import samples

ALICE, CHARLIE = "alice@example.org", "charlie@example.org"
TYPED = {"email": ALICE, "name": "Alice", "subject": "My board has split", "text": "Can it be saved?"}


def all_tickets():
    return ticket_lists.page(Wanted(), 25).tickets


def ask(browser, language="en", **typed):
    browser.go(f"/{language}/tickets/new")
    return browser.send(f"/{language}/tickets/new", **typed or TYPED)


def test_a_stranger_asks_and_is_told_the_number(browse):
    browser = ask(browse())

    (ticket,) = all_tickets()
    assert browser.heading == "We have your message"
    assert f"#{ticket.number}" in browser.text
    assert (ticket.subject, ticket.channel, ticket.locale, ticket.status) == (
        "My board has split",
        "portal",
        "en",
        "new",
    )
    assert [(c.type, c.value, c.verified) for c in customers.get(ticket.customer_id).contacts] == [
        ("email", ALICE, False)
    ]


def test_a_strangers_form_fills_no_mailbox_with_receipts(browse, monkeypatch):
    monkeypatch.setattr(give_receipt, "STRANGERS_RECEIPTS", replace(give_receipt.STRANGERS_RECEIPTS, most=2))
    told = [ask(browse(), **TYPED | {"text": f"Question {at}"}).heading for at in range(3)]
    ask(browse(ALICE), subject="And this?", text="Signed in, she is known.")

    assert told == ["We have your message"] * 3
    receipts = [tickets.thread(one.id).deliveries for one in all_tickets()]
    assert [len(one) for one in receipts] == [1, 0, 1, 1]


@pytest.mark.parametrize(("language", "words"), [("en", "We have your message"), ("ar", "وصلتنا رسالتك")])
def test_a_receipt_says_nothing_that_a_stranger_typed(browse, language, words):
    ask(browse(language=language), language, **TYPED | {"subject": "Win a prize"})
    (ticket,) = all_tickets()
    (receipt,) = tickets.thread(ticket.id).deliveries.values()
    deliver_message.deliver(ticket.id, receipt.message_id, "receipt")

    (mail,) = sent_mail()
    assert mail["Subject"] == f"{words} [#{ticket.number}]"
    assert "Win a prize" not in mail.as_string()


def test_a_question_in_arabic_makes_an_arabic_ticket(browse):
    ask(browse(language="ar"), "ar", **TYPED | {"subject": "تشقّق اللوح", "text": "هل يمكن إنقاذه؟"})

    (ticket,) = all_tickets()
    assert (ticket.subject, ticket.locale) == ("تشقّق اللوح", "ar")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": ""}, "email"), ({"email": "leila.example.org"}, "email"), ({"subject": " "}, "subject"),
        ({"subject": "x" * 999}, "subject"), ({"text": "\r\n "}, "text"), ({"text": "x" * 65_537}, "text"),
        ({"name": "x" * 201}, "name"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_everything_typed_is_kept(browse, wrong, field):
    typed = TYPED | wrong
    browser = ask(browse(), **typed)

    assert browser.status == 422
    assert browser.errors == [field]
    assert browser.page.title.text.startswith("Error: ")
    assert browser.page.select_one(f'[role=alert] a[href="#{field}"]')
    for name in TYPED.keys() - wrong.keys():
        kept = browser.page.find(id=name)
        assert typed[name] == (kept.get("value") or kept.text.strip())
    assert all_tickets() == ()


def test_pressing_the_button_twice_makes_one_ticket(browse):
    browser = browse().go("/en/tickets/new")
    again = browser.page
    browser.send("/en/tickets/new", **TYPED)
    first = browser.text
    browser.page = again
    browser.send("/en/tickets/new", **TYPED)

    assert browser.text == first
    assert len(all_tickets()) == 1


def test_going_back_and_writing_something_else_makes_another(browse):
    browser = browse().go("/en/tickets/new")
    again = browser.page
    browser.send("/en/tickets/new", **TYPED)
    browser.page = again
    browser.send("/en/tickets/new", **TYPED | {"text": "And the bowl?"})

    assert len(all_tickets()) == 2


def test_a_form_from_another_site_makes_nothing_and_loses_nothing(browse):
    browser = browse().go("/en/tickets/new")
    browser.post("/en/tickets/new", **TYPED, csrf="guessed")

    assert browser.status == 422
    assert browser.page.find(id="subject")["value"] == TYPED["subject"]
    assert all_tickets() == ()


def test_a_form_that_another_origin_sends_is_refused_even_with_the_token(browse):
    browser = browse().go("/en/tickets/new")
    browser._origin = "https://evil.example"
    browser.send("/en/tickets/new", **TYPED)

    assert browser.status == 422
    assert all_tickets() == ()


def test_a_body_that_is_no_form_gets_a_page_that_says_so(browse):
    browser = browse().post("/en/tickets/new", content_type="application/json", subject="x")

    assert browser.status == 400
    assert browser.heading


def test_who_is_signed_in_need_not_give_an_address(browse):
    browser = browse(ALICE)
    browser.go("/en/tickets/new")
    browser.send("/en/tickets/new", subject="Oil", text="Which one?")
    (ticket,) = all_tickets()

    browser.go("/en/tickets")
    assert "Oil" in browser.text
    assert browser.go(f"/en/tickets/{ticket.number}").heading == "Oil"


def test_the_search_words_come_along(browse):
    browser = browse().go("/en/tickets/new?subject=board%20split")

    assert browser.page.find(id="subject")["value"] == "board split"


def test_an_answer_is_read_and_answered(browse, bob):
    ask(browse())
    (ticket,) = all_tickets()
    send_reply.reply(ticket.id, bob, Reply("Yes, <b>it</b> can."))
    browser = browse(ALICE).go(f"/en/tickets/{ticket.number}")

    assert "Yes, <b>it</b> can." in browser.text
    assert "Waiting for you" in browser.text
    browser.send(f"/en/tickets/{ticket.number}", text="Thank you.\r\nHow?")
    thread = tickets.thread(ticket.id)
    assert [m.text for m in thread.messages] == ["Can it be saved?", "Yes, <b>it</b> can.", "Thank you.\nHow?"]
    assert thread.ticket.status == "open"


def test_an_empty_reply_is_asked_for_again(browse):
    ask(browse())
    number = all_tickets()[0].number
    browser = browse(ALICE).go(f"/en/tickets/{number}").send(f"/en/tickets/{number}", text="  ")

    assert browser.status == 422
    assert browser.errors == ["text"]


def test_a_note_never_shows(browse, bob):
    ask(browse())
    (ticket,) = all_tickets()
    send_reply.reply(ticket.id, bob, Reply("Third board of this batch.", visibility="internal"))

    assert "batch" not in browse(ALICE).go(f"/en/tickets/{ticket.number}").text


def test_the_customer_may_say_that_it_is_solved(browse):
    ask(browse())
    number = all_tickets()[0].number
    browser = browse(ALICE).go(f"/en/tickets/{number}").send(f"/en/tickets/{number}/solved")

    assert all_tickets()[0].status == "solved"
    assert "Solved" in browser.text
    assert not browser.page.select_one(f'form[action="/en/tickets/{number}/solved"]')


def test_a_reply_long_after_it_was_closed_opens_a_linked_ticket(browse, bob):
    ask(browse())
    (ticket,) = all_tickets()
    send_reply.reply(ticket.id, bob, Reply("Done.", status="closed"))
    clock.shift(timedelta(days=31).total_seconds())
    browser = browse(ALICE).go(f"/en/tickets/{ticket.number}")
    assert "opens a new ticket" in browser.text
    browser.send(f"/en/tickets/{ticket.number}", text="It split again.")

    newest = all_tickets()[0]
    assert tickets.get(newest.id).linked_ticket_id == ticket.id
    assert browser.address.startswith(f"/en/tickets/{newest.number}")


def test_charlie_sees_nothing_of_alices_ticket(browse):
    ask(browse())
    number = all_tickets()[0].number
    charlie = browse(CHARLIE)
    token = charlie.go("/en/tickets/new").page.find("input", attrs={"name": "csrf"})["value"]

    assert charlie.go("/en/tickets").text.count("My board") == 0
    assert charlie.go(f"/en/tickets/{number}").status == 404
    assert charlie.post(f"/en/tickets/{number}", csrf=token, text="Hello").status == 404
    assert charlie.post(f"/en/tickets/{number}/solved", csrf=token).status == 404
    assert len(tickets.thread(all_tickets()[0].id).messages) == 1


def test_a_stranger_is_asked_to_sign_in_and_comes_back(browse):
    browser = browse().go("/en/tickets/1001")

    assert browser.address == "/en/sign-in"
    assert browser.page.find("input", attrs={"name": "email"})


@pytest.mark.parametrize("number", ["0", "9999999", "abc", "١٢", "1" * 40])
def test_a_number_that_is_no_tickets_is_not_found(browse, number):
    assert browse(ALICE).go(f"/en/tickets/{number}").status == 404


def test_a_long_list_goes_on_on_the_next_page(browse):
    browser = browse(ALICE)
    for count in range(21):
        browser.go("/en/tickets/new").send("/en/tickets/new", subject=f"Question {count}", text="?")
    browser.go("/en/tickets")
    first = {one["href"] for one in browser.page.select("a.row")}
    browser.go(browser.page.select_one("a[rel=next]")["href"])
    second = {one["href"] for one in browser.page.select("a.row")}

    assert (len(first), len(second), first & second) == (20, 1, set())


def test_that_a_question_came_by_the_api_is_no_news_to_who_asked(browse):
    number = receive(Incoming("api", "Which oil?", Person("email", ALICE), subject="Oil")).ticket.number
    alice = browse(ALICE).go("/en/tickets")
    assert "Oil" in alice.text and "API" not in alice.text

    alice.go(f"/en/tickets/{number}")
    assert "Which oil?" in alice.text and "API" not in alice.text


def test_a_file_is_for_its_owner_only(browse):
    ask(browse())
    (ticket,) = all_tickets()
    message = samples.messages("en")[0]
    photo = Attachment("att_1", "board.jpg", "image/jpeg", 3, "files/board.jpg")
    change = Changes()
    with_photo = replace(message, id=ids.new("msg"), ticket_id=ticket.id, attachments=(photo,))
    messages.add(change, with_photo, ticket.customer_id)
    change.commit()
    alice = browse(ALICE).go(f"/en/tickets/{ticket.number}")
    link = alice.page.select_one("a.file")["href"]

    assert "board.jpg" in alice.go(link).address
    assert browse(CHARLIE).go(link).status == 404
    assert browse().go(link).address == "/en/sign-in"
