"""Where an agent writes: the ways in which his answer can go, what it takes by SMS, macros and articles to use.

It is made anew with each page; what was typed comes back in `typed`, whatever was wrong with it.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from chalicelib import i18n
from chalicelib.actions import fill_macro, offer_articles, offer_ways
from chalicelib.actions.fill_macro import Filled
from chalicelib.actions.offer_articles import Offer
from chalicelib.actions.offer_ways import SESSION_OVER, Offers
from chalicelib.agent.pages import Desk
from chalicelib.channels import sms_body, sms_estimate
from chalicelib.channels.sms_estimate import Estimate
from chalicelib.domain.consent import Consent
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.macro import Macro
from chalicelib.domain.ticket import Ticket
from chalicelib.store import consents, macros, shop

# The way of an answer that nothing brings to the customer: he reads it when he looks.
PORTAL = "portal"
# The newest entries of his ledger, among which the wish is looked for.
WISHES = 10


def given(desk: Desk, ticket: Ticket, customer: Customer, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the composer's template is given for that ticket, and the customer who stands for its own."""
    offers = offer_ways.find(ticket, customer)
    the_shop = shop.read()
    return {
        "offers": offers,
        "closed": closed(offers, ticket),
        "wishes": wishes(offers, customer),
        "way": chosen(offers, typed.get("way", "")),
        "max_parts": the_shop.sms.max_parts,
        "most_octets": sms_body.MAX_OCTETS,
        "price_of_part": partial(sms_estimate.price_of, "x", shop=the_shop),
        "estimate": _estimate(ticket, typed) if typed.get("count") else None,
        "macros": offered(ticket),
        "answer_locale": _language(ticket),
        "suggested": suggested(ticket) if typed.get("suggest") else None,
    }


def closed(offers: Offers, ticket: Ticket) -> list[tuple[list[str], Contact, str]]:
    """What is told beside the form: the closed channels of each contact with the reason, once for those that share it.

    That a session on WhatsApp is over is no news to who never wrote there: then the list of ways says enough.
    """
    told: dict[tuple[Contact, str], list[str]] = {}
    for one in offers.closed:
        if one.closed and (one.closed != SESSION_OVER or ticket.reply_channel == "whatsapp"):
            told.setdefault((one.way.contact, one.closed), []).append(one.way.channel)
    return [(channels, contact, reason) for (contact, reason), channels in told.items()]


def wishes(offers: Offers, customer: Customer) -> dict[tuple[str, str], Consent]:
    """What the owners of closed ways said of each, by channel and contact; the ledger is read only where one did."""
    if not any(one.closed == "opted-out" for one in offers.closed):
        return {}
    newest, _ = consents.page(customer.all_ids, WISHES)
    return {(one.channel, one.contact): one for one in reversed(newest) if one.action == "opt_out"}


def chosen(offers: Offers, typed: str) -> str:
    """The way that stands in the form: the one that was chosen before, else the one that it begins with."""
    if typed == PORTAL or offers.named(typed):
        return typed
    return offers.chosen.value if offers.chosen and not offers.chosen.closed else PORTAL


def offered(ticket: Ticket) -> list[Macro]:
    """The macros that can be used in the ticket."""
    return [one for one in macros.read() if one.is_for(ticket.team_id)]


def with_macro(desk: Desk, ticket: Ticket, customer: Customer, typed: Mapping[str, str]) -> Filled:
    """What was typed, with the words of the chosen macro below it; as it was when none was."""
    macro = next((one for one in offered(ticket) if one.id == typed["macro"]), None)
    words = fill_macro.fill(macro, ticket, customer, desk.agent) if macro else Filled()
    return replace(words, text="\n\n".join(one for one in (typed["text"], words.text) if one))


def suggested(ticket: Ticket) -> list[Offer]:
    """The articles that may answer what was asked in the ticket; only those that a customer can open."""
    return offer_articles.offers(f"{ticket.subject} {ticket.preview}", _language(ticket), to_customers=True)


def with_article(ticket: Ticket, typed: Mapping[str, str]) -> str:
    """What was typed, with the address of the chosen article below it; as it was when none can be opened."""
    offer = offer_articles.offer(typed["article"], _language(ticket)) if typed["article"] else None
    link = offer.url if offer and offer.may_be_linked else ""
    return "\n\n".join(one for one in (typed["text"], link) if one)


def _language(ticket: Ticket) -> str:
    return i18n.language_of(ticket.locale)


def _estimate(ticket: Ticket, typed: Mapping[str, str]) -> Estimate | None:
    channel, _, to = typed["way"].partition(":")
    if channel != "sms":
        return None
    return sms_estimate.estimate(typed["text"], to, shop.read(), locale=ticket.locale)
