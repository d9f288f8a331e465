"""Fills a macro for one ticket: with its customer's name, what he asked and bought last, the agent and the shop."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from chalicelib import i18n
from chalicelib.domain import macro as rules
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Customer
from chalicelib.domain.macro import Macro
from chalicelib.domain.ticket import Ticket
from chalicelib.store import customer_events, shop, ticket_lists
from chalicelib.store.ticket_lists import Wanted

PURCHASE = "purchase"
# The newest things that happened with him, among which his last purchase is looked for.
EVENTS_LOOKED_AT = 25
# This ticket itself, and those that were merged into it, are no earlier inquiry.
TICKETS_LOOKED_AT = 10


@dataclass
class _About:
    ticket: Ticket
    customer: Customer
    agent: Agent
    language: str

    @cached_property
    def last_inquiry(self) -> Ticket | None:
        """What he asked before this ticket."""
        wanted = Wanted(customer_id=self.customer.id, customer_ids=self.customer.all_ids, sort="created")
        found = ticket_lists.page(wanted, TICKETS_LOOKED_AT).tickets
        others = (one for one in found if one.number != self.ticket.number and not one.merged_into)
        return next((one for one in others if one.created_at <= self.ticket.created_at), None)


@dataclass(frozen=True)
class Filled:
    """The words, and the names of the places for which there was nothing."""

    text: str = ""
    left_empty: tuple[str, ...] = ()


def fill(macro: Macro, ticket: Ticket, customer: Customer, agent: Agent) -> Filled:
    """The macro's words in the ticket's language, else in one it has. Only what its places ask for is read.

    `customer` is the ticket's, or stands for him.
    """
    language = macro.language_for(ticket.locale)
    text, about = macro.texts[language], _About(ticket, customer, agent, language)
    values = {name: _VALUES[name](about) for name in rules.places(text) if name in _VALUES}
    return Filled(rules.filled(text, values), tuple(rules.left_empty(text, values)))


def _inquiry_subject(about: _About) -> str:
    return about.last_inquiry.subject if about.last_inquiry else ""


def _inquiry_date(about: _About) -> str:
    found = about.last_inquiry
    return i18n.day(found.created_at, about.language, shop.read().time_zone) if found else ""


def _purchase_title(about: _About) -> str:
    events, _ = customer_events.page(about.customer.all_ids, EVENTS_LOOKED_AT)
    return next((one.title for one in events if one.type == PURCHASE), "")


_VALUES: dict[str, Callable[[_About], str]] = {
    "customer.name": lambda about: about.customer.name,
    "customer.first_name": lambda about: rules.first_name(about.customer.name),
    "last_inquiry.subject": _inquiry_subject,
    "last_inquiry.date": _inquiry_date,
    "last_purchase.title": _purchase_title,
    "ticket.number": lambda about: str(about.ticket.number),
    "agent.name": lambda about: about.agent.name_in(about.language),
    "shop.name": lambda about: shop.read().name(about.language),
}
