"""Alice is forgotten in the tickets of others, too: her address among the copies, and what she wrote there herself."""

from collections.abc import Callable

import pytest

from chalicelib.actions import change_ticket, erase_elsewhere, run_job, send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint, Incoming
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Customer
from chalicelib.domain.ticket import Ticket
from chalicelib.store import copied, tickets
from tests.actions.conftest import mail, store_mail, thread_of
from tests.actions.erasing.conftest import KEY, erase, telling

ALICE, DORA = "alice@example.org", "dora@example.org"


@pytest.fixture
def shared(alice: Customer, bob: Agent, run: Callable[[], int]) -> Ticket:
    """Charlie's ticket, in which Alice and Dora are in copy, Alice wrote, and Bob answered."""
    head = {"From": "Charlie <charlie@example.org>", "Message_ID": "<1@charlie>"}
    first = receive_mail(store_mail(mail("Our table", "Ask the two.", Cc=f"{ALICE}, {DORA}", **head)))
    hints = (Hint(first.ticket_id or "", "email-id", proven=True),)
    receive(Incoming("email", "I like oak.", Person("email", ALICE), hints=hints))
    ticket = tickets.get(first.ticket_id or "")
    assert ticket and set(ticket.cc) == {ALICE, DORA}
    send_reply.reply(ticket.id, bob, Reply("Oak it is.", channel="email"))
    run()
    return ticket


def test_only_the_mails_of_others_tell_of_her_as_they_came(
    shared: Ticket, alice: Customer, run: Callable[[], int]
) -> None:
    assert ("I like oak.", ALICE) in [(one.text, one.contact) for one in thread_of(shared.id).messages]
    assert erase(alice, run).state == "done"
    left = telling("alice", "I like oak")

    assert len(left) == 1 and "/received/" in left[0]
    thread = thread_of(shared.id)
    assert thread.ticket.cc == (DORA,)
    assert [message.text for message in thread.messages] == ["Ask the two.", "Erased", "Oak it is."]
    assert [message.author.name for message in thread.messages] == ["Charlie", "Erased", "Bob"]
    assert {one.to for one in thread.deliveries.values()} == {"charlie@example.org"}


def test_who_was_put_in_copy_by_hand_is_found_even_if_taken_out_again(
    shared: Ticket, alice: Customer, bob: Agent, run: Callable[[], int]
) -> None:
    send_reply.reply(shared.id, bob, Reply("Only to you.", channel="email", cc=(), only_cc=True))
    change_ticket.change_ticket(shared.id, {"cc": (ALICE,)}, KEY)
    change_ticket.change_ticket(shared.id, {"cc": ()}, KEY)
    run()
    erase(alice, run)

    assert [at for at in telling("alice") if "/received/" not in at] == []


def test_many_tickets_are_gone_through_portion_by_portion(
    shared: Ticket, alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erase_elsewhere, "_PIECE", 1)
    copied.note("tkt_gone", [ALICE])
    erase(alice, run)

    assert copied.tickets_of(ALICE, 9) == []
    assert copied.tickets_of(DORA, 9) == [shared.id]


def test_when_the_time_is_over_the_rest_is_for_the_next_step(shared: Ticket) -> None:
    class Over(run_job.Watch):
        is_over = True

    assert not erase_elsewhere.leave_out(ALICE, KEY, Over())
    assert copied.tickets_of(ALICE, 9) == [shared.id]
