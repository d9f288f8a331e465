"""What the templates of the desk are given on that morning: its door, the lists of tickets, and a ticket."""

from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any

from chalicelib.actions.offer_ways import Offer, Offers
from chalicelib.agent.search_filters import Filters
from chalicelib.channels import call_words
from chalicelib.channels.sms_estimate import Estimate
from chalicelib.domain import delivery_reason
from chalicelib.domain.channel import CHANNELS
from chalicelib.domain.customer import Way
from chalicelib.domain.ticket import STATUSES
from chalicelib.web.uploading import LIMITS, PlainForm
from tests.portal import sample_asking, samples, signed_in_pages

Pages = dict[str, tuple[str, dict[str, Any]]]


def pages(lang: str, base: dict[str, Any]) -> Pages:
    """Name of the picture -> template and what it is given; `base` is what every page of the desk is."""
    return {
        **_door(base | {"viewer": None}),
        **_lists(lang, base),
        **_tickets(lang, base | _thread(lang)),
    }


def _door(out: dict[str, Any]) -> Pages:
    return {
        "sign-in": ("agent/sign_in", out | {"sent_to": None, "minutes": 15}),
        "sign-in-wrong": ("agent/sign_in", out | {"sent_to": None, "minutes": 15, "errors": {"link": "other-browser"}}),
        "sign-in-sent": ("agent/sign_in", out | {"sent_to": "salma@ghusn.example", "minutes": 15}),
        "sign-in-confirm": ("agent/sign_in_confirm", out),
        "error-404": ("agent/error", out | {"status": 404, "request_id": None}),
        "error-403": ("agent/error", out | {"status": 403, "request_id": None}),
        "error-500": ("agent/error", out | {"status": 500, "request_id": "c6af9ac6"}),
    }


def _lists(lang: str, base: dict[str, Any]) -> Pages:
    inbox, search = _inbox(lang), _search(lang)
    return {
        "inbox": ("agent/inbox", base | inbox | {"tickets": samples.tickets(lang)}),
        "inbox-empty": ("agent/inbox", base | inbox | {"tickets": [], "next_page": None}),
        "search": ("agent/search", base | search),
        "search-empty": ("agent/search", base | search | {"tickets": [], "total": 0, "shown_for": None, "pages": 0}),
        "search-down": ("agent/search", base | search | {"tickets": [], "is_down": True}),
        "search-unknown": (
            "agent/search",
            base | search | {"tickets": [], "unknown": {"team": "team_9", "since": "yesterday"}},
        ),
        "search-without-words": ("agent/search", base | search | {"q": "", "tickets": []}),
        "search-everywhere": ("agent/search", base | search | {"filters": Filters(), "customer": ""}),
        "search-of-nobody": (
            "agent/search",
            base
            | search
            | {"filters": Filters(customer="nobody@example.org"), "errors": {"customer": "customer-unknown"}},
        ),
    }


def _inbox(lang: str) -> dict[str, Any]:
    return {
        "view": "mine",
        "views": ["mine", "unassigned", "open", "all"],
        "counts": {"mine": 7, "open": 31},
        "team_name": "",
        "people": {"agt_1": samples.BOB.name_in(lang)},
        "first_page": None,
        "next_page": "/next",
    }


def _search(lang: str) -> dict[str, Any]:
    return {
        "q": "board",
        "filters": Filters("undone", "email", "team_1", "agt_1", "cracked", "cus_1"),
        "here": "/agent/tickets?q=board",
        "everything": "/agent/tickets?q=board",
        "customer": samples.alice(lang).name,
        "unknown": {},
        "is_down": False,
        "people": {"agt_1": samples.BOB.name_in(lang)},
        "team_names": {"team_1": samples.TEAMS[0].name_in(lang)},
        "statuses": STATUSES,
        "channels": CHANNELS,
        "tickets": samples.tickets(lang),
        "marked": {},
        "total": 57,
        "shown_for": "boards",
        "number_of_page": 2,
        "pages": 3,
    }


def _tickets(lang: str, thread: dict[str, Any]) -> Pages:
    pages = {
        "ticket": ("agent/ticket", thread),
        "ticket-merged": (
            "agent/ticket",
            thread | {"stands_for_it": samples.tickets(lang)[1], "ticket": samples.ticket(lang, "closed")},
        ),
        "ticket-split": (
            "agent/ticket",
            thread
            | {
                "picking": True,
                "split_from": samples.tickets(lang)[1],
                "split_into": samples.tickets(lang)[1:3],
                "origins": {"msg_1": 2040, "msg_3": 2040},
            },
        ),
        "ticket-calls": (
            "agent/ticket",
            thread
            | {
                "messages": samples.calls(lang),
                "done": "call",
                "errors": {"call": "call-length"},
                "typed": {"call_length": "x"},
            },
        ),
        "ticket-files": (
            "agent/ticket",
            thread
            | {
                "attached": [photo for message in samples.messages(lang) for photo in message.attachments],
                "arrived": {"error": "…"},
                "errors": {"files": "files-lost"},
            },
        ),
        "ticket-note": ("agent/ticket", thread | {"mode": "note", "done": "note"}),
        "ticket-refused": (
            "agent/ticket",
            thread | {"errors": {"text": "newer-message"}, "typed": {"text": "…"}},
        ),
        "ticket-solved": (
            "agent/ticket",
            thread | {"ticket": samples.ticket(lang, "solved"), "other_tickets": [], "done": "reply"},
        ),
    }
    for state in ("queued", "sent", "delayed", "complained", "suppressed", "bounced"):
        pages[f"ticket-{state}"] = ("agent/ticket", thread | {"deliveries": {"msg_2": samples.delivery(state)}})
    return pages


def _thread(lang: str) -> dict[str, Any]:
    return {
        "ticket": samples.ticket(lang, "open"),
        "customer": samples.alice(lang),
        "messages": samples.messages(lang),
        "files": "/f",
        "here": "/agent/tickets/2041",
        "bare_call": call_words.is_only,
        "own_fields": sample_asking.own_fields(lang),
        "rating": signed_in_pages.RATED,
        "older": None,
        "deliveries": {"msg_2": samples.delivery("delivered")},
        "why": partial(delivery_reason.words, language=lang),
        "mode": "reply",
        "done": "",
        "last_seen": "msg_4",
        "takes": LIMITS,
        "attached": [],
        "upload": PlainForm("https://files.example.org/", {"key": "uploads/att_1/${filename}"}),
        "arrived": None,
        **_composer(lang),
        "assignees": [("agt_1", samples.BOB.name_in(lang))],
        "team_choices": [("team_1", samples.TEAMS[0].name_in(lang))],
        "other_tickets": samples.tickets(lang)[1:3],
        "last_purchase": samples.purchase(lang),
        "picking": False,
        "stands_for_it": None,
        "split_from": None,
        "linked": None,
        "lost": None,
        "split_into": [],
        "origins": {},
    }


def _composer(lang: str) -> dict[str, Any]:
    """Where an agent writes, to somebody with a mailbox and a number who wants no SMS."""
    email, phone = samples.alice(lang).contacts
    other = replace(phone, value="+21698765432", opted_out_of=())
    offers = (
        Offer(Way("email", email)),
        Offer(Way("sms", phone), "opted-out"),
        Offer(Way("whatsapp", phone), "whatsapp-session-over"),
        Offer(Way("sms", other)),
        Offer(Way("whatsapp", other), None, samples.BORN),
    )
    return {
        "offers": Offers(offers, offers[0]),
        "closed": [(["sms", "whatsapp"], phone, "opted-out"), (["whatsapp"], other, "whatsapp-session-over")],
        "wishes": {("sms", phone.value): samples.stop(lang)},
        "way": offers[3].value,
        "max_parts": 6,
        "most_octets": 1600,
        "price_of_part": lambda e164: 0.0834,
        "estimate": Estimate("UCS-2", 2, 12, 0.1668),
        "macros": [samples.MACRO],
        "answer_locale": lang,
        "suggested": [SimpleNamespace(article_id="art_1", locale=lang, title=samples.links(lang)[0].title)],
    }
