"""Who is in copy: shown and changed beside the reply, sent the answer, and part of the ticket when they write."""

import pytest

from chalicelib.actions import change_ticket
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.domain.event import SYSTEM
from chalicelib.store import tickets
from tests.actions.conftest import mail, run, sent_mail, store_mail  # noqa: F401 (fixture)


def in_copy(ticket, *addresses):
    return change_ticket.change_ticket(ticket.id, {"cc": addresses}, SYSTEM)


def answer(desk, ticket, **fields):
    return desk.go(f"/agent/tickets/{ticket.number}").send(f"/agent/tickets/{ticket.number}/replies", **fields)


def test_the_people_in_copy_stand_beside_the_reply_and_are_sent_it(desk, ticket, run):  # noqa: F811
    in_copy(ticket, "charlie@example.org")
    desk.go(f"/agent/tickets/{ticket.number}")
    assert desk.page.select_one("input[name=cc]")["value"] == "charlie@example.org"

    answer(desk, ticket, text="Yes, it can.", cc="Dora <dora@example.org>; erin@example.org frank@example.org")
    run()

    last = sent_mail()[-1]
    assert (last["To"], last["Cc"]) == (
        "alice@example.org",
        "dora@example.org, erin@example.org, frank@example.org",
    )
    assert tickets.get(ticket.id).cc == ("dora@example.org", "erin@example.org", "frank@example.org")


def test_an_empty_field_takes_everybody_off(desk, ticket, run):  # noqa: F811
    in_copy(ticket, "charlie@example.org")

    answer(desk, ticket, text="Yes, it can.", cc="")
    run()

    assert (sent_mail()[-1]["Cc"], tickets.get(ticket.id).cc) == (None, ())


def test_what_is_no_address_is_said_and_nothing_typed_is_lost(desk, ticket):
    answer(desk, ticket, text="Yes, it can.", cc="charlie")

    assert desk.status == 422
    assert "no email address yet" in desk.page.select_one("#cc-error").get_text()
    assert desk.page.select_one("input[name=cc]")["value"] == "charlie"
    assert desk.page.select_one("#text").get_text().strip() == "Yes, it can."
    assert tickets.get(ticket.id).message_count == 1


def reply_of(sender, run, desk, ticket, **verdicts):  # noqa: F811
    """What becomes of a mail from `sender` to the address that was signed for Alice."""
    answer(desk, ticket, text="Yes, it can.", cc="charlie@example.org")
    run()
    address = sent_mail()[-1]["Reply-To"]
    taken = receive_mail(store_mail(mail(From=sender, To=address, text="I am in."), address, **verdicts))
    return tickets.get(taken.ticket_id), next(
        m for m in tickets.thread(taken.ticket_id).messages if m.id == taken.message_id
    )


def test_who_is_in_copy_answers_to_the_same_address_and_takes_part(desk, ticket, run):  # noqa: F811
    found, message = reply_of("Charlie <charlie@example.org>", run, desk, ticket)

    assert (found.id, found.status, message.unknown_sender) == (ticket.id, "open", False)


@pytest.mark.parametrize(
    ("sender", "dmarc"),
    [("Mallory <mallory@example.org>", "PASS"), ("Charlie <charlie@example.org>", "GRAY")],
    ids=["not in copy", "not proven"],
)
def test_anybody_else_at_that_address_stays_an_unknown_sender(desk, ticket, run, sender, dmarc):  # noqa: F811
    found, message = reply_of(sender, run, desk, ticket, dmarc=dmarc)

    assert (found.id, found.status, message.unknown_sender) == (ticket.id, "pending", True)


def test_whom_the_customer_copies_later_takes_part_too(desk, ticket, run):  # noqa: F811
    answer(desk, ticket, text="Yes, it can.", cc="")
    run()
    address = sent_mail()[-1]["Reply-To"]

    receive_mail(store_mail(mail(To=address, Cc="charlie@example.org, alice@example.org"), address))

    assert tickets.get(ticket.id).cc == ("charlie@example.org",)
