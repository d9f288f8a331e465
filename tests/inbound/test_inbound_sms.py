"""Texts as AWS tells of them, good and bad: each is kept or fails where somebody sees it, and none starts a loop."""

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import change_ticket, merge_tickets, send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Opening, Reply
from chalicelib.domain.event import Actor
from chalicelib.domain.message import MAX_TEXT
from chalicelib.errors import Invalid
from chalicelib.inbound import notifications
from chalicelib.store import customers, deliveries, intake, messages, shop, tickets
from tests.actions.conftest import run, sent_sms  # noqa: F401
from tests.inbound.test_notifications import record, sms

pytestmark = pytest.mark.usefixtures("cloud")
ALICE = "+21620555014"


@pytest.fixture(autouse=True)
def shop_as_it_is(cloud):
    shop.forget()


def arrive(id="sms-1", **fields):
    assert notifications.handle({"Records": [record(sms(id, **fields))]}) == {"batchItemFailures": []}
    return intake.of_sms(id)


def newest(outcome):
    return tickets.thread(outcome.ticket_id).messages[-1]


def by_sms(channel="sms"):
    return receive(Incoming(channel, "Are you open?", Person("phone", ALICE))).ticket


def change(ticket, bob, **fields):
    return change_ticket.change_ticket(ticket.id, fields, Actor("agent", bob.id))


def provider_id(message):
    """As AWS names the SMS that the message went out as."""
    return deliveries.get(message.ticket_id, message.id, "reply").provider_id


# Where it belongs


def test_the_ticket_that_it_answers_comes_before_the_one_that_texted_last(bob, run):  # noqa: F811
    first = by_sms()
    answer = send_reply.reply(first.id, bob, Reply("Until six.", channel="sms"))
    run()
    change(first, bob, status="solved")
    opening = Opening("Yours is ready", Reply("Come by.", channel="sms"), {}, person=Person("phone", ALICE))
    sent = send_reply.start(bob, opening)
    run()

    assert arrive("sms-1", previousPublishedMessageId=provider_id(answer.message)).ticket_id == first.id
    assert arrive("sms-2").ticket_id == sent.ticket.id
    assert tickets.get(first.id).status == "open"


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_after_a_week_it_is_his_open_ticket_by_text(channel):
    ticket = by_sms(channel)
    clock.shift(8 * 24 * 3600)

    assert (arrive().ticket_id, intake.of_sms("sms-1").reason) == (ticket.id, "open-ticket")


def test_after_a_week_a_ticket_that_is_done_is_left_alone(bob):
    ticket = by_sms()
    change(ticket, bob, status="solved")
    clock.shift(8 * 24 * 3600)

    assert arrive().ticket_id != ticket.id


def test_what_a_ticket_was_merged_into_takes_the_text(bob):
    ticket, other = by_sms(), receive(Incoming("portal", "The same", Person("phone", ALICE))).ticket
    merge_tickets.merge(ticket.id, other.id, Actor("agent", bob.id))

    assert arrive().ticket_id == other.id


def test_a_closed_ticket_takes_it_for_a_month_and_then_a_new_one_is_linked(bob, run):  # noqa: F811
    ticket = by_sms()
    sent = send_reply.reply(ticket.id, bob, Reply("Until six.", channel="sms")).message
    run()
    change(ticket, bob, status="closed")
    assert arrive("sms-1").ticket_id == ticket.id
    assert tickets.get(ticket.id).status == "open"

    change(ticket, bob, status="closed")
    clock.shift(31 * 24 * 3600)
    late = arrive("sms-2", previousPublishedMessageId=provider_id(sent))
    assert tickets.get(late.ticket_id).linked_ticket_id == ticket.id


# Who it is


@pytest.mark.parametrize("sender", ["+216 20 555 014", "+٢١٦٢٠٥٥٥٠١٤", "20 555 014", " +21620555014 "], ids=str)
def test_a_number_is_one_whatever_spaces_and_digits_it_is_told_in(sender):
    arrive(originationNumber=sender)

    assert customers.id_of("phone", ALICE)


@pytest.mark.parametrize("sender", ["GHUSN", "70555", "+99912345678", "+1", "?", "\ud800", ""])
def test_what_is_no_number_is_kept_under_its_name(sender):
    outcome = arrive(originationNumber=sender)
    customer = customers.get(tickets.get(outcome.ticket_id).customer_id)

    assert [one.type for one in customer.contacts] == ["external"]
    assert customer.name


@pytest.mark.parametrize("sender", ["4636", "72233", "80123456", "٧٢٢٣٣", "24-7 Shop"], ids=ascii)
@pytest.mark.parametrize("region", ["DE", "TN"])
def test_a_short_code_or_a_name_is_nobodys_number_whatever_our_region(monkeypatch, region, sender):
    monkeypatch.setenv("DIWAN_PHONE_REGION", region)
    customer = customers.get(tickets.get(arrive(originationNumber=sender).ticket_id).customer_id)

    assert [one.type for one in customer.contacts] == ["external"]


def test_what_our_own_number_sends_can_not_be_answered_by_text_so_nothing_goes_round(bob):
    outcome = arrive(originationNumber=settings.support_phone())
    with pytest.raises(Invalid) as refused:
        send_reply.reply(outcome.ticket_id, bob, Reply("Hello, me.", channel="sms"))

    assert refused.value.code == "no-contact"


# What it says


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("", "(empty message)"),
        (" \n ", "(empty message)"),
        ("\x00\x07\x1b", "(empty message)"),
        ("a\x00b\x1bc\r\nd", "abc\nd"),
        ("half \ud83c of a tree", "half  of a tree"),
        ("🌳" * 1600, "🌳" * 1600),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
    ids=["empty", "blank", "controls", "among words", "surrogate", "1600 emoji", "joined emoji"],
)
def test_any_text_is_kept_as_far_as_it_can_be(body, kept):
    assert newest(arrive(messageBody=body)).text == kept


def test_a_huge_text_is_cut_and_that_is_said():
    outcome = arrive(messageBody="x" * 200_000)
    message = messages.get(outcome.ticket_id, outcome.message_id)

    assert (len(message.text), message.problems) == (MAX_TEXT, ("the text is too long",))


@pytest.mark.parametrize("missing", ["originationNumber", "messageBody", "inboundMessageId"])
def test_a_notice_that_lacks_something_fails_where_somebody_sees_it(missing):
    notice = {name: value for name, value in sms().items() if name != missing}
    answer = notifications.handle({"Records": [record(notice, "m-1"), record(sms("sms-2"), "m-2")]})

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    assert intake.of_sms("sms-2")


# Its files


def put(key, content=b"jpeg"):
    boto3.client("s3").put_object(Bucket=settings.mail_bucket(), Key=key, Body=content)


def test_files_that_came_with_it_are_kept_in_our_own_bucket():
    put("media/board.jpg")
    place = {"bucket": settings.mail_bucket(), "key": "media/board.jpg", "contentType": "image/jpeg"}
    message = newest(arrive(messageBody="", media=[place]))
    boto3.client("s3").delete_object(Bucket=settings.mail_bucket(), Key="media/board.jpg")
    (file,) = message.attachments

    assert (message.text, file.name, file.content_type, file.size) == ("", "board.jpg", "image/jpeg", 4)
    assert boto3.client("s3").get_object(Bucket=settings.files_bucket(), Key=file.key)["Body"].read() == b"jpeg"


def test_a_file_that_cannot_be_had_is_told_and_the_text_is_kept(monkeypatch):
    monkeypatch.setattr("chalicelib.actions.keep_media.MOST_OCTETS", 3)
    put("media/big.jpg")
    bucket = settings.mail_bucket()
    places = [f"s3://{bucket}/media/gone.jpg", f"s3://{bucket}/media/big.jpg", "s3://nobodys-bucket/a.jpg"]
    message = newest(arrive(media=places))

    assert message.attachments == ()
    assert [one.split()[2] for one in message.problems] == ["gone.jpg", "big.jpg", "a.jpg"]


def test_a_file_that_is_no_place_in_s3_fails_where_somebody_sees_it():
    notice = sms(media=["http://169.254.169.254/latest/meta-data"])

    assert notifications.handle({"Records": [record(notice)]})["batchItemFailures"]


# How much it is


def test_a_number_that_texts_on_and_on_is_kept_and_answered_by_no_machine(run):  # noqa: F811
    for at in range(21):
        arrive(f"sms-{at}", messageBody=f"I am a machine {at}")
    arrive("sms-help", messageBody="HELP")
    run()
    ticket = tickets.get(intake.of_sms("sms-0").ticket_id)

    assert ticket.message_count == 22
    assert sent_sms() == []
    clock.shift(2 * 3600)
    arrive("sms-later", messageBody="HELP")
    run()
    assert len(sent_sms()) == 1
