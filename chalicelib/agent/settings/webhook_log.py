"""What became of what a webhook was told: each delivery with its attempts, and sending one again."""

from chalice import Response

from chalicelib import ids, signing
from chalicelib.actions import resend_webhooks
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import pages
from chalicelib.agent.settings.webhooks import HERE, named
from chalicelib.domain.webhook import Webhook
from chalicelib.domain.webhook_delivery import STATES
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import webhook_deliveries
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

PAGE = 25


@doors.get(HERE + "/{id}/deliveries")
@for_agents
@pages.for_admins
def index(desk: Desk) -> Response:
    return _page(desk, named(desk))


@doors.post(HERE + "/{id}/deliveries/{delivery}/resend")
@for_agents
@pages.for_admins
def resend(desk: Desk) -> Response:
    """Begin its schedule again; pressed twice, it begins once: one that waits or is being sent stays as it is."""
    webhook, wanted = named(desk), desk.visit.params["delivery"]
    if not ids.is_id(wanted, "whd"):
        raise NotFound("There is no such delivery.")
    try:
        resend_webhooks.resend(webhook.id, wanted)
    except Conflict as error:
        return _page(desk, webhook, {"resend": error.code})
    return answer.redirect(desk.visit, f"{HERE}/{webhook.id}/deliveries?done=resent")


def _page(desk: Desk, webhook: Webhook, errors: dict[str, str] | None = None) -> Response:
    here, state = f"{HERE}/{webhook.id}/deliveries", desk.visit.query.get("state", "")
    state = state if state in STATES else ""
    after = signing.unseal("desk-deliveries", desk.visit.query.get("after", ""))
    page = webhook_deliveries.newest(webhook.id, PAGE, after, state or None)
    first = f"{here}?state={state}"
    return pages.show(
        desk,
        "webhook_log",
        errors=errors,
        webhook=webhook,
        deliveries=page.deliveries,
        state=state,
        states=STATES,
        first_page=first if after else None,
        next_page=f"{first}&after={signing.seal('desk-deliveries', page.after)}" if page.after else None,
    )
