"""What the templates of signing in, and of who is signed in, are given on that morning."""

from dataclasses import replace
from typing import Any

from chalicelib.actions.export_own_data import Copy
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.job import Job
from chalicelib.domain.organization import Organization
from chalicelib.domain.rating import Rating
from chalicelib.portal import attaching
from chalicelib.portal.attaching import PlainForm
from chalicelib.store.contact_codes import ContactCode
from chalicelib.store.last_words import LastWord
from tests.portal import samples

Pages = dict[str, tuple[str, dict[str, Any]]]

HOUSE = Organization("org_1", "Dar Zitouna", samples.BORN, samples.BORN)
RATED = Rating("tkt_1", "cus_1", "partly", samples.BORN, samples.BORN, "It took long; شكرًا.")


def pages(lang: str, base: dict[str, Any], thread: dict[str, Any]) -> Pages:
    """Name of the picture -> template and what it is given; `base` is what every page is, `thread` one of a ticket."""
    return {
        **_door(lang, base | {"viewer": None, "minutes": 15}),
        **_list(lang, base | {"area": "tickets"}),
        **_data(lang, base | {"area": "preferences"}),
        **_thread(lang, base | {"area": "tickets"} | thread),
    }


def of_ticket() -> dict[str, Any]:
    """What the page of a ticket is given beside its thread."""
    return {
        "role": "own",
        "deliveries": {},
        "rating": None,
        "may_rate": False,
        "takes": attaching.LIMITS,
        "attached": [],
        "upload": PlainForm("https://files.example.org/", {"key": "uploads/att_1/${filename}"}),
        "arrived": None,
    }


def _door(lang: str, out: dict[str, Any]) -> Pages:
    bare = out | {"came_from": None}
    asked = out | {"sent_to": "leila@example.org"}
    return {
        "sign-in": ("portal/sign_in", bare),
        "sign-in-link": ("portal/sign_in", out | {"came_from": samples.alice(lang).contacts[1]}),
        "sign-in-wrong": ("portal/sign_in", bare | {"errors": {"link": "link-spent", "email": "no-at"}}),
        "sign-in-code": ("portal/sign_in_code", asked),
        "sign-in-code-sms": ("portal/sign_in_code", out | {"sent_to": "+21620555014"}),
        "sign-in-code-expired": ("portal/sign_in_code", asked | {"errors": {"code": "code-expired"}}),
        "sign-in-confirm": ("portal/sign_in_confirm", out | {"with_code": False}),
        "sign-in-elsewhere": ("portal/sign_in_confirm", out | {"with_code": True}),
    }


def _list(lang: str, base: dict[str, Any]) -> Pages:
    tickets = samples.tickets(lang)
    answered = next(one for one in samples.messages(lang) if one.is_public and not one.from_customer)
    full = base | {
        "q": "",
        "tab": "open",
        "counts": {"open": 23, "solved": 5},
        "organization": None,
        "names": {},
        "tickets": tickets,
        "total": 23,
        "words": {tickets[0].id: LastWord(answered, unread=True)},
        "own_ids": samples.alice(lang).all_ids,
        "page": 1,
        "last_page": 2,
        "all_read": True,
        "most_read": 50,
        "here": f"/{lang}/tickets?show=open",
        "newest": None,
        "older": None,
    }
    house = {"tab": "organization", "organization": HOUSE, "names": {tickets[0].customer_id: "Nour"}}
    house |= {"last_page": 1, "newest": "/newest", "older": "/older"}
    none = {"tickets": [], "total": 0, "words": {}, "last_page": 1}
    return {
        "tickets": ("portal/tickets", full),
        "tickets-organization": ("portal/tickets", full | house | {"own_ids": ("cus_2",)}),
        "tickets-organization-none": ("portal/tickets", full | house | none),
        "tickets-found": ("portal/tickets", full | {"q": {"en": "board", "ar": "لوح"}[lang]}),
        "tickets-not-found": ("portal/tickets", full | none | {"q": "<b>zzz</b>", "all_read": False}),
        "tickets-open-none": ("portal/tickets", full | none),
        "tickets-solved-none": ("portal/tickets", full | none | {"tab": "solved"}),
        "tickets-none": ("portal/tickets", full | none | {"counts": {"open": 0, "solved": 0}}),
    }


def _data(lang: str, base: dict[str, Any]) -> Pages:
    bare = base | {"copy": None, "erase_at": None}
    made = Job("job_1", "own_export", "done", "cus_1", samples.BORN, samples.BORN)
    ready = Copy(made, (("diwan-own-export-1.zip", "k"), ("diwan-own-export-2.zip", "k")))
    waiting = ContactCode("cod_1", "cus_1", "phone", "+21698765432", lang, 0)
    asked = base | {"sent_to": waiting, "days": 7}
    return {
        "own-data": ("portal/own_data", bare),
        "own-data-ready": ("portal/own_data", bare | {"copy": ready, "errors": {"copy": "too-many-copies-today"}}),
        "own-data-at-work": ("portal/own_data", bare | {"copy": Copy(replace(made, state="running"))}),
        "own-data-failed": ("portal/own_data", bare | {"copy": Copy(replace(made, state="failed"))}),
        "own-data-erasing": ("portal/own_data", bare | {"erase_at": samples.BORN}),
        "own-data-refused": ("portal/own_data", bare | {"errors": {"erasure": "too-many-codes"}}),
        "own-data-code": ("portal/own_data_erasure", asked),
        "own-data-code-wrong": ("portal/own_data_erasure", asked | {"errors": {"code": "code-wrong"}}),
    }


def _thread(lang: str, base: dict[str, Any]) -> Pages:
    solved = base | {"ticket": samples.ticket(lang, "solved"), "may_rate": True}
    ours = next(one for one in base["messages"] if not one.from_customer)
    sent = Delivery(ours.ticket_id, ours.id, "reply", "sms", "+21620555014", "delivered", samples.BORN)
    states = ("delivered", "sent", "bounced", "queued")
    told = [replace(ours, id=f"msg_{state}") for state in states]
    deliveries = {(f"msg_{state}", "reply"): replace(sent, state=state) for state in states}
    held = deliveries["msg_queued", "reply"]
    deliveries["msg_queued", "reply"] = replace(held, reason="customer-quiet-hours")
    house = {"role": "organization", "own_ids": ("cus_2",), "answer_way": None, "upload": None}
    return {
        "ticket-to-rate": ("portal/ticket", solved),
        "ticket-rated": ("portal/ticket", solved | {"rating": RATED}),
        "ticket-rated-wrong": ("portal/ticket", solved | {"errors": {"rating": "rating-missing"}}),
        "ticket-deliveries": ("portal/ticket", base | {"messages": told, "deliveries": deliveries}),
        "ticket-organization": ("portal/ticket", base | house),
        "ticket-copy": ("portal/ticket", base | {"role": "copy", "own_ids": ("cus_2",), "answer_way": None}),
        "reply-kept": ("portal/reply_kept", base | {"viewer": None, "ticket_number": 2041, "text": "<b>Words</b>"}),
    }
