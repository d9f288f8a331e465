"""Alice is forgotten in the tickets of others, too: her address among the copies, and what she wrote there herself."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib import ids
from chalicelib.actions import (
    change_ticket,
    erase_elsewhere,
    merge_tickets,
    search_tickets,
    send_reply,
    split_ticket,
)
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint, Incoming
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_message import receive
from chalicelib.actions.run_job import Watch
from chalicelib.actions.send_reply import Reply
from chalicelib.actions.split_ticket import Split
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Customer
from chalicelib.domain.message import Attachment, Message
from chalicelib.domain.ticket import MOST_IN_COPY, Ticket
from chalicelib.store import changes, copied, erasing, shop, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.ticket_lists import Wanted
from tests.actions.conftest import mail, store_mail, thread_of
from tests.actions.erasing.conftest import KEY, erase, telling

ALICE, DORA = "alice@example.org", "dora@example.org"
SAID = "I like oak and my name is Alice."


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
    change = Changes()
    copied.note(change, "tkt_gone", [ALICE])
    change.commit()
    erase(alice, run)

    assert list(copied.tickets_of(ALICE, 9)) == []
    assert list(copied.tickets_of(DORA, 9)) == [shared.id]


def test_when_the_time_is_over_the_rest_is_for_the_next_step(shared: Ticket) -> None:
    class Over(Watch):
        is_over = True

    assert not erase_elsewhere.leave_out(ALICE, KEY, Over())
    assert list(copied.tickets_of(ALICE, 9)) == [shared.id]


def of_charlie(subject: str) -> str:
    head = {"From": "Charlie <charlie@example.org>", "Message_ID": f"<{subject}@charlie>"}
    return receive_mail(store_mail(mail(subject, "Ask.", **head))).ticket_id or ""


def from_alice(ticket_id: str, text: str = SAID, files: tuple[Attachment, ...] = ()) -> Message:
    hints = (Hint(ticket_id, "email-id", proven=True),)
    return receive(Incoming("email", text, Person("email", ALICE), hints=hints, attachments=files)).message


def shown(ticket_id: str) -> str:
    ticket = tickets.get(ticket_id)
    assert ticket
    return ticket.preview


def test_lists_show_no_name_of_a_file_that_she_sent_without_a_word(alice: Customer, run: Callable[[], int]) -> None:
    ticket_id, name = of_charlie("Table"), "passport-of-alice.pdf"
    from_alice(ticket_id, "", (Attachment(ids.new("att"), name, "application/pdf", 4, "attachments/uploaded/x"),))
    assert shown(ticket_id) == name
    erase(alice, run)

    assert shown(ticket_id) == "Erased"
    assert telling(name) == []


def test_lists_show_none_of_her_words_where_the_ticket_was_merged_and_merged_again(
    alice: Customer, run: Callable[[], int]
) -> None:
    third, second, first = of_charlie("Third"), of_charlie("Second"), of_charlie("First")
    from_alice(first)
    merge_tickets.merge(first, second, KEY)
    merge_tickets.merge(second, third, KEY)
    assert [shown(id) for id in (first, second, third)] == [SAID] * 3
    erase(alice, run)

    assert [shown(id) for id in (first, second, third)] == ["Erased"] * 3
    assert [at for at in telling(SAID) if "/received/" not in at] == []


def test_lists_show_none_of_her_words_where_they_were_split_off(alice: Customer, run: Callable[[], int]) -> None:
    first = of_charlie("First")
    made = split_ticket.split(first, Split((from_alice(first).id,)), KEY)
    assert made.preview == SAID
    erase(alice, run)

    assert (shown(first), shown(made.id)) == ("Ask.", "Erased")


def test_lists_go_on_showing_what_was_said_after_her(alice: Customer, run: Callable[[], int]) -> None:
    ticket_id = of_charlie("First")
    from_alice(ticket_id)
    receive(
        Incoming("email", "Thanks.", Person("email", "charlie@example.org"), hints=(Hint(ticket_id, "email-id", True),))
    )
    erase(alice, run)

    assert shown(ticket_id) == "Thanks."


def test_dying_between_her_message_and_the_lists_leaves_none_of_her_words(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket_id, whole = of_charlie("First"), erasing.erase_message
    from_alice(ticket_id)

    def die_once(*told: str) -> None:
        whole(*told)
        monkeypatch.setattr(erasing, "erase_message", whole)
        raise changes.Busy

    monkeypatch.setattr(erasing, "erase_message", die_once)
    monkeypatch.setattr("chalicelib.domain.job.RETRY_SECONDS", (0, 0, 0, 0))
    assert erase(alice, run).state == "done"

    assert shown(ticket_id) == "Erased"


def test_a_merge_at_the_same_time_does_not_carry_her_words_past_it(
    alice: Customer, run: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    second, first, whole = of_charlie("Second"), of_charlie("First"), tickets.showing
    from_alice(first)

    def slowly(*told: Any) -> list[Ticket]:
        found = whole(*told)
        monkeypatch.setattr(tickets, "showing", whole)
        merge_tickets.merge(first, second, KEY)
        return found

    monkeypatch.setattr(tickets, "showing", slowly)
    erase(alice, run)

    assert (shown(first), shown(second)) == ("Erased", "Erased")


def test_no_agent_finds_a_ticket_by_her_words_that_he_found_it_by_before(
    alice: Customer, run: Callable[[], int]
) -> None:
    def found() -> list[str]:
        return [hit.ticket.id for hit in search_tickets.search("oak", Wanted(), 10).hits]

    ticket_id = of_charlie("First")
    from_alice(ticket_id)
    run()
    assert found() == [ticket_id]
    erase(alice, run)

    assert found() == []


def test_who_is_put_in_copy_while_her_address_is_taken_out_is_found_afterwards(
    alice: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket_id, commit = of_charlie("First"), Changes.commit

    def slowly(change: Changes) -> None:
        monkeypatch.setattr(Changes, "commit", commit)
        assert erase_elsewhere.leave_out(ALICE, KEY, Watch())
        commit(change)

    monkeypatch.setattr(Changes, "commit", slowly)
    assert change_ticket.change_ticket(ticket_id, {"cc": (ALICE,)}, KEY).cc == (ALICE,)
    assert list(copied.tickets_of(ALICE, 9)) == [ticket_id]


def test_who_is_put_in_copy_again_behind_the_eraser_is_found_by_its_next_step(
    shared: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = erasing.leave_out

    def slowly(ticket_id: str, address: str) -> None:
        monkeypatch.setattr(erasing, "leave_out", whole)
        whole(ticket_id, address)
        change_ticket.change_ticket(ticket_id, {"cc": (ALICE, DORA)}, KEY)

    monkeypatch.setattr(erasing, "leave_out", slowly)
    assert not erase_elsewhere.leave_out(ALICE, KEY, Watch())
    assert erase_elsewhere.leave_out(ALICE, KEY, Watch())

    assert thread_of(shared.id).ticket.cc == (DORA,)
    assert list(copied.tickets_of(ALICE, 9)) == []


def test_a_ticket_with_a_hundred_people_in_copy_is_split(alice: Customer, bob: Agent) -> None:
    crowd = tuple(f"guest{n}@example.org" for n in range(MOST_IN_COPY))
    first = of_charlie("First")
    message = from_alice(first)
    change = Changes()
    tickets.save(change, replace(thread_of(first).ticket, cc=crowd), shop.read().rules)
    change.commit()
    made = split_ticket.split(first, Split((message.id,)), KEY)

    assert made.cc == crowd
    assert [list(copied.tickets_of(one, 9)) for one in (crowd[0], crowd[-1])] == [[made.id]] * 2
