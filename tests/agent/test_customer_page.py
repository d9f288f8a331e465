"""What the desk shows of a customer beside his tickets, and of one who was erased."""

from urllib.parse import urldefrag

import pytest

from chalicelib import clock
from chalicelib.actions import (
    change_customer,
    change_customer_note,
    change_organization,
    erase_ticket,
    merge_customers,
    rate_ticket,
    record_event,
    send_reply,
    suggest_doubles,
)
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.run_job import Watch
from chalicelib.actions.send_reply import Reply
from chalicelib.agent.customer_page import PAGE
from chalicelib.domain import erasure
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.domain.message import Attachment
from chalicelib.store import customer_notes, customers, data_wishes
from chalicelib.store.changes import Changes


def test_what_she_bought_stands_on_her_page(desk, ticket):
    told = {
        "type": "purchase",
        "title": "Chopping board, <large>",
        "occurred_at": clock.now(),
        "url": "https://shop.example.org/orders/7",
        "amount": {"value": "38.50", "currency": "EUR"},
    }
    record_event.record(ticket.customer_id, told)
    desk.go(f"/agent/customers/{ticket.customer_id}")

    link = desk.page.select_one('.panel a[href="https://shop.example.org/orders/7"]')
    assert link.text == "Chopping board, <large>"
    assert "38.50 EUR" in desk.page.select_one(".panel").text


def test_an_erased_ticket_still_opens(desk, ticket):
    old, change = customers.get(ticket.customer_id), Changes()
    customers.save(change, old, erasure.customer(old, clock.now()))
    change.commit()
    assert erase_ticket.erase(ticket.id, SYSTEM, "", Watch()) is None

    desk.go(f"/agent/tickets/{ticket.number}")
    assert desk.status == 200
    assert desk.heading == "Erased"
    assert "alice" not in desk.text.lower()
    assert desk.go(f"/agent/customers/{ticket.customer_id}").status == 404


def page_of(ticket):
    return f"/agent/customers/{ticket.customer_id}"


def test_all_that_was_said_on_every_channel_stands_in_one_scroll_newest_first(desk, ticket, bob):
    text = receive(Incoming("sms", "By text", Person("phone", "+21620555014"))).ticket
    merge_customers.merge(text.customer_id, ticket.customer_id, SYSTEM)
    send_reply.reply(ticket.id, bob, Reply("For us alone.", visibility="internal"))
    desk.go(page_of(ticket))
    said = [one.select_one(".body").get_text(strip=True) for one in desk.page.select(".thread article")]

    assert said == ["For us alone.", "By text", "Can it be saved?"]
    assert [one["href"] for one in desk.page.select(".thread article a.tag")] == [
        f"/agent/tickets/{one.number}" for one in (ticket, text, ticket)
    ]
    assert "SMS" in desk.page.select(".thread article")[1].select_one(".chan").text


def test_older_ones_are_behind_a_link(desk, ticket, bob):
    for number in range(PAGE):
        send_reply.reply(ticket.id, bob, Reply(f"Note {number}", visibility="internal"))
    desk.go(page_of(ticket))
    assert "Can it be saved?" not in desk.page.select_one(".thread").text

    desk.go(desk.page.select_one("a[rel=next]")["href"])
    assert [one.select_one(".body").get_text(strip=True) for one in desk.page.select(".thread article")] == [
        "Can it be saved?"
    ]


def test_a_contact_is_added_verified_and_removed(desk, ticket):
    here = page_of(ticket)
    desk.go(here).send(f"{here}/contacts", new_contact="20 555 014")
    assert desk.status == 200 and "20 555 014" in desk.page.select_one("#contacts").text

    number = "phone:+21620555014"
    desk.post(f"{here}/contacts/verify", csrf=csrf(desk), contact=number)
    assert customers.get(ticket.customer_id).has_proven("phone", "+21620555014")
    desk.post(f"{here}/contacts/remove", csrf=csrf(desk), contact=number)
    assert [one.value for one in customers.get(ticket.customer_id).contacts] == ["alice@example.org"]
    assert desk.post(f"{here}/contacts/remove", csrf=csrf(desk), contact=number).status == 404


def test_a_contact_of_somebody_else_is_said_to_be_his_and_never_moves(desk, ticket):
    charlie = receive(Incoming("email", "Mine.", Person("email", "charlie@example.org", "Charlie"))).ticket
    here = page_of(ticket)
    desk.go(here).send(f"{here}/contacts", new_contact="Charlie@Example.org")

    assert desk.status == 409
    assert desk.page.select_one(f'#contacts .banner a[href="{page_of(charlie)}"]').text == "Charlie"
    assert customers.id_of("email", "charlie@example.org") == charlie.customer_id
    desk.send(f"{here}/doubles/{charlie.customer_id}/merge")
    assert customers.get(charlie.customer_id).merged_into == ticket.customer_id


@pytest.mark.parametrize("typed", ["alice at home", "+33899123456", "+21620555014 ext. 7"])
def test_what_is_neither_address_nor_number_nor_may_cost_anything_is_refused(desk, ticket, typed):
    here = page_of(ticket)
    desk.go(here).send(f"{here}/contacts", new_contact=typed)

    assert (desk.status, desk.errors) == (422, ["new_contact"])
    assert desk.page.select_one("#new_contact")["value"] == typed


def test_every_form_comes_back_to_its_section(desk, ticket, bob):
    for _ in range(2):
        change_customer.create({"name": "Alice"}, (), SYSTEM)
    suggest_doubles.refresh(ticket.customer_id)
    change_customer_note.write(ticket.customer_id, bob, "Calls back on Monday.")
    desk.go(page_of(ticket))
    forms = desk.page.select(".panel section form")
    buttons = desk.page.select(".panel section [formaction]")

    goals = [(one["action"], one) for one in forms] + [(one["formaction"], one) for one in buttons]
    assert len(goals) > 8
    for goal, one in goals:
        assert urldefrag(goal).fragment == one.find_parent("section")["id"], goal


@pytest.mark.parametrize(
    ("form", "fields", "section", "words"),
    [
        ("/contacts", {"new_contact": "20 555 014"}, "contacts", "The contacts are changed."),
        ("/notes", {"note": "Calls back on Monday."}, "notes", "The notes are changed."),
        ("", {"name": "Alice Salah"}, "profile", "Saved."),
    ],
)
def test_what_was_done_is_said_in_its_section(desk, ticket, form, fields, section, words):
    here = page_of(ticket)
    desk.go(here).send(here + form, **fields)

    [told] = desk.page.select("[role=status]")
    assert told.text.strip() == words
    assert told.find_parent("section")["id"] == section


def test_name_language_channel_and_tags_are_changed_in_one_form(desk, ticket):
    here = page_of(ticket)
    desk.go(here).send(here, name="Alice Salah", locale="ar", preferred_channel="email", tags="wholesale، boards, ")
    changed = customers.get(ticket.customer_id)

    assert desk.heading == "Alice Salah"
    assert (changed.name, changed.locale, changed.preferred_channel) == ("Alice Salah", "ar", "email")
    assert changed.tags == ("wholesale", "boards")


def test_who_was_changed_meanwhile_is_not_overwritten(desk, ticket):
    here = page_of(ticket)
    desk.go(here)
    change_customer.change(ticket.customer_id, {"tags": ("vip",)}, None, SYSTEM)
    desk.send(here, tags="boards", name="Alice Salah")

    assert desk.status == 422 and "Somebody else changed" in desk.text
    assert desk.page.select_one("#tags")["value"] == "vip"
    assert "You had typed: boards" in desk.text and "You had typed: Alice Salah" in desk.text
    desk.send(here)
    assert customers.get(ticket.customer_id).tags == ("vip",)


def test_a_note_is_written_once_and_deleted(desk, ticket):
    here = page_of(ticket)
    page = desk.go(here).page
    for _ in range(2):
        desk.page = page
        desk.send(f"{here}/notes", note="Prefers the morning. <b>")
    (note,) = customer_notes.page((ticket.customer_id,), 20).notes

    assert note.author.name == "Bob" and "Prefers the morning. <b>" in desk.page.select_one("#notes").text
    desk.send(f"{here}/notes/{note.id}/delete")
    assert "the morning" not in desk.text


def test_an_empty_note_and_a_long_one_are_refused(desk, ticket):
    here = page_of(ticket)
    for typed in (" ", "a" * 8001):
        desk.go(here).send(f"{here}/notes", note=typed)
        assert (desk.status, desk.errors) == (422, ["note"])


def test_a_double_is_suggested_with_its_reason_and_merged_or_dismissed(desk, ticket):
    twins = [change_customer.create({"name": "Alice Salah"}, (), SYSTEM) for _ in range(2)]
    change_customer.change(ticket.customer_id, {"name": "alice salah"}, None, SYSTEM)
    for id in (ticket.customer_id, *(one.id for one in twins)):
        suggest_doubles.refresh(id)
    here = page_of(ticket)
    desk.go(here)
    assert len(desk.page.select("#doubles li")) == 2 and "The same name" in desk.page.select_one("#doubles").text

    desk.send(f"{here}/doubles/{twins[0].id}/merge")
    assert customers.get(twins[0].id).merged_into == ticket.customer_id
    desk.send(f"{here}/doubles/{twins[1].id}/dismiss")
    assert not desk.page.select("#doubles li")


def test_a_file_of_hers_opens_from_the_scroll_and_one_of_others_does_not(desk, ticket):
    photo = Attachment("att_1", "board.jpg", "image/jpeg", 3, "files/board.jpg")
    hers = receive(Incoming("email", "Look.", Person("email", "alice@example.org"), attachments=(photo,))).message
    charlie = receive(Incoming("email", "Mine.", Person("email", "charlie@example.org", "Charlie"))).ticket
    link = desk.go(page_of(ticket)).page.select_one("a.file")["href"]

    desk.go(link)
    assert "board.jpg" in desk.header("location")
    assert desk.go(f"{page_of(charlie)}/files/{hers.id}/att_1").status == 404


def csrf(desk):
    return desk.page.select_one("input[name=csrf]")["value"]


def test_an_agent_lets_a_customer_read_all_tickets_of_her_organization(desk):
    house = change_organization.create({"name": "Dar Zitouna"})
    nour = change_customer.create({"name": "Nour", "organization_id": house.id}, [], SYSTEM)
    browser = desk.go(f"/agent/customers/{nour.id}")
    browser.send(f"/agent/customers/{nour.id}", sees_organization="1")
    assert customers.get(nour.id).sees_organization

    form = browser.page.select_one("input[name=sees_organization]")
    assert form.has_attr("checked")
    form.decompose()
    browser.send(f"/agent/customers/{nour.id}", name="Nour A.")
    assert not customers.get(nour.id).sees_organization


def test_that_a_customer_asked_to_be_forgotten_is_told(desk):
    nour = change_customer.create({"name": "Nour"}, [], SYSTEM)
    data_wishes.put(data_wishes.DataWish(nour.id, clock.now(), erase_at=clock.now()), data_wishes.ERASURE)

    assert "asked to be forgotten" in desk.go(f"/agent/customers/{nour.id}").text


def test_what_a_customer_says_of_a_ticket_stands_on_it(desk, ticket):
    desk.go(f"/agent/tickets/{ticket.number}")
    assert "What they say of it" not in desk.text
    change_ticket(ticket.id, {"status": "solved"}, SYSTEM)
    rate_ticket.rate(ticket.id, "no", "Nobody <b>called</b>.", Actor("customer", ticket.customer_id))

    assert "Not quite Nobody <b>called</b>." in desk.go(f"/agent/tickets/{ticket.number}").text
