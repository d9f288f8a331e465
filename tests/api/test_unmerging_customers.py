"""Two customers were made one by mistake, and wrote on; taken apart again, neither keeps what is the other's."""

import pytest

from chalicelib.actions import merge_customers, merge_tickets
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import outgoing
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid
from chalicelib.store import customers, deliveries, tickets
from tests.actions.conftest import mail, run, store_mail  # noqa: F401 (fixture)
from tests.api.conftest import new_ticket

BY_BOB = Actor("agent", "agt_bob")
CHARLIE = {"email": "charlie@example.org", "name": "Charlie"}


@pytest.fixture
def charlies(api):
    """A ticket of Charlie's."""
    return api.post("/v1/tickets", new_ticket(subject="Charlie's", customer=CHARLIE, message={"text": "Mine."})).json


@pytest.fixture
def together(api, ticket, charlies):
    """Alice is merged into Charlie, whom she does not know."""
    assert post(api, "customers", ticket["customer_id"], "merge", into=charlies["customer_id"]).status == 200


def post(api, kind, id, act, **body):
    return api.post(f"/v1/{kind}/{id}/{act}", body)


def write(api, ticket, author_id, text="A secret"):
    body = {"text": text, "author": {"type": "customer", "id": author_id}}
    return api.post(f"/v1/tickets/{ticket['id']}/messages", body).json


def apart(api, ticket):
    return post(api, "customers", ticket["customer_id"], "unmerge")


def subjects(api, ticket):
    return sorted(one["subject"] for one in api.walk("/v1/tickets", customer_id=ticket["customer_id"]))


def words(api, ticket):
    """All that stands in the tickets of the ticket's customer."""
    listed = api.walk("/v1/tickets", customer_id=ticket["customer_id"])
    return sorted(one["text"] for own in listed for one in api.walk(f"/v1/tickets/{own['id']}/messages"))


def test_what_alice_mailed_meanwhile_goes_back_with_her(api, ticket, charlies, together):
    meanwhile = receive_mail(store_mail(mail("My card number", "By mail")))
    assert subjects(api, charlies) == ["Charlie's", "My board has split", "My card number"]
    assert apart(api, ticket).status == 200

    assert (subjects(api, charlies), words(api, charlies)) == (["Charlie's"], ["Mine."])
    assert subjects(api, ticket) == ["My board has split", "My card number"]
    again = receive_mail(
        store_mail(mail("Re: My card number"), outgoing.reply_to(meanwhile.ticket_id, "alice@example.org"))
    )
    assert again.ticket_id == meanwhile.ticket_id
    assert tickets.get(again.ticket_id).customer_id == ticket["customer_id"]


@pytest.mark.parametrize("taken_apart", [False, True])
@pytest.mark.parametrize("channel", [None, "portal"])
def test_an_answer_to_alice_goes_to_alice(api, ticket, charlies, together, taken_apart, channel):
    meanwhile = receive_mail(store_mail(mail("My card number", "By mail")))
    if taken_apart:
        apart(api, ticket)
    sent = api.post(f"/v1/tickets/{meanwhile.ticket_id}/messages", {"text": "Dear Alice", "channel": channel}).json

    assert deliveries.get(meanwhile.ticket_id, sent["id"], "reply").to == "alice@example.org"


def test_what_was_opened_in_alices_name_by_id_is_hers(api, ticket, charlies, together):
    made = api.post("/v1/tickets", new_ticket(subject="By id", customer={"id": ticket["customer_id"]})).json
    body = {"type": "agent"}
    desk = new_ticket(subject="Ours", customer={"email": "alice@example.org"}, message={"text": "Yes?", "author": body})
    started = api.post("/v1/tickets", desk).json
    apart(api, ticket)

    assert {made["customer_id"], started["customer_id"]} == {ticket["customer_id"]}
    (sent,) = api.walk(f"/v1/tickets/{started['id']}/messages")
    assert deliveries.get(started["id"], sent["id"], "reply").to == "alice@example.org"


def test_charlie_does_not_get_alices_name(api, ticket):
    nameless = api.post("/v1/customers", {"email": "charlie@example.org"}).json
    post(api, "customers", ticket["customer_id"], "merge", into=nameless["id"])
    receive_mail(store_mail(mail()))

    assert api.get(f"/v1/customers/{nameless['id']}").json["name"] == ""


def test_what_one_wrote_into_the_others_ticket_is_split_off_first(api, ticket, charlies, together):
    written = write(api, charlies, ticket["customer_id"])
    refused = apart(api, ticket)
    assert (refused.status, refused.code) == (409, "tickets-still-merged")
    assert f"#{charlies['number']}" in refused.json["detail"] and f"#{ticket['number']}" not in refused.json["detail"]

    split = post(api, "tickets", charlies["id"], "split", message_ids=[written["id"]]).json
    assert split["customer_id"] == ticket["customer_id"]
    assert apart(api, ticket).status == 200
    assert (words(api, charlies), words(api, ticket)) == (["Mine."], ["A secret", "Hello, can it be saved?"])


def test_a_mail_into_the_others_ticket_counts_as_written_there(api, ticket, charlies, together):
    receive_mail(store_mail(mail("Re: Charlie's", "A secret"), outgoing.reply_to(charlies["id"], "alice@example.org")))

    assert apart(api, ticket).code == "tickets-still-merged"


def test_what_was_split_off_while_merged_goes_back_to_whom_it_came_from(api, ticket, charlies, together):
    (hers,) = api.walk(f"/v1/tickets/{ticket['id']}/messages")
    post(api, "tickets", ticket["id"], "merge", into=charlies["id"])
    split = post(api, "tickets", charlies["id"], "split", message_ids=[hers["id"]]).json
    post(api, "tickets", ticket["id"], "unmerge")

    assert split["customer_id"] == ticket["customer_id"]
    assert apart(api, ticket).status == 200
    assert words(api, charlies) == ["Mine."]


def test_words_of_both_split_off_together_keep_the_two_together(api, ticket, charlies, together):
    write(api, charlies, charlies["customer_id"], "Mine, too.")
    post(api, "tickets", ticket["id"], "merge", into=charlies["id"])
    first, second, _ = (one["id"] for one in api.walk(f"/v1/tickets/{charlies['id']}/messages"))
    split = post(api, "tickets", charlies["id"], "split", message_ids=[first, second]).json
    post(api, "tickets", ticket["id"], "unmerge")

    refused = apart(api, ticket)
    assert (refused.code, f"#{split['number']}" in refused.json["detail"]) == ("tickets-still-merged", True)


def test_a_ticket_that_is_left_with_words_of_the_other_goes_to_him(api, ticket, charlies, together):
    write(api, charlies, charlies["customer_id"], "Mine, too.")
    post(api, "tickets", ticket["id"], "merge", into=charlies["id"])
    first, second, _ = (one["id"] for one in api.walk(f"/v1/tickets/{charlies['id']}/messages"))
    split = post(api, "tickets", charlies["id"], "split", message_ids=[first, second]).json
    assert (
        post(api, "tickets", split["id"], "split", message_ids=[second]).json["customer_id"] == charlies["customer_id"]
    )
    post(api, "tickets", ticket["id"], "unmerge")

    assert apart(api, ticket).status == 200
    assert api.get(f"/v1/tickets/{split['id']}").json["customer_id"] == ticket["customer_id"]
    assert words(api, charlies) == ["Mine, too.", "Mine."]


def test_tickets_are_not_merged_while_their_customers_come_apart(api, ticket, charlies, together, monkeypatch):
    save = tickets.save

    def late(*args):
        monkeypatch.setattr(tickets, "save", save)
        merge_customers.unmerge(ticket["customer_id"], BY_BOB)
        return save(*args)

    monkeypatch.setattr(tickets, "save", late)
    with pytest.raises(Invalid) as refused:
        merge_tickets.merge(ticket["id"], charlies["id"], BY_BOB)
    assert (refused.value.code, words(api, charlies)) == ("different-customers", ["Mine."])


def test_customers_do_not_come_apart_while_their_tickets_are_merged(api, ticket, charlies, together, monkeypatch):
    save = customers.save

    def late(*args):
        monkeypatch.setattr(customers, "save", save)
        merge_tickets.merge(ticket["id"], charlies["id"], BY_BOB)
        return save(*args)

    monkeypatch.setattr(customers, "save", late)
    with pytest.raises(Conflict) as refused:
        merge_customers.unmerge(ticket["customer_id"], BY_BOB)
    assert refused.value.code == "tickets-still-merged"


def test_customers_do_not_come_apart_while_one_writes_to_the_other(api, ticket, charlies, together, monkeypatch):
    save = customers.save

    def late(*args):
        monkeypatch.setattr(customers, "save", save)
        write(api, charlies, ticket["customer_id"])
        return save(*args)

    monkeypatch.setattr(customers, "save", late)
    with pytest.raises(Conflict) as refused:
        merge_customers.unmerge(ticket["customer_id"], BY_BOB)
    assert refused.value.code == "tickets-still-merged"


def test_an_answer_is_not_sent_to_whose_address_it_is_now(api, ticket, charlies):
    alice, charlie = (f"/v1/customers/{one['customer_id']}" for one in (ticket, charlies))
    receive_mail(store_mail(mail("Re", "It is me"), outgoing.reply_to(ticket["id"], "alice@example.org")))
    api.patch(alice, {"contacts": [{"type": "email", "value": "new@example.org"}]})
    free = api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Dear Alice"}).json
    assert deliveries.get(ticket["id"], free["id"], "reply").to == "new@example.org"

    both = [{"type": "email", "value": f"{name}@example.org"} for name in ("charlie", "alice")]
    api.patch(charlie, {"contacts": both})
    refused = api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Dear Alice"})
    assert (refused.status, refused.code) == (422, "no-contact")
