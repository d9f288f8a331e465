"""Amazon Connect tells of calls by EventBridge: each becomes one message, whatever the order of what is told."""

import json
from itertools import permutations

import boto3
import pytest
from botocore.exceptions import ClientError

from chalicelib import settings
from chalicelib.actions import receive_call
from chalicelib.actions.identify_customer import Person, find, with_contact
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.channels import connect_in
from chalicelib.domain.call import Call
from chalicelib.domain.customer import Contact
from chalicelib.inbound import notifications
from chalicelib.store import customers, deliveries, intake
from chalicelib.store.changes import Changes
from tests.connect import AGENT, ALICE, INSTANCE, at, event, the_calls, the_ticket, transferred

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def by_mail(cloud):
    """Alice wrote a mail; her customer has her number, too."""
    ticket = receive(Incoming("email", "Can it be saved?", Person("email", "alice@example.org"))).ticket
    customer, change = customers.get(ticket.customer_id), Changes()
    known = with_contact(customer, Contact("phone", ALICE), customer.updated_at)
    customers.save(change, customer, known)
    change.commit()
    return ticket


def test_a_call_that_nobody_took_lets_its_caller_wait(hear):
    hear(event("INITIATED", time=0), event(time=35))

    ticket = the_ticket()
    (call,) = the_calls(ticket)
    customer = customers.get(ticket.customer_id)
    assert (ticket.channel, ticket.status, ticket.waiting_since) == ("phone", "new", call.created_at)
    assert (ticket.subject, call.text, call.call) == ("Missed call", "Missed call", Call("in", "missed"))
    assert (call.author.id, call.contact) == (customer.id, ALICE)
    assert customer.has("phone", ALICE)


def test_an_answered_call_is_of_the_agent_who_has_that_address_in_connect(hear, bob_there):
    hear(event(agent_at=20))

    ticket = the_ticket()
    (call,) = the_calls(ticket)
    assert (call.author.type, call.author.id, call.call) == ("agent", bob_there.id, Call("in", "answered", 150))
    assert (ticket.status, ticket.waiting_since, call.text) == ("pending", None, "Call of 3 minutes")


def test_an_agent_whom_we_do_not_know_is_the_telephone(hear, connect, bob):
    connect.add_response("describe_user", {"User": {"Username": "dora", "IdentityInfo": {}}})
    hear(event(agent_at=20))

    (call,) = the_calls(the_ticket())
    assert (call.author.type, call.author.id, call.author.name) == ("system", None, "Phone")


def test_an_agent_whom_connect_does_not_know_any_more_is_the_telephone(hear, connect):
    connect.add_client_error("describe_user", "ResourceNotFoundException")
    hear(event(agent_at=20))

    assert the_calls(the_ticket())[0].author.type == "system"


def test_nothing_goes_out_to_anybody(hear, bob_there):
    hear(event(agent_at=20), event(contact="c-2", time=35))

    assert [deliveries.of_message(one.ticket_id, one.id) for one in the_calls(the_ticket())] == [[], []]


@pytest.mark.parametrize("order", range(0, 120, 17))
def test_a_transferred_call_is_one_message_in_whatever_order_it_is_told(hear, bob_there, order):
    shuffled = list(permutations(transferred()))[order]
    for one in shuffled:
        notifications.handle({"Records": [{"messageId": "m", "body": json.dumps(one)}]})
    hear(*shuffled)

    (call,) = the_calls(the_ticket())
    assert call.call == Call("in", "answered", 300)


def test_a_call_is_told_once_and_what_comes_late_is_not_heard(hear, bob_there):
    hear(*transferred())
    hear(*transferred(event("COMPLETED", agent_at=20, time=90)))

    assert the_ticket().message_count == 1


def test_a_call_is_not_written_down_before_its_last_leg_ended(hear, bob_there):
    hear(*transferred()[:4])
    assert intake.of_call("c-1") is None

    hear(*transferred()[4:])
    assert the_calls(the_ticket())[0].call.seconds == 300


def test_a_call_that_was_answered_in_another_queue_was_not_missed(hear, bob_there):
    hear(event(time=60), event("INITIATED", "c-2", "QUEUE_TRANSFER", time=60, initialContactId="c-1"))
    hear(event("DISCONNECTED", "c-2", "QUEUE_TRANSFER", agent_at=70, time=130, initialContactId="c-1"))

    assert the_calls(the_ticket())[0].call == Call("in", "answered", 60)


def test_it_waits_a_minute_for_the_events_of_a_transfer_that_come_late(cloud):
    receive_call.hear(connect_in.read(event()).leg, ALICE)

    url, name = settings.jobs_queue_url(), "ApproximateNumberOfMessagesDelayed"
    waiting = boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=[name])
    assert (waiting["Attributes"][name], intake.of_call("c-1")) == ("1", None)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"disconnectReason": "TELECOM_BUSY"}, "busy"),
        ({"disconnectReason": "TELECOM_TIMEOUT"}, "no_answer"),
        ({"disconnectReason": "TELECOM_NUMBER_INVALID"}, "failed"),
        ({"disconnectReason": "OTHER", "answeringMachineDetectionStatus": "SIT_TONE_BUSY"}, "busy"),
        ({"connectedToSystemTimestamp": at(10), "answeringMachineDetectionStatus": "VOICEMAIL_BEEP"}, "voicemail"),
        ({"disconnectReason": "SOMETHING_NEW"}, "no_answer"),
    ],
    ids=str,
)
def test_a_call_of_ours_that_reached_nobody_says_why_and_changes_nothing(hear, bob_there, told, outcome):
    first = receive_sms(InboundSms("sms-1", ALICE, "Please call me."))
    hear(event(method="OUTBOUND", agent_at=1, **told))

    ticket = the_ticket()
    assert (ticket.id, ticket.status, ticket.message_count) == (first.ticket_id, "new", 2)
    (call,) = the_calls(ticket)
    assert (call.call, call.author.id) == (Call("out", outcome), bob_there.id)


def test_a_call_of_ours_counts_from_when_the_customer_took_it(hear, bob_there):
    hear(event(method="OUTBOUND", agent_at=1, connectedToSystemTimestamp=at(20)))

    assert the_calls(the_ticket())[0].call == Call("out", "answered", 150)


def test_a_callback_is_a_call_of_its_own_after_the_missed_one(hear, bob_there):
    hear(event(time=35))
    told = {"initialContactId": "c-1", "connectedToSystemTimestamp": at(610)}
    hear(event("DISCONNECTED", "c-2", "CALLBACK", agent_at=600, time=730, **told))

    assert the_ticket("c-2").id == the_ticket("c-1").id
    assert [one.call for one in the_calls(the_ticket())] == [Call("in", "missed"), Call("out", "answered", 120)]


def test_the_next_text_of_a_caller_goes_on_in_the_ticket_of_his_call(hear):
    hear(event(time=35))

    assert receive_sms(InboundSms("sms-1", ALICE, "I just called.")).ticket_id == the_ticket().id


def test_a_caller_is_heard_in_his_open_ticket_whatever_it_came_by(hear, by_mail):
    hear(event(time=35))

    assert the_ticket().id == by_mail.id
    assert the_ticket().reply_channel == "email"


def test_two_calls_of_an_unknown_number_at_once_are_one_ticket(hear, bob_there):
    hear(event(time=35), event(contact="c-2", time=36))

    assert the_ticket("c-2").id == the_ticket("c-1").id


@pytest.mark.parametrize("number", ["", "anonymous", "Restricted", "+266696687", "+7378742833", "+86282452253"])
def test_who_hides_his_number_is_somebody_new_each_time(hear, number):
    hear(event(number=number, time=35), event(contact="c-2", number=number, time=36))

    first, second = the_ticket("c-1"), the_ticket("c-2")
    assert first.customer_id != second.customer_id
    assert first.customer_name == "Unknown caller"
    assert find(Person("external", "call:c-1")).id == first.customer_id


def test_a_short_code_calls_under_its_own_name(hear):
    hear(event(number="88123", time=35))

    assert the_ticket().customer_name == "88123"


@pytest.mark.parametrize("number", ["72233", "1001", "80123456"])
def test_an_extension_is_no_number_of_our_country(hear, monkeypatch, number):
    monkeypatch.setenv("DIWAN_PHONE_REGION", "DE")
    hear(event(number=number, time=35))

    assert customers.get(the_ticket().customer_id).contact("phone") is None


@pytest.mark.parametrize(
    ("endpoint", "phone"),
    [({"Type": "TELEPHONE_NUMBER", "Address": ALICE}, ALICE), (None, None)],
    ids=["told", "hidden"],
)
def test_a_number_that_the_event_leaves_out_is_asked_of_connect(hear, connect, endpoint, phone):
    contact = {"Contact": {"Id": "c-1", **({"CustomerEndpoint": endpoint} if endpoint else {})}}
    connect.add_response("describe_contact", contact, {"InstanceId": "1111-2222", "ContactId": "c-1"})
    hear(event(number=None, time=35))

    contact = customers.get(the_ticket().customer_id).contact("phone")
    assert (contact.value if contact else None) == phone


def test_a_contact_that_connect_does_not_know_any_more_hides_its_number(hear, connect):
    connect.add_client_error("describe_contact", "ResourceNotFoundException")
    hear(event(number=None, time=35))

    assert the_ticket().customer_name == "Unknown caller"


def test_a_call_whose_caller_connect_does_not_tell_is_tried_again(cloud, connect):
    connect.add_client_error("describe_contact", "AccessDeniedException")
    receive_call.hear(connect_in.read(event(number=None, time=35)).leg)

    with pytest.raises(ClientError, match="AccessDenied"):
        receive_call.record("c-1")
    assert intake.of_call("c-1") is None


@pytest.mark.parametrize(
    "told",
    [
        {"channel": "CHAT"},
        {"channel": "TASK"},
        {"channel": "EMAIL"},
        {"method": "MONITOR"},
        {"method": "EXTERNAL_OUTBOUND"},
        {"method": "DISCONNECT"},
        {"method": None},
    ],
    ids=str,
)
def test_what_is_no_call_with_a_customer_is_not_written_down(hear, told):
    hear(event(**told))

    assert intake.of_call("c-1") is None


def test_older_events_with_other_names_are_read_alike(hear, bob_there):
    told = event(channel="Voice", instanceArn=None, instanceARN=INSTANCE, disconnectTimestamp=None)
    told["detail"]["AgentInfo"] = {"AgentArn": AGENT, "connectedToAgentTimestamp": at(20)}
    hear(told)

    assert the_calls(the_ticket())[0].call == Call("in", "answered", 150)


def test_an_event_that_names_no_contact_ends_where_somebody_sees_it(cloud):
    record = {"messageId": "m-1", "body": json.dumps(event(contactId=None))}

    assert notifications.handle({"Records": [record]}) == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
