"""Sign-in by a one-time link, for customers and agents. There is no password to lose.

The link's secret is a signature over its id, so nothing that could be stolen is stored. Looking at the link shows
a button and spends nothing: mail scanners open every link.
"""

import base64
import random
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib import clock, ids, log, render, settings, signing
from chalicelib.actions import identify_customer
from chalicelib.actions.identify_customer import Person
from chalicelib.channels import email_out, outgoing, queues
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Contact
from chalicelib.domain.effects import Job
from chalicelib.domain.event import Actor
from chalicelib.errors import Forbidden, TooManyRequests
from chalicelib.store import allowances, changes, customers, events, shop, sign_ins, staff
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes
from chalicelib.store.sign_ins import SignIn

LINK_LIFE = timedelta(minutes=15)
# Longer than a sender waits for SES (30 s). Should the first mail have gone out after all, a second does no harm.
MAIL_LEASE = timedelta(seconds=60)
JITTER_SECONDS = 5
# Looked at again that soon while sending is held: somebody waits, and the link does not live for long.
HELD_SECONDS = 60
# Anybody may type anybody's address: nobody's mailbox is to be filled by us.
MAILS = Allowance("sign-in-mail", 20, timedelta(minutes=15))


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in: an agent or a customer, by id, and the address that he proved."""

    role: str
    person_id: str
    email: str
    locale: str


def ask(role: str, email: str, locale: str, browser: str) -> None:
    """Mail a link to that address. Of an agent's address we do not know nothing is said, and nothing is sent.

    `browser` is a random mark of the browser that asks: only it can spend the link.

    Raises:
        TooManyRequests: for any address alike, whether it is an agent's or not.
    """
    if not allowances.take(MAILS, email):
        raise TooManyRequests(f"Wait a few minutes before {email} is sent another link.")
    if role == "agent" and _agent(email) is None:
        return
    _queue(_store(role, email, locale, browser))


def local_link(email: str, role: str, locale: str = "en") -> str:
    """A link for the local console, which any browser may spend.

    Raises:
        Forbidden: no agent has that address.
    """
    if role == "agent" and _agent(email) is None:
        raise Forbidden(f"There is no agent {email}.", code="unknown-agent")
    return link(_store(role, email, locale, None), role, locale)


def send(sign_in_id: str) -> None:
    """Mail the link, once; one that was spent or has expired is not mailed. What waiting can mend is tried again."""
    found = sign_ins.get(sign_in_id)
    if found is None or found.mailed:
        return
    wait = _try(sign_in_id, found)
    if wait:
        _queue(sign_in_id, wait)
    else:
        sign_ins.mark_mailed(sign_in_id)


def link(sign_in_id: str, role: str, locale: str) -> str:
    """The address that shows the button."""
    place = "agent/sign-in" if role == "agent" else f"{locale}/sign-in"
    return f"{settings.public_url()}/{place}/{sign_in_id}.{_signature(sign_in_id)}"


def look(token: str) -> SignIn | None:
    """What a link would sign in, without spending it; None when it is spent, too old or not ours."""
    sign_in_id = _verified(token)
    return sign_ins.get(sign_in_id) if sign_in_id else None


def spend(token: str, browser: str | None) -> SignedIn | None:
    """Sign in by the link, once; None when it is spent, too old, not ours, or another browser asked for it."""
    found = look(token)
    if found is None or (found.browser is not None and found.browser != browser):
        return None
    if not sign_ins.spend(token.partition(".")[0]):
        return None
    if found.role == "agent":
        agent = _agent(found.email)
        return SignedIn("agent", agent.id, agent.email, agent.locale) if agent else None
    customer_id = changes.again(lambda: _verified_customer(found))
    return SignedIn("customer", customer_id, found.email, found.locale)


def _queue(sign_in_id: str, seconds: int = 0) -> None:
    """Let it be mailed, after so many seconds. The longest delay SQS knows is as long as the link lives."""
    wait = seconds + random.randint(0, JITTER_SECONDS) if seconds else 0
    queues.put([Job("send", "send_sign_in", {"sign_in_id": sign_in_id})], delay=min(wait, queues.MOST_DELAY))


def _try(sign_in_id: str, found: SignIn) -> int:
    """Mail the link if we may; gives the seconds after which to look again, 0 when nothing is left to do."""
    if settings.outbound() == "hold":
        return HELD_SECONDS
    if not sign_ins.lease_mail(sign_in_id, clock.now() + MAIL_LEASE):
        return MAIL_LEASE.seconds
    try:
        _mail(sign_in_id, found)
    except Throttled as refusal:
        sign_ins.free_mail(sign_in_id)
        return refusal.seconds
    except Unknown:
        return MAIL_LEASE.seconds
    except Rejected as refusal:
        log.warning("sign_in.rejected", sign_in_id=sign_in_id, reason=refusal.reason)
    return 0


def _mail(sign_in_id: str, found: SignIn) -> None:
    name = "agent_sign_in" if found.role == "agent" else "sign_in"
    the_shop = shop.read()
    minutes = int(LINK_LIFE.total_seconds() // 60)
    url = link(sign_in_id, found.role, found.locale)
    subject, text, html = render.email(name, found.locale, shop=the_shop, url=url, minutes=minutes)
    raw = email_out.compose(
        from_name=the_shop.name(found.locale),
        from_email=settings.support_email(),
        to=[found.email],
        subject=subject,
        text=text,
        html=html,
        locale=found.locale,
        message_id=outgoing.own_message_id(sign_in_id, "sign-in"),
        automatic=True,
    )
    email_out.send(raw, to=[found.email], delivery_id=sign_in_id)


def _store(role: str, email: str, locale: str, browser: str | None) -> str:
    now, sign_in_id, change = clock.now(), ids.new("sgn"), Changes()
    expires_at = int((now + LINK_LIFE).timestamp())
    sign_ins.add(change, sign_in_id, SignIn(role, email, locale, now, expires_at, browser=browser))
    change.commit()
    return sign_in_id


def _agent(email: str) -> Agent | None:
    found = staff.agent_by_email(email)
    return found if found and found.active else None


def _verified_customer(found: SignIn) -> str:
    """The customer with that address, who has now proven it; made if there was none."""
    now, change = clock.now(), Changes()
    person = Person("email", found.email, locale=found.locale)
    proven = Contact("email", found.email, verified=True)
    customer = customers.by_contact(person.type, person.value)
    if customer is None:
        made = customers.add(change, replace(identify_customer.new_customer(person, now), contacts=(proven,)))
        events.add(change, identify_customer.event_of(made, "customer.created", Actor("customer", made.id)))
        change.commit()
        return made.id
    current = next(c for c in customer.contacts if (c.type, c.value) == ("email", found.email))
    marked = identify_customer.with_contact(customer, replace(current, verified=True), now)
    if marked != customer:
        told = identify_customer.event_of(marked, "customer.updated", Actor("customer", customer.id))
        identify_customer.save_contact(change, customer, marked, told)
        change.commit()
    return customer.id


def _signature(sign_in_id: str) -> str:
    return base64.b32encode(signing.digest("sign-in", sign_in_id, 15)).decode().lower()


def _verified(token: str) -> str | None:
    sign_in_id, _, signature = token.partition(".")
    if not ids.is_id(sign_in_id, "sgn") or not signing.same(_signature(sign_in_id), signature):
        return None
    return sign_in_id
