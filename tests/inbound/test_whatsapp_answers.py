"""Answers on WhatsApp: freely for 24 hours, later as the template, and what is reported of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import send_reply
from chalicelib.actions.deliver_message import deliver
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.actions.retry_delivery import retry
from chalicelib.actions.send_reply import Reply
from chalicelib.channels.sending import Unknown
from chalicelib.domain.event import Actor
from chalicelib.domain.message import Attachment
from chalicelib.domain.shop import Shop
from chalicelib.domain.whatsapp_settings import WhatsAppSettings
from chalicelib.errors import Invalid
from chalicelib.store import customers, deliveries, files, intake, shop, tickets
from chalicelib.store.changes import Changes
from infra.local import whatsapp
from tests.whatsapp import ALICE, CHARLIE, answered, come, notice, text, thread_of

pytestmark = pytest.mark.usefixtures("cloud", "connected")


@pytest.fixture
def with_template(cloud):
    shop.save(Shop(whatsapp=WhatsAppSettings("answer_waiting", {"en": "en_US", "ar": "ar"})))


def test_an_answer_within_24_hours_goes_out_as_it_was_written_and_quotes_his_last(bob, aws_side):
    come(notice(text("Where is it?", "wamid.1"), text("Hello?", "wamid.2")))
    delivery = answered(bob, intake.of_whatsapp("wamid.1").ticket_id, "On its way")

    [taken] = aws_side
    assert (taken.to, taken.body, taken.message["context"]) == (ALICE, "On its way", {"message_id": "wamid.2"})
    assert (delivery.state, delivery.channel, delivery.provider_id) == ("sent", "whatsapp", taken.id)
    assert taken.message["biz_opaque_callback_data"] == delivery.tag


def test_a_late_answer_without_a_template_is_refused_and_nothing_is_stored(bob):
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id
    clock.shift(24 * 3600)

    with pytest.raises(Invalid) as refusal:
        send_reply.reply(ticket_id, bob, Reply("On its way"))
    assert refusal.value.code == "whatsapp-session-over"
    assert len(tickets.thread(ticket_id).messages) == 1


def test_a_late_answer_goes_out_as_the_template_that_leads_to_it(bob, aws_side, with_template):
    come(notice(text("أين طلبي؟", "wamid.1")))
    ticket = thread_of("wamid.1").ticket
    clock.shift(25 * 3600)

    assert answered(bob, ticket.id, "خرج أمس").state == "sent"
    [taken] = aws_side
    made = taken.message["template"]
    [name, number, link] = [one["text"] for one in made["components"][0]["parameters"]]
    assert (made["name"], made["language"], name, number) == (
        "answer_waiting",
        {"code": "ar"},
        "ديوان",
        f"#{ticket.number}",
    )
    assert link.startswith(f"https://help.ghusn.example/ar/t/{ticket.number}-")
    assert "context" not in taken.message


def test_a_session_that_ends_while_the_answer_waits_says_so(bob, aws_side):
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id
    sent = send_reply.reply(ticket_id, bob, Reply("On its way"))
    clock.shift(25 * 3600)
    deliver(ticket_id, sent.message.id, "reply")

    found = deliveries.get(ticket_id, sent.message.id, "reply")
    assert (found.state, found.reason, aws_side) == ("failed", "whatsapp-session-over", [])


def test_what_failed_is_sent_again_only_where_it_could_arrive(bob, aws_side):
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id
    delivery = answered(bob, ticket_id, "On its way")
    come(whatsapp.notice([{"statuses": [whatsapp.status(aws_side[0], "failed", 131047)]}]))
    clock.shift(25 * 3600)
    shop.save(Shop())
    with pytest.raises(Invalid) as refusal:
        retry(ticket_id, delivery.message_id, Actor("agent", bob.id))
    assert refusal.value.code == "whatsapp-session-over"

    shop.save(Shop(whatsapp=WhatsAppSettings("answer_waiting")))
    retry(ticket_id, delivery.message_id, Actor("agent", bob.id))
    deliver(ticket_id, delivery.message_id, "reply")
    come(whatsapp.notice([{"statuses": [whatsapp.status(aws_side[0], "failed", 131047)]}]))

    again = deliveries.get(ticket_id, delivery.message_id, "reply")
    assert (again.state, aws_side[-1].message["type"]) == ("sent", "template")


def test_a_message_that_metas_clock_is_older_than_a_day_opens_no_session(bob):
    late = text("Where is it?", "wamid.1") | {"timestamp": str(int((clock.now() - timedelta(hours=25)).timestamp()))}
    come(notice(late))

    with pytest.raises(Invalid) as refusal:
        send_reply.reply(intake.of_whatsapp("wamid.1").ticket_id, bob, Reply("On its way"))
    assert refusal.value.code == "whatsapp-session-over"


def test_a_shop_that_is_not_on_whatsapp_is_told_so(bob, monkeypatch):
    come(notice(text("Where is it?", "wamid.1")))
    monkeypatch.delenv("DIWAN_WHATSAPP_PHONE_NUMBER_ID")

    with pytest.raises(Invalid) as refusal:
        send_reply.reply(intake.of_whatsapp("wamid.1").ticket_id, bob, Reply("On its way"))
    assert refusal.value.code == "channel-not-available"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (131047, "whatsapp-session-over"),
        (131026, "whatsapp-not-reached"),
        (131051, "whatsapp-refused"),
        (130429, "whatsapp-too-fast"),
        (999999, "whatsapp-trouble"),
    ],
)
def test_a_failure_is_told_in_words_of_its_own(bob, aws_side, code, reason):
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id
    delivery = answered(bob, ticket_id, "On its way")

    come(whatsapp.notice([{"statuses": [whatsapp.status(aws_side[0], "failed", code)]}]))

    found = deliveries.get(ticket_id, delivery.message_id, "reply")
    assert (found.state, found.reason) == ("failed", reason)


@pytest.mark.parametrize("names", [("sent", "delivered", "read"), ("read", "delivered", "sent"), ("read", "read")])
def test_reports_come_in_any_order_and_more_than_once(bob, aws_side, names):
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id
    delivery = answered(bob, ticket_id, "On its way")

    come(*(whatsapp.notice([{"statuses": [whatsapp.status(aws_side[0], name)]}]) for name in names))

    assert deliveries.get(ticket_id, delivery.message_id, "reply").state == "delivered"


@pytest.mark.parametrize("known_by", ["tag", "aws"])
def test_a_report_finds_its_sending_by_our_tag_or_by_awss_id(bob, aws_side, known_by):
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id
    delivery = answered(bob, ticket_id, "On its way")
    told = whatsapp.status(aws_side[0], "delivered") | ({} if known_by == "tag" else {"biz_opaque_callback_data": None})

    come(whatsapp.notice([{"statuses": [told]}], sent_id=aws_side[0].id if known_by == "aws" else None))

    assert deliveries.get(ticket_id, delivery.message_id, "reply").state == "delivered"


def test_a_report_of_what_is_not_ours_is_passed_over():
    told = {"id": "wamid.x", "status": "delivered", "timestamp": "1", "recipient_id": "1"}

    assert come(whatsapp.notice([{"statuses": [told, told | {"status": "warning"}]}])) == []


def test_an_answer_written_elsewhere_brings_the_way_to_the_conversation(bob, aws_side):
    by_sms = receive_sms(InboundSms("sms-1", ALICE, "My board has split"))
    come(notice(text("A picture follows", "wamid.1")))

    answered(bob, by_sms.ticket_id, "x" * 5000, channel="whatsapp")

    body = aws_side[0].body
    assert len(body) <= 4096
    assert "…\n\nhttps://help.ghusn.example/en/t/" in body


def test_a_lost_answer_of_aws_waits_for_the_report(bob, monkeypatch, aws_side):
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id

    def lost(message, *, delivery_id):
        raise Unknown("ReadTimeoutError")

    with monkeypatch.context() as patched:
        patched.setattr("chalicelib.channels.whatsapp_out.send", lost)
        delivery = answered(bob, ticket_id, "On its way")
    assert delivery.state == "sending"

    told = {"id": "wamid.9", "status": "sent", "biz_opaque_callback_data": delivery.tag}
    come(whatsapp.notice([{"statuses": [told]}]))

    assert deliver(ticket_id, delivery.message_id, "reply") == "sent"
    assert aws_side == []


def test_a_new_ticket_is_receipted_only_where_the_shop_says_so(aws_side):
    come(notice(text("Where is it?", "wamid.1")))
    first = intake.of_whatsapp("wamid.1")
    assert deliveries.get(first.ticket_id, first.message_id, "receipt") is None

    shop.save(Shop(receipts=("whatsapp",)))
    come(notice(text("Hi", "wamid.2", CHARLIE), sender=CHARLIE, name="Charlie"))
    second = intake.of_whatsapp("wamid.2")
    deliver(second.ticket_id, second.message_id, "receipt")
    [taken] = aws_side
    assert (taken.to, taken.message["context"]) == (CHARLIE, {"message_id": "wamid.2"})
    assert "got it, ticket #" in taken.body


def test_what_he_prefers_is_passed_over_where_nothing_may_go_out_there(bob, aws_side):
    come(notice(text("Where is it?", "wamid.1")))
    ticket = thread_of("wamid.1").ticket
    customer, change = customers.get(ticket.customer_id), Changes()
    customers.save(change, customer, replace(customer, preferred_channel="whatsapp"))
    change.commit()
    assert answered(bob, ticket.id, "On its way", channel="api").channel == "whatsapp"

    clock.shift(25 * 3600)
    assert answered(bob, ticket.id, "It is there", channel="api").channel == "sms"


def test_files_of_an_answer_are_fetched_by_the_link_under_it(bob, aws_side):
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id
    files.put("attachments/1", b"a picture")
    file = Attachment("att_1", "board.jpg", "image/jpeg", 9, "attachments/1")
    sent = send_reply.reply(ticket_id, bob, Reply("As it is now", attachments=(file,)))
    deliver(ticket_id, sent.message.id, "reply")

    assert aws_side[0].body.startswith("As it is now\n\nhttps://help.ghusn.example/en/t/")
