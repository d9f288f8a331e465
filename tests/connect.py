"""What Amazon Connect tells of calls, for tests: events, and the calls that became of them."""

from datetime import datetime, timedelta

from chalicelib.store import intake, tickets

ALICE = "+21620555014"
INSTANCE = "arn:aws:connect:eu-west-1:123456789012:instance/1111-2222"
AGENT = f"{INSTANCE}/agent/3333-4444"
BEGAN = datetime.fromisoformat("2026-03-14T09:00:00Z")


def at(seconds):
    return (BEGAN + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def event(type="DISCONNECTED", contact="c-1", method="INBOUND", number=ALICE, agent_at=None, time=170, **detail):
    """An event with the names that AWS documents; times in seconds from when the call began."""
    told = {
        "eventType": type,
        "contactId": contact,
        "channel": "VOICE",
        "instanceArn": INSTANCE,
        "initiationMethod": method,
        "initiationTimestamp": at(0),
        **({"customerEndpoint": {"type": "TELEPHONE_NUMBER", "address": number}} if number is not None else {}),
        **({"agentInfo": {"agentArn": AGENT, "connectedToAgentTimestamp": at(agent_at)}} if agent_at else {}),
        **({"disconnectTimestamp": at(time)} if type in ("DISCONNECTED", "COMPLETED") else {}),
        **detail,
    }
    return {
        "version": "0",
        "id": "e-1",
        "detail-type": "Amazon Connect Contact Event",
        "source": "aws.connect",
        "time": at(time),
        "detail": {name: value for name, value in told.items() if value is not None},
    }


def the_ticket(call_id="c-1"):
    return tickets.get(intake.of_call(call_id).ticket_id)


def the_calls(ticket):
    return [one for one in tickets.thread(ticket.id).messages if one.call]


def transferred(*more):
    """A caller is answered after 20 seconds, put through to a second agent, and hangs up after five minutes."""
    return (
        event("INITIATED", time=0),
        event("CONNECTED_TO_AGENT", agent_at=20, time=20),
        event("INITIATED", "c-2", "TRANSFER", number=None, time=80, initialContactId="c-1", previousContactId="c-1"),
        event("DISCONNECTED", agent_at=20, time=90),
        event("DISCONNECTED", "c-2", "TRANSFER", number=None, agent_at=95, time=320, initialContactId="c-1"),
        *more,
    )
