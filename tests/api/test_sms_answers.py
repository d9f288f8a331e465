"""Answers by SMS through the API, as they reach the phone."""

import json

import pytest
from botocore.stub import Stubber

from chalicelib import aws
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.channels import sms_text, ticket_links
from chalicelib.inbound import notifications
from chalicelib.store import customers, intake, tickets
from tests.actions.conftest import mails_to, run, sent_sms  # noqa: F401 (fixture)
from tests.api.conftest import new_ticket
from tests.api.test_uploads import uploaded

ALICE = "+21620555014"


@pytest.fixture
def texted(api):
    """Alice's ticket, which she opened by SMS."""
    return api.get(f"/v1/tickets/{receive_sms(InboundSms('sms-1', ALICE, 'Which oil?')).ticket_id}").json


def answer(api, ticket, **body):
    made = api.post(f"/v1/tickets/{ticket['id']}/messages", body)
    assert made.status == 201, made.text
    return made.json


def text_to_alice(run):  # noqa: F811
    run()
    ((to, body),) = sent_sms()
    assert to == ALICE
    return body


def leads_to(body, ticket):
    token = body.rpartition("/")[2]
    return ticket_links.is_for(token, tickets.get(ticket["id"]), ALICE)


def test_a_short_answer_is_all_of_the_sms(api, texted, run):  # noqa: F811
    answer(api, texted, text="Linseed.")
    assert text_to_alice(run) == "Linseed."


def test_a_long_answer_is_its_beginning_and_a_link_that_is_hers(api, texted, run):  # noqa: F811
    written = answer(api, texted, text="Oil it twice a year. " * 100)
    body = text_to_alice(run)

    assert body.startswith("Oil it twice a year. Oil it") and "...\nRead on: https://help.ghusn.example/en/t/" in body
    assert sms_text.parts(body) == ("GSM-7", 3)
    assert leads_to(body, texted)
    assert written["text"].startswith("Oil it twice a year. " * 99)


def test_1600_emoji_are_three_parts(api, texted, run):  # noqa: F811
    answer(api, texted, text="😀" * 1600)
    body = text_to_alice(run)
    assert sms_text.parts(body) == ("UCS-2", 3)
    assert leads_to(body, texted)


def test_the_shop_says_how_long_an_sms_may_be(api, texted, run):  # noqa: F811
    api.patch("/v1/settings", {"sms": {"max_parts": 1}})
    answer(api, texted, text="word " * 40)
    assert sms_text.parts(text_to_alice(run)) == ("GSM-7", 1)


def test_the_words_around_the_link_are_in_the_tickets_language(api, run):  # noqa: F811
    ticket = api.post("/v1/tickets", new_ticket(customer={"phone": ALICE}, locale="ar")).json
    answer(api, ticket, text="ادهنه بالزيت مرتين في السنة. " * 60, channel="sms")
    assert "تتمّة الرسالة: https://help.ghusn.example/ar/t/" in text_to_alice(run)


def test_files_of_an_answer_are_a_link_away(api, texted, run):  # noqa: F811
    answer(api, texted, text="Like this.", attachments=[uploaded(api), uploaded(api)])
    body = text_to_alice(run)
    assert body.startswith("Like this.\n2 files: https://") and leads_to(body, texted)


def test_an_answer_may_be_nothing_but_files(api, texted, run):  # noqa: F811
    assert answer(api, texted, attachments=[uploaded(api)])["text"] == ""
    assert text_to_alice(run).startswith("1 file: https://")
    nothing = api.post(f"/v1/tickets/{texted['id']}/messages", {})
    assert nothing.faults == {"/text": "required"}


def test_control_characters_never_reach_the_phone(api, texted, run):  # noqa: F811
    answer(api, texted, text="Lin\x07seed\x1b[31m.\r\nTwice\ta year.\x7f")
    assert text_to_alice(run) == "Linseed[31m.\nTwice a year."


def test_a_lone_surrogate_is_refused_at_the_door(api, texted):
    raw = '{"text": "Oil \\ud83d it"}'
    refused = api.send("POST", f"/v1/tickets/{texted['id']}/messages", raw)
    assert (refused.status, refused.code) == (400, "lone-surrogate")


def test_by_end_user_messaging_the_answer_is_delivered_when_its_receipt_comes(api, texted, run, monkeypatch):  # noqa: F811
    monkeypatch.setenv("DIWAN_SMS_SERVICE", "sms-voice")
    made = answer(api, texted, text="Linseed.")
    context = {"delivery": f"{texted['id']}-{made['id']}-reply"}
    wanted = {
        "DestinationPhoneNumber": ALICE,
        "OriginationIdentity": "+21670555014",
        "MessageBody": "Linseed.",
        "MessageType": "TRANSACTIONAL",
        "Context": context,
    }
    with Stubber(aws.client("pinpoint-sms-voice-v2")) as voice:
        voice.add_response("send_text_message", {"MessageId": "aws-1"}, wanted)
        run()
    shown = f"/v1/tickets/{texted['id']}/messages"
    assert api.get(shown).json["data"][-1]["delivery"]["state"] == "sent"

    event = {"eventType": "TEXT_DELIVERED", "isFinal": True, "messageId": "aws-1", "context": context}
    body = json.dumps({"Type": "Notification", "Message": json.dumps(event)})
    notifications.handle({"Records": [{"messageId": "m-1", "body": body}]})
    assert api.get(shown).json["data"][-1]["delivery"]["state"] == "delivered"

    receive_sms(InboundSms("sms-2", ALICE, "Thank you", previous_id="aws-1"))
    assert [one["text"] for one in api.get(shown).json["data"]] == ["Which oil?", "Linseed.", "Thank you"]


@pytest.mark.parametrize("sender", ["32665", "GHUSN-SHOP"], ids=["short code", "name"])
def test_a_sender_that_is_no_number_is_heard_and_cannot_be_answered(api, run, sender):  # noqa: F811
    ticket = {"id": receive_sms(InboundSms("sms-2", sender, "Your parcel is on its way")).ticket_id}
    refused = api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Thank you", "channel": "sms"})
    run()

    assert (refused.status, refused.code) == (422, "no-contact")
    assert sent_sms() == []


def test_a_number_of_an_unknown_country_is_written_to_all_the_same(api, run):  # noqa: F811
    ticket = {"id": receive_sms(InboundSms("sms-2", "+881612345678", "Which oil?")).ticket_id}
    answer(api, ticket, text="Linseed.", channel="sms")
    run()
    assert sent_sms() == [("+881612345678", "Linseed.")]


def test_who_opted_out_is_not_written_to_and_nothing_is_stored(api, texted, run):  # noqa: F811
    receive_sms(InboundSms("sms-2", ALICE, "STOP"))
    refused = api.post(f"/v1/tickets/{texted['id']}/messages", {"text": "Linseed."})
    run()

    assert (refused.status, refused.code) == (422, "recipient-opted-out")
    assert customers.by_contact("phone", ALICE).contact("phone").opted_out_of == ("sms",)
    assert sent_sms() == []


def test_an_answer_by_mail_may_be_nothing_but_files_too(api, ticket, run):  # noqa: F811
    made = answer(api, ticket, attachments=[uploaded(api)], channel="email")
    run()
    (mail,) = mails_to("alice@example.org")
    assert [one.get_filename() for one in mail.iter_attachments()] == ["board.png"]
    (sent,) = [one for one in api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"] if one["id"] == made["id"]]
    assert sent["delivery"]["state"] == "sent"


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_a_ticket_made_for_a_number_that_texted_before_has_what_it_texts_next(api, texted, channel):
    told = {"text": "And which brush?", "channel": channel}
    made = api.post("/v1/tickets", new_ticket(customer={"phone": ALICE}, message=told))

    assert (made.status, made.json["customer_id"]) == (201, texted["customer_id"])
    assert receive_sms(InboundSms("sms-2", ALICE, "A soft one?")).ticket_id == made.json["id"]


@pytest.mark.parametrize("named_by", ["id", "email"])
def test_tickets_of_texts_whose_number_is_not_told_do_not_stand_in_each_others_way(api, ticket, named_by):
    customer = {"id": ticket["customer_id"]} if named_by == "id" else {"email": "alice@example.org"}
    made = [
        api.post("/v1/tickets", new_ticket(customer=customer, message={"text": text, "channel": "sms"}))
        for text in ("Which oil?", "Which brush?")
    ]

    assert [one.status for one in made] == [201, 201]
    assert intake.find_phone("") is None
    assert intake.find_phone("alice@example.org") is None
