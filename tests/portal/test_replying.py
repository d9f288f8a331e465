"""Answering in a ticket: no word is lost, none stands there twice; closing, opening again, and saying how it was."""

import json
from dataclasses import replace

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import send_reply
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import SYSTEM
from chalicelib.store import deliveries, ratings, tickets, uploads

ALICE, CHARLIE = "alice@example.org", "charlie@example.org"
DAY = 24 * 3600


@pytest.fixture
def ticket(browse):
    return receive(Incoming("email", "It has split.", Person("email", ALICE, "Alice"), subject="My board")).ticket


def texts(ticket):
    return [one.text for one in tickets.thread(ticket.id).messages]


def page_of(ticket):
    return f"/en/tickets/{ticket.number}"


def test_who_was_signed_out_while_writing_loses_no_word(browse, ticket):
    here, browser = page_of(ticket), browse(ALICE).go(page_of(ticket))
    browser.cookies.pop(next(name for name in browser.cookies if name.endswith("customer")))

    browser.send(here, text="It was\nthe dry winter.")
    assert (browser.status, browser.heading) == (403, "You were signed out")
    assert "the dry winter." in browser.page.find(id="text").get_text()
    assert texts(ticket) == ["It has split."]

    kept, signed_in = browser.page, browse(ALICE)
    browser.cookies |= {name: value for name, value in signed_in.cookies.items() if "browser" not in name}
    browser.page = kept
    browser.send(here, text="It was\nthe dry winter.")
    assert texts(ticket) == ["It has split.", "It was\nthe dry winter."]


def test_a_stranger_who_writes_learns_not_whether_there_is_such_a_ticket(browse, ticket):
    browser = browse().go("/en/sign-in")
    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    pages = [
        browser.post(f"/en/tickets/{number}", csrf=token, text="Hello").text.replace(str(number), "…")
        for number in (ticket.number, 999999)
    ]

    assert pages[0] == pages[1]
    assert browser.post(f"/en/tickets/{ticket.number}", csrf=token, text=" ").address == "/en/sign-in"


def test_back_and_send_again_sends_once(browse, ticket):
    here, browser = page_of(ticket), browse(ALICE).go(page_of(ticket))
    for text in ("With oil?", "With oil?"):
        browser.go(here).send(here, text=text)
    assert texts(ticket) == ["It has split.", "With oil?"]

    browser.go(here).send(here, text="Or wax?")
    browser.go(here).send(here, text="With oil?")
    assert texts(ticket) == ["It has split.", "With oil?", "Or wax?", "With oil?"]


def test_the_same_words_some_hours_later_are_new_ones(browse, ticket):
    here, browser = page_of(ticket), browse(ALICE)
    browser.go(here).send(here, text="Any news?")
    clock.shift(2 * 3600)
    browser.go(here).send(here, text="Any news?")

    assert texts(ticket).count("Any news?") == 2


def test_it_is_solved_by_a_button_and_open_again_by_another(browse, ticket):
    here, browser = page_of(ticket), browse(ALICE).go(page_of(ticket))
    browser.send(f"{here}/solved")
    assert (tickets.get(ticket.id).status, "Did this answer your question?" in browser.text) == ("solved", True)

    browser.send(f"{here}/reopen")
    again = tickets.get(ticket.id)
    assert (again.status, again.solved_at) == ("open", None)
    assert again.waiting_since is not None


def test_it_is_open_again_by_a_word(browse, ticket):
    here, browser = page_of(ticket), browse(ALICE)
    change_ticket(ticket.id, {"status": "solved"}, SYSTEM)
    browser.go(here).send(here, text="It split again.")

    assert tickets.get(ticket.id).status == "open"


def test_what_was_closed_long_ago_is_not_opened_by_a_button(browse, ticket):
    change_ticket(ticket.id, {"status": "closed"}, SYSTEM)
    clock.shift(31 * DAY)
    here, browser = page_of(ticket), browse(ALICE).go(page_of(ticket))
    assert not browser.page.select("form[action$='/reopen']")

    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    assert browser.post(f"{here}/reopen", csrf=token).status == 409
    assert tickets.get(ticket.id).status == "closed"


def test_a_solved_ticket_is_rated_and_the_rating_changed_for_a_week(browse, ticket):
    here, browser = page_of(ticket), browse(ALICE).go(page_of(ticket))
    browser.send(f"{here}/solved").send(f"{here}/rating", answer="partly", words="It took long.")
    assert "You told us" in browser.text and "It took long." in browser.text

    clock.shift(DAY)
    browser.go(here).send(f"{here}/rating", answer="yes", words="")
    assert (ratings.get(ticket.id).answer, ratings.get(ticket.id).words) == ("yes", "")
    clock.shift(8 * DAY)
    assert not browser.go(here).page.select("form[action$='/rating']")


@pytest.mark.parametrize(("answer", "words"), [("", ""), ("five", ""), ("yes", "x" * 2001)], ids=["none", "no", "long"])
def test_what_is_no_rating_is_asked_for_again_with_what_was_typed(browse, ticket, answer, words):
    here, browser = page_of(ticket), browse(ALICE).go(page_of(ticket))
    browser.send(f"{here}/solved").send(f"{here}/rating", answer=answer, words=words)

    assert browser.status == 422
    assert browser.page.find(id="words").get_text().strip() == words
    assert ratings.get(ticket.id) is None


def test_charlie_finds_none_of_it(browse, ticket):
    here, charlie = page_of(ticket), browse(CHARLIE).go("/en/tickets")
    token = charlie.page.find("input", attrs={"name": "csrf"})["value"]

    for address in (here, f"{here}/solved", f"{here}/reopen", f"{here}/rating"):
        assert charlie.post(address, csrf=token, text="Mine", answer="yes").status == 404
    assert (tickets.get(ticket.id).status, ratings.get(ticket.id)) == ("new", None)


def test_that_an_answer_did_not_arrive_is_told_plainly(browse, ticket, bob):
    sent = send_reply.reply(ticket.id, bob, Reply("Linseed oil."))
    delivery = deliveries.get(ticket.id, sent.message.id, "reply")
    browser = browse(ALICE)
    assert "didn’t reach" not in browser.go(page_of(ticket)).text

    assert deliveries.move(delivery, replace(delivery, state="bounced", reason="mailbox-full", detail="5.2.2"))
    assert f"This didn’t reach {ALICE} ." in browser.go(page_of(ticket)).text.replace("  ", " ")
    assert "5.2.2" not in browser.text


def announced(browser, name="board.jpg"):
    """A file that went up before the reply is sent, as the page's script does it; its id."""
    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    told = json.loads(browser.post("/en/uploads", csrf=token, name=name, size="5").body)
    key = uploads.get_all([told["id"]])[told["id"]].attachment.key
    boto3.client("s3").put_object(Bucket=settings.files_bucket(), Key=key, Body=b"12345", ContentType="image/jpeg")
    return told["id"]


def test_a_reply_takes_files_which_charlie_cannot_open(browse, ticket):
    here, browser = page_of(ticket), browse(ALICE)
    file_id = announced(browser.go(here))
    browser.go(here).send(here, text="Here it is.", files=file_id)

    message = tickets.thread(ticket.id).messages[-1]
    assert [one.name for one in message.attachments] == ["board.jpg"]
    link = browser.page.select_one("a.file")["href"]
    assert browse(CHARLIE).go(link).status == 404
    assert "amazonaws.com" in browser.go(link).address


def test_a_reply_of_a_file_alone_is_one(browse, ticket):
    here, browser = page_of(ticket), browse(ALICE)
    file_id = announced(browser.go(here))
    browser.go(here).send(here, text="", files=file_id)

    assert texts(ticket)[-1] == "board.jpg"


def test_a_file_that_another_browser_announced_is_attached_nowhere(browse, ticket):
    here, charlie = page_of(ticket), browse(CHARLIE).go("/en/tickets")
    browser = browse(ALICE).go(here)
    browser.send(here, text="Words that stay", files=announced(charlie))

    assert browser.status == 422
    assert browser.page.find(id="text").get_text().strip() == "Words that stay"
    assert texts(ticket) == ["It has split."]


def test_without_a_script_a_file_goes_straight_to_where_files_are_kept(browse, ticket):
    browser = browse(ALICE).go(page_of(ticket))
    form = browser.page.select_one("noscript form[enctype='multipart/form-data']")

    assert form and form.select_one("input[type=file]")
    assert "amazonaws.com" in browser.header("content-security-policy")
