"""A customer shows that an address or number is his: six digits are sent there, and he types them in.

The digits are a signature over the code's id, so nothing that could be stolen is stored. What follows from the proof
`prove_contact` decides.
"""

import random
import unicodedata
from datetime import timedelta

from chalicelib import clock, ids, log, render, settings, signing
from chalicelib.actions import admit_sms, check_recipient, prove_contact
from chalicelib.actions.prove_contact import Proven
from chalicelib.channels import email_out, outgoing, queues, sms_out
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain.effects import Job
from chalicelib.domain.event import Actor
from chalicelib.errors import Invalid, TooManyRequests
from chalicelib.store import allowances, contact_codes, shop, sms_spending
from chalicelib.store.allowances import Allowance
from chalicelib.store.contact_codes import ContactCode

LIFE = timedelta(minutes=10)
DIGITS = 6
MOST_TRIES = 5
# Anybody may type anybody's number: nobody's phone is to be filled by us, and nobody is to spend the shop's money.
TO_ONE = Allowance("code-to", 3, timedelta(minutes=15))
OF_ONE = Allowance("code-of", 10, timedelta(days=1))
JITTER_SECONDS = 5
HELD_SECONDS = 60


def ask(customer_id: str, type: str, value: str, locale: str) -> None:
    """Send a code to an address (`normal_email`) or a number (E.164); the one before it works no more.

    Raises:
        Invalid: code `code-not-sendable`, nothing may be sent there, or no more SMS today.
        TooManyRequests: too many were sent there, or asked for by this customer.
    """
    channel = "email" if type == "email" else "sms"
    if check_recipient.reason(channel, value) or (channel == "sms" and _cap_is_met()):
        raise Invalid("No code can be sent there at present.", code="code-not-sendable")
    if not (allowances.take(OF_ONE, customer_id) and allowances.take(TO_ONE, value)):
        raise TooManyRequests("Wait a while before another code is sent.")
    code = ContactCode(ids.new("cod"), customer_id, type, value, locale, int((clock.now() + LIFE).timestamp()))
    contact_codes.put(code)
    _queue(code)


def waiting(customer_id: str) -> ContactCode | None:
    """The code that the customer was sent last, while it works."""
    return contact_codes.get(customer_id)


def check(customer_id: str, typed: str) -> tuple[ContactCode, Proven]:
    """Prove the contact by the digits that were sent there; digits of any script, with blanks between them or not.

    Raises:
        Invalid: code `code-wrong`; `code-spent`, there is none, it has ended or was tried too often.
        Conflict, Invalid: as `prove_contact.prove`.
    """
    code = contact_codes.get(customer_id)
    if code is None or not contact_codes.take_try(code, MOST_TRIES):
        raise Invalid("The code has ended.", code="code-spent")
    if not signing.same(digits(code), _typed(typed)):
        raise Invalid("These are other digits.", code="code-wrong")
    if not contact_codes.spend(code):
        raise Invalid("The code was used.", code="code-spent")
    actor = Actor("customer", customer_id)
    return code, prove_contact.prove(customer_id, code.contact_type, code.contact, actor)


def send(customer_id: str, code_id: str) -> None:
    """Send the code, at most once: who got none asks for another."""
    code = contact_codes.get(customer_id)
    if code is None or code.id != code_id:
        return
    if settings.outbound() == "hold":
        _queue(code, HELD_SECONDS)
    elif contact_codes.take_sending(code):
        _try(code)


def digits(code: ContactCode) -> str:
    signed = signing.digest("contact-code", f"{code.id} {code.contact_type}:{code.contact}", 16)
    return f"{int.from_bytes(signed) % 10**DIGITS:0{DIGITS}}"


def _cap_is_met() -> bool:
    cap = shop.read().sms.daily_cap
    return cap is not None and sms_spending.today() >= cap


def _typed(text: str) -> str:
    kept = (str(unicodedata.digit(one, "")) for one in text if one.isdigit())
    return "".join(kept)


def _queue(code: ContactCode, seconds: int = 0) -> None:
    wait = seconds + random.randint(0, JITTER_SECONDS) if seconds else 0
    job = Job("send", "send_contact_code", {"customer_id": code.customer_id, "code_id": code.id})
    queues.put([job], delay=min(wait, queues.MOST_DELAY))


def _try(code: ContactCode) -> None:
    try:
        (_mail if code.contact_type == "email" else _text)(code)
    except Throttled as throttle:
        contact_codes.free_sending(code)
        _queue(code, throttle.seconds)
    except (Rejected, Unknown) as failure:
        log.warning("code.not-sent", code_id=code.id, failure=type(failure).__name__)


def _text(code: ContactCode) -> None:
    the_shop = shop.read()
    body = render.sms("contact_code", code.locale, shop=the_shop, code=digits(code), minutes=_minutes())
    with admit_sms.admitted(body, code.contact, the_shop, may_wait=False):
        sms_out.send(code.contact, body, delivery_id=code.id)


def _mail(code: ContactCode) -> None:
    the_shop, told = shop.read(), {"code": digits(code), "minutes": _minutes()}
    subject, text, html = render.email("contact_code", code.locale, shop=the_shop, **told)
    raw = email_out.compose(
        from_name=the_shop.name(code.locale),
        from_email=settings.support_email(),
        to=[code.contact],
        subject=subject,
        text=text,
        html=html,
        locale=code.locale,
        message_id=outgoing.own_message_id(code.id, "code"),
        automatic=True,
    )
    email_out.send(raw, to=[code.contact], delivery_id=code.id)


def _minutes() -> int:
    return int(LIFE.total_seconds() // 60)
