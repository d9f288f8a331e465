"""Mail that comes too fast, too often round, too large or unreadable is kept apart, and named."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib import clock
from chalicelib.actions import receive_mail as receive_mail_module
from chalicelib.actions import release_mail
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import outgoing
from chalicelib.domain.event import SYSTEM
from chalicelib.store import intake, rows, sender_pace, suspended, tickets
from tests.actions.conftest import mail, sent_mail, store_mail

pytestmark = pytest.mark.usefixtures("cloud")


def write(number, sender="alice@example.org", dmarc="PASS"):
    return receive_mail(store_mail(mail(f"Board {number}", f"Text {number}", From=sender), dmarc=dmarc))


def outcomes(listed):
    return [(one.outcome, one.reason) for one in listed]


TAKEN, HELD = ("message", None), ("suspended", "too-many")


def test_the_twenty_first_mail_within_an_hour_is_held_and_others_are_not():
    alices = [write(number) for number in range(22)]

    assert outcomes(alices) == [TAKEN] * 20 + [HELD] * 2
    assert outcomes([write(1, "charlie@example.net")]) == [TAKEN]


def test_the_hour_is_any_hour_and_not_that_of_the_clock():
    for number in range(20):
        write(number)
        clock.shift(160)

    early = write(20)
    clock.shift(600)
    late = [write(number) for number in range(21, 27)]

    assert outcomes([early]) == [HELD]
    assert outcomes(late) == [TAKEN] * 2 + [HELD] * 4


def test_a_mail_that_comes_again_counts_once_and_is_known_when_the_hour_is_full():
    stored = [store_mail(mail(f"Board {number}", Message_ID=f"<{number}@example.org>")) for number in range(20)]
    for one in stored:
        receive_mail(one)
        receive_mail(one)
    twin = receive_mail(store_mail(mail("Board 3", Message_ID="<3@example.org>")))

    assert outcomes(map(receive_mail, stored)) == [TAKEN] * 20
    assert twin.outcome == "duplicate"
    assert outcomes([write(20)]) == [HELD]


def test_a_mail_to_two_tickets_counts_once():
    opened = [write(number).ticket_id for number in range(2)]
    both = [outgoing.reply_to(ticket_id, "alice@example.org") for ticket_id in opened]
    for number in range(17):
        receive_mail(store_mail(mail("Re: both", f"Number {number}"), *both))

    assert outcomes([write(20), write(21)]) == [TAKEN, HELD]


def test_a_mail_that_broke_off_between_two_tickets_goes_on_when_the_hour_is_full(monkeypatch):
    opened = [write(number).ticket_id for number in range(2)]
    both = store_mail(mail("Re: both"), *[outgoing.reply_to(ticket_id, "alice@example.org") for ticket_id in opened])
    for number in range(2, 19):
        write(number)
    with monkeypatch.context() as broken:
        ways = iter([receive_mail_module.receive, lambda *_: 1 / 0])
        broken.setattr(receive_mail_module, "receive", lambda *incoming: next(ways)(*incoming))
        with pytest.raises(ZeroDivisionError):
            receive_mail(both)

    assert outcomes([write(20), receive_mail(both)]) == [HELD, ("message", "reply-address")]
    assert [len(tickets.thread(ticket_id).messages) for ticket_id in opened] == [2, 2]
    assert outcomes([receive_mail(both)]) == [("message", "reply-address")]


def test_of_mails_at_the_same_moment_twenty_are_taken(one_request_at_a_time):
    for number in range(17):
        write(number)

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(write, range(17, 23)))

    assert sorted(outcomes(found), key=str) == [TAKEN] * 3 + [HELD] * 3


def test_forged_mails_do_not_use_up_alices_own():
    for number in range(21):
        write(number, dmarc="GRAY")

    assert outcomes([write(21)]) == [TAKEN]


def test_an_agent_may_write_sixty_mails_an_hour_and_only_what_is_proven_to_be_his_counts_so(bob, monkeypatch):
    assert sender_pace.MOST_OF_AGENT == 60
    monkeypatch.setattr(sender_pace, "MOST", 2)
    monkeypatch.setattr(sender_pace, "MOST_OF_AGENT", 4)

    assert outcomes(write(number, bob.email) for number in range(5)) == [TAKEN] * 4 + [HELD]
    assert outcomes(write(number, bob.email, "GRAY") for number in range(10, 13)) == [TAKEN] * 2 + [HELD]


def test_a_held_mail_is_let_in_by_an_agent_though_the_hour_is_full():
    held = [write(number) for number in range(21)][-1]
    mail_id = held.raw_key.rpartition("/")[2]

    released = release_mail.release(mail_id, SYSTEM)

    assert tickets.thread(released.ticket_id).messages[0].text == "Text 20"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Diwan-Loop": ["ghusn.example"]},
        {"Delivered-To": ["help@ghusn.example"] * 5},
        {
            "Received": [
                f"from mx{at}.example by mx{at + 1}.example; Sun, 22 Nov 2026 10:00:00 +0000" for at in range(101)
            ]
        },
    ],
    ids=["our mark", "our door", "hops"],
)
def test_a_mail_that_went_round_is_held_as_a_loop(headers):
    fields = b"".join(f"{name}: {value}\r\n".encode() for name, values in headers.items() for value in values)

    assert outcomes([receive_mail(store_mail(fields + mail()))]) == [("suspended", "loop")]


def test_a_mail_that_names_thousands_of_doors_costs_no_more_than_a_hundred_reads(monkeypatch):
    asked, batch = [], rows.batch
    monkeypatch.setattr(rows, "batch", lambda wanted: asked.append(len(list(wanted))) or batch(wanted))
    fields = b"".join(b"Delivered-To: %d@x.example\r\n" % number for number in range(1_000))
    ours = b"Delivered-To: Help@ghusn.example\r\n" * 5

    assert outcomes([receive_mail(store_mail(fields + ours + mail()))]) == [("suspended", "loop")]
    assert max(asked) <= 100


def test_a_mail_that_was_forwarded_to_us_is_no_loop():
    fields = b"X-Diwan-Loop: other.example\r\n" + b"Delivered-To: help@ghusn.example\r\n" * 3
    fields += b"Received: from a.example by b.example; Sun, 22 Nov 2026 10:00:00 +0000\r\n" * 20

    assert outcomes([receive_mail(store_mail(fields + mail()))]) == [TAKEN]


def test_what_we_send_carries_our_mark(run):
    write(1)
    run()

    (receipt,) = sent_mail()
    assert receipt["X-Diwan-Loop"] == "ghusn.example"


@pytest.mark.parametrize("raw", [b"", b"\x00\xff" * 50, b"\r\n\r\nhello"])
def test_what_has_no_readable_head_is_held_as_unparseable(raw):
    assert outcomes([receive_mail(store_mail(raw))]) == [("suspended", "unparseable")]


def test_a_mail_over_forty_megabytes_is_held_unread_with_its_sender_and_subject():
    stored = store_mail(mail("A film") + b"x" * 40 * 1024 * 1024)

    assert outcomes([receive_mail(stored)]) == [("suspended", "too-large")]
    kept = suspended.get(stored.id)
    assert (kept.sender, kept.subject, kept.size > 40_000_000) == ("alice@example.org", "A film", True)
    assert intake.of_mail(stored.id).ticket_id is None


def test_what_a_person_writes_by_a_list_waits_for_an_answer_and_gets_no_receipt(run):
    posted = mail(List_Post="<mailto:desk@example.org>", Precedence="list")
    outcome = receive_mail(store_mail(posted))
    run()

    found = tickets.thread(outcome.ticket_id)
    assert (found.ticket.waiting_since, found.messages[0].automatic) == (found.ticket.created_at, False)
    assert sent_mail() == []
