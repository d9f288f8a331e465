"""Alice is forgotten: nothing in table and buckets tells of her, and her tickets say that something was there."""

from collections.abc import Callable

import pytest

from chalicelib.actions import erase_customer, merge_customers, send_reply, start_job
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Customer
from chalicelib.domain.message import Attachment
from chalicelib.errors import Conflict
from chalicelib.store import customers, events, files, jobs, tickets, uploads
from chalicelib.store.changes import Changes
from tests.actions.conftest import mail, sent_mail, store_mail
from tests.actions.erasing.conftest import KEY, erase, everything, of, telling


def test_nothing_tells_of_her_afterwards(alice: Customer, run: Callable[[], int]) -> None:
    assert len(telling("alice", "20555014", "PNG not really")) > 10
    job = erase(alice, run)
    assert (job.state, job.error, job.place) == ("done", None, {})
    assert telling("alice", "20555014", "PNG not really") == []


def test_her_name_and_contacts_are_gone_at_once(alice: Customer) -> None:
    erase_customer.erase(alice.id, KEY)
    assert customers.get(alice.id) is None
    assert customers.id_of("email", "alice@example.org") is None


def test_her_tickets_are_closed_and_say_that_something_was_there(alice: Customer, run: Callable[[], int]) -> None:
    before = of(alice)
    job = erase(alice, run)
    assert (job.done, job.total) == (len(before), len(before))
    for ticket in of(alice):
        assert (ticket.subject, ticket.status, ticket.customer_name) == ("Erased", "closed", "Erased")
        thread = tickets.thread(ticket.id)
        assert thread
        assert {message.text for message in thread.messages} == {"Erased"}
        assert {message.author.name for message in thread.messages} <= {"Erased", "Bob"}
        assert {sent.to for sent in thread.deliveries.values()} <= {"Erased"}


def test_the_feed_tells_of_the_customer_and_of_each_ticket(alice: Customer, run: Callable[[], int]) -> None:
    listed = {ticket.id for ticket in of(alice)}
    erase(alice, run)
    told = [event for event in events.feed_after(0, 100) if event.type.endswith(".erased")]
    assert told[0].type == "customer.erased" and told[0].customer_id == alice.id
    assert {event.ticket_id for event in told[1:]} == listed
    assert all(event.actor == KEY for event in told)


def test_a_mail_that_comes_later_makes_a_new_customer_and_a_new_ticket(alice: Customer, run: Callable[[], int]) -> None:
    reply_to = sent_mail()[-1]["Reply-To"]
    erase(alice, run)
    again = receive_mail(
        store_mail(mail("Re: My board [#1001]", In_Reply_To="<1@alice>", Message_ID="<3@alice>"), reply_to)
    )
    found = customers.by_contact("email", "alice@example.org")
    ticket = tickets.get(again.ticket_id or "")
    assert found and found.id != alice.id
    assert ticket and (ticket.customer_id, ticket.linked_ticket_id) == (found.id, None)


def test_an_erased_ticket_takes_no_messages(alice: Customer, bob: Agent, run: Callable[[], int]) -> None:
    erase(alice, run)
    with pytest.raises(Conflict) as refusal:
        send_reply.reply(of(alice)[0].id, bob, Reply("Are you there?"))
    assert refusal.value.code == "ticket-erased"


def test_exports_of_her_and_uploads_go_too(alice: Customer, bob: Agent, run: Callable[[], int]) -> None:
    export = start_job.make("customer_export", {"customer_ids": [alice.id]}, "key_1")
    change = Changes()
    jobs.add(change, export)
    change.commit()
    files.put(f"{jobs.folder(export.id)}/diwan-customer-export-1.zip", b"alice")
    files.put("uploads/att_1", b"alice")
    files.put(f"{uploads.folder(of(alice)[0].id)}att_2/alice.png", b"alice")
    picture = Attachment("att_1", "alice.png", "image/png", 5, "attachments/uploaded/att_1")
    files.copy("uploads/att_1", picture.key)
    send_reply.reply(of(alice)[0].id, bob, Reply("See", visibility="internal", attachments=(picture,)))
    start_job.stop(export.id)
    erase(alice, run)
    assert telling("alice") == []


def test_mail_of_hers_that_was_suspended_goes_too(alice: Customer, run: Callable[[], int]) -> None:
    receive_mail(store_mail(mail("Alice wins", "Spam of Alice", Message_ID="<9@alice>"), spam="FAIL"))
    erase(alice, run)
    assert telling("alice") == []


def test_whoever_was_merged_into_her_goes_with_her(alice: Customer, run: Callable[[], int]) -> None:
    receive_mail(store_mail(mail("Mine too", "I am Alison", From="Alison <alison@example.net>")))
    alison = customers.by_contact("email", "alison@example.net")
    assert alison
    merge_customers.merge(alison.id, alice.id, KEY)
    erase(alice, run)
    assert customers.get(alison.id) is None
    assert telling("alice", "alison", "20555014") == []


def test_charlie_keeps_all_that_is_his(alice: Customer, run: Callable[[], int]) -> None:
    receive_mail(store_mail(mail("Charlie's board", "I am Charlie", From="Charlie <charlie@example.org>")))
    run()
    before = {at: text for at, text in everything().items() if "charlie" in text.lower()}
    erase(alice, run)
    assert {at: text for at, text in everything().items() if "charlie" in text.lower()} == before
