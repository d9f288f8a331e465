"""WhatsApp from the queue to the thread and back: notices as AWS documents them, and what becomes of answers."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import send_reply
from chalicelib.actions.change_ticket import change_ticket
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
from chalicelib.inbound import notifications
from chalicelib.store import customers, deliveries, erasing, files, intake, shop, tickets, whatsapp_sessions
from chalicelib.store.changes import Changes
from infra.local import whatsapp
from tests.whatsapp import ALICE, CHARLIE, NUMBER_ID, notice, record, text

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture(autouse=True)
def connected(monkeypatch):
    monkeypatch.setenv("DIWAN_WHATSAPP_PHONE_NUMBER_ID", NUMBER_ID)


@pytest.fixture
def aws_side(cloud):
    with whatsapp.played() as sent:
        yield sent


@pytest.fixture
def with_template(cloud):
    shop.save(Shop(whatsapp=WhatsAppSettings("answer_waiting", {"en": "en_US", "ar": "ar"})))


@pytest.fixture
def bucket(monkeypatch):
    """Signed addresses lead into moto's bucket: they are signed for hosts that no test reaches."""

    def put(address, content):
        key = urlsplit(address).path.lstrip("/").removeprefix(f"{settings.files_bucket()}/")
        boto3.client("s3").put_object(Bucket=settings.files_bucket(), Key=key, Body=content)

    monkeypatch.setattr(whatsapp, "put", put)
    monkeypatch.setattr(whatsapp, "files", {})


def come(*notices, tries=1):
    listed = [record(one, f"m-{number}", tries) for number, one in enumerate(notices)]
    return notifications.handle({"Records": listed})["batchItemFailures"]


def thread_of(wamid):
    return tickets.thread(intake.of_whatsapp(wamid).ticket_id)


def answered(bob, ticket_id, words, channel=None):
    """Bob's answer, delivered; the state of its delivery."""
    sent = send_reply.reply(ticket_id, bob, Reply(words, channel=channel))
    deliver(ticket_id, sent.message.id, "reply")
    return deliveries.get(ticket_id, sent.message.id, "reply")


def test_a_message_becomes_a_ticket_of_who_wrote_it():
    assert come(notice(text("My board has split", "wamid.1"))) == []

    thread = thread_of("wamid.1")
    customer = customers.by_contact("phone", ALICE)
    assert (thread.ticket.channel, thread.ticket.status, thread.ticket.customer_id) == ("whatsapp", "new", customer.id)
    assert (customer.name, [one.text for one in thread.messages]) == ("Alice", ["My board has split"])
    assert whatsapp_sessions.of(ALICE).wamid == "wamid.1"


def test_the_notice_of_awss_own_guide_is_taken_in():
    """https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html"""
    assert come(json.loads(Path("tests/fixtures/whatsapp/notice.json").read_text())) == []

    thread = thread_of("wamid.HBgLMTQyNTY5ODgzMDIVAgASGCBDNzBDRjM5MDU2ODEwMDkwREY4ODBDRDE0RjVGRkexample")
    assert (thread.ticket.customer_name, thread.messages[0].contact) == ("Diego", "+14255550150")
    assert [one.text for one in thread.messages] == ["Hi"]


def test_the_same_message_comes_in_once_in_whatever_notice_and_order():
    one, two = text("One", "wamid.1"), text("Two", "wamid.2")
    come(notice(two), notice(one, two), notice(one))

    assert sorted(one.text for one in thread_of("wamid.1").messages) == ["One", "Two"]


def test_one_bad_message_does_not_lose_those_beside_it():
    bad = {"id": "wamid.bad", "type": "text", "text": {"body": "from nobody"}}

    assert come(notice(text("One", "wamid.1"), bad, text("Two", "wamid.2"))) == [{"itemIdentifier": "m-0"}]
    assert [one.text for one in thread_of("wamid.2").messages] == ["One", "Two"]


def test_an_entry_that_is_no_json_comes_again():
    assert come(notice(text("One", "wamid.1")) | {"whatsAppWebhookEntry": "{"}) == [{"itemIdentifier": "m-0"}]


def test_a_number_is_one_conversation_by_sms_and_whatsapp():
    by_sms = receive_sms(InboundSms("sms-1", ALICE, "My board has split"))
    come(notice(text("A picture follows", "wamid.1")))

    assert intake.of_whatsapp("wamid.1").ticket_id == by_sms.ticket_id
    assert receive_sms(InboundSms("sms-2", ALICE, "And?")).ticket_id == by_sms.ticket_id


def test_a_message_of_another_opens_his_own_ticket():
    come(notice(text("Mine", "wamid.1")), notice(text("His", "wamid.2", CHARLIE), sender=CHARLIE, name="Charlie"))

    assert intake.of_whatsapp("wamid.1").ticket_id != intake.of_whatsapp("wamid.2").ticket_id


def test_a_reaction_is_kept_and_nobody_waits_for_an_answer_to_it(bob, aws_side):
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id
    delivery = answered(bob, ticket_id, "On its way")
    come(*whatsapp.statuses(aws_side[0]))
    ours = aws_side[0].wamid
    before = whatsapp_sessions.of(ALICE)

    reaction = whatsapp.message(ALICE, "wamid.2", type="reaction", reaction={"message_id": ours, "emoji": "👍"})
    assert come(notice(reaction)) == []

    thread = tickets.thread(ticket_id)
    assert (thread.messages[-1].text, thread.messages[-1].automatic) == ("👍", True)
    assert (thread.ticket.status, thread.ticket.waiting_since) == ("pending", None)
    assert whatsapp_sessions.of(ALICE) == before
    assert deliveries.get(ticket_id, delivery.message_id, "reply").state == "delivered"


def test_a_reaction_to_nothing_we_know_opens_no_ticket():
    reaction = whatsapp.message(ALICE, "wamid.1", type="reaction", reaction={"message_id": "wamid.x", "emoji": "👍"})

    assert come(notice(reaction)) == []
    assert (intake.of_whatsapp("wamid.1"), customers.by_contact("phone", ALICE)) == (None, None)


def test_who_hides_his_number_is_taken_in_and_cannot_be_answered(bob):
    hidden = {"from_user_id": "TN.1349120865", "id": "wamid.1", "type": "text", "text": {"body": "Hi"}}
    come(whatsapp.notice([{"contacts": [{"profile": {"name": "Alice"}}], "messages": [hidden]}]))

    ticket = thread_of("wamid.1").ticket
    with pytest.raises(Invalid) as refusal:
        send_reply.reply(ticket.id, bob, Reply("Hello"))
    assert (ticket.customer_name, refusal.value.code) == ("Alice", "no-contact")


def image(id="wamid.1", media="530339869524171"):
    told = {"caption": "It split here", "mime_type": "image/jpeg", "id": media}
    return whatsapp.message(ALICE, id, type="image", image=told)


def test_a_picture_is_kept_in_our_own_bucket(aws_side, bucket):
    whatsapp.files["530339869524171"] = ("image/jpeg", b"a picture")
    assert come(notice(image())) == []

    [message] = thread_of("wamid.1").messages
    [file] = message.attachments
    assert (file.name, file.content_type, file.size, message.problems) == ("image.jpg", "image/jpeg", 9, ())
    assert files.read(file.key) == b"a picture"


def test_a_picture_that_is_gone_at_meta_is_named_and_the_message_stands(aws_side, bucket):
    assert come(notice(image())) == []

    [message] = thread_of("wamid.1").messages
    assert (message.text, message.attachments) == ("It split here\n(image.jpg: not fetched)", ())
    assert message.problems == ("the file could not be fetched from WhatsApp",)


def test_a_picture_that_does_not_come_now_is_tried_again_and_missed_only_in_the_end(monkeypatch, bucket):
    def fail(media_id, address):
        raise Unknown("ReadTimeoutError")

    monkeypatch.setattr("chalicelib.channels.whatsapp_files.fetch", fail)
    both = notice(image(), text("Can it be saved?", "wamid.2"))

    assert come(both, tries=1) == [{"itemIdentifier": "m-0"}]
    assert intake.of_whatsapp("wamid.1") is None
    assert come(both, tries=5) == []
    assert [one.text for one in thread_of("wamid.1").messages] == [
        "Can it be saved?",
        "It split here\n(image.jpg: not fetched)",
    ]


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


def test_what_answers_a_message_of_ours_goes_where_that_is(bob, aws_side):
    """Also once the number has texted in another ticket since."""
    come(notice(text("Where is it?", "wamid.1")))
    ticket_id = intake.of_whatsapp("wamid.1").ticket_id
    answered(bob, ticket_id, "On its way")
    come(*whatsapp.statuses(aws_side[0]))
    clock.shift(8 * 24 * 3600)
    change_ticket(ticket_id, {"status": "solved"}, Actor("agent", bob.id))
    come(notice(text("Something else", "wamid.2")))
    assert intake.of_whatsapp("wamid.2").ticket_id != ticket_id

    come(notice(text("Thanks!", "wamid.3", context={"from": "21670555014", "id": aws_side[0].wamid})))

    assert intake.of_whatsapp("wamid.3").ticket_id == ticket_id


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


@pytest.mark.parametrize("word", ["STOP", "إيقاف", "Arrêt!"])
def test_stop_on_whatsapp_is_of_whatsapp_alone(bob, aws_side, word):
    come(notice(text("Where is it?", "wamid.1")), notice(text(word, "wamid.2")))
    ticket = thread_of("wamid.1").ticket

    with pytest.raises(Invalid) as refusal:
        send_reply.reply(ticket.id, bob, Reply("On its way"))
    assert refusal.value.code == "recipient-opted-out"
    assert (ticket.message_count, ticket.status, aws_side) == (2, "new", [])
    assert answered(bob, ticket.id, "On its way", channel="sms").state == "sent"


def test_start_on_whatsapp_opens_it_again_and_with_it_the_session(bob, aws_side):
    come(notice(text("Where is it?", "wamid.1")), notice(text("STOP", "wamid.2")), notice(text("START", "wamid.3")))

    assert answered(bob, intake.of_whatsapp("wamid.1").ticket_id, "On its way").state == "sent"
    assert aws_side[-1].message["context"] == {"message_id": "wamid.3"}


def test_erasing_him_forgets_when_he_wrote(bob):
    come(notice(text("Where is it?", "wamid.1")))
    change = Changes()
    erasing.forget_contact(change, "phone", ALICE)
    change.commit()

    assert whatsapp_sessions.of(ALICE) is None
