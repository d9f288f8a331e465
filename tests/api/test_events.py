"""The feed through the API: every change once, in order, from wherever one stopped."""

import pytest

from chalicelib.domain.event import TYPES
from tests.api.conftest import new_ticket


def test_every_change_is_told_once_and_in_order(api, dispatch):
    ticket = api.post("/v1/tickets", new_ticket()).json
    dispatch()
    api.patch(f"/v1/tickets/{ticket['id']}", {"priority": "high"})
    message = api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Yes."}).json
    dispatch()
    born, *events = api.walk("/v1/events", limit=1)

    assert (born["type"], born["data"]["customer_id"]) == ("customer.created", ticket["customer_id"])
    assert [event["type"] for event in events] == ["ticket.created", "ticket.updated", "message.sent"]
    assert [event["sequence"] for event in events] == [2, 3, 4]
    assert events[1]["data"] == {
        "ticket_id": ticket["id"],
        "customer_id": ticket["customer_id"],
        "message_id": None,
        "article_id": None,
        "version": 2,
        "changes": {"priority": ["normal", "high"]},
    }
    assert events[1]["actor"]["type"] == "api_key"
    assert (events[2]["actor"]["type"], events[2]["data"]["message_id"]) == ("agent", message["id"])
    assert {event["type"] for event in events} <= set(TYPES)


def test_a_follower_goes_on_from_the_last_it_has(api, dispatch):
    api.post("/v1/tickets", new_ticket())
    dispatch()
    last = api.get("/v1/events").json["data"][-1]["sequence"]
    nothing = api.get("/v1/events", after=last).json
    api.post("/v1/tickets", new_ticket())
    dispatch()

    assert nothing == {"data": [], "has_more": False, "next_cursor": None}
    assert [event["sequence"] for event in api.get("/v1/events", after=last).json["data"]] == [last + 1]


@pytest.mark.parametrize("after", ["-1", "evt_01JD0000000000000000000000", "1.5", "9" * 30])
def test_a_place_that_is_no_number_is_refused(api, after):
    assert api.get("/v1/events", after=after).faults.keys() == {"/after"}


def test_beyond_the_end_there_is_nothing(api):
    assert api.get("/v1/events", after=10**12).json["data"] == []
