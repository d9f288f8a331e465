"""A customer shows that an address or number is his: six digits are sent there, and he types them in.

The digits are a signature over the code's id, so nothing that could be stolen is stored. What follows from the proof
`prove_contact` decides.
"""

import random
from datetime import timedelta

from chalicelib import clock, ids, log, render, settings
from chalicelib.actions import admit_sms, check_recipient, find_own_door, mirror_consent, prove_contact, six_digits
from chalicelib.actions.prove_contact import Proven
from chalicelib.channels import email_out, outgoing, queues, sms_out
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain.event import Actor
from chalicelib.domain.task import Task
from chalicelib.errors import Invalid, TooManyRequests
from chalicelib.store import allowances, contact_codes, shop, sms_spending
from chalicelib.store.allowances import Allowance
from chalicelib.store.contact_codes import ContactCode

LIFE = timedelta(minutes=10)
MOST_TRIES = 5
DAY = timedelta(days=1)
# Anybody may type anybody's number, and make himself a new customer for every address of mail he has: nobody's phone is
# to be filled by us, nobody is to spend the shop's money, and six digits are to stay hard to guess.
TO_ONE = Allowance("code-to", 3, timedelta(minutes=15))
TO_ONE_DAILY = Allowance("code-to-daily", 5, DAY)
OF_ONE = Allowance("code-of", 5, DAY)
# A whole mobile network may be one place.
FROM_ONE = Allowance("code-from", 30, DAY)
# Of wrong digits, at one number or address and by one customer.
TRIES = Allowance("code-try", 20, DAY)
JITTER_SECONDS = 5
HELD_SECONDS = 60


def ask(
    customer_id: str,
    type: str,
    value: str,
    locale: str,
    place: str = "",
    shown: bool = True,
    purpose: str = "contact",
) -> None:
    """Send a code to an address (`normal_email`) or a number (E.164); the one before it works no more.

    `purpose` is what the message says that it is for, `place` where on the network it is asked from. Who is not `shown`
    to be the customer, by more than a link that may be passed on, makes no two customers one by it.

    Raises:
        Invalid: code `code-not-sendable`, nothing may be sent there, or no more SMS today; `contact-ours`, it is the
            shop's own.
        TooManyRequests: too many were sent there, or asked for by this customer or from that place.
    """
    if find_own_door.is_ours(type, value):
        raise Invalid("That is an address or number of the shop's own.", code="contact-ours")
    channel = "email" if type == "email" else "sms"
    if check_recipient.reason(channel, value) or (channel == "sms" and _cap_is_met()):
        raise Invalid("No code can be sent there at present.", code="code-not-sendable")
    asked = ((FROM_ONE, place), (OF_ONE, customer_id), (TO_ONE, value), (TO_ONE_DAILY, value))
    if not all(allowances.take(one, whom) for one, whom in asked if whom):
        raise TooManyRequests("Wait a while before another code is sent.")
    ends = int((clock.now() + LIFE).timestamp())
    code = ContactCode(ids.new("cod"), customer_id, type, value, locale, ends, shown, purpose)
    contact_codes.put(code)
    _queue(code)


def waiting(customer_id: str) -> ContactCode | None:
    """The code that the customer was sent last, while it works."""
    return contact_codes.get(customer_id)


def check(customer_id: str, typed: str, purpose: str = "contact") -> tuple[ContactCode, Proven]:
    """Prove the contact by the digits that were sent there; digits of any script, with blanks between them or not.

    Raises:
        Invalid: code `code-wrong`; `code-spent`, there is none for that purpose, it has ended, or it, its contact or
            the customer had too many tries.
        Conflict, Invalid: as `prove_contact.prove`.
    """
    code = contact_codes.get(customer_id)
    if code is None or code.purpose != purpose or not _take_try(code):
        raise Invalid("The code has ended.", code="code-spent")
    if not six_digits.are_typed(digits(code), typed):
        raise Invalid("These are other digits.", code="code-wrong")
    if not contact_codes.spend(code):
        raise Invalid("The code was used.", code="code-spent")
    for whom in (code.customer_id, code.contact):
        allowances.give_back(TRIES, whom)
    actor = Actor("customer", customer_id)
    return code, prove_contact.prove(customer_id, code.contact_type, code.contact, actor, may_merge=code.shown)


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
    return six_digits.of("contact-code", f"{code.id} {code.contact_type}:{code.contact}")


def _take_try(code: ContactCode) -> bool:
    """Count a try, as a wrong one until it shows to be right: whatever races, there are no more than these."""
    if not contact_codes.take_try(code, MOST_TRIES):
        return False
    return all(allowances.take(TRIES, whom) for whom in (code.customer_id, code.contact))


def _cap_is_met() -> bool:
    cap = shop.read().sms.daily_cap
    return cap is not None and sms_spending.today() >= cap


def _queue(code: ContactCode, seconds: int = 0) -> None:
    wait = seconds + random.randint(0, JITTER_SECONDS) if seconds else 0
    task = Task("send", "send_contact_code", {"customer_id": code.customer_id, "code_id": code.id})
    queues.put([task], delay=min(wait, queues.MOST_DELAY))


def _try(code: ContactCode) -> None:
    """Send it, unless its owner said meanwhile that he wants nothing there."""
    if check_recipient.reason("email" if code.contact_type == "email" else "sms", code.contact):
        return
    try:
        (_mail if code.contact_type == "email" else _text)(code)
    except Throttled as throttle:
        contact_codes.free_sending(code)
        _queue(code, throttle.seconds)
    except (Rejected, Unknown) as failure:
        log.warning("code.not-sent", code_id=code.id, failure=type(failure).__name__)
        mirror_consent.heed(failure, code.contact)


def _text(code: ContactCode) -> None:
    the_shop = shop.read()
    body = render.sms(_template(code), code.locale, shop=the_shop, code=digits(code), minutes=_minutes())
    with admit_sms.admitted(body, code.contact, the_shop, may_wait=False):
        sms_out.send(code.contact, body, delivery_id=code.id)


def _mail(code: ContactCode) -> None:
    the_shop, told = shop.read(), {"code": digits(code), "minutes": _minutes()}
    subject, text, html = render.email(_template(code), code.locale, shop=the_shop, **told)
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


def _template(code: ContactCode) -> str:
    """Who passes a code on must be able to see what he gives away."""
    return f"{code.purpose}_code"


def _minutes() -> int:
    return int(LIFE.total_seconds() // 60)
