"""WhatsApp from the queue to the thread: notices as AWS documents them, and what becomes of each."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import answer_word, send_reply
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.actions.send_reply import Reply
from chalicelib.channels.sending import Unknown
from chalicelib.domain.event import Actor
from chalicelib.errors import Invalid
from chalicelib.store import customers, deliveries, erasing, files, intake, tickets, whatsapp_sessions
from chalicelib.store.changes import Changes
from infra.local import whatsapp
from tests.actions.conftest import jobs_to_send
from tests.whatsapp import ALICE, CHARLIE, answered, come, notice, text, thread_of

pytestmark = pytest.mark.usefixtures("cloud", "connected")


@pytest.fixture
def bucket(monkeypatch):
    """Signed addresses lead into moto's bucket: they are signed for hosts that no test reaches."""

    def put(address, content):
        key = urlsplit(address).path.lstrip("/").removeprefix(f"{settings.files_bucket()}/")
        boto3.client("s3").put_object(Bucket=settings.files_bucket(), Key=key, Body=content)

    monkeypatch.setattr(whatsapp, "put", put)
    monkeypatch.setattr(whatsapp, "files", {})


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


@pytest.mark.parametrize("bad", ["x", None, [], 7])
def test_what_is_no_message_does_not_lose_what_stands_behind_it(bad):
    assert come(notice(bad, text("Two", "wamid.2"))) == [{"itemIdentifier": "m-0"}]
    assert [one.text for one in thread_of("wamid.2").messages] == ["Two"]


def test_a_sender_whose_card_is_missing_is_heard():
    told = whatsapp.notice([{"contacts": [None], "messages": [text("One", "wamid.1")]}])

    assert come(told) == []
    assert thread_of("wamid.1").ticket.customer_name


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


@pytest.mark.parametrize("word", ["STOP", "إيقاف", "Arrêt!"])
def test_stop_on_whatsapp_is_of_whatsapp_alone(bob, aws_side, word):
    come(notice(text("Where is it?", "wamid.1")), notice(text(word, "wamid.2")))
    ticket = thread_of("wamid.1").ticket

    with pytest.raises(Invalid) as refusal:
        send_reply.reply(ticket.id, bob, Reply("On its way"))
    assert refusal.value.code == "recipient-opted-out"
    assert (ticket.message_count, ticket.status, aws_side) == (2, "new", [])
    assert answered(bob, ticket.id, "On its way", channel="sms").state == "sent"


def pressed(type, id="wamid.2", **named):
    kind = {"button": named, "interactive": {"type": "button_reply", "button_reply": named}}[type]
    return whatsapp.message(ALICE, id, type=type, **{type: kind})


@pytest.mark.parametrize(
    "button",
    [
        pressed("button", text="STOP", payload="btn-3"),
        pressed("button", text="Stop promotions", payload="Stop promotions"),
        pressed("button", text="No more of this", payload="stop"),
        pressed("interactive", title="إيقاف", id="3"),
    ],
    ids=["label", "promotions", "payload", "arabic"],
)
def test_a_button_that_says_stop_is_heeded(button):
    come(notice(text("Where is it?", "wamid.1")), notice(button))

    thread = thread_of("wamid.1")
    assert customers.get(thread.ticket.customer_id).contacts[0].opted_out_of == ("whatsapp",)
    assert thread.messages[-1].automatic


@pytest.mark.parametrize("label", ["Cancel", "Yes", "Help"])
def test_any_other_button_is_an_answer_to_what_it_offers(label):
    come(notice(text("Where is it?", "wamid.1")), notice(pressed("interactive", title=label, id="b-1")))

    thread = thread_of("wamid.1")
    assert customers.get(thread.ticket.customer_id).contacts[0].opted_out_of == ()
    assert (thread.messages[-1].text, thread.messages[-1].automatic) == (label, False)


def test_a_word_opens_the_session_in_the_change_that_heeds_it(monkeypatch):
    """Whatever ends us behind it: the same message that comes again finds its work done."""
    monkeypatch.setattr(answer_word, "queue", lambda *_: (_ for _ in ()).throw(RuntimeError()))
    assert come(notice(text("START", "wamid.1"))) == [{"itemIdentifier": "m-0"}]

    assert whatsapp_sessions.of(ALICE).wamid == "wamid.1"


def test_a_word_is_answered_though_we_died_before_that_was_queued(monkeypatch):
    with monkeypatch.context() as died:
        died.setattr(answer_word, "queue", {}.__getitem__)
        come(notice(text("HELP", "wamid.1")))
    come(notice(text("HELP", "wamid.1")))

    assert jobs_to_send() == 1


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
