"""Articles that answer what is typed into the ticket form, and the count of questions that need not be sent."""

import json
from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import change_category, publish_article, send_reply, update_search
from chalicelib.actions.publish_article import Draft
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import SYSTEM
from chalicelib.store import deflections, ticket_lists, tickets
from chalicelib.store.ticket_lists import Wanted

ALICE = "alice@example.org"
TYPED = {"email": ALICE, "subject": "My board has split", "text": "Can it be saved?"}


@pytest.fixture
def article(browse):
    _article("My board has split", "Glue and clamps will save it.", "public")
    _article("How workshops mend a split board", "Only customers read how a split board is mended.", "customers")
    _article("What a split board costs us", "Agents see what a split board costs.", "agents")
    update_search.rebuild()


def _article(title, body, visibility):
    category = change_category.create({"en": {"name": title}})
    texts = {"en": {"title": title, "body": body}}
    publish_article.create(Draft(category.id, texts, visibility, publish=True), SYSTEM)


def today():
    day = clock.now().date()
    return deflections.between(day, day)[0]


def counted():
    told = today()
    return {name: getattr(told, name) for name in deflections.NAMES if getattr(told, name)}


def suggest(browser, **typed):
    csrf = browser.page.find("input", attrs={"name": "csrf"})["value"]
    browser.post("/en/tickets/suggestions", csrf=csrf, **typed)
    return json.loads(browser.body) if browser.status == 200 else None


def titles(told):
    return [one["title"] for one in told["suggestions"]]


def test_words_bring_the_public_article_that_answers_them(browse, article):
    browser = browse().go("/en/tickets/new")
    told = suggest(browser, subject="board split", text="")

    assert titles(told) == ["My board has split"]
    assert told["suggestions"][0]["url"].startswith("/en/articles/")
    assert browser.header("cache-control") == "no-store"


def test_what_the_subject_says_counts_more_than_what_is_said_around_it(browse):
    around = "It is four centimetres long."
    _article("Sizes of boards", f"{around} A board is never longer.", "public")
    _article("My board has split", "Oil it.", "public")
    for number in range(4):
        _article(f"A board, number {number}", "A board may split.", "public")
    update_search.rebuild()

    told = suggest(browse().go("/en/tickets/new"), subject="My board has split", text=around)
    assert titles(told)[0] == "My board has split"


def test_who_is_signed_in_is_answered_by_what_customers_read_and_nobody_by_what_agents_read(browse, article):
    words = {"subject": "split board", "text": ""}
    stranger = titles(suggest(browse().go("/en/tickets/new"), **words))
    alice = titles(suggest(browse(ALICE).go("/en/tickets/new"), **words))

    assert "How workshops mend a split board" in alice
    assert "How workshops mend a split board" not in stranger
    assert "What a split board costs us" not in stranger + alice


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00", "the of and", "😀" * 50, "<script>alert(1)</script>", "x" * 10_000, "\u202e\u200f", "zebra"],
    ids=["empty", "blank", "nul", "stop-words", "emoji", "markup", "long", "marks", "unknown"],
)
def test_whatever_is_typed_an_answer_comes(browse, article, text):
    assert suggest(browse().go("/en/tickets/new"), subject=text, text=text) == {"suggestions": []}


def test_another_sites_page_gets_no_answer(browse, article):
    browser = browse().post("/en/tickets/suggestions", csrf="guessed", subject="board", text="")

    assert browser.status == 403


def test_a_form_counts_once_for_each_thing_that_happened_to_it(browse, article):
    browser = browse().go("/en/tickets/new")
    csrf = browser.page.find("input", attrs={"name": "csrf"})["value"]
    form = browser.page
    suggest(browser, subject="board split", text="", first="1")
    browser.page = form
    suggest(browser, subject="board split again", text="")
    browser.post("/en/tickets/suggestions/opened", csrf=csrf)
    assert (browser.status, counted()) == (204, {"opened": 1, "suggested": 1, "article_opened": 1})
    assert today().left_after_article == 1

    browser.page = form
    browser.send("/en/tickets/new", **TYPED, after_suggested="1", after_article="1")
    assert counted() == {
        "opened": 1, "suggested": 1, "article_opened": 1, "sent": 1, "sent_after_suggested": 1, "sent_after_article": 1,
    }  # fmt: skip
    assert today().left_after_article == 0


def test_where_nothing_answers_nothing_counts_as_suggested(browse, article):
    suggest(browse().go("/en/tickets/new"), subject="zebra", text="", first="1")

    assert counted() == {"opened": 1}


def test_this_answered_it_before_sending_opens_no_ticket(browse, article):
    browser = browse().go("/en/tickets/new")
    browser.send("/en/tickets/answered")

    assert browser.heading == "Good to know it’s answered"
    assert ticket_lists.page(Wanted(), 25).tickets == ()
    assert counted() == {"opened": 1, "answered": 1}


def test_without_a_script_the_page_after_sending_names_the_articles_and_takes_the_ticket_back(browse, article):
    browser = browse().go("/en/tickets/new").send("/en/tickets/new", **TYPED)
    assert [one.text.strip() for one in browser.page.select(".may-answer a")] == ["My board has split"]
    browser.send("/en/tickets/answered")

    (ticket,) = ticket_lists.page(Wanted(), 25).tickets
    assert browser.heading == "Good to know it’s answered"
    assert ticket.status == "solved"
    assert counted() == {"opened": 1, "sent": 1, "answered": 1}
    assert browser.go("/en/tickets/sent").address == "/en/sign-in"


def test_what_an_agent_answered_already_is_not_taken_back(browse, article, bob):
    browser = browse().go("/en/tickets/new").send("/en/tickets/new", **TYPED)
    (ticket,) = ticket_lists.page(Wanted(), 25).tickets
    send_reply.reply(ticket.id, bob, Reply("Yes."))
    browser.send("/en/tickets/answered")

    assert tickets.get(ticket.id).status == "pending"
    assert "answered" not in counted()


def test_nobody_takes_back_what_he_did_not_send(browse, article):
    browse().go("/en/tickets/new").send("/en/tickets/new", **TYPED)
    charlie = browse().go("/en/tickets/new")
    csrf = charlie.page.find("input", attrs={"name": "csrf"})["value"]
    charlie.post("/en/tickets/answered", csrf=csrf, sent="1")

    assert ticket_lists.page(Wanted(), 25).tickets[0].status == "new"


def test_every_day_between_two_is_told_and_those_without_a_visit_are_empty(browse):
    browse().go("/en/tickets/new")
    clock.shift(timedelta(days=2).total_seconds())
    browse().go("/en/tickets/new")
    last = clock.now().date()

    assert [one.opened for one in deflections.between(last - timedelta(days=3), last)] == [0, 1, 0, 1]
