"""Sign-in by a one-time link or a code of six digits, for customers, and by the link alone, for agents.

There is no password to lose. Secret and digits are signatures over the sign-in's id, so nothing that could be stolen is
stored. Looking at the link shows a button and spends nothing: mail scanners open every link. Whether anybody has an
address or a number is never told: to all the same is answered, and who proves one that is nobody's is a new customer.
"""

import base64
import random
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib import clock, ids, settings, signing
from chalicelib.actions import identify_customer, six_digits
from chalicelib.actions.identify_customer import Person
from chalicelib.channels import queues
from chalicelib.domain.agent import Agent
from chalicelib.domain.event import Actor
from chalicelib.domain.task import Task
from chalicelib.errors import Forbidden, Invalid, TooManyRequests
from chalicelib.store import allowances, changes, consents, customers, events, sign_ins, staff
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes
from chalicelib.store.sign_ins import SignIn

LIFE = timedelta(minutes=15)
MOST_TRIES = 5
JITTER_SECONDS = 5
DAY = timedelta(days=1)
# Anybody may type anybody's address: nobody's mailbox or phone is to be filled by us, and an SMS costs the shop money.
MAILS = Allowance("sign-in-mail", 20, timedelta(minutes=15))
TEXTS = Allowance("sign-in-text", 3, timedelta(minutes=15))
TEXTS_DAILY = Allowance("sign-in-text-daily", 10, DAY)
OF_BROWSER = Allowance("sign-in-of-browser", 30, timedelta(minutes=15))
# A whole mobile network may be one place.
MAILS_FROM = Allowance("sign-in-mail-from", 300, timedelta(minutes=15))
TEXTS_FROM = Allowance("sign-in-text-from", 30, DAY)
# Of wrong digits for one address: one in a million each, and five for each code alone would let a patient one in.
TRIES = Allowance("sign-in-try", 60, DAY)


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in: an agent or a customer, by id, and the address or number (E.164) that he proved."""

    role: str
    person_id: str
    address: str
    locale: str


def ask(role: str, address: str, locale: str, browser: str, place: str = "") -> str:
    """Send a link and a code to that address, or a code to that number; gives the id of the sign-in.

    Of an agent's address that we do not know nothing is said, and nothing is sent. `browser` is a random mark of the
    browser that asks, `place` where on the network it is.

    Raises:
        TooManyRequests: for any address alike, whether it is anybody's or not.
    """
    if not all(allowances.take(one, whom) for one, whom in _bounds(address, browser, place) if whom):
        raise TooManyRequests("Wait a few minutes before another link or code is sent.")
    if role == "agent" and _agent(address) is None:
        return ""
    sign_in_id = _store(role, address, locale, browser)
    queue(sign_in_id)
    return sign_in_id


def local_link(email: str, role: str, locale: str = "en") -> str:
    """A link for the local console, which any browser may spend.

    Raises:
        Forbidden: no agent has that address.
    """
    if role == "agent" and _agent(email) is None:
        raise Forbidden(f"There is no agent {email}.", code="unknown-agent")
    return link(_store(role, email, locale, None), role, locale)


def queue(sign_in_id: str, seconds: int = 0) -> None:
    """Let it be sent, after so many seconds. The longest delay SQS knows is as long as the link lives."""
    wait = seconds + random.randint(0, JITTER_SECONDS) if seconds else 0
    queues.put([Task("send", "send_sign_in", {"sign_in_id": sign_in_id})], delay=min(wait, queues.MOST_DELAY))


def link(sign_in_id: str, role: str, locale: str) -> str:
    """The address that shows the button."""
    place = "agent/sign-in" if role == "agent" else f"{locale}/sign-in"
    return f"{settings.public_url()}/{place}/{sign_in_id}.{_signature(sign_in_id)}"


def digits(sign_in_id: str) -> str:
    """The code that stands beside the link, or alone in an SMS."""
    return six_digits.of("sign-in-code", sign_in_id)


def look(token: str) -> SignIn | None:
    """What a link would sign in, without spending it; None when it is spent, too old or not ours."""
    sign_in_id = _verified(token)
    return sign_ins.get(sign_in_id) if sign_in_id else None


def spend(token: str, browser: str | None, typed: str = "") -> SignedIn | None:
    """Sign in by the link, once; in another browser than the one that asked, a customer types the code as well.

    None when it is spent, too old, not ours, or an agent asked for it in another browser.

    Raises:
        Invalid: code `code-wrong` or `code-spent`, as `spend_code`.
    """
    found, sign_in_id = look(token), token.partition(".")[0]
    if found is None or (not _is_here(found, browser) and found.role == "agent"):
        return None
    if not _is_here(found, browser):
        _check(sign_in_id, found, typed)
    return _enter(sign_in_id, found)


def spend_code(sign_in_id: str, browser: str, typed: str) -> SignedIn:
    """Sign a customer in by the code alone, once, in the browser that asked; digits of any script, with blanks or not.

    Raises:
        Invalid: code `code-wrong`; `code-expired`, its time is up or it was used; `code-spent`, it or its address had
            too many tries.
    """
    found = sign_ins.get(sign_in_id)
    if found is None or found.role != "customer" or not _is_here(found, browser):
        raise Invalid("The code has expired.", code="code-expired")
    _check(sign_in_id, found, typed)
    signed_in = _enter(sign_in_id, found)
    if signed_in is None:
        raise Invalid("The code was used.", code="code-expired")
    return signed_in


def _bounds(address: str, browser: str, place: str) -> list[tuple[Allowance, str]]:
    if "@" in address:
        return [(OF_BROWSER, browser), (MAILS_FROM, place), (MAILS, address)]
    return [(OF_BROWSER, browser), (TEXTS_FROM, place), (TEXTS, address), (TEXTS_DAILY, address)]


def _is_here(found: SignIn, browser: str | None) -> bool:
    return found.browser in (None, browser)


def _check(sign_in_id: str, found: SignIn, typed: str) -> None:
    """Count a try, as a wrong one until it shows to be right: whatever races, there are no more than these."""
    if not (sign_ins.take_try(sign_in_id, MOST_TRIES) and allowances.take(TRIES, found.address)):
        raise Invalid("The code was tried too often.", code="code-spent")
    if not six_digits.are_typed(digits(sign_in_id), typed):
        raise Invalid("These are other digits.", code="code-wrong")
    allowances.give_back(TRIES, found.address)


def _enter(sign_in_id: str, found: SignIn) -> SignedIn | None:
    if not sign_ins.spend(sign_in_id):
        return None
    if found.role == "agent":
        agent = _agent(found.address)
        return SignedIn("agent", agent.id, agent.email, agent.locale) if agent else None
    customer_id = changes.again(lambda: _verified_customer(found))
    return SignedIn("customer", customer_id, found.address, found.locale)


def _store(role: str, address: str, locale: str, browser: str | None) -> str:
    now, sign_in_id, change = clock.now(), ids.new("sgn"), Changes()
    expires_at = int((now + LIFE).timestamp())
    sign_ins.add(change, sign_in_id, SignIn(role, address, locale, now, expires_at, browser=browser))
    change.commit()
    return sign_in_id


def _agent(email: str) -> Agent | None:
    found = staff.agent_by_email(email)
    return found if found and found.active else None


def _verified_customer(found: SignIn) -> str:
    """The customer with that address or number, who has now proven it; made if there was none."""
    now, change = clock.now(), Changes()
    person = Person(found.address_type, found.address, locale=found.locale)
    customer = customers.by_contact(person.type, person.value)
    if customer is None:
        proven = replace(consents.contact(person.type, person.value), verified=True)
        made = customers.add(change, replace(identify_customer.new_customer(person, now), contacts=(proven,)))
        events.add(change, identify_customer.event_of(made, "customer.created", Actor("customer", made.id)))
        change.commit()
        return made.id
    current = next(c for c in customer.contacts if (c.type, c.value) == (person.type, person.value))
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
