"""Sending a message again that failed or came back: one button on the desk, beside the words that say why."""

from typing import Any

from chalice import Response

from chalicelib.actions import retry_delivery
from chalicelib.actions.send_reply import Sent
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.ticket import here, page
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once

doors = Doors(pages.refuse)

# What is refused, in the words of `parts/fields.html`.
REFUSALS = {
    "no-contact": "retry-no-contact",
    "recipient-opted-out": "retry-opted-out",
    "recipient-complained": "retry-complained",
    "recipient-suppressed": "retry-suppressed",
}


@doors.post("/agent/tickets/{number}/messages/{message_id}/retry")
@for_agents
def retry(desk: Desk) -> Response:
    visit, ticket = desk.visit, places.thread(desk.visit).ticket
    message_id, actor = visit.params["message_id"], Actor("agent", desk.agent.id)
    try:
        Once(visit, f"retry {message_id}").do(
            lambda keyed: _told(retry_delivery.retry(ticket.id, message_id, actor, keyed)), _told
        )
    except (Invalid, Conflict) as error:
        return page(desk, places.thread(visit), error.status, errors={"retry": REFUSALS.get(error.code, error.code)})
    return answer.redirect(visit, f"{here(ticket)}?done=retry#{message_id}")


def _told(sent: Sent) -> dict[str, Any]:
    return {"message": sent.message.id}
