"""Sends what signs somebody in: a mail with link and code, or an SMS with the code alone, which is short and cheap.

Who asked for a code waits for it, so no cap and no quiet hours hold it; it counts in the day's spending all the same.
"""

from datetime import timedelta

from chalicelib import clock, log, render, settings
from chalicelib.actions import admit_sms, check_recipient, find_own_door, mirror_consent, sign_in
from chalicelib.channels import email_out, outgoing, sms_out
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.store import shop, sign_ins
from chalicelib.store.sign_ins import SignIn

# Longer than a sender waits for SES (30 s). Should the first one have gone out after all, a second does no harm.
LEASE = timedelta(seconds=60)
# Looked at again that soon while sending is held: somebody waits, and the link does not live for long.
HELD_SECONDS = 60


def send(sign_in_id: str) -> None:
    """Send it, once; one that was spent or has expired is not sent. What waiting can mend is tried again."""
    found = sign_ins.get(sign_in_id)
    if found is None or found.sent:
        return
    wait = _try(sign_in_id, found)
    if wait:
        sign_in.queue(sign_in_id, wait)
    else:
        sign_ins.mark_sent(sign_in_id)


def _try(sign_in_id: str, found: SignIn) -> int:
    """Send it if we may; gives the seconds after which to look again, 0 when nothing is left to do."""
    if settings.outbound() == "hold":
        return HELD_SECONDS
    if not sign_ins.lease_sending(sign_in_id, clock.now() + LEASE):
        return LEASE.seconds
    try:
        (_mail if found.address_type == "email" else _text)(sign_in_id, found)
    except Throttled as refusal:
        sign_ins.free_sending(sign_in_id)
        return refusal.seconds
    except Unknown:
        return LEASE.seconds
    except Rejected as refusal:
        log.warning("sign_in.rejected", sign_in_id=sign_in_id, reason=refusal.reason)
        mirror_consent.heed(refusal, found.address)
    return 0


def _text(sign_in_id: str, found: SignIn) -> None:
    """Text the code; not to a number whose owner said STOP, nor to our own. Whoever asked is told neither."""
    if check_recipient.reason("sms", found.address) or find_own_door.is_ours("phone", found.address):
        return
    the_shop, code = shop.read(), sign_in.digits(sign_in_id)
    body = render.sms("sign_in", found.locale, shop=the_shop, code=code, minutes=_minutes())
    with admit_sms.admitted(body, found.address, the_shop, may_wait=False):
        sms_out.send(found.address, body, delivery_id=sign_in_id)


def _mail(sign_in_id: str, found: SignIn) -> None:
    name = "agent_sign_in" if found.role == "agent" else "sign_in"
    the_shop = shop.read()
    told = {"url": sign_in.link(sign_in_id, found.role, found.locale), "code": sign_in.digits(sign_in_id)}
    subject, text, html = render.email(name, found.locale, shop=the_shop, minutes=_minutes(), **told)
    raw = email_out.compose(
        from_name=the_shop.name(found.locale),
        from_email=settings.support_email(),
        to=[found.address],
        subject=subject,
        text=text,
        html=html,
        locale=found.locale,
        message_id=outgoing.own_message_id(sign_in_id, "sign-in"),
        automatic=True,
    )
    email_out.send(raw, to=[found.address], delivery_id=sign_in_id)


def _minutes() -> int:
    return int(sign_in.LIFE.total_seconds() // 60)
