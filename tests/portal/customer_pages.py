"""What the page of a customer is given on that morning, at the desk."""

from functools import partial
from typing import Any

from chalicelib.channels import call_words
from chalicelib.domain import delivery_reason, doubles, suspension
from chalicelib.domain.customer_note import CustomerNote
from chalicelib.domain.doubles import Suggestion
from chalicelib.domain.message import Author
from chalicelib.store.timelines import Entry
from tests.portal import samples, signed_in_pages

Pages = dict[str, tuple[str, dict[str, Any]]]


def pages(lang: str, base: dict[str, Any]) -> Pages:
    """Name of the picture -> template and what it is given; `base` is what every page of the desk is."""
    return {
        "customer": (
            "agent/customer",
            base
            | _of_customer(lang)
            | {"merged": [samples.alice(lang)], "blocked": {"leila@example.org": "blk_1"}, "next_page": "/next"},
        ),
        "customer-tickets": (
            "agent/customer",
            base | _of_customer(lang) | {"view": "tickets", "first_page": "/first", "done": "doubles"},
        ),
        "customer-new": (
            "agent/customer",
            base
            | _of_customer(lang)
            | {
                **dict.fromkeys(("entries", "notes", "events", "consents", "tickets", "suggestions"), ()),
                "last_inquiry": None,
                "holder": samples.alice(lang),
                "errors": {"contact": "no-such-contact", "new_contact": "contact-invalid", "note": "note-missing"},
                "typed": {"new_contact": "leila"},
            },
        ),
    }


def _of_customer(lang: str) -> dict[str, Any]:
    ticket, purchase = samples.ticket(lang), samples.purchase(lang)
    said = [Entry(one.created_at, one, ticket) for one in reversed(samples.messages(lang))]
    note = {"en": "Runs a restaurant in Sousse; call in the morning.", "ar": "تدير مطعمًا في سوسة؛ اتصل صباحًا."}[lang]
    return {
        "customer": samples.alice(lang),
        "here": "/agent/customers/cus_1",
        "view": "conversation",
        "done": "",
        "holder": None,
        "merged": [],
        "organization": signed_in_pages.HOUSE,
        "erase_at": samples.BORN,
        "last_inquiry": ticket,
        "undone": [ticket],
        "suggestions": [Suggestion(samples.alice(lang), 80, ("same-name", "same-mail-name"))],
        "entries": (said[0], Entry(purchase.occurred_at, event=purchase), *said[1:]),
        "notes": [
            CustomerNote("nte_1", "cus_1", Author("agent", "agt_1", samples.BOB.name_in(lang)), note, samples.BORN)
        ],
        "older_notes": None,
        "tickets": samples.tickets(lang),
        "blocked": {},
        "events": [purchase],
        "consents": [samples.stop(lang)],
        "people": {"agt_1": samples.BOB.name_in(lang)},
        "first_page": None,
        "next_page": None,
        "why": partial(delivery_reason.words, language=lang),
        "held_for": partial(suspension.in_words, locale=lang),
        "reason_words": lambda code: doubles.REASONS[code].words(lang),
        "bare_call": call_words.is_only,
        "files": "/f",
    }
