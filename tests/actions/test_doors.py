"""A team's door: what comes in there is the team's, and what answers it goes out from there, over the team's name."""

import pytest

from chalicelib import settings
from chalicelib.actions import change_staff, change_ticket, send_reply
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.send_reply import Reply
from chalicelib.domain import reply_address
from chalicelib.domain.event import SYSTEM
from chalicelib.store import doors, staff, tickets
from tests.actions.conftest import mail, sent_mail, store_mail

WORKSHOP = "workshop@ghusn.example"
ORDERS = "orders@ghusn.example"
SIGNATURES = {"en": "The workshop\nTuesday to Saturday", "ar": "الورشة\nمن الثلاثاء إلى السبت"}


@pytest.fixture
def workshop(team):
    return change_staff.change_team(team.id, {"email": WORKSHOP, "signatures": SIGNATURES})


@pytest.fixture
def orders(cloud):
    return change_staff.create_team({"names": {"en": "Orders"}, "email": ORDERS})


def arrived(*to, **headers):
    """The ticket that a mail of Alice's to these addresses opens, and its message."""
    made = receive_mail(store_mail(mail(**headers), *to))
    thread = tickets.thread(made.ticket_id)
    return thread.ticket, thread.messages[0]


def bodies(sent):
    return [sent.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html")]


def test_mail_to_a_teams_door_opens_a_ticket_of_this_team(workshop, orders):
    ticket, message = arrived(WORKSHOP.upper())

    assert (ticket.team_id, message.doors) == (workshop.id, (WORKSHOP,))


def test_mail_to_the_shops_door_opens_a_ticket_of_no_team(workshop):
    ticket, message = arrived(settings.support_email())

    assert (ticket.team_id, message.doors) == (None, (settings.support_email(),))


@pytest.mark.parametrize("first", [WORKSHOP, ORDERS])
def test_of_several_doors_the_first_counts_and_the_others_are_noted(workshop, orders, first):
    second = ORDERS if first == WORKSHOP else WORKSHOP
    ticket, message = arrived(first, second, To=f"{second}, {first}")

    assert ticket.team_id == {WORKSHOP: workshop.id, ORDERS: orders.id}[first]
    assert message.doors == (first, second)


def test_the_same_mail_delivered_for_each_door_is_one_message(workshop, orders):
    ticket, _ = arrived(WORKSHOP, Message_ID="<1@alice>")
    twin = receive_mail(store_mail(mail(Message_ID="<1@alice>"), ORDERS))

    assert (twin.outcome, twin.ticket_id) == ("duplicate", ticket.id)


def test_a_door_whose_mailbox_forwards_to_us_is_found_in_the_head(workshop):
    ticket, _ = arrived("in@mail.ghusn.example", To=f"Workshop <{WORKSHOP}>")

    assert ticket.team_id == workshop.id


def test_our_own_doors_take_no_part_in_a_ticket(workshop, orders):
    ticket, _ = arrived(WORKSHOP, To=WORKSHOP, Cc=f"{ORDERS}, charlie@example.org, {settings.support_email()}")

    assert ticket.cc == ("charlie@example.org",)


def test_a_door_made_later_is_sent_no_copy_either(bob, run):
    ticket, _ = arrived(settings.support_email(), Cc=f"{WORKSHOP}, charlie@example.org")
    change_staff.create_team({"names": {"en": "Workshop"}, "email": WORKSHOP})
    send_reply.reply(ticket.id, bob, Reply("Yes."))
    run()

    assert sent_mail()[-1]["Cc"] == "charlie@example.org"


def test_mail_from_a_door_of_ours_is_a_loop(workshop):
    made = receive_mail(store_mail(mail(From=f"Workshop <{WORKSHOP}>")))

    assert (made.outcome, made.reason) == ("suspended", "own-address")


def test_the_receipt_comes_from_the_door_that_was_written_to(workshop, run):
    ticket, _ = arrived(WORKSHOP)
    run()

    (receipt,) = sent_mail()
    assert receipt["From"].addresses[0].addr_spec == WORKSHOP
    assert receipt["From"].addresses[0].display_name == "Workshop"
    assert reply_address.parse(receipt["Reply-To"]).ticket_id == ticket.id


def test_an_answer_goes_out_from_the_door_and_is_signed_by_the_team(workshop, bob, run):
    ticket, _ = arrived(WORKSHOP)
    send_reply.reply(ticket.id, bob, Reply("Yes: oil it & clamp it."))
    run()

    answer = sent_mail()[-1]
    sender = answer["From"].addresses[0]
    assert (sender.addr_spec, sender.display_name) == (WORKSHOP, "Bob (Workshop)")
    assert reply_address.parse(answer["Reply-To"]).ticket_id == ticket.id
    text, html = bodies(answer)
    assert text.index("clamp it") < text.index("The workshop\nTuesday to Saturday")
    assert html.index("clamp it") < html.index("The workshop<br>")


def test_an_agent_is_told_of_the_teams_ticket_from_its_door(workshop, bob, run):
    ticket, _ = arrived(WORKSHOP)
    change_ticket.change_ticket(ticket.id, {"assignee_id": bob.id}, SYSTEM)
    run()

    notice = next(one for one in sent_mail() if one["To"] == bob.email)
    sender = notice["From"].addresses[0]
    assert (sender.addr_spec, sender.display_name) == (WORKSHOP, "Workshop")
    assert reply_address.parse(notice["Reply-To"]).ticket_id == ticket.id


def test_the_signature_is_in_the_language_of_the_ticket(workshop, bob, run):
    made = receive_mail(store_mail(mail("تشقق اللوح", "مرحبًا، هل يمكن إصلاحه؟"), WORKSHOP))
    send_reply.reply(made.ticket_id, bob, Reply("نعم."))
    run()

    text, html = bodies(sent_mail()[-1])
    assert sent_mail()[-1]["From"].addresses[0].display_name == "بوب (الورشة)"
    assert "من الثلاثاء إلى السبت" in text and "من الثلاثاء إلى السبت" in html
    assert "Tuesday" not in text + html


def test_a_team_without_a_door_answers_from_the_shops_with_its_signature(team, bob, run):
    change_staff.change_team(team.id, {"signatures": SIGNATURES})
    ticket, _ = arrived(settings.support_email())
    change_ticket.change_ticket(ticket.id, {"team_id": team.id}, SYSTEM)
    send_reply.reply(ticket.id, bob, Reply("Yes."))
    run()

    answer = sent_mail()[-1]
    assert answer["From"].addresses[0].addr_spec == settings.support_email()
    assert answer["From"].addresses[0].display_name == "Bob (Diwan)"
    assert "Tuesday to Saturday" in bodies(answer)[0]


def test_a_ticket_that_moved_to_another_team_is_answered_from_its_door(workshop, orders, bob, run):
    ticket, _ = arrived(WORKSHOP)
    change_ticket.change_ticket(ticket.id, {"team_id": orders.id}, SYSTEM)
    send_reply.reply(ticket.id, bob, Reply("Yes."))
    run()

    assert sent_mail()[-1]["From"].addresses[0].addr_spec == ORDERS
    assert "Tuesday" not in bodies(sent_mail()[-1])[0]


def test_the_door_of_a_dissolved_team_loses_nothing(workshop):
    change_staff.change_team(workshop.id, {"active": False})

    ticket, message = arrived(WORKSHOP)
    assert (ticket.team_id, message.doors) == (None, (WORKSHOP,))
    assert receive_mail(store_mail(mail(From=WORKSHOP))).reason == "own-address"


def test_the_tickets_of_a_dissolved_team_are_answered_from_the_shops_door(workshop, bob, run):
    ticket, _ = arrived(WORKSHOP)
    change_staff.change_team(workshop.id, {"active": False})
    send_reply.reply(ticket.id, bob, Reply("Yes, it can."))
    run()

    answer = sent_mail()[-1]
    assert answer["From"].addresses[0].addr_spec == settings.support_email()
    assert answer["From"].addresses[0].display_name == "Bob (Diwan)"
    assert "Tuesday" not in bodies(answer)[0]


def test_a_door_that_was_given_up_is_nobodys(workshop):
    change_staff.change_team(workshop.id, {"email": None})

    assert doors.among([WORKSHOP]) == ()
    assert staff.holder_of(WORKSHOP) is None
    assert change_staff.create_team({"names": {"en": "Wood"}, "email": WORKSHOP}).email == WORKSHOP


def test_doors_are_found_in_their_order_and_once(workshop, orders):
    asked = ["alice@example.org", ORDERS, settings.support_email(), WORKSHOP.title(), ORDERS, ""]

    assert [door.email for door in doors.among(asked)] == [ORDERS, settings.support_email(), WORKSHOP]
    assert doors.among([]) == ()


def test_an_answer_to_a_teams_mail_stays_in_the_teams_ticket(workshop, orders, bob, run):
    ticket, _ = arrived(WORKSHOP)
    send_reply.reply(ticket.id, bob, Reply("Yes."))
    run()
    answered = receive_mail(store_mail(mail("Re: My board has split"), sent_mail()[-1]["Reply-To"], ORDERS))

    assert answered.ticket_id == ticket.id
    assert tickets.get(ticket.id).team_id == workshop.id


def test_of_our_own_domain_only_agents_are_in_copy_since_nobody_reads_the_rest(bob):
    ticket, _ = arrived(To="nobody@ghusn.example, help@ghusn.example", Cc="bob@ghusn.example, carl@example.net")

    assert ticket.cc == ("bob@ghusn.example", "carl@example.net")
