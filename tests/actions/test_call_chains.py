"""Calls of several legs whose events come late, or never: what Amazon Connect keeps of them is asked for."""

from datetime import datetime

import pytest

from chalicelib import clock
from chalicelib.actions import erase_customer, run_due
from chalicelib.channels import connect_contacts
from chalicelib.domain.call import Call
from chalicelib.domain.event import Actor
from chalicelib.store import intake, timers
from chalicelib.store.table import Row
from tests.connect import ALICE, at, event, the_calls, the_ticket, transferred

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def connect_keeps(bob_there, monkeypatch):
    """Say what Connect tells when it is asked for a contact; of all others only whose they are."""
    kept, answer = {}, connect_contacts._contact
    monkeypatch.setattr(connect_contacts, "_contact", lambda at, id: {**answer(at, id), **kept.get(id, {})})

    def keep(contact_id, **told):
        times = {name: datetime.fromisoformat(one) for name, one in told.items() if name.endswith("Timestamp")}
        kept[contact_id] = {"Channel": "VOICE", **told, **times}

    return keep


def spoke_at(seconds):
    return {"Id": "3333-4444", "ConnectedToAgentTimestamp": datetime.fromisoformat(at(seconds))}


def hours_later(hear):
    """The sweep of the minute comes by when a leg has been open for long."""
    clock.shift(3 * 3600)
    run_due.sweep()
    hear()


def called_back():
    """Asked at once to be called back; answered after two minutes, put through after three, over after twelve."""
    ours = {"initialContactId": "c-1", "connectedToSystemTimestamp": at(110)}
    through = {"initialContactId": "c-1", "previousContactId": "c-2"}
    return (
        event("INITIATED", time=0),
        event(time=35),
        event("CONNECTED_TO_AGENT", "c-2", "CALLBACK", agent_at=120, time=120, **ours),
        event("INITIATED", "c-3", "TRANSFER", number=None, time=180, **through),
        event("DISCONNECTED", "c-2", "CALLBACK", agent_at=120, time=190, **ours),
        event("DISCONNECTED", "c-3", "TRANSFER", number=None, agent_at=195, time=720, **through),
    )


@pytest.mark.parametrize("written_after", [0, 2, 6])
def test_a_callback_that_is_put_through_is_one_call_to_its_end(hear, bob_there, written_after):
    hear(*called_back()[:written_after])
    hear(*called_back()[written_after:])

    calls = [the_calls(the_ticket(first)) for first in ("c-1", "c-2")]
    assert [one.call for one in calls[0]] == [Call("in", "missed"), Call("out", "answered", 600)]


def test_a_callback_of_which_no_event_came_is_asked_for(hear, connect_keeps, bob_there):
    connect_keeps("c-2", InitiationMethod="CALLBACK", ConnectedToSystemTimestamp=at(110), DisconnectTimestamp=at(190))
    hear(*called_back()[:2], *called_back()[-1:])

    assert the_calls(the_ticket("c-2"))[-1].call == Call("out", "answered", 525)


def test_a_call_whose_first_leg_no_event_told_of_is_whole(hear, connect_keeps, bob_there):
    connect_keeps("c-1", InitiationMethod="INBOUND", AgentInfo=spoke_at(20), DisconnectTimestamp=at(90))
    hear(transferred()[-1])

    assert the_calls(the_ticket())[0].call == Call("in", "answered", 300)


def test_a_call_whose_last_event_was_lost_ends_when_connect_says(hear, connect_keeps, bob_there):
    hear(*transferred()[:4])
    connect_keeps("c-2", InitiationMethod="TRANSFER", AgentInfo={"Id": "3333-4444"}, DisconnectTimestamp=at(320))
    hours_later(hear)

    (call,) = the_calls(the_ticket())
    assert (call.call, call.author.id) == (Call("in", "answered", 300), bob_there.id)


def test_a_leg_that_is_open_still_is_asked_for_again(hear, connect_keeps, bob_there):
    hear(*transferred()[:4])
    connect_keeps("c-2", InitiationMethod="TRANSFER")
    hours_later(hear)
    assert intake.of_call("c-1") is None

    connect_keeps("c-2", InitiationMethod="TRANSFER", DisconnectTimestamp=at(320))
    hours_later(hear)
    assert the_calls(the_ticket())[0].call.seconds == 300


def test_a_call_whose_end_nobody_knows_is_written_down_with_what_is_known(hear, bob_there):
    hear(event("INITIATED", time=0), event("CONNECTED_TO_AGENT", agent_at=20, time=20))
    hours_later(hear)

    assert the_calls(the_ticket())[0].call == Call("in", "answered", 0)


def test_a_call_that_ended_is_not_looked_after(hear, connect):
    hear(event("INITIATED", time=0), event(time=35))
    clock.shift(3 * 3600)

    assert [key for key in timers.due(clock.now(), 10) if key[1].startswith("LEG#")] == []


@pytest.mark.parametrize("number", [ALICE, "anonymous"])
def test_of_an_erased_caller_stays_that_he_called(hear, run, number):
    hear(event("INITIATED", number=number, time=0), event(number=number, time=35))
    erase_customer.erase(the_ticket().customer_id, Actor("api_key", "key_1"))
    run()

    (call,) = the_calls(the_ticket())
    assert (call.call, call.text, call.author.name) == (Call("in", "missed"), "Erased", "Erased")
    told = [str(row.to_simple_dict()) for row in Row.scan()]
    assert not [row for row in told if ALICE in row or "Unknown caller" in row or "call:c-1" in row]
