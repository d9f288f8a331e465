"""Answers STOP, HELP and START by a short text, as far as machines may: each once a day, and nobody who is opted out.

After STOP nothing is sent, unless the shop confirms it as carriers in some countries ask; that one is the last.
"""

import random
from datetime import timedelta

from chalicelib import clock, log, render, settings
from chalicelib.actions import admit_sms, mirror_consent
from chalicelib.actions.admit_sms import Held
from chalicelib.channels import plain_texts, queues
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain import language
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.reply_address import contact_tag
from chalicelib.domain.task import Task
from chalicelib.store import allowances, customers, keys, sender_pace, shop, word_answers
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes
from chalicelib.store.word_answers import WordAnswer

# Longer than it takes to make an answer ready; who has not begun to send it by then has died.
LEASE = timedelta(seconds=60)
JITTER_SECONDS = 5
# Looked at again that soon while sending is held.
HELD_SECONDS = 600
_ONCE_A_DAY = {asks: Allowance(f"word-{asks}", 1, timedelta(days=1)) for asks in ("stop", "help", "start")}


def claim(
    change: Changes, text_key: keys.Key, channel: str, customer: Customer, contact: Contact, asks: str, text: str
) -> None:
    """Let the text be answered, if it may be. `contact` is what he wrote from, as it stands now."""
    allowance = _ONCE_A_DAY[asks]
    if not _is_wanted(channel, contact, asks) or sender_pace.is_spent(contact.value):
        return
    if allowances.is_spent(allowance, contact.value):
        return
    allowances.claim(change, allowance, contact.value)
    locale = language.choose(None, customer.locale, language.locale_of(text), shop.read().default_locale)
    tag = contact_tag(contact.value)
    word_answers.add(change, text_key, WordAnswer(asks, channel, customer.id, tag, locale, clock.now()))


def queue(text_key: keys.Key, seconds: int = 0) -> None:
    """Let what answers the text be sent, if something does and has not been, after so many seconds."""
    if word_answers.waiting(text_key) is None:
        return
    wait = seconds + random.randint(0, JITTER_SECONDS) if seconds else 0
    task = Task("send", "answer_word", {"text_key": list(text_key)})
    queues.put([task], delay=min(wait, queues.MOST_DELAY))


def send(text_key: keys.Key) -> None:
    """Send it, once at most, if he still allows it; what waiting can mend is tried again for a day."""
    answer = word_answers.waiting(text_key)
    if answer is None:
        return
    if settings.outbound() == "hold":
        queue(text_key, HELD_SECONDS)
    elif word_answers.lease(text_key, clock.now() + LEASE):
        _try(text_key, answer)
    else:
        queue(text_key, int(LEASE.total_seconds()))


def _try(text_key: keys.Key, answer: WordAnswer) -> None:
    to = _recipient(answer)
    try:
        if to and _is_wanted(answer.channel, to, answer.asks):
            body = render.sms(f"word_{answer.asks}", answer.locale, shop=shop.read(), email=settings.support_email())
            _hand_over(text_key, answer, to.value, body)
    except Held as hold:
        word_answers.free(text_key)
        queue(text_key, int((hold.until - clock.now()).total_seconds()))
        return
    except Throttled as throttle:
        word_answers.free(text_key)
        queue(text_key, throttle.seconds)
        return
    except (Rejected, Unknown) as failure:
        log.warning("word.not-answered", asks=answer.asks, channel=answer.channel, failure=type(failure).__name__)
        if to:
            mirror_consent.heed(failure, to.value)
    word_answers.end(text_key)


def _hand_over(text_key: keys.Key, answer: WordAnswer, to: str, body: str) -> None:
    """STOP is confirmed at once or not at all; the others wait for quiet hours and caps, as all that nobody wrote."""
    if answer.channel != "sms":
        _send(text_key, answer, to, body)
        return
    with admit_sms.admitted(body, to, shop.read(), may_wait=answer.asks != "stop"):
        _send(text_key, answer, to, body)


def _send(text_key: keys.Key, answer: WordAnswer, to: str, body: str) -> None:
    if word_answers.end(text_key):
        plain_texts.SENDERS[answer.channel](to, body, f"word-{answer.asks}")


def _recipient(answer: WordAnswer) -> Contact | None:
    customer = customers.get(answer.customer_id)
    listed = customer.contacts if customer else ()
    return next((one for one in listed if one.type == "phone" and contact_tag(one.value) == answer.tag), None)


def _is_wanted(channel: str, contact: Contact, asks: str) -> bool:
    """Whether the shop answers such a word at all, and he may be written to."""
    if asks == "stop":
        return shop.read().sms.confirm_opt_out and not contact.suppressed
    return contact.reachable_on(channel)
