"""Parts of one long SMS, told of one by one: they are one message again, and what is none of it stays out of it."""

import itertools

import pytest

from chalicelib import clock
from chalicelib.actions import change_ticket, join_sms, send_reply
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import Actor
from chalicelib.store import customers, messages, shop, tickets
from chalicelib.store.table import EventRow

pytestmark = pytest.mark.usefixtures("cloud")
ALICE, CHARLIE = "+21620555014", "+21620555015"
LATIN = ("The board has split along the grain, and I would like to know " * 3)[:153]
ARABIC = ("انشقت لوحة التقطيع من الوسط، وأود أن أعرف هل يمكن إصلاحها عندكم " * 2)[:67]


@pytest.fixture(autouse=True)
def shop_as_it_is(cloud):
    shop.forget()


def text(body, id, sender=ALICE):
    return receive_sms(InboundSms(id, sender, body))


def texts_of(ticket_id):
    return [one.text for one in tickets.thread(ticket_id).messages]


@pytest.mark.parametrize(
    "parts",
    [
        (LATIN, LATIN, "if it can be saved."),
        (ARABIC, ARABIC, "؟"),
        (ARABIC, "https://ghusn.example/boards/7"),
        ("x" * 152, "€ is what it cost"),
        ("ص" * 66, "🌳 is what I thought of"),
        ("x" * 306, "y"),
        (LATIN[:152] + " ", " and two spaces"),
    ],
    ids=["latin", "arabic", "mixed", "escape", "emoji", "two at once", "spaces"],
)
def test_parts_are_one_message_in_one_ticket(parts):
    outcomes = [text(part, f"sms-{at}") for at, part in enumerate(parts)]
    ticket = tickets.get(outcomes[0].ticket_id)

    assert len({(one.ticket_id, one.message_id) for one in outcomes}) == 1
    assert texts_of(ticket.id) == ["".join(parts)]
    assert ticket.message_count == 1
    assert ticket.preview.startswith(parts[0][:20])


def test_followers_are_told_of_the_message_again_and_nobody_waits_anew():
    first = text(LATIN, "sms-1")
    waiting = tickets.get(first.ticket_id).waiting_since
    text("the rest", "sms-2")
    told = [(row.type, row.message_id) for row in EventRow.scan() if row.ticket_id == first.ticket_id]

    assert sorted(told) == [("message.received", first.message_id), ("ticket.created", first.message_id)]
    assert tickets.get(first.ticket_id).waiting_since == waiting


def test_parts_told_twice_are_there_once():
    for id, body in (("sms-1", LATIN), ("sms-2", "the rest"), ("sms-1", LATIN), ("sms-2", "the rest")):
        outcome = text(body, id)

    assert texts_of(outcome.ticket_id) == [LATIN + "the rest"]


def test_a_last_part_that_comes_first_is_kept_and_the_others_stand_behind_it():
    text("the rest", "sms-3")
    text(LATIN, "sms-1")
    outcome = text(LATIN, "sms-2")

    assert texts_of(outcome.ticket_id) == ["the rest", LATIN + LATIN]


@pytest.mark.parametrize(
    "before",
    [LATIN[:-2], "Hello", "x" * 161, "x" * 160, "ص" * 70],
    ids=["short", "a word", "over", "full alone", "full alone arabic"],
)
def test_what_follows_a_text_that_is_not_full_is_a_message_of_its_own(before):
    text(before, "sms-1")
    outcome = text("and another thing", "sms-2")

    assert texts_of(outcome.ticket_id) == [before, "and another thing"]


@pytest.mark.parametrize(
    ("end", "begin", "between"),
    [
        ("it split.", "By the way, I moved.", " "),
        ("متى يفتح المتجر؟", "وشكرا لكم.", " "),
        ("it split.", "by the way", ""),
        ("it split", "By the way", ""),
        ("it cost 12.", "50 and", ""),
        ("see https://ghusn.", "Example", ""),
    ],
    ids=["latin", "arabic", "no new sentence", "no end", "figure", "address"],
)
def test_two_sentences_are_kept_apart_and_a_word_that_was_cut_stays_whole(end, begin, between):
    size = 153 if end.isascii() else 67
    first = f"{'x' * (size - len(end) - 1)} {end}"
    text(first, "sms-1")

    assert texts_of(text(begin, "sms-2").ticket_id) == [f"{first}{between}{begin}"]


def test_after_ten_seconds_it_is_a_message_of_its_own():
    text(LATIN, "sms-1")
    clock.shift(11)

    assert len(texts_of(text("and another thing", "sms-2").ticket_id)) == 2


def test_a_part_is_not_joined_across_an_answer_or_a_note(bob):
    for at, visibility in enumerate(("public", "internal")):
        ticket_id = text(LATIN, f"sms-1-{at}").ticket_id
        send_reply.reply(ticket_id, bob, Reply("Which board?", visibility=visibility))
        text("the rest", f"sms-2-{at}")

    assert [one[:8] for one in texts_of(ticket_id)] == [LATIN[:8], "Which bo", "the rest"] * 2


def test_a_part_is_not_joined_to_what_another_number_wrote():
    text(LATIN, "sms-1")

    assert texts_of(text("the rest", "sms-2", CHARLIE).ticket_id) == ["the rest"]


def test_a_part_of_a_ticket_that_was_solved_meanwhile_opens_it_again(bob):
    ticket_id = text(LATIN, "sms-1").ticket_id
    change_ticket.change_ticket(ticket_id, {"status": "solved"}, Actor("agent", bob.id))
    text("the rest", "sms-2")

    assert (tickets.get(ticket_id).status, len(texts_of(ticket_id))) == ("open", 2)


@pytest.mark.parametrize(
    ("full", "word"),
    [("x" * 160, "STOP"), (LATIN, "Stop."), ("x" * 152, "stop"), (ARABIC, "توقف"), ("x" * 67, "توقف")],
    ids=["alone", "part", "escape", "arabic", "mixed"],
)
def test_stop_right_after_a_full_text_is_a_wish_and_joined_to_nothing(full, word):
    text(full, "sms-1")
    outcome = text(word, "sms-2")

    assert customers.by_contact("phone", ALICE).contacts[0].opted_out_of == ("sms",)
    assert texts_of(outcome.ticket_id) == [full, word]


def test_a_last_part_that_reads_start_is_no_wish():
    text("stop", "sms-1")
    text(LATIN, "sms-2")
    text("start", "sms-3")

    assert customers.by_contact("phone", ALICE).contacts[0].opted_out_of == ("sms",)


def test_two_parts_handled_at_once_are_one_message(monkeypatch):
    """The second is looked at, then the first comes in, then the second is written."""
    looks, real = itertools.count(), join_sms.goes_on

    def late(number, body):
        found = real(number, body)
        if next(looks) == 0:
            text(LATIN, "sms-1")
        return found

    monkeypatch.setattr(join_sms, "goes_on", late)
    outcome = text("the rest", "sms-2")

    assert texts_of(outcome.ticket_id) == [LATIN + "the rest"]


def test_the_same_part_handled_twice_at_once_is_there_once(monkeypatch):
    first = text(LATIN, "sms-1")
    lengthen, done = messages.lengthen, []

    def late(change, message):
        if not done:
            done.append(True)
            text("the rest", "sms-2")
        lengthen(change, message)

    monkeypatch.setattr(messages, "lengthen", late)
    again = text("the rest", "sms-2")

    assert again.message_id == first.message_id
    assert texts_of(first.ticket_id) == [LATIN + "the rest"]
