"""The address of an article in an answer: found by the ticket's words, in its language, never one for agents only."""

import pytest

from chalicelib.actions import change_category, change_ticket, publish_article
from chalicelib.actions.publish_article import Draft
from chalicelib.domain.event import SYSTEM


@pytest.fixture
def care(browse):
    return change_category.create({"en": {"name": "Care"}, "ar": {"name": "العناية"}})


@pytest.fixture
def boards(care):
    texts = {"en": {"title": "A split board", "body": "Press it."}, "ar": {"title": "لوح متشقّق", "body": "اضغطه."}}
    return publish_article.create(Draft(care.id, texts, publish=True), SYSTEM)


@pytest.fixture
def secret(care):
    texts = {"en": {"title": "Boards that split: what we pay", "body": "Ten."}}
    return publish_article.create(Draft(care.id, texts, "agents", publish=True), SYSTEM)


def offered(desk, ticket, **typed):
    desk.go(f"/agent/tickets/{ticket.number}")
    desk.send(f"/agent/tickets/{ticket.number}/draft", "articles", **typed)
    return {one["value"]: one.text for one in desk.page.select("#article option") if one["value"]}


def test_articles_that_may_answer_are_offered_and_one_is_put_in(desk, ticket, boards, secret):
    assert offered(desk, ticket, text="Look:") == {boards.id: "A split board"}
    desk.send(f"/agent/tickets/{ticket.number}/draft", "article", article=boards.id)

    assert desk.page.find(id="text").text.strip() == "Look:\n\nhttps://help.ghusn.example/en/articles/a-split-board"


def test_the_address_is_in_the_language_of_the_ticket(desk, ticket, boards):
    change_ticket.change_ticket(ticket.id, {"locale": "ar"}, SYSTEM)
    offered(desk, ticket)
    desk.send(f"/agent/tickets/{ticket.number}/draft", "article", article=boards.id)

    assert f"/ar/articles/{boards.translations['ar'].slug}" in desk.page.find(id="text").text


def test_no_link_leads_a_customer_to_what_only_agents_may_read(desk, ticket, boards, secret):
    csrf = desk.go(f"/agent/tickets/{ticket.number}").page.find("input", attrs={"name": "csrf"})["value"]
    for wanted in (secret.id, "junk", "art_01"):
        desk.post(
            f"/agent/tickets/{ticket.number}/draft", csrf=csrf, fill="article", article=wanted, text="Look:", way=""
        )
        assert desk.page.find(id="text").text.strip() == "Look:"


def test_where_nothing_answers_that_is_said(desk, ticket):
    assert offered(desk, ticket, text="Look:") == {}
    assert "No article answers these words." in desk.text
    assert desk.page.find(id="text").text.strip() == "Look:"
