"""Addresses and numbers: where customers reach the shop, and to whom that leads. They are set with the installation."""

from chalice import Response

from chalicelib import settings
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import pages
from chalicelib.store import shop
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/channels"


@doors.get(HERE)
@for_agents
@pages.for_admins
def index(desk: Desk) -> Response:
    return pages.show(
        desk,
        "channels",
        support=settings.support_email(),
        mail_domain=settings.mail_domain(),
        with_doors=[team for team in desk.staff.teams.values() if team.email],
        reply_keys=len(settings.reply_keys().replace(",", "").replace(" ", "")),
        holds_mail=settings.outbound() == "hold",
        events_of_mail=settings.ses_configuration_set(),
        number=settings.support_phone(),
        sms_service=settings.sms_service(),
        sender_id=settings.sms_sender_id(),
        whatsapp=settings.whatsapp_phone_number_id(),
        approved=shop.read().whatsapp.template,
        portal=settings.public_url(),
    )
